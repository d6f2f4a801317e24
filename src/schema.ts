/** The columns of a WAL segment: its `_meta` (QuestDB's `WalWriterMetadata`), and the sequencer's. */
import { SegmentMeta } from '../generated/SegmentMeta.js';
import { SequencerMeta } from '../generated/SequencerMeta.js';
import { ColumnTag, type ColumnType, columnTypeOf } from './columnType.js';
import { cause, damage, type Result } from './damage.js';
import { join, readWhole, SEGMENT_FILES, TABLE_FILES, untilSound } from './files.js';
import { parseLean, text } from './kaitai/parse.js';
import { sameBytes } from './sameBytes.js';
import type { Source } from './source/source.js';

/** A numbered place of a column; deleted columns keep theirs. Symbol diffs and dedup keys count in slots. */
export interface ColumnSlot {
  readonly index: number;
  /** The column type's code, negative for a deleted column. */
  readonly type: number;
  readonly name: string;
}

/** The slots of a table at one structureVersion. */
export interface Schema {
  readonly structureVersion: bigint;
  /** Slot of the designated timestamp; -1 for none. */
  readonly timestampIndex: number;
  readonly slots: readonly ColumnSlot[];
}

/** A column that is there, with its type. */
export interface LiveColumn {
  /** Its slot. */
  readonly index: number;
  readonly name: string;
  /** `undefined` for a type that no release up to 9.3.4 can store. */
  readonly type: ColumnType | undefined;
  readonly typeCode: number;
  readonly designated: boolean;
}

const liveColumnsOf = new WeakMap<Schema, readonly LiveColumn[]>();

/** The live columns of a schema, in slot order; the same for the same schema. */
export function liveColumns(schema: Schema): readonly LiveColumn[] {
  const known = liveColumnsOf.get(schema);
  if (known !== undefined) return known;
  const columns = schema.slots
    .filter((slot) => slot.type > 0)
    .map(({ index, name, type }) => ({
      index,
      name,
      type: columnTypeOf(type),
      typeCode: type,
      designated: index === schema.timestampIndex,
    }));
  liveColumnsOf.set(schema, columns);
  return columns;
}

/** Why a schema can't be right; `undefined` when nothing speaks against it. */
export function schemaFault(schema: Schema): string | undefined {
  const names = new Set<string>();
  for (const column of liveColumns(schema)) {
    if (column.name === '') return `column ${column.index} has no name`;
    const folded = column.name.toLowerCase();
    if (names.has(folded)) return `two columns named ${JSON.stringify(column.name)}`;
    names.add(folded);
  }
  if (schema.slots.some((slot) => slot.type === 0)) return 'a column of type 0';
  if (schema.structureVersion < 0n) return `structureVersion ${schema.structureVersion}`;
  const { timestampIndex } = schema;
  if (timestampIndex === -1) return undefined;
  const timestamp = schema.slots[timestampIndex];
  if (timestamp === undefined || timestamp.type < 0) return `no column ${timestampIndex} for the designated timestamp`;
  const isTimestamp = columnTypeOf(timestamp.type)?.tag === ColumnTag.TIMESTAMP;
  return isTimestamp ? undefined : `designated timestamp ${JSON.stringify(timestamp.name)} of type ${timestamp.type}`;
}

type MetaFile = Pick<SegmentMeta, 'structureVersion' | 'timestampIndex' | 'slots' | 'version' | 'lenValid'>;

function toSchema(meta: MetaFile): Schema {
  const slots = meta.slots.map((slot, index) => ({ index, type: slot.type.code, name: text(slot.name) ?? '' }));
  return { structureVersion: meta.structureVersion, timestampIndex: meta.timestampIndex, slots };
}

/** The one that was read last, if it was sound: the next segment of a table mostly has the same bytes. */
let lastSound: { readonly bytes: Uint8Array; readonly schema: Schema } | undefined;

/** The schema in a file of the layout of `_meta` of a segment; `segment_meta_missing` / `segment_meta_invalid` otherwise. */
export function readSegmentSchema(source: Source, segmentDir: string): Result<Schema | undefined> {
  const path = join(segmentDir, SEGMENT_FILES.meta);
  const whole = readWhole(source, path);
  if (whole.damage?.code === 'file_missing')
    return { value: undefined, damage: [damage('segment_meta_missing', path)] };
  if (whole.damage !== undefined)
    return { value: undefined, damage: [damage('segment_meta_invalid', path, cause(whole.damage))] };
  if (lastSound !== undefined && sameBytes(lastSound.bytes, whole.value))
    return { value: lastSound.schema, damage: [] };
  const parsed = parseLean(SegmentMeta, whole.value);
  if (parsed.failure !== undefined) {
    const { byteOffset, message } = parsed.failure;
    return { value: undefined, damage: [damage('segment_meta_invalid', path, { byteOffset, actual: message })] };
  }
  const schema = toSchema(parsed.value);
  const { lenValid, version } = parsed.value;
  const wrongLength =
    lenValid === parsed.consumed ? undefined : `${lenValid} bytes said, ${parsed.consumed} taken by the columns`;
  // A WAL table has a designated timestamp: `CREATE TABLE … WAL` is refused without one.
  const noTimestamp = schema.timestampIndex === -1 ? 'no designated timestamp' : undefined;
  const fault = version === 0 ? (wrongLength ?? noTimestamp ?? schemaFault(schema)) : `version ${version}`;
  if (fault !== undefined)
    return { value: undefined, damage: [damage('segment_meta_invalid', path, { byteOffset: 0, actual: fault })] };
  lastSound = { bytes: whole.value.slice(), schema };
  return { value: schema, damage: [] };
}

/** QuestDB's mark in the sequencer's `_meta` once the table is dropped. */
const DROPPED_STRUCTURE_VERSION = -2n;

/** The table's latest schema as the sequencer keeps it; a dropped table's has no version, so it is `undefined` like a damaged one. */
export function readSequencerSchema(source: Source, tableDir: string): Result<Schema | undefined> {
  return untilSound(() => readSequencerOnce(source, join(tableDir, TABLE_FILES.sequencerMeta)));
}

function readSequencerOnce(source: Source, path: string): Result<Schema | undefined> {
  const whole = readWhole(source, path);
  if (whole.damage !== undefined)
    return { value: undefined, damage: [damage('sequencer_meta_unreadable', path, cause(whole.damage))] };
  const parsed = parseLean(SequencerMeta, whole.value);
  if (parsed.failure !== undefined) {
    const { byteOffset, message } = parsed.failure;
    return { value: undefined, damage: [damage('sequencer_meta_unreadable', path, { byteOffset, actual: message })] };
  }
  const schema = toSchema(parsed.value);
  if (schema.structureVersion === DROPPED_STRUCTURE_VERSION) return { value: undefined, damage: [] };
  const fault = schemaFault(schema);
  return fault === undefined
    ? { value: schema, damage: [] }
    : { value: undefined, damage: [damage('sequencer_meta_unreadable', path, { byteOffset: 0, actual: fault })] };
}
