/**
 * Every column type with values to put into it: a chunk is built from plain values, and each value has its cell
 * (../helpers/truthColumns.ts) worked out without the encoder.
 */
import fc from 'fast-check';
import type { ByteStrings, ColumnChunk } from '../../src/columnChunk.js';
import { type ColumnType, columnTypeOf } from '../../src/columnType.js';
import {
  bytesCell,
  type Cell,
  doubleCell,
  expectedColumn,
  floatCell,
  listCell,
  roundedCell,
} from '../helpers/truthColumns.js';

type Nested = readonly (number | null | Nested)[];
export type Value = bigint | number | boolean | Uint8Array | Nested;

export interface TypeCase {
  readonly sqlType: string;
  readonly type: ColumnType;
  readonly values: fc.Arbitrary<Value>;
  /** Values that deserve a test of their own. */
  readonly edges: readonly Value[];
  readonly cell: (value: Value) => string;
  /** As DuckDB's types show it. */
  readonly duckdbCell: (value: Value) => string;
  readonly chunk: (values: readonly (Value | null)[]) => ColumnChunk;
}

/** Validity as chunks have it. */
export function validityOf(values: readonly unknown[]): { validity?: Uint8Array; nullCount: number; length: number } {
  const nullCount = values.filter((value) => value === null).length;
  if (nullCount === 0) return { nullCount, length: values.length };
  const validity = new Uint8Array(Math.ceil(values.length / 8));
  for (const [row, value] of values.entries()) if (value !== null) validity[row >> 3]! |= 1 << (row & 7);
  return { validity, nullCount, length: values.length };
}

const isUtf8 = (bytes: Uint8Array): boolean => {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
};

/** Byte strings one after another; NULLs are empty. */
export function byteStrings(values: readonly (Uint8Array | null)[]): ByteStrings {
  const offsets = new Int32Array(values.length + 1);
  for (const [row, value] of values.entries()) offsets[row + 1] = offsets[row]! + (value?.byteLength ?? 0);
  const data = new Uint8Array(offsets[values.length]!);
  for (const [row, value] of values.entries()) if (value !== null) data.set(value, offsets[row]!);
  return { offsets, data, utf8: values.every((value) => value === null || isUtf8(value)) };
}

const NOISE = 0xa5;

function fixedChunk(
  width: number,
  values: readonly (Value | null)[],
  put: (at: DataView, value: Value) => void,
): ColumnChunk {
  // The bytes of a NULL row are unspecified: noise must not come through.
  const bytes = new Uint8Array(values.length * width).fill(NOISE);
  for (const [row, value] of values.entries()) {
    if (value !== null) put(new DataView(bytes.buffer, row * width, width), value);
  }
  return { kind: 'fixed', byteWidth: width, values: bytes, ...validityOf(values) };
}

const putBytes = (at: DataView, value: Value): void =>
  new Uint8Array(at.buffer, at.byteOffset, at.byteLength).set(value as Uint8Array);

function putInteger(at: DataView, value: Value): void {
  for (let byte = 0; byte < at.byteLength; byte += 1) {
    at.setUint8(byte, Number(((value as bigint) >> BigInt(8 * byte)) & 0xffn));
  }
}

function putBigEndian(at: DataView, value: Value): void {
  for (let byte = 0; byte < at.byteLength; byte += 1) {
    at.setUint8(at.byteLength - 1 - byte, Number(((value as bigint) >> BigInt(8 * byte)) & 0xffn));
  }
}

function typeOf(sqlType: string): ColumnType {
  const type = columnTypeOf(expectedColumn('c', sqlType, false).typeCode);
  if (type === undefined) throw new Error(`no type ${sqlType}`);
  return type;
}

function integers(
  sqlType: string,
  width: number,
  min: bigint,
  max: bigint,
  duckdbScale: (value: bigint) => bigint = (v) => v,
): TypeCase {
  return {
    sqlType,
    type: typeOf(sqlType),
    values: fc.bigInt({ min, max }),
    edges: [min, max, 0n, min + 1n, max - 1n],
    cell: (value) => String(value),
    duckdbCell: (value) => String(duckdbScale(value as bigint)),
    chunk: (values) => fixedChunk(width, values, putInteger),
  };
}

const signed = (sqlType: string, width: number, bits = width * 8): TypeCase =>
  integers(sqlType, width, -(1n << BigInt(bits - 1)), (1n << BigInt(bits - 1)) - 1n);
const unsigned = (sqlType: string, width: number, bits = width * 8): TypeCase =>
  integers(sqlType, width, 0n, (1n << BigInt(bits)) - 1n);

/** Within what every engine's dates can show. */
const YEAR_MS = 31_557_600_000n;
const timestamps = (sqlType: string, perMs: bigint, step: bigint, duckdbScale: (value: bigint) => bigint): TypeCase => {
  const base = integers(sqlType, 8, -200n * YEAR_MS * perMs, 200n * YEAR_MS * perMs, duckdbScale);
  const even = (value: Value): Value => ((value as bigint) / step) * step;
  return { ...base, values: base.values.map(even), edges: base.edges.map(even) };
};

function floats(sqlType: string, width: number, cell: (value: number) => string): TypeCase {
  const put = (at: DataView, value: Value): void =>
    width === 4 ? at.setFloat32(0, value as number, true) : at.setFloat64(0, value as number, true);
  const tiny = width === 4 ? 2 ** -149 : Number.MIN_VALUE;
  return {
    sqlType,
    type: typeOf(sqlType),
    values: width === 4 ? fc.float({ noNaN: true }) : fc.double({ noNaN: true }),
    edges: [0, -0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, tiny, -tiny, 1.5],
    cell: (value) => cell(value as number),
    duckdbCell: (value) => cell(value as number),
    chunk: (values) => fixedChunk(width, values, put),
  };
}

function bytes(sqlType: string, width: number): TypeCase {
  return {
    sqlType,
    type: typeOf(sqlType),
    values: fc.uint8Array({ minLength: width, maxLength: width }),
    edges: [
      new Uint8Array(width),
      new Uint8Array(width).fill(0xff),
      Uint8Array.from({ length: width }, (_, i) => i + 1),
    ],
    cell: (value) => bytesCell(value as Uint8Array),
    duckdbCell: (value) => bytesCell(value as Uint8Array),
    chunk: (values) => fixedChunk(width, values, putBytes),
  };
}

const DUCKDB_MAX_PRECISION = 38;

function decimals(precision: number, scale: number, width: number): TypeCase {
  const limit = 10n ** BigInt(precision) - 1n;
  const text = (value: bigint): string => {
    const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0');
    return `${value < 0n ? '-' : ''}${digits.slice(0, digits.length - scale)}.${digits.slice(digits.length - scale)}`;
  };
  return {
    sqlType: `DECIMAL(${precision},${scale})`,
    type: typeOf(`DECIMAL(${precision},${scale})`),
    values: fc.bigInt({ min: -limit, max: limit }),
    edges: [limit, -limit, 0n, 1n, -1n],
    cell: (value) => String(value),
    duckdbCell: (value) =>
      precision <= DUCKDB_MAX_PRECISION ? String(value) : roundedCell(Number(text(value as bigint))),
    chunk: (values) => fixedChunk(width, values, putBigEndian),
  };
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const TEXTS = ['', 'a', 'naïve', '日本語', '😀', 'nine bytes', "it's; --", 'x'.repeat(70_000), '\u0000'];

function text(sqlType: string): TypeCase {
  return {
    sqlType,
    type: typeOf(sqlType),
    values: fc.string({ unit: 'grapheme', maxLength: 12 }).map(utf8),
    edges: TEXTS.map(utf8),
    cell: (value) => bytesCell(value as Uint8Array),
    duckdbCell: (value) => bytesCell(value as Uint8Array),
    chunk: (values) => ({ kind: 'bytes', ...validityOf(values), ...byteStrings(values as Uint8Array[]) }),
  };
}

/** SYMBOL as the decoder makes it: a dictionary of the values that occur. */
function symbolChunk(values: readonly (Value | null)[]): ColumnChunk {
  const indices = new Map<string, number>();
  const entries: Uint8Array[] = [];
  const keys = Int32Array.from(values, (value) => {
    if (value === null) return 0;
    const name = bytesCell(value as Uint8Array);
    const known = indices.get(name);
    if (known !== undefined) return known;
    indices.set(name, entries.length);
    return entries.push(value as Uint8Array) - 1;
  });
  return {
    kind: 'dictionary',
    keys,
    dictionary: { length: entries.length, ...byteStrings(entries) },
    ...validityOf(values),
  };
}

const BINARY: TypeCase = {
  ...text('BINARY'),
  values: fc.uint8Array({ maxLength: 12 }),
  edges: [new Uint8Array(0), Uint8Array.of(0xff, 0xfe), new Uint8Array(70_000).fill(7)],
  chunk: (values) => ({ kind: 'bytes', ...validityOf(values), ...byteStrings(values as Uint8Array[]), utf8: false }),
};

const BOOLEAN: TypeCase = {
  sqlType: 'BOOLEAN',
  type: typeOf('BOOLEAN'),
  values: fc.boolean(),
  edges: [true, false],
  cell: String,
  duckdbCell: String,
  chunk: (values) => {
    const bits = new Uint8Array(Math.ceil(values.length / 8));
    for (const [row, value] of values.entries()) if (value === true) bits[row >> 3]! |= 1 << (row & 7);
    return { kind: 'boolean', bits, ...validityOf(values) };
  },
};

function nestedArbitrary(dimensions: number): fc.Arbitrary<Nested> {
  const element = fc.option(fc.double({ noNaN: true }), { nil: null, freq: 4 });
  let inner: fc.Arbitrary<number | null | Nested> = element;
  for (let dimension = 0; dimension < dimensions; dimension += 1) inner = fc.array(inner, { maxLength: 3 });
  return inner as fc.Arbitrary<Nested>;
}

/** A LIST of any shape; QuestDB's are never jagged, the encoder does not care. */
function arrays(dimensions: number): TypeCase {
  const wrap = (value: Nested): Nested => Array.from({ length: dimensions - 1 }).reduce<Nested>((v) => [v], value);
  return {
    sqlType: `DOUBLE${'[]'.repeat(dimensions)}`,
    type: typeOf(`DOUBLE${'[]'.repeat(dimensions)}`),
    values: nestedArbitrary(dimensions),
    edges: [[], wrap([]), wrap([null]), wrap([1.5, -0, null, Number.POSITIVE_INFINITY])],
    cell: (value) => listCell(value as Nested),
    duckdbCell: (value) => listCell(value as Nested),
    chunk: (values) => {
      let level: readonly (number | null | Nested)[] = values as Nested;
      const offsets: Int32Array[] = [];
      for (let dimension = 0; dimension < dimensions; dimension += 1) {
        const cuts = [0];
        for (const item of level) cuts.push(cuts.at(-1)! + (item === null ? 0 : (item as Nested).length));
        offsets.push(Int32Array.from(cuts));
        level = level.flatMap((item) => (item === null ? [] : (item as Nested)));
      }
      const { validity, nullCount } = validityOf(level);
      return {
        kind: 'list',
        offsets,
        values: Float64Array.from(level, (item) => (item === null ? Number.NaN : (item as number))),
        valuesNullCount: nullCount,
        ...(validity === undefined ? {} : { valuesValidity: validity }),
        ...validityOf(values),
      };
    },
  };
}

/** One case or more of every storable type. */
export const TYPE_CASES: readonly TypeCase[] = [
  BOOLEAN,
  signed('BYTE', 1),
  signed('SHORT', 2),
  unsigned('CHAR', 2),
  signed('INT', 4),
  signed('LONG', 8),
  timestamps('DATE', 1n, 1n, (ms) => ms * 1000n),
  timestamps('TIMESTAMP', 1000n, 1n, (us) => us),
  timestamps('TIMESTAMP_NS', 1_000_000n, 1000n, (ns) => ns / 1000n),
  floats('FLOAT', 4, floatCell),
  floats('DOUBLE', 8, doubleCell),
  text('STRING'),
  text('VARCHAR'),
  { ...text('SYMBOL'), chunk: symbolChunk },
  BINARY,
  bytes('UUID', 16),
  bytes('LONG128', 16),
  bytes('LONG256', 32),
  unsigned('IPv4', 4),
  unsigned('GEOHASH(1c)', 1, 5),
  unsigned('GEOHASH(7b)', 1, 7),
  unsigned('GEOHASH(3c)', 2, 15),
  unsigned('GEOHASH(31b)', 4, 31),
  unsigned('GEOHASH(12c)', 8, 60),
  decimals(2, 1, 1),
  decimals(4, 2, 2),
  decimals(9, 3, 4),
  decimals(18, 3, 8),
  decimals(38, 10, 16),
  decimals(76, 20, 32),
  arrays(1),
  arrays(2),
  arrays(3),
];

/** The cells that both engines must give for `values`. */
export function cellsOf(typeCase: TypeCase, values: readonly (Value | null)[]): { hyparquet: Cell[]; duckdb: Cell[] } {
  return {
    hyparquet: values.map((value) => (value === null ? null : typeCase.cell(value))),
    duckdb: values.map((value) => (value === null ? null : typeCase.duckdbCell(value))),
  };
}
