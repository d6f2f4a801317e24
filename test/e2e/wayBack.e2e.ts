/**
 * There and back: a table of every type, its WAL exported, the files inserted with `read_parquet()` into a new table of the
 * same columns. The server then has the same twice, cell by cell.
 */
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parquetMetadata } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ParquetFile, readWithHyparquet } from '../helpers/parquetEngines.js';
import { expectedColumn } from '../helpers/truthColumns.js';
import { type ExportedDatabase, exportRoot } from './exported.js';
import { columnOfType } from './scenario.js';
import { QUESTDB_VERSION, type QuestdbServer, startQuestdb } from './server.js';
import { untilApplied } from './serverTruth.js';
import { timestampUs } from './tableModel.js';
import { until } from './until.js';
import { sqlValue, typesOf } from './values.js';

/** SQL has no literals of BINARY. */
const TYPES = [...typesOf(QUESTDB_VERSION), 'BINARY'];
const COLUMNS = TYPES.map((type) => ({ name: columnOfType(type), type }));
const LITERAL_ROWS = 14;
const RANDOM_ROWS = 3000;
const ROW_GROUP_ROWS = 1000;

/** One value in three is NULL where a type has it and the function can. */
const RANDOM: Readonly<Record<string, string>> = {
  BOOLEAN: 'rnd_boolean()',
  BYTE: 'rnd_byte()',
  SHORT: 'rnd_short()',
  CHAR: 'rnd_char()',
  INT: 'rnd_int(-2147483647, 2147483646, 3)',
  LONG: 'rnd_long(-9223372036854775807L, 9223372036854775806L, 3)',
  DATE: "rnd_date(to_date('1950', 'yyyy'), to_date('2200', 'yyyy'), 3)",
  TIMESTAMP: "rnd_timestamp(to_timestamp('1970', 'yyyy'), to_timestamp('2200', 'yyyy'), 3)",
  TIMESTAMP_NS: 'cast(rnd_long(-1000000000000000000L, 5000000000000000000L, 3) as timestamp_ns)',
  FLOAT: 'rnd_float(3)',
  DOUBLE: 'rnd_double(3)',
  STRING: 'rnd_str(1, 40, 3)',
  VARCHAR: 'rnd_varchar(1, 40, 3)',
  SYMBOL: 'rnd_symbol(200, 1, 12, 3)',
  BINARY: 'rnd_bin(1, 60, 3)',
  UUID: 'rnd_uuid4(3)',
  LONG256: 'rnd_long256()',
  LONG128: 'to_long128(rnd_long(), rnd_long())',
  IPV4: 'rnd_ipv4()',
};

function randomOf(type: string): string {
  const [, name = type, first = '', second = ''] = /^(\w+)(?:\((\w+)(?:,(\w+))?\))?$/.exec(type) ?? [];
  if (name === 'GEOHASH') return `rnd_geohash(${Number.parseInt(first, 10) * (first.endsWith('c') ? 5 : 1)})`;
  if (name === 'DECIMAL') return `rnd_decimal(${first}, ${second}, 3)`;
  // Unless it is told the shape, it makes two dimensions of three, which the server then stores but can't read.
  if (type === 'DOUBLE[][][]') return 'rnd_double_array(3, 3, 0, 2, 3, 4)';
  if (type.startsWith('DOUBLE[')) return `rnd_double_array(${type.split('[').length - 1}, 3)`;
  const random = RANDOM[type];
  if (random === undefined) throw new Error(`no random values of type ${type}`);
  return random;
}

/** Literals of `values.ts`, then rows that the server makes up, in two transactions; a row a second. */
async function fill(server: QuestdbServer, table: string): Promise<void> {
  const named = COLUMNS.filter(({ type }) => type !== 'BINARY');
  const literals = Array.from({ length: LITERAL_ROWS }, (_, row) =>
    [`${timestampUs(row)}::timestamp`, ...named.map(({ type }, place) => sqlValue(type, row, place).sql)].join(', '),
  );
  const into = (names: readonly string[]) => `INSERT INTO ${table} (${names.join(', ')})`;
  await server.sql(`${into(['ts', ...named.map(({ name }) => name)])} VALUES (${literals.join('), (')})`);
  const random = COLUMNS.map(({ type }) => randomOf(type)).join(', ');
  for (const first of [LITERAL_ROWS, LITERAL_ROWS + RANDOM_ROWS]) {
    await server.sql(
      `${into(['ts', ...COLUMNS.map(({ name }) => name)])}
       SELECT (${timestampUs(first)} + x * 1000000)::timestamp, ${random} FROM long_sequence(${RANDOM_ROWS})`,
    );
  }
  await untilApplied(server, table);
}

/** The table as the server itself writes it. */
async function copied(server: QuestdbServer, table: string): Promise<ParquetFile> {
  await server.sql(`COPY ${table} TO '${table}' WITH FORMAT PARQUET`);
  const path = join(server.root, 'export', `${table}.parquet`);
  await until(`${path} is whole`, () => {
    if (!existsSync(path)) return false;
    try {
      return parquetMetadata(new Uint8Array(readFileSync(path))).num_rows > 0n;
    } catch {
      return false;
    }
  });
  return readWithHyparquet(path);
}

/** The first rows that differ: a few, since thousands would drown them. */
function differences(there: readonly unknown[], back: readonly unknown[]): unknown[] {
  const rows = Array.from({ length: Math.max(there.length, back.length) }, (_, row) => [row, there[row], back[row]]);
  return rows.filter(([, left, right]) => left !== right).slice(0, 3);
}

describe.each(['TIMESTAMP', 'TIMESTAMP_NS'])('a table by %s', (designated) => {
  const create = (name: string): string => {
    const columns = COLUMNS.map((column) => `${column.name} ${column.type}`).join(', ');
    return `CREATE TABLE ${name} (ts ${designated}, ${columns}) TIMESTAMP(ts) PARTITION BY DAY WAL`;
  };
  let server: QuestdbServer;
  let out: string;
  let exported: ExportedDatabase;

  beforeAll(async () => {
    server = await startQuestdb({ settings: { QDB_CAIRO_WAL_PURGE_INTERVAL: '9000000000000' } });
    out = mkdtempSync(join(tmpdir(), 'walrescue-way-back-'));
    await server.sql(create('there'));
    await fill(server, 'there');
    exported = await exportRoot(join(server.root, 'db'), out, { rowGroupRows: ROW_GROUP_ROWS });
    await server.sql(create('back'));
    const names = ['ts', ...COLUMNS.map(({ name }) => name)].join(', ');
    for (const path of exported.table('there').files) {
      copyFileSync(path, join(server.importDir, basename(path)));
      await server.sql(`INSERT INTO back (${names}) SELECT ${names} FROM read_parquet('${basename(path)}')`);
    }
    await untilApplied(server, 'back');
  });
  afterAll(async () => {
    await server.stop();
    rmSync(out, { recursive: true, force: true });
  });

  it('is exported without losses', () => {
    expect(exported.alarms).toEqual([]);
    expect(exported.table('there').manifest.rowsWritten).toBe(LITERAL_ROWS + 2 * RANDOM_ROWS);
  });

  it('is the same when it comes back, as the server writes it', async () => {
    const [there, back] = [await copied(server, 'there'), await copied(server, 'back')];
    expect([back.columnNames, back.columnTypes]).toEqual([there.columnNames, there.columnTypes]);
    expect(there.columnNames).toEqual(['ts', ...COLUMNS.map(({ name }) => name)]);
    for (const [place, { name, type }] of [{ name: 'ts', type: designated }, ...COLUMNS].entries()) {
      const { kind } = expectedColumn(name, type, false);
      const [cells, cellsBack] = [there.cells(place, kind), back.cells(place, kind)];
      expect(cells).toHaveLength(LITERAL_ROWS + 2 * RANDOM_ROWS);
      expect(new Set(cells).size, type).toBeGreaterThan(1);
      expect(differences(cells, cellsBack), type).toEqual([]);
    }
  });

  it('is the same when it comes back, as the server shows it', async () => {
    // A SELECT can't send the two.
    const shown = COLUMNS.filter(({ type }) => type !== 'LONG128' && type !== 'BINARY').map(({ name }) => name);
    const show = (table: string) => server.sql(`SELECT ts, ${shown.join(', ')} FROM ${table}`);
    const [there, back] = [await show('there'), await show('back')];
    expect(back.columns).toEqual(there.columns);
    expect(differences(there.rows.map(String), back.rows.map(String))).toEqual([]);
  });
});
