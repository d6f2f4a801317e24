/**
 * The footer of a Parquet file (`FileMetaData` of parquet.thrift), written by us because our row groups come from
 * several encoders.
 */
import type { LogicalType, SchemaElement } from 'hyparquet';
import { ConvertedTypes, FieldRepetitionTypes, ParquetTypes } from 'hyparquet/src/constants.js';
import type { PhysicalType } from './schema.js';
import { ElementType, ThriftWriter } from './thrift.js';

/** `CompressionCodec` of parquet.thrift. */
export const Codec = { UNCOMPRESSED: 0, SNAPPY: 1, ZSTD: 6, LZ4_RAW: 7 } as const;
export type Codec = (typeof Codec)[keyof typeof Codec];

/** `Encoding` of parquet.thrift. */
export const PageEncoding = {
  PLAIN: 0,
  RLE: 3,
  DELTA_BINARY_PACKED: 5,
  DELTA_LENGTH_BYTE_ARRAY: 6,
  RLE_DICTIONARY: 8,
} as const;

/** Least and greatest value and NULLs of an INT64 column chunk; no bounds when all values are NULL. */
export interface ChunkStatistics {
  readonly min?: bigint;
  readonly max?: bigint;
  readonly nullCount: number;
}

/** One column chunk of a row group; offsets are relative to the start of its own pages. */
export interface ChunkLayout {
  readonly codec: Codec;
  readonly encodings: readonly number[];
  /** Values and NULLs; for a LIST its elements, NULL and empty lists counted as one each. */
  readonly numValues: number;
  /** Bytes of all pages with their headers. */
  readonly byteLength: number;
  readonly uncompressedLength: number;
  /** Where the first data page starts; above 0 when a dictionary page comes first. */
  readonly dataPageOffset: number;
  readonly statistics?: ChunkStatistics;
}

/** A row group as the footer lists it. */
export interface PlacedRowGroup {
  /** Where its first page starts in the file. */
  readonly fileOffset: number;
  readonly rows: number;
  readonly chunks: readonly ChunkLayout[];
}

/** The only node of a column that has values. */
interface Leaf {
  /** Its name and those of the nodes above it, in UTF-8. */
  readonly path: readonly Uint8Array[];
  /** `Type` of parquet.thrift. */
  readonly type: number;
}

/** What the footers of all files with the same columns have in common. */
export interface FooterFrame {
  /** In file order. */
  readonly leaves: readonly Leaf[];
  /** Fields of `FileMetaData` before those that differ, and those after them, with its end. */
  readonly head: Uint8Array;
  readonly tail: Uint8Array;
}

export interface FooterContent {
  readonly rowGroups: readonly PlacedRowGroup[];
  readonly metadata: ReadonlyMap<string, string>;
  /** Index of the leaf that every row group is sorted by, ascending. */
  readonly sortedBy?: number;
}

/** Version 1: all that we write is known to the oldest readers; newer encodings are named per chunk. */
const FORMAT_VERSION = 1;
const MAGIC = Uint8Array.of(0x50, 0x41, 0x52, 0x31);

/** The four bytes at either end of a Parquet file. */
export const magic = (): Uint8Array => MAGIC.slice();

const writer = new ThriftWriter();

/** An i32 field that may be absent. */
function optional(id: number, value: number | undefined): void {
  if (value !== undefined) writer.i32(id, value);
}

const indexIn = <T>(names: readonly T[], name: T | undefined): number | undefined =>
  name === undefined ? undefined : names.indexOf(name);

/** Field of the `TimeUnit` union. */
const TIME_UNITS = { MILLIS: 1, MICROS: 2, NANOS: 3 } as const;

/** The `LogicalType` union: only the members that a QuestDB column can have. */
function writeLogicalType(type: LogicalType): void {
  switch (type.type) {
    case 'STRING':
      writer.emptyStruct(1);
      break;
    case 'LIST':
      writer.emptyStruct(3);
      break;
    case 'DECIMAL':
      writer.struct(5);
      writer.i32(1, type.scale);
      writer.i32(2, type.precision);
      writer.end();
      break;
    case 'TIMESTAMP':
      writer.struct(8);
      writer.bool(1, type.isAdjustedToUTC);
      writer.struct(2);
      writer.emptyStruct(TIME_UNITS[type.unit]);
      writer.end();
      writer.end();
      break;
    case 'INTEGER':
      writer.struct(10);
      writer.i8(1, type.bitWidth);
      writer.bool(2, type.isSigned);
      writer.end();
      break;
    case 'UUID':
      writer.emptyStruct(14);
      break;
    default:
      throw new Error(`no QuestDB column is a ${type.type}`);
  }
}

function writeSchemaElement(element: SchemaElement): void {
  writer.structElement();
  optional(1, indexIn(ParquetTypes, element.type));
  optional(2, element.type_length);
  optional(3, indexIn(FieldRepetitionTypes, element.repetition_type));
  writer.binary(4, element.name);
  optional(5, element.num_children);
  optional(6, indexIn(ConvertedTypes, element.converted_type));
  optional(7, element.scale);
  optional(8, element.precision);
  optional(9, element.field_id);
  if (element.logical_type !== undefined) {
    writer.struct(10);
    writeLogicalType(element.logical_type);
    writer.end();
  }
  writer.end();
}

const int64 = new DataView(new ArrayBuffer(BigInt64Array.BYTES_PER_ELEMENT));
const int64Bytes = new Uint8Array(int64.buffer);

function writeInt64(id: number, value: bigint): void {
  int64.setBigInt64(0, value, true);
  writer.binary(id, int64Bytes);
}

function writeStatistics({ min, max, nullCount }: ChunkStatistics): void {
  writer.struct(12);
  writer.i64(3, nullCount);
  if (max !== undefined) writeInt64(5, max);
  if (min !== undefined) writeInt64(6, min);
  writer.end();
}

/** A chunk whose pages begin at byte `start` of the file. */
function writeColumnChunk(chunk: ChunkLayout, leaf: Leaf, start: number): void {
  writer.structElement();
  writer.i64(2, 0);
  writer.struct(3);
  writer.i32(1, leaf.type);
  writer.list(2, ElementType.I32, chunk.encodings.length);
  for (const encoding of chunk.encodings) writer.i32Element(encoding);
  writer.list(3, ElementType.BINARY, leaf.path.length);
  for (const name of leaf.path) writer.binaryElement(name);
  writer.i32(4, chunk.codec);
  writer.i64(5, chunk.numValues);
  writer.i64(6, chunk.uncompressedLength);
  writer.i64(7, chunk.byteLength);
  writer.i64(9, start + chunk.dataPageOffset);
  if (chunk.dataPageOffset > 0) writer.i64(11, start);
  if (chunk.statistics !== undefined) writeStatistics(chunk.statistics);
  writer.end();
  writer.end();
}

function writeRowGroup({ fileOffset, rows, chunks }: PlacedRowGroup, leaves: readonly Leaf[], sortedBy?: number): void {
  if (chunks.length !== leaves.length) throw new Error(`${chunks.length} column chunks of ${leaves.length} columns`);
  let end = fileOffset;
  let uncompressedLength = 0;
  writer.structElement();
  writer.list(1, ElementType.STRUCT, chunks.length);
  chunks.forEach((chunk, index) => {
    writeColumnChunk(chunk, leaves[index]!, end);
    end += chunk.byteLength;
    uncompressedLength += chunk.uncompressedLength;
  });
  writer.i64(2, uncompressedLength);
  writer.i64(3, rows);
  if (sortedBy !== undefined) {
    writer.list(4, ElementType.STRUCT, 1);
    writer.structElement();
    writer.i32(1, sortedBy);
    writer.bool(2, false);
    writer.bool(3, false);
    writer.end();
  }
  writer.i64(5, fileOffset);
  writer.i64(6, end - fileOffset);
  writer.end();
}

/** The frame of footers for files with these columns. */
export function footerFrame(
  schema: readonly SchemaElement[],
  columns: readonly { readonly path: readonly string[]; readonly type: PhysicalType }[],
  createdBy: string,
): FooterFrame {
  const encoder = new TextEncoder();
  const leaves = columns.map(({ path, type }) => ({
    path: path.map((name) => encoder.encode(name)),
    type: ParquetTypes.indexOf(type),
  }));
  writer.begin();
  writer.i32(1, FORMAT_VERSION);
  writer.list(2, ElementType.STRUCT, schema.length);
  for (const element of schema) writeSchemaElement(element);
  const head = writer.taken();
  writer.begin(5);
  writer.binary(6, createdBy);
  writer.list(7, ElementType.STRUCT, leaves.length);
  for (const _leaf of leaves) {
    writer.structElement();
    writer.emptyStruct(1);
    writer.end();
  }
  writer.end();
  return { leaves, head, tail: writer.taken() };
}

/** The bytes after the last page: metadata, its length, magic. */
export function footerBytes({ leaves, head, tail }: FooterFrame, content: FooterContent): Uint8Array {
  const { rowGroups, metadata, sortedBy } = content;
  writer.begin(2);
  writer.i64(
    3,
    rowGroups.reduce((sum, group) => sum + group.rows, 0),
  );
  writer.list(4, ElementType.STRUCT, rowGroups.length);
  for (const group of rowGroups) writeRowGroup(group, leaves, sortedBy);
  writer.list(5, ElementType.STRUCT, metadata.size);
  for (const [key, value] of metadata) {
    writer.structElement();
    writer.binary(1, key);
    writer.binary(2, value);
    writer.end();
  }
  const body = writer.taken();
  const length = head.byteLength + body.byteLength + tail.byteLength;
  const out = new Uint8Array(length + Uint32Array.BYTES_PER_ELEMENT + MAGIC.byteLength);
  out.set(head);
  out.set(body, head.byteLength);
  out.set(tail, head.byteLength + body.byteLength);
  new DataView(out.buffer).setUint32(length, length, true);
  out.set(MAGIC, out.byteLength - MAGIC.byteLength);
  return out;
}
