/**
 * What each QuestDB type must look like in Parquet: the form of its column, and the cell that stands for a text of the
 * truth. Written from the format's documentation alone; it shares no code with `src/`.
 *
 * A cell is a text that gives the physical value exactly (`null` is NULL): integers and unscaled decimals in decimal,
 * floats as `f32:` or `f64:` and their bits in hex, byte strings as `x:` and hex, arrays as nested `[…]` of those.
 */

export type Cell = string | null;

/** How an engine's value becomes a cell. */
export type CellKind = 'boolean' | 'integer' | 'float' | 'double' | 'bytes' | 'decimal' | 'list';

export interface ExpectedColumn {
  readonly name: string;
  /** As QuestDB's SQL writes it. */
  readonly sqlType: string;
  readonly kind: CellKind;
  /** As `describeColumn` (parquetEngines.ts) puts it. */
  readonly form: string;
  /** The type that DuckDB gives the column. */
  readonly duckdbType: string;
  /** `column_type` in the file's `questdb` metadata. */
  readonly typeCode: number;
  /** The cell of a text of the truth. */
  readonly cell: (text: string | null) => Cell;
  /** The same as DuckDB shows it, where its types can't hold the value as it is stored. */
  readonly duckdbCell: (text: string | null) => Cell;
}

interface TypeRule {
  readonly kind: CellKind;
  /** Physical type and annotations, without the repetition. */
  readonly form: string;
  readonly required?: boolean;
  readonly duckdbType: string;
  readonly typeCode: number;
  readonly cell: (text: string) => string;
  readonly duckdbCell?: (text: string) => string;
  /** What stands for NULL in a type that has none. */
  readonly nullCell?: string;
}

const UTC_TIMESTAMP = 'TIMESTAMP WITH TIME ZONE';
const NANOS_CODE = 262152;
const GEO_BIT = 1 << 16;

const integer = (text: string): string => BigInt(text).toString();

const SIMPLE: Readonly<Record<string, TypeRule>> = {
  BOOLEAN: { kind: 'boolean', form: 'BOOLEAN', required: true, duckdbType: 'BOOLEAN', typeCode: 1, cell: (t) => t },
  BYTE: {
    kind: 'integer',
    form: 'INT32 INTEGER(8,true)/INT_8',
    required: true,
    duckdbType: 'TINYINT',
    typeCode: 2,
    cell: integer,
  },
  SHORT: {
    kind: 'integer',
    form: 'INT32 INTEGER(16,true)/INT_16',
    required: true,
    duckdbType: 'SMALLINT',
    typeCode: 3,
    cell: integer,
  },
  CHAR: {
    kind: 'integer',
    form: 'INT32 INTEGER(16,false)/UINT_16',
    required: true,
    duckdbType: 'USMALLINT',
    typeCode: 4,
    cell: (text) => String(text.charCodeAt(0)),
    nullCell: '0',
  },
  INT: { kind: 'integer', form: 'INT32', duckdbType: 'INTEGER', typeCode: 5, cell: integer },
  LONG: { kind: 'integer', form: 'INT64', duckdbType: 'BIGINT', typeCode: 6, cell: integer },
  DATE: {
    kind: 'integer',
    form: 'INT64 TIMESTAMP(MILLIS,true)/TIMESTAMP_MILLIS',
    duckdbType: UTC_TIMESTAMP,
    typeCode: 7,
    cell: integer,
    duckdbCell: (text) => (BigInt(text) * 1000n).toString(),
  },
  TIMESTAMP: {
    kind: 'integer',
    form: 'INT64 TIMESTAMP(MICROS,true)/TIMESTAMP_MICROS',
    duckdbType: UTC_TIMESTAMP,
    typeCode: 8,
    cell: integer,
  },
  TIMESTAMP_NS: {
    kind: 'integer',
    form: 'INT64 TIMESTAMP(NANOS,true)',
    duckdbType: UTC_TIMESTAMP,
    typeCode: NANOS_CODE,
    cell: integer,
    duckdbCell: (text) => (BigInt(text) / 1000n).toString(),
  },
  FLOAT: { kind: 'float', form: 'FLOAT', duckdbType: 'FLOAT', typeCode: 9, cell: (text) => floatCell(Number(text)) },
  DOUBLE: {
    kind: 'double',
    form: 'DOUBLE',
    duckdbType: 'DOUBLE',
    typeCode: 10,
    cell: (text) => doubleCell(Number(text)),
  },
  STRING: textRule(11),
  SYMBOL: textRule(12),
  VARCHAR: textRule(26),
  LONG256: {
    kind: 'bytes',
    form: 'FIXED_LEN_BYTE_ARRAY(32)',
    duckdbType: 'BLOB',
    typeCode: 13,
    cell: (text) => bytesCell(littleEndian(text.slice(2).padStart(64, '0'))),
  },
  BINARY: { kind: 'bytes', form: 'BYTE_ARRAY', duckdbType: 'BLOB', typeCode: 18, cell: (text) => `x:${text}` },
  UUID: {
    kind: 'bytes',
    form: 'FIXED_LEN_BYTE_ARRAY(16) UUID',
    duckdbType: 'UUID',
    typeCode: 19,
    cell: (text) => `x:${text.replaceAll('-', '')}`,
  },
  LONG128: {
    kind: 'bytes',
    form: 'FIXED_LEN_BYTE_ARRAY(16)',
    duckdbType: 'BLOB',
    typeCode: 24,
    cell: (text) => bytesCell(littleEndian(text.replaceAll('-', ''))),
  },
  IPV4: {
    kind: 'integer',
    form: 'INT32 INTEGER(32,false)/UINT_32',
    duckdbType: 'UINTEGER',
    typeCode: 25,
    cell: (text) => String(text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)),
  },
};

/** The column that `name`, of a type as QuestDB's SQL writes it, must become; the designated timestamp is REQUIRED. */
export function expectedColumn(name: string, sqlType: string, designated: boolean): ExpectedColumn {
  const rule = ruleOf(sqlType);
  const repetition = rule.required === true || designated ? 'REQUIRED' : 'OPTIONAL';
  const nullCell = rule.nullCell ?? null;
  const { kind, duckdbType, typeCode, cell, duckdbCell = cell } = rule;
  return {
    name,
    sqlType,
    kind,
    form: `${repetition} ${rule.form}`,
    duckdbType,
    typeCode,
    cell: (text) => (text === null ? nullCell : cell(text)),
    duckdbCell: (text) => (text === null ? nullCell : duckdbCell(text)),
  };
}

function ruleOf(sqlType: string): TypeRule {
  const upper = sqlType.toUpperCase();
  const simple = SIMPLE[upper];
  if (simple !== undefined) return simple;
  const geohash = /^GEOHASH\((\d+)([CB])\)$/.exec(upper);
  if (geohash) return geohashRule(Number(geohash[1]) * (geohash[2] === 'C' ? 5 : 1));
  const decimal = /^DECIMAL\((\d+),(\d+)\)$/.exec(upper);
  if (decimal) return decimalRule(Number(decimal[1]), Number(decimal[2]));
  const array = /^DOUBLE((?:\[\])+)$/.exec(upper);
  if (array) return arrayRule((array[1] ?? '').length / 2);
  throw new Error(`no rule for the type ${sqlType}`);
}

function textRule(typeCode: number): TypeRule {
  return {
    kind: 'bytes',
    form: 'BYTE_ARRAY STRING/UTF8',
    duckdbType: 'VARCHAR',
    typeCode,
    cell: (text) => bytesCell(utf8(text)),
  };
}

const GEO_STORAGE = [
  { tag: 14, maxBits: 7, form: 'INT32 INTEGER(8,true)/INT_8', duckdbType: 'TINYINT' },
  { tag: 15, maxBits: 15, form: 'INT32 INTEGER(16,true)/INT_16', duckdbType: 'SMALLINT' },
  { tag: 16, maxBits: 31, form: 'INT32 INTEGER(32,true)/INT_32', duckdbType: 'INTEGER' },
  { tag: 17, maxBits: 60, form: 'INT64 INTEGER(64,true)/INT_64', duckdbType: 'BIGINT' },
] as const;
const GEO_ALPHABET = '0123456789bcdefghjkmnpqrstuvwxyz';

function geohashRule(bits: number): TypeRule {
  const storage = GEO_STORAGE.find(({ maxBits }) => bits <= maxBits);
  if (storage === undefined) throw new Error(`no geohash has ${bits} bits`);
  const cell = (text: string): string =>
    bits % 5 === 0
      ? [...text].reduce((sum, char) => sum * 32n + BigInt(GEO_ALPHABET.indexOf(char)), 0n).toString()
      : BigInt(`0b${text}`).toString();
  return {
    kind: 'integer',
    form: storage.form,
    duckdbType: storage.duckdbType,
    typeCode: storage.tag | (bits << 8) | GEO_BIT,
    cell,
  };
}

const DECIMAL_STORAGE = [
  { tag: 28, maxPrecision: 2, bytes: 1 },
  { tag: 29, maxPrecision: 4, bytes: 2 },
  { tag: 30, maxPrecision: 9, bytes: 4 },
  { tag: 31, maxPrecision: 18, bytes: 8 },
  { tag: 32, maxPrecision: 38, bytes: 16 },
  { tag: 33, maxPrecision: 76, bytes: 32 },
] as const;
/** DuckDB reads wider decimals as DOUBLE, and not always as the nearest one. */
const DUCKDB_MAX_PRECISION = 38;

function decimalRule(precision: number, scale: number): TypeRule {
  const storage = DECIMAL_STORAGE.find(({ maxPrecision }) => precision <= maxPrecision);
  if (storage === undefined) throw new Error(`no decimal has ${precision} digits`);
  const fits = precision <= DUCKDB_MAX_PRECISION;
  const rule: TypeRule = {
    kind: 'decimal',
    form: `FIXED_LEN_BYTE_ARRAY(${storage.bytes}) DECIMAL(${precision},${scale})/DECIMAL`,
    duckdbType: fits ? `DECIMAL(${precision},${scale})` : 'DOUBLE',
    typeCode: storage.tag | (precision << 8) | (scale << 18),
    cell: (text) => {
      const [whole = '', fraction = ''] = text.split('.');
      if (fraction.length !== scale) throw new Error(`${text} has not ${scale} digits after the point`);
      return BigInt(whole + fraction).toString();
    },
  };
  return fits ? rule : { ...rule, duckdbCell: (text) => roundedCell(Number(text)) };
}

function arrayRule(dimensions: number): TypeRule {
  const inner = Array.from({ length: dimensions - 1 }, () => 'LIST<REQUIRED ').join('');
  return {
    kind: 'list',
    form: `${inner}LIST<OPTIONAL DOUBLE>${'>'.repeat(dimensions - 1)}`,
    duckdbType: `DOUBLE${'[]'.repeat(dimensions)}`,
    typeCode: 27 | (10 << 8) | ((dimensions - 1) << 14),
    cell: (text) => listCell(JSON.parse(text) as NestedNumbers),
  };
}

/** An array as JSON has it; a NULL element is null. */
export type NestedNumbers = readonly (number | null | NestedNumbers)[];

/**
 * The cell of an array. SQL prints every array without elements as `[]`, whatever its shape, so all of them are `[]` here.
 */
export function listCell(list: NestedNumbers): string {
  const text = nested(list);
  return /[^[\],]/.test(text) ? text : '[]';
}

function nested(list: NestedNumbers): string {
  const parts = list.map((item) => {
    if (item === null) return 'null';
    return typeof item === 'number' ? doubleCell(item) : nested(item);
  });
  return `[${parts.join(',')}]`;
}

const scratch = new DataView(new ArrayBuffer(8));

/** The cell of a DOUBLE. */
export function doubleCell(value: number): string {
  scratch.setFloat64(0, value);
  return `f64:${scratch.getBigUint64(0).toString(16).padStart(16, '0')}`;
}

/** The cell of a FLOAT; a value that no FLOAT can hold is told apart. */
export function floatCell(value: number): string {
  if (!Number.isNaN(value) && Math.fround(value) !== value) return `not a float: ${value}`;
  scratch.setFloat32(0, value);
  return `f32:${scratch.getUint32(0).toString(16).padStart(8, '0')}`;
}

/** The cell of a decimal that an engine can only show as a DOUBLE, cut to the digits that all of them agree on. */
export function roundedCell(value: number): string {
  return `about ${value.toPrecision(12)}`;
}

/** The cell of a byte string. */
export function bytesCell(bytes: Uint8Array): string {
  return `x:${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

function utf8(text: string): Uint8Array {
  if (/\p{Surrogate}/u.test(text)) throw new Error('a lone surrogate has no UTF-8');
  return new TextEncoder().encode(text);
}

function littleEndian(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)).reverse();
}
