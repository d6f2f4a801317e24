/** Files that are small and one structure: read whole, with what their specification says of each byte. */
import type { ColumnType } from '../../../generated/ColumnType.js';
import type { SegmentMeta } from '../../../generated/SegmentMeta.js';
import type { SequencerMeta } from '../../../generated/SequencerMeta.js';
import type { Str16 } from '../../../generated/Str16.js';
import type { TableMeta } from '../../../generated/TableMeta.js';
import type { TableRegistry } from '../../../generated/TableRegistry.js';
import type { Parsed } from '../../kaitai/parse.js';
import type { GeneratedType, KaitaiNode } from '../../kaitai/types.js';
import { addProblem, type Env } from '../env.js';
import type { Field } from '../field.js';
import { type FillWords, preallocated, STALE, withGaps } from '../fill.js';
import { nodeFields, parseAt } from '../node.js';
import { counted } from '../told.js';
import { inFileOrder, type KindFields } from './kind.js';

/** Looks at every field, so that all that is wrong is known. */
export function settle(fields: readonly Field[]): void {
  for (const { children } of fields) {
    if (children === undefined) continue;
    settle(Array.from({ length: children.count }, (_, position) => children.at(position)));
  }
}

/** The fields of a file that is a `type`; `tail` says what the bytes behind it are, `check` adds problems of its own. */
export function wholeFields<T extends KaitaiNode>(
  env: Env,
  type: GeneratedType<T>,
  tail: FillWords = STALE,
  check: (parsed: Parsed<T>) => void = () => undefined,
): KindFields & { readonly parsed: Parsed<T> } {
  const parsed = parseAt(env, type, 0, Math.min(env.file.size, env.limitBytes));
  check(parsed);
  const fields = inFileOrder(nodeFields(parsed.value, { env, base: 0, path: '' }));
  settle(fields);
  return { fields: withGaps(env, '', fields, [0, env.file.size], tail), parsed };
}

const META_TAIL = preallocated(['stale', 'behind the end of what counts: left from earlier contents']);

type Meta = SegmentMeta | SequencerMeta;

/** The length in the file must be what the columns take. */
function checkLength(env: Env, parsed: Parsed<Meta>): void {
  const { lenValid } = parsed.value;
  if (parsed.failure !== undefined || lenValid === parsed.consumed) return;
  addProblem(env, {
    severity: 'repaired',
    message: 'the length is not that of the contents',
    byteOffset: 0,
    expected: `${parsed.consumed}, the bytes that the columns take`,
    actual: String(lenValid),
  });
}

/** `_meta` of a segment or of the sequencer. */
export function metaFields<T extends Meta>(env: Env, type: GeneratedType<T>): KindFields {
  const { fields, parsed } = wholeFields(env, type, META_TAIL, (read) => checkLength(env, read));
  const { slots = [], structureVersion } = parsed.value as Partial<Meta>;
  const version = structureVersion === undefined ? '' : `structureVersion ${structureVersion}, `;
  return { fields, meaning: `${version}${slotsText(slots)}` };
}

function slotsText(slots: readonly { readonly type?: ColumnType }[]): string {
  const live = slots.filter((slot) => slot.type?.code !== undefined && slot.type.code > 0).length;
  return `${counted(live, 'live column')} in ${counted(slots.length, 'slot')}`;
}

/** `_meta` of a table, `txn_seq/_meta.0`. */
export function tableMetaFields(env: Env, type: GeneratedType<TableMeta>): KindFields {
  const { fields, parsed } = wholeFields(env, type, META_TAIL);
  const { slots = [], isWal } = parsed.value as Partial<TableMeta>;
  const kind = isWal === undefined ? '' : isWal === 0 ? 'not a WAL table, ' : 'WAL table, ';
  return { fields, meaning: `${kind}${slotsText(slots)}` };
}

/** `tables.d.<N>`. */
export function registryFields(env: Env, type: GeneratedType<TableRegistry>): KindFields {
  const { fields } = wholeFields(env, type);
  const entries = fields.find((field) => field.name === 'entries');
  return { fields, meaning: counted(entries?.children?.count ?? 0, 'entry', 'entries') };
}

/** A file that holds one string, as `_name`. */
export function nameFields<T extends KaitaiNode & { readonly name: Str16 }>(
  env: Env,
  type: GeneratedType<T>,
): KindFields {
  const { fields } = wholeFields(env, type);
  const name = fields.find((field) => field.name === 'name');
  return typeof name?.value === 'string' ? { fields, meaning: `table ${JSON.stringify(name.value)}` } : { fields };
}
