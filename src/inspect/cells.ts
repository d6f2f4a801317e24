/** Values of column rows as text, from the chunks that the export's decoders give. */
import type { ByteStrings, ColumnChunk, DictionaryChunk, FixedChunk, ListChunk } from '../columnChunk.js';
import { ColumnTag, type ColumnType } from '../columnType.js';
import type { Scalar } from './field.js';
import { timeText } from './time.js';
import { counted } from './told.js';

/** A row's value: the number or text, and what it stands for where that is not the same. `null` is NULL. */
export interface Cell {
  readonly value: Scalar;
  readonly meaning?: string;
}

const NULL_CELL: Cell = { value: null };
const GEO_DIGITS = '0123456789bcdefghjkmnpqrstuvwxyz';
const BITS_PER_GEO_DIGIT = 5;
/** Elements of an array, bytes of a BINARY, characters of a text that are shown of one value. */
const MAX_SHOWN = 256;

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

export const hexText = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Bytes as an unsigned number, most significant first. */
const unsigned = (bytes: Uint8Array): bigint => (bytes.length === 0 ? 0n : BigInt(`0x${hexText(bytes)}`));

/** The number with the fewest digits that is stored as the float `value`: 0.1, not 0.10000000149011612. */
export function shortFloat(value: number): number {
  if (value === 0) return value;
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return Number(value.toPrecision(9));
}

/** A number with `scale` digits behind the point. */
export function decimalText(unscaled: bigint, scale: number): string {
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, '0');
  const sign = unscaled < 0n ? '-' : '';
  return scale === 0 ? sign + digits : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** A geohash as QuestDB prints it: base 32 for whole digits, else bits. */
export function geohashText(hash: bigint, bits: number): string {
  if (bits % BITS_PER_GEO_DIGIT !== 0) return hash.toString(2).padStart(bits, '0');
  const digits = bits / BITS_PER_GEO_DIGIT;
  return Array.from({ length: digits }, (_, i) => {
    const shift = BigInt((digits - 1 - i) * BITS_PER_GEO_DIGIT);
    return GEO_DIGITS[Number((hash >> shift) & 31n)];
  }).join('');
}

/** 16 bytes in RFC order as a UUID. */
export const uuidText = (bytes: Uint8Array): string =>
  hexText(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

const hasValue = (validity: Uint8Array | undefined, index: number): boolean =>
  validity === undefined || ((validity[index >>> 3] ?? 0) & (1 << (index & 7))) !== 0;

function fixedCell(chunk: FixedChunk, type: ColumnType, index: number): Cell {
  const bytes = chunk.values.subarray(index * chunk.byteWidth, (index + 1) * chunk.byteWidth);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  switch (type.tag) {
    case ColumnTag.CHAR: {
      const unit = view.getInt32(0, true);
      return unit === 0 ? { value: null, meaning: 'or empty' } : { value: String.fromCharCode(unit) };
    }
    case ColumnTag.BYTE:
    case ColumnTag.SHORT:
    case ColumnTag.INT:
      return { value: view.getInt32(0, true) };
    case ColumnTag.LONG:
      return { value: view.getBigInt64(0, true) };
    case ColumnTag.DATE:
      return { value: view.getBigInt64(0, true), meaning: timeText(view.getBigInt64(0, true), 'ms') };
    case ColumnTag.TIMESTAMP:
      return {
        value: view.getBigInt64(0, true),
        meaning: timeText(view.getBigInt64(0, true), type.nanos ? 'ns' : 'us'),
      };
    case ColumnTag.FLOAT:
      return { value: shortFloat(view.getFloat32(0, true)) };
    case ColumnTag.DOUBLE:
      return { value: view.getFloat64(0, true) };
    case ColumnTag.IPV4:
      return { value: [3, 2, 1, 0].map((at) => bytes[at]).join('.') };
    case ColumnTag.UUID:
      return { value: uuidText(bytes) };
    case ColumnTag.LONG128:
      return { value: uuidText(bytes.slice().reverse()) };
    case ColumnTag.LONG256:
      return { value: `0x${unsigned(bytes.slice().reverse()).toString(16)}` };
    case ColumnTag.GEOBYTE:
    case ColumnTag.GEOSHORT:
    case ColumnTag.GEOINT:
    case ColumnTag.GEOLONG:
      return { value: geohashText(unsigned(bytes.slice().reverse()), type.geoBits) };
    default:
      return { value: decimalText(BigInt.asIntN(bytes.length * 8, unsigned(bytes)), type.scale) };
  }
}

const stringAt = (strings: ByteStrings, index: number): Uint8Array =>
  strings.data.subarray(strings.offsets[index] ?? 0, strings.offsets[index + 1] ?? 0);

function bytesCell(bytes: Uint8Array, type: ColumnType): Cell {
  if (type.tag !== ColumnTag.BINARY) return { value: utf8.decode(bytes) };
  const shown = hexText(bytes.subarray(0, MAX_SHOWN));
  return { value: bytes.length > MAX_SHOWN ? `${shown}…` : shown, meaning: counted(bytes.length, 'byte') };
}

function dictionaryCell({ keys, dictionary }: DictionaryChunk, index: number): Cell {
  return { value: utf8.decode(stringAt(dictionary, keys[index] ?? 0)) };
}

/** An array as QuestDB prints it, `[[1.0,null],[3.0,4.0]]`, cut where it is very long. */
function listText({ offsets, values, valuesValidity }: ListChunk, row: number): string {
  let left = MAX_SHOWN;
  const level = (depth: number, index: number): string => {
    if (depth === offsets.length) {
      left -= 1;
      return hasValue(valuesValidity, index) ? String(values[index]) : 'null';
    }
    const bounds = offsets[depth]!;
    const parts: string[] = [];
    for (let at = bounds[index] ?? 0; at < (bounds[index + 1] ?? 0); at++) {
      if (left <= 0) return `[${[...parts, '…'].join(',')}]`;
      parts.push(level(depth + 1, at));
    }
    return `[${parts.join(',')}]`;
  };
  return level(0, row);
}

/** The value of row `index` of a chunk. */
export function cellOf(chunk: ColumnChunk, type: ColumnType, index: number): Cell {
  if (chunk.kind === 'runs' || !hasValue(chunk.validity, index)) return NULL_CELL;
  switch (chunk.kind) {
    case 'boolean':
      return { value: hasValue(chunk.bits, index) };
    case 'fixed':
      return fixedCell(chunk, type, index);
    case 'bytes':
      return bytesCell(stringAt(chunk, index), type);
    case 'dictionary':
      return dictionaryCell(chunk, index);
    case 'list':
      return { value: listText(chunk, index) };
  }
}
