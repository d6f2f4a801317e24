/**
 * The footer of a Parquet file (`FileMetaData` of parquet.thrift), written by us because our row groups come from
 * several encoders.
 */
import type { LogicalType, SchemaElement } from 'hyparquet';
import { ConvertedTypes, FieldRepetitionTypes, ParquetTypes } from 'hyparquet/src/constants.js';
import { bool, bytes, i8, i32, i64, list, nested, STRUCT_END, type Struct, serializeFields, struct } from './thrift.js';

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

/** What the footers of all files with the same columns have in common. */
export interface FooterFrame {
  /** Path and physical type of each leaf, in file order. */
  readonly leaves: readonly { readonly path: readonly string[]; readonly type: SchemaElement['type'] }[];
  /** Fields of `FileMetaData` before those that differ, and those after them. */
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

const indexIn = <T>(names: readonly T[], name: T | undefined): number | undefined =>
  name === undefined ? undefined : names.indexOf(name);

/** Field of the `TimeUnit` union. */
const TIME_UNITS = { MILLIS: 1, MICROS: 2, NANOS: 3 } as const;

/** The `LogicalType` union: only the members that a QuestDB column can have. */
function logicalType(type: LogicalType | undefined): Struct | undefined {
  switch (type?.type) {
    case undefined:
      return undefined;
    case 'STRING':
      return struct(nested(1, struct()));
    case 'LIST':
      return struct(nested(3, struct()));
    case 'DECIMAL':
      return struct(nested(5, struct(i32(1, type.scale), i32(2, type.precision))));
    case 'TIMESTAMP': {
      const unit = struct(nested(TIME_UNITS[type.unit], struct()));
      return struct(nested(8, struct(bool(1, type.isAdjustedToUTC), nested(2, unit))));
    }
    case 'INTEGER':
      return struct(nested(10, struct(i8(1, type.bitWidth), bool(2, type.isSigned))));
    case 'UUID':
      return struct(nested(14, struct()));
    default:
      throw new Error(`no QuestDB column is a ${type?.type}`);
  }
}

function schemaElement(element: SchemaElement): Struct {
  return struct(
    i32(1, indexIn(ParquetTypes, element.type)),
    i32(2, element.type_length),
    i32(3, indexIn(FieldRepetitionTypes, element.repetition_type)),
    bytes(4, element.name),
    i32(5, element.num_children),
    i32(6, indexIn(ConvertedTypes, element.converted_type)),
    i32(7, element.scale),
    i32(8, element.precision),
    i32(9, element.field_id),
    nested(10, logicalType(element.logical_type)),
  );
}

function int64Bytes(value: bigint): Uint8Array {
  const out = new Uint8Array(BigInt64Array.BYTES_PER_ELEMENT);
  new DataView(out.buffer).setBigInt64(0, value, true);
  return out;
}

function statistics(stats: ChunkStatistics | undefined): Struct | undefined {
  if (stats === undefined) return undefined;
  return struct(
    i64(3, stats.nullCount),
    stats.max === undefined ? undefined : bytes(5, int64Bytes(stats.max)),
    stats.min === undefined ? undefined : bytes(6, int64Bytes(stats.min)),
  );
}

function rowGroup(group: PlacedRowGroup, leaves: FooterFrame['leaves'], sortedBy: number | undefined): Struct {
  let offset = group.fileOffset;
  let uncompressedLength = 0;
  const columns = group.chunks.map((chunk, index) => {
    const leaf = leaves[index];
    if (leaf === undefined) throw new Error('a row group has more column chunks than the file has columns');
    const start = offset;
    offset += chunk.byteLength;
    uncompressedLength += chunk.uncompressedLength;
    const metadata = struct(
      i32(1, indexIn(ParquetTypes, leaf.type)),
      list(2, [...chunk.encodings]),
      list(3, [...leaf.path]),
      i32(4, chunk.codec),
      i64(5, chunk.numValues),
      i64(6, chunk.uncompressedLength),
      i64(7, chunk.byteLength),
      i64(9, start + chunk.dataPageOffset),
      chunk.dataPageOffset === 0 ? undefined : i64(11, start),
      nested(12, statistics(chunk.statistics)),
    );
    return struct(i64(2, 0), nested(3, metadata));
  });
  const sorting = struct(i32(1, sortedBy), bool(2, false), bool(3, false));
  return struct(
    list(1, columns),
    i64(2, uncompressedLength),
    i64(3, group.rows),
    sortedBy === undefined ? undefined : list(4, [sorting]),
    i64(5, group.fileOffset),
    i64(6, offset - group.fileOffset),
  );
}

/** The frame of footers for files with these columns. */
export function footerFrame(
  schema: readonly SchemaElement[],
  leaves: FooterFrame['leaves'],
  createdBy: string,
): FooterFrame {
  const orders = leaves.map(() => struct(nested(1, struct())));
  return {
    leaves,
    head: serializeFields(0, i32(1, FORMAT_VERSION), list(2, schema.map(schemaElement))),
    tail: serializeFields(5, bytes(6, createdBy), list(7, orders)),
  };
}

/** The bytes after the last page: metadata, its length, magic. */
export function footerBytes(frame: FooterFrame, content: FooterContent): Uint8Array {
  const rows = content.rowGroups.reduce((sum, group) => sum + group.rows, 0);
  const body = serializeFields(
    2,
    i64(3, rows),
    list(
      4,
      content.rowGroups.map((group) => rowGroup(group, frame.leaves, content.sortedBy)),
    ),
    list(
      5,
      [...content.metadata].map(([key, value]) => struct(bytes(1, key), bytes(2, value))),
    ),
  );
  const length = frame.head.byteLength + body.byteLength + frame.tail.byteLength + 1;
  const out = new Uint8Array(length + Uint32Array.BYTES_PER_ELEMENT + MAGIC.byteLength);
  out.set(frame.head);
  out.set(body, frame.head.byteLength);
  out.set(frame.tail, frame.head.byteLength + body.byteLength);
  out[length - 1] = STRUCT_END;
  new DataView(out.buffer).setUint32(length, length, true);
  out.set(MAGIC, out.byteLength - MAGIC.byteLength);
  return out;
}
