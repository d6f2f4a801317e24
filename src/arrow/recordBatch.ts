/**
 * Column chunks as Arrow record batches, for users of the library. Memory is shared with the chunks where Arrow's layout
 * is the same, which is nearly everywhere.
 */
import {
  Binary,
  type Data,
  DataType,
  type Decimal,
  Dictionary,
  Field,
  Int32,
  type List,
  makeData,
  makeVector,
  RecordBatch,
  Schema,
  Struct,
  Utf8,
} from 'apache-arrow';
import type { ByteStrings, BytesChunk, ColumnChunk, DictionaryChunk, ListChunk, RunsChunk } from '../columnChunk.js';
import { aligned } from '../parquet/compact.js';
import type { ParquetColumn } from '../parquet/schema.js';
import { arrowFieldOf } from './arrowType.js';
import { bigEndianToWords } from './bytes.js';
import { expandedRuns } from './expandRuns.js';

/** `makeData` for a type that only running code knows. */
const dataOf = (props: { readonly type: DataType; readonly [name: string]: unknown }): Data =>
  makeData(props as never) as Data;

type Validity = Pick<ColumnChunk, 'length' | 'nullCount' | 'validity'>;

const nullsOf = ({ length, nullCount, validity }: Validity) =>
  nullCount === 0 || validity === undefined
    ? { length, nullCount: 0 }
    : { length, nullCount, nullBitmap: validity.subarray(0, (length + 7) >>> 3) };

/** Text as Utf8, or as Binary where some of it is no UTF-8: nothing is replaced. */
function bytesData(type: DataType, chunk: Validity & ByteStrings): Data {
  const valueOffsets = chunk.offsets.subarray(0, chunk.length + 1);
  const data = chunk.data.subarray(0, valueOffsets[chunk.length]!);
  const asText = DataType.isUtf8(type) && chunk.utf8;
  return dataOf({ type: asText ? new Utf8() : new Binary(), valueOffsets, data, ...nullsOf(chunk) });
}

function dictionaryData(type: Dictionary, chunk: DictionaryChunk): Data {
  const values = bytesData(new Utf8(), { ...chunk.dictionary, nullCount: 0 });
  return dataOf({
    type: new Dictionary(values.type, new Int32(), type.id),
    data: chunk.keys.subarray(0, chunk.length),
    dictionary: makeVector(values),
    ...nullsOf(chunk),
  });
}

function listData(type: List, chunk: ListChunk, dimension: number): Data {
  const valueOffsets = chunk.offsets[dimension]!;
  const itemType = type.children[0]!.type;
  const child =
    dimension + 1 < chunk.offsets.length
      ? listData(itemType as List, chunk, dimension + 1)
      : dataOf({
          type: itemType,
          data: chunk.values,
          ...nullsOf({
            length: chunk.values.length,
            nullCount: chunk.valuesNullCount,
            ...(chunk.valuesValidity === undefined ? {} : { validity: chunk.valuesValidity }),
          }),
        });
  const nulls = dimension === 0 ? nullsOf(chunk) : { length: valueOffsets.length - 1, nullCount: 0 };
  return dataOf({ type, valueOffsets, child, ...nulls });
}

/** A SYMBOL column whose values came without a dictionary: every row has an entry of its own. */
function asDictionary(chunk: BytesChunk): DictionaryChunk {
  const { length, nullCount, validity, offsets, data, utf8 } = chunk;
  return {
    kind: 'dictionary',
    length,
    nullCount,
    keys: Int32Array.from({ length }, (_, row) => row),
    dictionary: { length, offsets, data, utf8 },
    ...(validity === undefined ? {} : { validity }),
  };
}

/** The typed array of `type` over bytes as the chunk has them. */
function fixedValues(type: DataType, bytes: Uint8Array, width: number, length: number) {
  if (DataType.isDecimal(type)) return bigEndianToWords(bytes, width, length, (type as Decimal).bitWidth);
  if (DataType.isFixedSizeBinary(type)) return bytes.subarray(0, length * width);
  const { ArrayType } = type as unknown as {
    ArrayType: new (buffer: ArrayBufferLike, at: number, n: number) => unknown;
  };
  const { buffer, byteOffset } = aligned(bytes, width);
  return new ArrayType(buffer, byteOffset, length);
}

function columnData(column: ParquetColumn, type: DataType, chunk: Exclude<ColumnChunk, RunsChunk>): Data {
  switch (chunk.kind) {
    case 'boolean':
      return dataOf({ type, data: chunk.bits, ...nullsOf(chunk) });
    case 'fixed':
      return dataOf({
        type,
        data: fixedValues(type, chunk.values, chunk.byteWidth, chunk.length),
        ...nullsOf(chunk),
      });
    case 'dictionary':
      return dictionaryData(type as Dictionary, chunk);
    case 'bytes':
      return DataType.isDictionary(type) ? dictionaryData(type, asDictionary(chunk)) : bytesData(type, chunk);
    case 'list':
      if (!DataType.isList(type)) throw new Error(`column ${column.name} is no list`);
      return listData(type, chunk, 0);
  }
}

/**
 * One batch of one chunk per column: timestamps in UTC by the column's own unit, DECIMAL with its precision and scale,
 * SYMBOL as a dictionary of this batch, UUID in RFC 4122 order. A batch in which a text column holds bytes that are no
 * UTF-8 has Binary in place of that column's Utf8. The batch shares the chunks' memory.
 */
export function toRecordBatch(columns: readonly ParquetColumn[], chunks: readonly ColumnChunk[]): RecordBatch {
  const length = chunks[0]?.length ?? 0;
  const children = columns.map((column, index) => {
    const chunk = chunks[index];
    if (chunk === undefined || chunk.length !== length) throw new Error(`column ${column.name} has not ${length} rows`);
    const { type } = arrowFieldOf(column, index);
    return columnData(column, type, chunk.kind === 'runs' ? expandedRuns(column, chunk) : chunk);
  });
  const fields = columns.map((column, index) => {
    const { name, nullable, metadata } = arrowFieldOf(column, index);
    return new Field(name, children[index]!.type, nullable, metadata);
  });
  return new RecordBatch(new Schema(fields), makeData({ type: new Struct(fields), length, nullCount: 0, children }));
}
