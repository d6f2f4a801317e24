/** QuestDB's own `read_parquet()` on our files: native types, exact values. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parquetMetadata } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ColumnChunk } from '../../src/columnChunk.js';
import { ColumnTag, columnTypeOf } from '../../src/columnType.js';
import { COMPRESSIONS, type CompressionName } from '../../src/parquet/compression.js';
import { provenanceColumns } from '../../src/parquet/provenance.js';
import { type ParquetColumn, parquetColumnOf } from '../../src/parquet/schema.js';
import { readWithHyparquet } from '../helpers/parquetEngines.js';
import { type Cell, expectedColumn } from '../helpers/truthColumns.js';
import { byteStrings, cellsOf, TYPE_CASES, type TypeCase, type Value, validityOf } from '../parquet/cases.js';
import { makeFile, ready } from '../parquet/files.js';
import { type QuestdbServer, startQuestdb } from './server.js';

let server: QuestdbServer;
beforeAll(async () => {
  await ready();
  server = await startQuestdb();
});
afterAll(() => server.stop());

const EXPORT_TIMEOUT_MS = 60_000;
const NO_NULL_TYPES = new Set(['BOOLEAN', 'BYTE', 'SHORT', 'CHAR']);
const type = (code: number) => columnTypeOf(code)!;

/** Values that QuestDB itself takes for NULL, or (empty arrays, empty BINARY) can't read or insert as they are. */
function isOutOfReach({ sqlType }: TypeCase, value: Value): boolean {
  if (sqlType === 'INT') return value === -(2n ** 31n);
  if (sqlType === 'LONG') return value === -(2n ** 63n);
  if (sqlType === 'IPv4' || sqlType === 'CHAR') return value === 0n;
  if (sqlType === 'BINARY') return (value as Uint8Array).byteLength === 0;
  return sqlType.endsWith(']') && !JSON.stringify(value).match(/[^[\],]/);
}

const CASES = TYPE_CASES.map((typeCase, index) => ({ ...typeCase, name: `c${index}` }));
const ROWS = 12;
const rowsOf = (typeCase: TypeCase): (Value | null)[] => {
  const inReach = typeCase.edges.filter((value) => !isOutOfReach(typeCase, value));
  const nulls = NO_NULL_TYPES.has(typeCase.sqlType) ? [] : [null];
  const cycle = [...inReach, ...nulls];
  return Array.from({ length: ROWS }, (_, row) => cycle[row % cycle.length]!);
};

const longs = (values: readonly bigint[]): ColumnChunk => ({
  kind: 'fixed',
  byteWidth: 8,
  values: new Uint8Array(BigInt64Array.from(values).buffer),
  ...validityOf(values),
});
const START_US = 1_704_067_200_000_000n;
const timestampsUs = Array.from({ length: ROWS }, (_, row) => START_US + BigInt(row));

/** A file with a designated timestamp, every type and the provenance columns, in two row groups. */
function everyType(compression: CompressionName): Uint8Array {
  const columns = [
    parquetColumnOf('ts', type(ColumnTag.TIMESTAMP), { designated: true }),
    ...CASES.map(({ name, type: columnType }) => parquetColumnOf(name, columnType)),
    ...provenanceColumns,
  ];
  const group = (from: number, to: number): ColumnChunk[] => [
    longs(timestampsUs.slice(from, to)),
    ...CASES.map((typeCase) => typeCase.chunk(rowsOf(typeCase).slice(from, to))),
    ...[7, 0, 3, 9n, START_US, 'in_lag'].map(
      (value): ColumnChunk => ({
        kind: 'runs',
        length: to - from,
        nullCount: to - from - 1,
        lengths: [1, to - from - 1],
        values: [value, null],
      }),
    ),
  ];
  return makeFile(columns, [group(0, 7), group(7, ROWS)], compression).bytes;
}

/** COPY declares IPv4 as a plain INT32. */
const unsignedIf =
  ({ sqlType }: TypeCase) =>
  (cell: Cell): Cell =>
    sqlType === 'IPv4' && cell !== null ? String(BigInt.asUintN(32, BigInt(cell))) : cell;

/** Waits for a `COPY … TO` and gives the file's path. */
async function exported(name: string): Promise<string> {
  const path = join(server.root, 'export', `${name}.parquet`);
  const deadline = Date.now() + EXPORT_TIMEOUT_MS;
  for (;;) {
    if (existsSync(path) && isWhole(path)) return path;
    if (Date.now() > deadline) throw new Error(`no export ${path}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function isWhole(path: string): boolean {
  try {
    parquetMetadata(new Uint8Array(readFileSync(path)));
    return true;
  } catch {
    return false;
  }
}

describe.each(COMPRESSIONS)('every type, compression %s', (compression) => {
  const file = `every-${compression}.parquet`;

  it('has its native type, SYMBOL as VARCHAR', async () => {
    writeFileSync(join(server.importDir, file), everyType(compression));
    // LONG128 has no form in which a SELECT could send it.
    const shown = CASES.filter(({ sqlType }) => sqlType !== 'LONG128');
    const names = ['ts', ...shown.map(({ name }) => name), ...provenanceColumns.map(({ name }) => `"${name}"`)];
    const answer = await server.sql(`SELECT ${names.join(', ')} FROM read_parquet('${file}')`);
    const wanted = shown.map(({ sqlType }) =>
      sqlType === 'SYMBOL' ? 'VARCHAR' : sqlType.replace(/^DOUBLE\[.*/, 'ARRAY'),
    );
    const provenance = ['INT', 'INT', 'INT', 'LONG', 'TIMESTAMP', 'VARCHAR'];
    expect(answer.columns.map((column) => column.type)).toEqual(['TIMESTAMP', ...wanted, ...provenance]);
    expect(answer.rows).toHaveLength(ROWS);
    expect(answer.rows[0]?.slice(-6)).toEqual([7, 0, 3, 9, '2024-01-01T00:00:00.000000Z', 'in_lag']);
    expect(answer.rows[1]?.slice(-6)).toEqual([null, null, null, null, null, null]);
    expect(answer.rows[7]?.slice(-6)).toEqual(answer.rows[0]?.slice(-6));
  });

  it('comes back value by value from a table that it was inserted into', async () => {
    const table = `t_${compression}`;
    const declared = CASES.map(({ name, sqlType }) => `${name} ${sqlType}`).join(', ');
    const names = ['ts', ...CASES.map(({ name }) => name)].join(', ');
    await server.sql(`CREATE TABLE ${table} (ts TIMESTAMP, ${declared}) TIMESTAMP(ts) PARTITION BY DAY BYPASS WAL`);
    await server.sql(`INSERT INTO ${table} (${names}) SELECT ${names} FROM read_parquet('${file}')`);
    await server.sql(`COPY ${table} TO '${table}' WITH FORMAT PARQUET`);
    const back = await readWithHyparquet(await exported(table));
    expect(back.cells(0, 'integer')).toEqual(timestampsUs.map(String));
    for (const [index, typeCase] of CASES.entries()) {
      const { kind } = expectedColumn('c', typeCase.sqlType, false);
      const cells = cellsOf(typeCase, rowsOf(typeCase)).hyparquet;
      expect(back.cells(index + 1, kind).map(unsignedIf(typeCase)), typeCase.sqlType).toEqual(cells);
    }
  });
});

describe('dictionaries with NULLs', () => {
  /** Row groups without, with some, with only NULLs and with NULLs at one end: what breaks readers. */
  const SHAPES: readonly (readonly [rows: number, symbols: number, isNull: (row: number) => boolean])[] = [
    [131_072, 1000, () => false],
    [131_072, 3, (row) => row % 3 === 0],
    [60_000, 1, () => true],
    [60_000, 70_000, (row) => row > 20_000],
    [50_001, 257, (row) => row < 30_000],
    [1, 1, () => true],
    [7, 2, (row) => row === 6],
  ];
  const columns: ParquetColumn[] = [
    parquetColumnOf('s', type(ColumnTag.SYMBOL)),
    parquetColumnOf('v', type(ColumnTag.VARCHAR)),
    parquetColumnOf('runs', type(ColumnTag.INT)),
    parquetColumnOf('plain', type(ColumnTag.INT)),
    parquetColumnOf('text_runs', type(ColumnTag.SYMBOL)),
  ];
  const symbol = TYPE_CASES.find(({ sqlType }) => sqlType === 'SYMBOL')!;
  const int = TYPE_CASES.find(({ sqlType }) => sqlType === 'INT')!;

  function group(rows: number, symbols: number, isNull: (row: number) => boolean): ColumnChunk[] {
    const text = (row: number): Uint8Array => new TextEncoder().encode(`sym é ${(row * 7919) % symbols}`);
    const values = Array.from({ length: rows }, (_, row) => (isNull(row) ? null : text(row)));
    const runLength = 1000;
    const runs = Array.from({ length: Math.ceil(rows / runLength) }, (_, run) => (run % 3 === 1 ? null : run % 5));
    const lengths = runs.map((_, run) => Math.min(runLength, rows - run * runLength));
    const rowValues = runs.flatMap((value, run) => new Array<number | null>(lengths[run]!).fill(value));
    const nullCount = rowValues.filter((value) => value === null).length;
    const runsChunk = { kind: 'runs', length: rows, nullCount, lengths } as const;
    return [
      symbol.chunk(values),
      { kind: 'bytes', ...validityOf(values), ...byteStrings(values) },
      { ...runsChunk, values: runs },
      int.chunk(rowValues.map((value) => (value === null ? null : BigInt(value)))),
      { ...runsChunk, values: runs.map((value) => (value === null ? null : `run ${value}`)) },
    ];
  }

  it('read as the same column without a dictionary does', async () => {
    const { bytes } = makeFile(
      columns,
      SHAPES.map((shape) => group(...shape)),
    );
    writeFileSync(join(server.importDir, 'dictionaries.parquet'), bytes);
    const differs = (left: string, right: string): string =>
      `sum(CASE WHEN ${left} = ${right} OR (${left} IS NULL AND ${right} IS NULL) THEN 0 ELSE 1 END)`;
    const counts = ['s', 'v', 'runs', 'plain', 'text_runs'].map((name) => `count(${name})`).join(', ');
    const answer = await server.sql(
      `SELECT ${differs('s', 'v')}, ${differs('runs', 'plain')}, ${differs('text_runs', "CASE WHEN plain IS NULL THEN NULL ELSE ('run ' || plain) END")}, count(), ${counts}
       FROM read_parquet('dictionaries.parquet')`,
    );
    const [symbolsWrong, runsWrong, textWrong, rows, ...present] = answer.rows[0] as number[];
    expect([symbolsWrong, runsWrong, textWrong]).toEqual([0, 0, 0]);
    expect(rows).toBe(SHAPES.reduce((sum, [length]) => sum + length, 0));
    const symbols = SHAPES.reduce((sum, [length, , isNull]) => {
      return sum + Array.from({ length }, (_, row) => row).filter((row) => !isNull(row)).length;
    }, 0);
    expect(present.slice(0, 2)).toEqual([symbols, symbols]);
    expect(present[2]).toBe(present[3]);
    expect(present[2]).toBeGreaterThan(0);
  });
});

it('a file without rows has its columns', async () => {
  const columns = CASES.map(({ name, type: columnType }) => parquetColumnOf(name, columnType));
  writeFileSync(join(server.importDir, 'empty.parquet'), makeFile(columns, []).bytes);
  const answer = await server.sql("SELECT count() FROM read_parquet('empty.parquet')");
  expect(answer.rows).toEqual([[0]]);
});

it('text that is not UTF-8 reads as BINARY, the other columns as ever', async () => {
  const columns = [parquetColumnOf('v', type(ColumnTag.VARCHAR)), parquetColumnOf('g', type(0x1060e | (7 << 8)))];
  const text = byteStrings([Uint8Array.of(0x61, 0xff), Uint8Array.of(0x62)]);
  const chunks: ColumnChunk[] = [
    { kind: 'bytes', length: 2, nullCount: 0, ...text },
    { kind: 'fixed', length: 2, nullCount: 0, byteWidth: 1, values: Uint8Array.of(5, 6) },
  ];
  writeFileSync(join(server.importDir, 'not-utf8.parquet'), makeFile(columns, [chunks]).bytes);
  const answer = await server.sql("SELECT * FROM read_parquet('not-utf8.parquet')");
  expect(answer.columns.map((column) => column.type)).toEqual(['BINARY', 'GEOHASH(7b)']);
  expect(answer.rows).toHaveLength(2);
});

it('an empty array is [null] to QuestDB 9.3.4, as it is in its own exports', async () => {
  const array = TYPE_CASES.find(({ sqlType }) => sqlType === 'DOUBLE[]')!;
  const { bytes } = makeFile([parquetColumnOf('a', array.type)], [[array.chunk([[], [1.5], null])]]);
  writeFileSync(join(server.importDir, 'arrays.parquet'), bytes);
  const answer = await server.sql("SELECT a FROM read_parquet('arrays.parquet')");
  expect(answer.rows).toEqual([[[null]], [[1.5]], [null]]);
});
