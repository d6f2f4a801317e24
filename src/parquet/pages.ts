/**
 * Pages of our own, only where nothing has to be computed: values copied as they are (PLAIN), constants and runs, and
 * the dictionaries that QuestDB already made (RLE_DICTIONARY). All else is parquet-wasm's (`wasmEncoder.ts`).
 * One data page (v1) per column and row group: QuestDB's reader fails on a dictionary column with a NULLs-only page
 * after a page with values, and a row group with one page cannot have that.
 */
import type {
  BooleanChunk,
  ByteStrings,
  BytesChunk,
  ColumnChunk,
  DictionaryChunk,
  FixedChunk,
  RunsChunk,
} from '../columnChunk.js';
import { aligned, compactBits, compactValues, compactWords } from './compact.js';
import { byteLengthOf, type EncodedColumn } from './encodedColumn.js';
import { Codec, PageEncoding } from './footer.js';
import { bitPack, bitWidthOf, packedHeader, runLengths } from './hybrid.js';
import { dataPageHeader, dictionaryPageHeader } from './pageHeader.js';
import { distinctRuns, presenceRuns, type RunValue } from './runs.js';
import type { ParquetColumn } from './schema.js';

type Encoding = keyof typeof PageEncoding;

/** Definition levels of a column that is not nested, as the page stores them. */
function definitionLevels(chunk: ColumnChunk): Uint8Array[] {
  if (chunk.validity === undefined || chunk.nullCount === 0) return [runLengths([chunk.length], [1], 1)];
  return [packedHeader(chunk.length), chunk.validity.subarray(0, (chunk.length + 7) >>> 3)];
}

/** A length as the page stores it before its levels. */
function lengthPrefix(length: number): Uint8Array {
  const out = new Uint8Array(Uint32Array.BYTES_PER_ELEMENT);
  new DataView(out.buffer).setUint32(0, length, true);
  return out;
}

/** A data page: header, levels with their lengths, values. */
function dataPage(
  numValues: number,
  encoding: Encoding,
  levels: readonly Uint8Array[][],
  values: readonly Uint8Array[],
): Uint8Array[] {
  const body = [...levels.flatMap((parts) => [lengthPrefix(byteLengthOf(parts)), ...parts]), ...values];
  return [dataPageHeader(numValues, encoding, byteLengthOf(body)), ...body];
}

function dictionaryPage(numValues: number, values: Uint8Array): Uint8Array[] {
  return [dictionaryPageHeader(numValues, values.byteLength), values];
}

function encodedColumn(
  numValues: number,
  encoding: Encoding,
  dictionary: Uint8Array[],
  data: Uint8Array[],
): EncodedColumn {
  const parts = [...dictionary, ...data].filter((part) => part.byteLength > 0);
  const byteLength = byteLengthOf(parts);
  const encodings = [...new Set([PageEncoding.PLAIN, PageEncoding.RLE, PageEncoding[encoding]])];
  return {
    parts,
    layout: {
      codec: Codec.UNCOMPRESSED,
      encodings,
      numValues,
      byteLength,
      uncompressedLength: byteLength,
      dataPageOffset: byteLengthOf(dictionary),
    },
  };
}

/** `rows` NULLs in a column of any type. */
export function encodeNulls(column: ParquetColumn, rows: number): EncodedColumn {
  const zeros = (maxLevel: number): Uint8Array[] => [runLengths([rows], [0], bitWidthOf(maxLevel))];
  const levels = column.dimensions === 0 ? [zeros(1)] : [zeros(column.dimensions), zeros(column.dimensions + 2)];
  return encodedColumn(rows, 'PLAIN', [], dataPage(rows, 'PLAIN', levels, []));
}

/** Values of 1 and 2 bytes as INT32; CHAR is the only unsigned one. */
function widened(column: ParquetColumn, width: number, values: Uint8Array): Uint8Array {
  if (column.type !== 'INT32' || width === Int32Array.BYTES_PER_ELEMENT) return values;
  const unsigned = column.converted?.startsWith('UINT') === true;
  const narrow = aligned(values, width);
  const args = [narrow.buffer, narrow.byteOffset, narrow.byteLength / width] as const;
  if (width === 1) return new Uint8Array(Int32Array.from(unsigned ? narrow : new Int8Array(...args)).buffer);
  return new Uint8Array(new Int32Array(unsigned ? new Uint16Array(...args) : new Int16Array(...args)).buffer);
}

/** Fixed-width values as INT32, INT64, FLOAT, DOUBLE or FIXED_LEN_BYTE_ARRAY take them, NULL rows still in place. */
export function plainValues(column: ParquetColumn, chunk: FixedChunk): Uint8Array {
  return widened(column, chunk.byteWidth, chunk.values.subarray(0, chunk.length * chunk.byteWidth));
}

/** Fixed-width and BOOLEAN values, copied as they are. */
export function encodePlain(column: ParquetColumn, chunk: FixedChunk | BooleanChunk): EncodedColumn {
  const { length, nullCount, validity } = chunk;
  const count = length - nullCount;
  let values: Uint8Array;
  if (chunk.kind === 'boolean') {
    values =
      validity === undefined || nullCount === 0
        ? chunk.bits.subarray(0, (length + 7) >>> 3)
        : compactBits(chunk.bits, validity, length, count);
  } else if (validity === undefined || nullCount === 0) {
    values = plainValues(column, chunk);
  } else {
    values = widened(column, chunk.byteWidth, compactValues(chunk.values, chunk.byteWidth, validity, length, count));
  }
  const levels = column.required ? [] : [definitionLevels(chunk)];
  return encodedColumn(length, 'PLAIN', [], dataPage(length, 'PLAIN', levels, [values]));
}

/** Shorter copies are faster byte by byte than through a view. */
const MIN_BLOCK_COPY = 48;

/** Byte strings as PLAIN has them: four bytes of length, then the bytes. NULL rows are left out. */
function plainByteStrings({ offsets, data }: ByteStrings, count: number, validity?: Uint8Array): Uint8Array {
  const out = new Uint8Array(offsets[count]! - offsets[0]! + count * Uint32Array.BYTES_PER_ELEMENT);
  let at = 0;
  for (let index = 0; index < count; index += 1) {
    if (validity !== undefined && ((validity[index >>> 3]! >>> (index & 7)) & 1) === 0) continue;
    const start = offsets[index]!;
    const length = offsets[index + 1]! - start;
    out[at] = length;
    out[at + 1] = length >>> 8;
    out[at + 2] = length >>> 16;
    out[at + 3] = length >>> 24;
    at += Uint32Array.BYTES_PER_ELEMENT;
    if (length >= MIN_BLOCK_COPY) out.set(data.subarray(start, start + length), at);
    else for (let byte = 0; byte < length; byte += 1) out[at + byte] = data[start + byte]!;
    at += length;
  }
  return out.subarray(0, at);
}

/** Byte strings, each after its length. */
export function encodePlainBytes(column: ParquetColumn, chunk: BytesChunk): EncodedColumn {
  const { length, nullCount, validity } = chunk;
  const values = plainByteStrings(chunk, length, nullCount === 0 ? undefined : validity);
  const levels = column.required ? [] : [definitionLevels(chunk)];
  return encodedColumn(length, 'PLAIN', [], dataPage(length, 'PLAIN', levels, [values]));
}

/** SYMBOL values: the chunk's own dictionary and bit-packed keys. */
export function encodeDictionary(column: ParquetColumn, chunk: DictionaryChunk): EncodedColumn {
  const { length, nullCount, validity, dictionary } = chunk;
  const count = length - nullCount;
  const keys =
    validity === undefined || nullCount === 0
      ? chunk.keys
      : compactWords(chunk.keys, new Int32Array(count + 1), validity, length);
  const bitWidth = bitWidthOf(dictionary.length - 1);
  const values = [Uint8Array.of(bitWidth), packedHeader(count), bitPack(keys, count, bitWidth)];
  const levels = column.required ? [] : [definitionLevels(chunk)];
  return encodedColumn(
    length,
    'RLE_DICTIONARY',
    dictionaryPage(dictionary.length, plainByteStrings(dictionary, dictionary.length)),
    dataPage(length, 'RLE_DICTIONARY', levels, values),
  );
}

/** Distinct values as a PLAIN dictionary page of the column's type has them. */
function plainRunValues(column: ParquetColumn, values: readonly RunValue[]): Uint8Array {
  if (column.type === 'INT32') return new Uint8Array(Int32Array.from(values, Number).buffer);
  if (column.type === 'INT64') {
    const longs = new BigInt64Array(values.length);
    for (let index = 0; index < values.length; index += 1) longs[index] = BigInt(values[index]!);
    return new Uint8Array(longs.buffer);
  }
  const texts = byteStringsOf(values.map(String));
  return plainByteStrings(texts, values.length);
}

/** Texts in UTF-8, one after another. */
export function byteStringsOf(texts: readonly string[]): ByteStrings {
  const encoder = new TextEncoder();
  const encoded = texts.map((text) => encoder.encode(text));
  const offsets = new Int32Array(texts.length + 1);
  for (const [index, text] of encoded.entries()) offsets[index + 1] = offsets[index]! + text.byteLength;
  const data = new Uint8Array(offsets[texts.length]!);
  for (const [index, text] of encoded.entries()) data.set(text, offsets[index]!);
  return { offsets, data, utf8: true };
}

/** Values that repeat over runs of rows, with as many RLE runs. */
export function encodeRuns(column: ParquetColumn, chunk: RunsChunk): EncodedColumn {
  const runs = distinctRuns(chunk);
  const bitWidth = bitWidthOf(runs.values.length - 1);
  const presence = presenceRuns(chunk);
  return encodedColumn(
    chunk.length,
    'RLE_DICTIONARY',
    dictionaryPage(runs.values.length, plainRunValues(column, runs.values)),
    dataPage(
      chunk.length,
      'RLE_DICTIONARY',
      column.required ? [] : [[runLengths(presence.lengths, presence.levels, 1)]],
      [Uint8Array.of(bitWidth), runLengths(runs.lengths, runs.indices, bitWidth)],
    ),
  );
}
