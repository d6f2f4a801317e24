/** Values to insert, type by type: as an SQL literal, and as the text that truth is written in (../helpers/truthColumns.ts). */

export interface SqlValue {
  readonly sql: string;
  /** `null`: NULL; types without NULL have another text for it. */
  readonly text: string | null;
}

const NULL: SqlValue = { sql: 'NULL', text: null };
const plain = (...texts: string[]): SqlValue[] => texts.map((text) => ({ sql: text, text }));
const suffixed = (suffix: string, ...texts: string[]): SqlValue[] =>
  texts.map((text) => ({ sql: `${text}${suffix}`, text }));
const cast = (type: string, ...texts: string[]): SqlValue[] =>
  texts.map((text) => ({ sql: `cast(${text} as ${type})`, text }));
const castLong = (type: string, ...texts: string[]): SqlValue[] =>
  texts.map((text) => ({ sql: `cast(${text}L as ${type})`, text }));
const quoted = (...texts: string[]): SqlValue[] =>
  texts.map((text) => ({ sql: `'${text.replaceAll("'", "''")}'`, text }));

const TEXTS = quoted('a', '', "it's", 'nine byte', 'ten bytes!', 'naïve 日本語 😀', 'long '.repeat(60));

/** By type; a row takes one after the other. */
const VALUES: Readonly<Record<string, readonly SqlValue[]>> = {
  BOOLEAN: [...plain('true', 'false'), { sql: 'NULL', text: 'false' }],
  BYTE: [...plain('127', '-128', '0'), { sql: 'NULL', text: '0' }],
  SHORT: [...plain('32767', '-32768', '1'), { sql: 'NULL', text: '0' }],
  CHAR: [...quoted('x', 'é', '語'), NULL],
  INT: [...plain('2147483647', '-2147483647', '0'), NULL],
  LONG: [...suffixed('L', '9223372036854775807', '-9223372036854775807', '0'), NULL],
  DATE: [...castLong('date', '1704067200123', '0', '-1'), NULL],
  TIMESTAMP: [...castLong('timestamp', '1704067200123456', '0', '-1'), NULL],
  TIMESTAMP_NS: [...castLong('timestamp_ns', '1704067200123456789', '0', '-1'), NULL],
  FLOAT: [...cast('float', '1.5', '-0.25', '16777216.0'), NULL],
  DOUBLE: [...plain('1.7976931348623157E308', '-2.5', '0.1'), NULL],
  STRING: [...TEXTS, NULL],
  VARCHAR: [...TEXTS, NULL],
  SYMBOL: [...quoted('alpha', 'beta', 'naïve 😀'), NULL, ...quoted('gamma', 'alpha')],
  UUID: [...quoted('11111111-2222-3333-4444-555555555555', 'ffffffff-ffff-ffff-ffff-fffffffffffe'), NULL],
  LONG256: [
    { sql: "cast('0x0102030405060708091011121314151617181920212223242526272829303132' as long256)", text: '' },
    { sql: "cast('0x01' as long256)", text: '0x1' },
    NULL,
  ].map((value) => (value.text === '' ? { ...value, text: /0x\w+/.exec(value.sql)?.[0] ?? '' } : value)),
  LONG128: [{ sql: 'to_long128(2L, 1L)', text: '00000000-0000-0001-0000-000000000002' }, NULL],
  IPV4: [...quoted('1.2.3.4', '255.255.255.255'), NULL],
  'GEOHASH(1c)': [{ sql: '#s', text: 's' }, { sql: '#0', text: '0' }, NULL],
  'GEOHASH(7b)': [{ sql: '##1010101', text: '1010101' }, { sql: '##0000000', text: '0000000' }, NULL],
  'GEOHASH(3c)': [{ sql: '#sp0', text: 'sp0' }, { sql: '#zzz', text: 'zzz' }, NULL],
  'GEOHASH(31b)': [{ sql: `##${'10'.repeat(15)}1`, text: `${'10'.repeat(15)}1` }, NULL],
  'GEOHASH(12c)': [{ sql: '#sp052w92p1p8', text: 'sp052w92p1p8' }, NULL],
  'DOUBLE[]': [
    { sql: 'ARRAY[1.5, null, -2.0]', text: '[1.5, null, -2.0]' },
    { sql: 'ARRAY[0.1]', text: '[0.1]' },
    NULL,
  ],
  'DOUBLE[][]': [{ sql: 'ARRAY[[1.0, 2.0], [3.0, null]]', text: '[[1.0, 2.0], [3.0, null]]' }, NULL],
  'DOUBLE[][][]': [
    { sql: 'ARRAY[[[1.0], [-0.5]], [[null], [4.0]]]', text: '[[[1.0], [-0.5]], [[null], [4.0]]]' },
    NULL,
  ],
  'DECIMAL(2,1)': [...suffixed('m', '9.9', '-9.9', '0.0'), NULL],
  'DECIMAL(4,2)': [...suffixed('m', '99.99', '-0.01'), NULL],
  'DECIMAL(9,3)': [...suffixed('m', '999999.999', '-1.000'), NULL],
  'DECIMAL(18,3)': [...suffixed('m', '999999999999999.999', '-0.001'), NULL],
  'DECIMAL(38,10)': [...suffixed('m', '1234567890123456789012345678.0123456789', '-1.0000000000'), NULL],
  'DECIMAL(76,20)': [...suffixed('m', `${'9'.repeat(56)}.${'9'.repeat(20)}`, '-0.00000000000000000001'), NULL],
};

/** The types that a release has, of those that SQL has literals for. */
export function typesOf(version: string): readonly string[] {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const since = (wanted: number): boolean => major * 100 + minor >= wanted;
  const isThere = (type: string): boolean => {
    if (type === 'IPV4') return since(703);
    if (type === 'VARCHAR') return since(704);
    if (type.startsWith('DOUBLE[')) return since(900);
    if (type === 'TIMESTAMP_NS') return since(901);
    return !type.startsWith('DECIMAL') || since(902);
  };
  return Object.keys(VALUES).filter(isThere);
}

/** The value that column number `column` of row number `row` gets. */
export function sqlValue(type: string, row: number, column: number): SqlValue {
  const values = VALUES[type];
  if (values === undefined) throw new Error(`no values of type ${type}`);
  return values[(row + column) % values.length] ?? NULL;
}

/** What a row has in a column that its INSERT did not name. */
export function omittedText(type: string): string | null {
  return (VALUES[type] ?? []).find(({ sql }) => sql === 'NULL')?.text ?? null;
}
