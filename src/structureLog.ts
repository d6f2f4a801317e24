/** Structural changes of a table, `_txnlog.meta.d` (QuestDB's `AlterOperation`), and the schemas that they lead to. */
import type { Str16 } from '../generated/Str16.js';
import { TableMeta } from '../generated/TableMeta.js';
import { TxnlogMeta } from '../generated/TxnlogMeta.js';
import { cause, type Damage, damage, type Result } from './damage.js';
import { join, readWhole, readWholeIfThere, TABLE_FILES, withFile } from './files.js';
import { readInt64s } from './kaitai/cursor.js';
import { parseLean, text } from './kaitai/parse.js';
import type { ColumnSlot, Schema } from './schema.js';
import type { Source } from './source/source.js';

/** One structural change; change k makes structureVersion k of k - 1. */
export type StructureChange =
  | { readonly kind: 'add_column'; readonly columns: readonly { readonly name: string; readonly type: number }[] }
  | { readonly kind: 'drop_column'; readonly names: readonly string[] }
  | { readonly kind: 'rename_column'; readonly pairs: readonly { readonly from: string; readonly to: string }[] }
  | {
      readonly kind: 'change_column_type';
      readonly columns: readonly { readonly name: string; readonly type: number }[];
    }
  | { readonly kind: 'rename_table'; readonly from: string; readonly to: string }
  | { readonly kind: 'dedup_enable'; readonly slots: readonly number[] }
  | { readonly kind: 'dedup_disable' };

/** Longs per column of ADD_COLUMN and CHANGE_COLUMN_TYPE; the first is the column type. */
const LONGS_PER_COLUMN = 6;

/** The change that a body stands for; `undefined` when its parts do not fit together. */
function decodeChange(body: TxnlogMeta.ChangeBody): StructureChange | undefined {
  const { AlterCommand } = TxnlogMeta;
  const names = body.strings.map(text);
  if (names.some((name) => name === null)) return undefined;
  const strings = names as string[];
  const columns = strings.map((name, i) => ({ name, type: Number(body.longs[i * LONGS_PER_COLUMN] ?? 0n) }));
  const hasColumns = columns.length > 0 && body.longs.length === columns.length * LONGS_PER_COLUMN;
  switch (body.command) {
    case AlterCommand.ADD_COLUMN:
      return hasColumns ? { kind: 'add_column', columns } : undefined;
    case AlterCommand.CHANGE_COLUMN_TYPE:
      return hasColumns ? { kind: 'change_column_type', columns } : undefined;
    case AlterCommand.DROP_COLUMN:
      return strings.length > 0 ? { kind: 'drop_column', names: strings } : undefined;
    case AlterCommand.RENAME_COLUMN:
      if (strings.length === 0 || strings.length % 2 !== 0) return undefined;
      return {
        kind: 'rename_column',
        pairs: strings.flatMap((from, i) => (i % 2 === 0 ? [{ from, to: strings[i + 1] ?? '' }] : [])),
      };
    case AlterCommand.RENAME_TABLE:
      return strings.length === 2 ? { kind: 'rename_table', from: strings[0] ?? '', to: strings[1] ?? '' } : undefined;
    case AlterCommand.SET_DEDUP_ENABLE:
      return { kind: 'dedup_enable', slots: body.longs.map(Number) };
    case AlterCommand.SET_DEDUP_DISABLE:
      return { kind: 'dedup_disable' };
    default:
      return undefined;
  }
}

/** How many changes the index lists: it ends at an entry that is zero or not above the one before it. */
function countChanges(ends: BigInt64Array): number {
  let count = 0;
  while (count + 1 < ends.length && (ends[count + 1] ?? 0n) > (ends[count] ?? 0n)) count += 1;
  return count;
}

/**
 * The changes of a table in order, up to the first that can't be read (`structure_log_unreadable`). The data file is read
 * change by change; the index says how many there are, and without it the first empty change ends them.
 */
export function readStructureLog(source: Source, tableDir: string): Result<readonly StructureChange[]> {
  const path = join(tableDir, TABLE_FILES.structureLog);
  const whole = readWhole(source, path);
  if (whole.damage !== undefined)
    return { value: [], damage: [damage('structure_log_unreadable', path, cause(whole.damage))] };
  const indexPath = join(tableDir, TABLE_FILES.structureLogIndex);
  const index = withFile(source, indexPath, (file) =>
    readInt64s(file, 0, Math.floor(file.size / BigInt64Array.BYTES_PER_ELEMENT)),
  );
  const found = index.damage === undefined ? [] : [damage('structure_log_unreadable', indexPath, cause(index.damage))];
  const count = index.value === undefined ? Number.POSITIVE_INFINITY : countChanges(index.value);
  const changes: StructureChange[] = [];
  for (let offset = 0; changes.length < count; ) {
    const parsed = parseLean(TxnlogMeta.Change, whole.value.subarray(offset));
    const isEnd = offset >= whole.value.length || (parsed.value.lenChange ?? 0) === 0;
    if (isEnd && index.value === undefined) break;
    const change =
      parsed.failure === undefined && parsed.value.body !== undefined ? decodeChange(parsed.value.body) : undefined;
    if (change === undefined) {
      const actual = parsed.failure?.message ?? 'a change whose parts do not fit together';
      return {
        value: changes,
        damage: [...found, damage('structure_log_unreadable', path, { byteOffset: offset, actual })],
      };
    }
    changes.push(change);
    offset += parsed.consumed;
  }
  return { value: changes, damage: found };
}

const textOf = (name: Str16 | undefined): string => (name === undefined ? '' : (text(name) ?? ''));

/** The columns in a file of the layout of a table's `_meta`, as structureVersion 0; `undefined` where it is missing or empty. */
export function readTableSchema(source: Source, path: string): Result<Schema | undefined> {
  const whole = readWholeIfThere(source, path);
  if (whole === undefined) return { value: undefined, damage: [] };
  if (whole.damage !== undefined)
    return { value: undefined, damage: [damage('structure_log_unreadable', path, cause(whole.damage))] };
  if (whole.value.length === 0) return { value: undefined, damage: [] };
  const parsed = parseLean(TableMeta, whole.value);
  if (parsed.failure !== undefined) {
    const { byteOffset, message } = parsed.failure;
    return { value: undefined, damage: [damage('structure_log_unreadable', path, { byteOffset, actual: message })] };
  }
  const { slots, names, timestampIndex } = parsed.value;
  const columns = slots.map((slot, index): ColumnSlot => ({ index, type: slot.type.code, name: textOf(names[index]) }));
  return { value: { structureVersion: 0n, timestampIndex, slots: columns }, damage: [] };
}

/** `_meta.0`, the schema of structureVersion 0; `undefined` where it is missing (before 7.2.1), empty or damaged. */
export function readInitialSchema(source: Source, tableDir: string): Result<Schema | undefined> {
  return readTableSchema(source, join(tableDir, TABLE_FILES.initialMeta));
}

const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** The slots after a change; `undefined` when it names a column that is not there, or gives a name that another column has. */
function applyChange(slots: readonly ColumnSlot[], change: StructureChange): readonly ColumnSlot[] | undefined {
  const live = (name: string): number => slots.findIndex((slot) => slot.type > 0 && sameName(slot.name, name));
  const replace = (index: number, slot: Partial<ColumnSlot>): readonly ColumnSlot[] =>
    slots.map((old, i) => (i === index ? { ...old, ...slot } : old));
  switch (change.kind) {
    case 'add_column':
      if (change.columns.some(({ name }) => live(name) >= 0)) return undefined;
      return [...slots, ...change.columns.map((column, i): ColumnSlot => ({ ...column, index: slots.length + i }))];
    case 'drop_column': {
      const indexes = change.names.map(live);
      return indexes.includes(-1)
        ? undefined
        : slots.map((slot, i) => (indexes.includes(i) ? { ...slot, type: -slot.type } : slot));
    }
    case 'rename_column': {
      let renamed: readonly ColumnSlot[] | undefined = slots;
      for (const { from, to } of change.pairs) {
        const index: number = renamed.findIndex((slot) => slot.type > 0 && sameName(slot.name, from));
        const holder = renamed.findIndex((slot) => slot.type > 0 && sameName(slot.name, to));
        if (index < 0 || (holder >= 0 && holder !== index)) return undefined;
        renamed = renamed.map((slot, i) => (i === index ? { ...slot, name: to } : slot));
      }
      return renamed;
    }
    case 'change_column_type': {
      const index = live(change.columns[0]?.name ?? '');
      const column = change.columns[0];
      if (index < 0 || column === undefined) return undefined;
      const old = slots[index];
      return [
        ...replace(index, { type: -(old?.type ?? 0) }),
        { index: slots.length, type: column.type, name: old?.name ?? column.name },
      ];
    }
    default:
      return slots;
  }
}

/**
 * The schema of every structureVersion that the initial schema and the changes lead to, by version from 0; shorter than
 * the log where a change does not fit what came before it (`structure_log_unreadable`).
 */
export function replaySchemas(
  initial: Schema,
  changes: readonly StructureChange[],
  path: string,
): Result<readonly Schema[]> {
  const schemas: Schema[] = [initial];
  const found: Damage[] = [];
  for (const change of changes) {
    const last = schemas.at(-1) ?? initial;
    const slots = applyChange(last.slots, change);
    if (slots === undefined) {
      found.push(
        damage('structure_log_unreadable', path, { actual: `${change.kind} that the columns before it do not allow` }),
      );
      break;
    }
    schemas.push({ ...last, structureVersion: BigInt(schemas.length), slots });
  }
  return { value: schemas, damage: found };
}
