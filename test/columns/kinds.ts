/** Every column type: values of it, how they are stored, and the cells that they must become. */
import fc from 'fast-check';
import { columnTypeOf } from '../../src/columnType.js';
import { bytesCell, type Cell, doubleCell, floatCell } from '../helpers/truthColumns.js';
import {
  type ArrayValue,
  arrayCell,
  arrayFiles,
  binaryFiles,
  type ColumnFiles,
  designatedFiles,
  fixedFiles,
  littleEndian,
  stringFiles,
  varcharFiles,
} from './writer.js';

/** Values of one column, stored, with the cells that they must become. */
export interface Stored {
  readonly files: ColumnFiles;
  readonly cells: readonly Cell[];
}

export interface Kind {
  readonly name: string;
  readonly code: number;
  readonly designated?: boolean;
  /** Columns of up to `maxLength` rows. */
  readonly stored: (minLength: number, maxLength: number) => fc.Arbitrary<Stored>;
}

/** A type whose rows are written one by one. */
function fixedKind<T>(
  name: string,
  code: number,
  values: fc.Arbitrary<T>,
  write: (value: T) => number[],
  cell: (value: T) => Cell,
): Kind {
  const width = columnTypeOf(code)!.width;
  const stored: Kind['stored'] = (minLength, maxLength) =>
    fc
      .array(values, { minLength, maxLength })
      .map((rows) => ({ files: fixedFiles(rows.map(write), width), cells: rows.map(cell) }));
  return { name, code, stored };
}

function varKind<T>(
  name: string,
  code: number,
  values: fc.Arbitrary<T | null>,
  write: (rows: readonly (T | null)[]) => ColumnFiles,
  cell: (value: T) => Cell,
): Kind {
  const stored: Kind['stored'] = (minLength, maxLength) =>
    fc.array(values, { minLength, maxLength }).map((rows) => ({
      files: write(rows),
      cells: rows.map((row) => (row === null ? null : cell(row))),
    }));
  return { name, code, stored };
}

/** A signed integer of `bytes` bytes; `nullValue` is what NULL is stored as, if the type has a NULL. */
function integerKind(name: string, code: number, bytes: number, nullValue?: bigint): Kind {
  const bits = 8n * BigInt(bytes);
  const edges = [0n, 1n, -1n, -(1n << (bits - 1n)), -(1n << (bits - 1n)) + 1n, (1n << (bits - 1n)) - 1n];
  const values = fc.oneof(fc.constantFrom(...edges), fc.bigInt({ min: edges[3]!, max: edges[5]! }));
  const cell = (value: bigint): Cell => (value === nullValue ? null : String(value));
  return fixedKind(name, code, values, (value) => littleEndian([value, bytes]), cell);
}

const unsigned = (value: bigint, bits: number): string => String(BigInt.asUintN(bits, value));
const minOf = (bytes: number): bigint => -(1n << BigInt(8 * bytes - 1));

function geohashKind(bits: number): Kind {
  const [tag, bytes] = bits < 8 ? [14, 1] : bits < 16 ? [15, 2] : bits < 32 ? [16, 4] : [17, 8];
  const values = fc.oneof(
    fc.constantFrom(-1n, 0n, (1n << BigInt(bits)) - 1n),
    fc.bigInt({ min: 0n, max: (1n << BigInt(bits)) - 1n }),
  );
  const cell = (value: bigint): Cell => (value === -1n ? null : String(value));
  return fixedKind(
    `GEOHASH(${bits}b)`,
    tag! | (bits << 8) | (1 << 16),
    values,
    (value) => littleEndian([value, bytes!]),
    cell,
  );
}

/** Limbs of 64 bits, most significant first, each little-endian. */
function decimalKind(precision: number, scale: number, tag: number, bytes: number): Kind {
  const most = 10n ** BigInt(precision) - 1n;
  const values = fc.oneof(fc.constantFrom(null, 0n, most, -most, 1n, -1n), fc.bigInt({ min: -most, max: most }));
  const write = (value: bigint | null): number[] => {
    const stored = BigInt.asUintN(8 * bytes, value ?? minOf(bytes));
    if (bytes <= 8) return littleEndian([stored, bytes]);
    const limbs = Array.from({ length: bytes / 8 }, (_, limb) =>
      BigInt.asUintN(64, stored >> BigInt(8 * bytes - 64 * (limb + 1))),
    );
    return limbs.flatMap((limb) => littleEndian([limb, 8]));
  };
  return fixedKind(`DECIMAL(${precision},${scale})`, tag | (precision << 8) | (scale << 18), values, write, (value) =>
    value === null ? null : String(value),
  );
}

/** 16 or 32 raw bytes; NULL is LONG's NULL in every half. */
function rawKind(name: string, code: number, bytes: number, cell: (bytes: Uint8Array) => Cell): Kind {
  const nullBytes = Uint8Array.from({ length: bytes }, (_, at) => (at % 8 === 7 ? 0x80 : 0));
  const nearNull = nullBytes.map((byte, at) => (at === 0 ? 1 : byte));
  const values = fc.oneof(fc.constantFrom(nullBytes, nearNull), fc.uint8Array({ minLength: bytes, maxLength: bytes }));
  return fixedKind(
    name,
    code,
    values,
    (value) => [...value],
    (value) => (bytesCell(value) === bytesCell(nullBytes) ? null : cell(value)),
  );
}

const NAN_64 = [0x7ff8000000000000n, 0xfff8000000000000n, 0x7ff0000000000001n, 0xffffffffffffffffn];
const NAN_32 = [0x7fc00000n, 0xffc00000n, 0x7f800001n, 0xffffffffn];
const float64 = fc.oneof(fc.double({ noNaN: true }), fc.constantFrom(Infinity, -Infinity, -0, 5e-324));
const float32 = fc.oneof(fc.float({ noNaN: true }), fc.constantFrom(Infinity, -Infinity, -0));

/** Floats as the bits that are stored. */
const doubles = fc.oneof(
  { weight: 4, arbitrary: float64.map((value) => BigInt(`0x${doubleCell(value).slice(4)}`)) },
  { weight: 1, arbitrary: fc.constantFrom(...NAN_64) },
);
const floats = fc.oneof(
  { weight: 4, arbitrary: float32.map((value) => BigInt(`0x${floatCell(value).slice(4)}`)) },
  { weight: 1, arbitrary: fc.constantFrom(...NAN_32) },
);

/** Text with lone surrogates among the rest. */
const utf16 = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ unit: 'grapheme-ascii', maxLength: 40 }),
  fc.array(fc.integer({ min: 0xd700, max: 0xe000 }), { maxLength: 6 }).map((units) => String.fromCharCode(...units)),
);
/** Bytes that are mostly text, of the lengths at which VARCHAR changes its layout. */
const varchar = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 20 }).map((text) => new TextEncoder().encode(text)),
  fc.string({ unit: 'grapheme-ascii', minLength: 8, maxLength: 11 }).map((text) => new TextEncoder().encode(text)),
  fc.uint8Array({ maxLength: 30 }),
);

/** UTF-8 of a text, a lone surrogate as three bytes: by the tables of the Unicode standard, not by our encoder. */
export function wtf8(text: string): number[] {
  return [...text].flatMap((char) => {
    const point = char.codePointAt(0)!;
    if (point < 0xd800 || point > 0xdfff) return [...new TextEncoder().encode(char)];
    const bits = point.toString(2).padStart(16, '0');
    return [`1110${bits.slice(0, 4)}`, `10${bits.slice(4, 10)}`, `10${bits.slice(10)}`].map((byte) =>
      Number.parseInt(byte, 2),
    );
  });
}

function arrayValues(dimensions: number): fc.Arbitrary<ArrayValue> {
  // Sides of many dimensions are short, or their product would be no column.
  return fc
    .array(fc.integer({ min: 0, max: dimensions > 3 ? 1 : 3 }), { minLength: dimensions, maxLength: dimensions })
    .chain((shape) => {
      const length = shape.reduce((product, side) => product * side, 1);
      const element = fc.oneof(float64, fc.constant(Number.NaN));
      return fc.array(element, { minLength: length, maxLength: length }).map((elements) => ({ shape, elements }));
    });
}

const arrayKind = (dimensions: number): Kind =>
  varKind(
    `DOUBLE${'[]'.repeat(dimensions)}`,
    27 | (10 << 8) | ((dimensions - 1) << 14),
    fc.option(arrayValues(dimensions)),
    arrayFiles,
    arrayCell,
  );

export const STRING_KIND = varKind('STRING', 11, fc.option(utf16), stringFiles, (text) =>
  bytesCell(Uint8Array.from(wtf8(text))),
);
export const BINARY_KIND = varKind('BINARY', 18, fc.option(fc.uint8Array({ maxLength: 20 })), binaryFiles, bytesCell);
export const VARCHAR_KIND = varKind('VARCHAR', 26, fc.option(varchar), varcharFiles, bytesCell);
export const ARRAY_KIND = arrayKind(1);
export const VAR_KINDS: readonly Kind[] = [
  STRING_KIND,
  BINARY_KIND,
  VARCHAR_KIND,
  ARRAY_KIND,
  arrayKind(2),
  arrayKind(3),
  arrayKind(32),
];

export const DESIGNATED_KIND: Kind = {
  name: 'TIMESTAMP',
  code: 8,
  designated: true,
  stored: (minLength, maxLength) =>
    fc.array(fc.bigInt({ min: minOf(8) + 1n, max: -minOf(8) - 1n }), { minLength, maxLength }).map((rows) => ({
      files: designatedFiles(rows),
      cells: rows.map(String),
    })),
};

const KEPT_BIG = (bytes: Uint8Array): Cell => bytesCell(bytes);

export const FIXED_KINDS: readonly Kind[] = [
  fixedKind('BOOLEAN', 1, fc.boolean(), (value) => [value ? 1 : 0], String),
  integerKind('BYTE', 2, 1),
  integerKind('SHORT', 3, 2),
  fixedKind('CHAR', 4, fc.integer({ min: 0, max: 0xffff }), (value) => littleEndian([value, 2]), String),
  integerKind('INT', 5, 4, minOf(4)),
  integerKind('LONG', 6, 8, minOf(8)),
  integerKind('DATE', 7, 8, minOf(8)),
  integerKind('TIMESTAMP', 8, 8, minOf(8)),
  integerKind('TIMESTAMP_NS', 262152, 8, minOf(8)),
  fixedKind(
    'FLOAT',
    9,
    floats,
    (bits) => littleEndian([bits, 4]),
    (bits) => (NAN_32.includes(bits) ? null : `f32:${bits.toString(16).padStart(8, '0')}`),
  ),
  fixedKind(
    'DOUBLE',
    10,
    doubles,
    (bits) => littleEndian([bits, 8]),
    (bits) => (NAN_64.includes(bits) ? null : `f64:${bits.toString(16).padStart(16, '0')}`),
  ),
  rawKind('LONG256', 13, 32, KEPT_BIG),
  rawKind('LONG128', 24, 16, KEPT_BIG),
  rawKind('UUID', 19, 16, (bytes) => bytesCell(bytes.toReversed())),
  fixedKind(
    'IPv4',
    25,
    fc.oneof(fc.constant(0n), fc.bigInt({ min: 0n, max: 0xffffffffn })),
    (value) => littleEndian([value, 4]),
    (value) => (value === 0n ? null : unsigned(value, 32)),
  ),
  ...[1, 5, 7, 8, 10, 15, 16, 20, 31, 32, 35, 59, 60].map(geohashKind),
  decimalKind(2, 1, 28, 1),
  decimalKind(4, 2, 29, 2),
  decimalKind(9, 3, 30, 4),
  decimalKind(18, 6, 31, 8),
  decimalKind(19, 0, 32, 16),
  decimalKind(38, 10, 32, 16),
  decimalKind(76, 20, 33, 32),
];

export const ALL_KINDS: readonly Kind[] = [...FIXED_KINDS, DESIGNATED_KIND, ...VAR_KINDS];
