/**
 * What else than a plain table can be in a database folder: tables in volumes, materialised views, tables that were dropped,
 * made again, renamed, and tables that became WAL tables, ceased to be ones and became ones again.
 */
import { existsSync, lstatSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readWithHyparquet } from '../helpers/parquetEngines.js';
import { checkModelRows, type ExportedDatabase, exportRoot } from './exported.js';
import { statementsOn } from './scenario.js';
import { type QuestdbServer, startQuestdb } from './server.js';
import { idsIn, untilApplied } from './serverTruth.js';
import { type ModelColumn, newTable, type TableModel } from './tableModel.js';
import { until } from './until.js';

const NOTHING_WRONG = { missing: [], problems: [] };
const COLUMNS: readonly ModelColumn[] = [
  { name: 's', type: 'SYMBOL', tag: 's' },
  { name: 'v', type: 'VARCHAR', tag: 'v' },
];
/** Rows are a second apart, so that an hour of the view has all rows of `base`. */
const VIEW = 'SELECT ts, max(id) last, count() n FROM base SAMPLE BY 1h';

let home: string;
let start: () => Promise<QuestdbServer>;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'walrescue-kinds-'));
  const volume = join(home, 'volume');
  mkdirSync(volume);
  const settings = { QDB_CAIRO_WAL_PURGE_INTERVAL: '9000000000000', QDB_CAIRO_VOLUMES: `vol -> ${volume}` };
  start = () => startQuestdb({ root: join(home, 'root'), settings });
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

const exportNow = (name: string): Promise<ExportedDatabase> => exportRoot(join(home, 'root', 'db'), join(home, name));

function expectNoAlarm({ alarms, result }: ExportedDatabase): void {
  expect(alarms).toEqual([]);
  expect(result.exitCode).toBe(0);
}

/** Rows on both sides of an added column. */
async function fill(server: QuestdbServer, table: TableModel, clauses?: string): Promise<TableModel> {
  const on = statementsOn(server, table);
  await on.create(clauses);
  await on.insert(5);
  await on.insert(1);
  await on.addColumn('late', 'SYMBOL', 'late');
  await on.insert(4);
  return table;
}

/** Where the server keeps a table. */
async function folderOf(server: QuestdbServer, { name }: TableModel): Promise<string> {
  const { rows } = await server.sql(`SELECT directoryName FROM tables() WHERE table_name = '${name}'`);
  return String(rows[0]?.[0]);
}

/** Drops a table and waits until its data is gone; gives its folder. */
async function drop(server: QuestdbServer, table: TableModel): Promise<string> {
  const folder = await folderOf(server, table);
  await server.sql(`DROP TABLE ${table.name}`);
  await until('only the WAL is left', () => !existsSync(join(home, 'root', 'db', folder, '_txn')));
  return folder;
}

describe('tables that come, go, move and follow others', () => {
  let exported: ExportedDatabase;
  const inVolume = newTable('in_volume', COLUMNS);
  const base = newTable('base', COLUMNS);
  const gone = newTable('gone', COLUMNS);
  const again = newTable('again', COLUMNS);
  const madeAgain = newTable('again', [{ name: 'other', type: 'STRING', tag: 'o' }]);
  const moved = newTable('first name', COLUMNS);
  const inItsPlace = newTable('first name', COLUMNS);
  const dropped = new Map<TableModel, string>();
  let viewRows: readonly (readonly unknown[])[];

  beforeAll(async () => {
    const server = await start();
    await fill(server, inVolume, "WAL IN VOLUME 'vol'");
    await fill(server, base);
    await server.sql(`CREATE MATERIALIZED VIEW hours AS (${VIEW}) PARTITION BY DAY`);
    const untilRefreshed = () =>
      until('the view has all rows', async () => {
        viewRows = (await server.sql('SELECT cast(ts as long), last, n FROM hours')).rows;
        return viewRows[0]?.[2] === base.rows.length;
      });
    await untilRefreshed();
    await statementsOn(server, base).insert(6);
    await untilRefreshed();
    for (const table of [gone, again]) dropped.set(await fill(server, table), await drop(server, table));
    await fill(server, madeAgain);
    await fill(server, moved);
    await statementsOn(server, moved).renameTable('Second näme');
    await statementsOn(server, moved).insert(3);
    await fill(server, inItsPlace);
    for (const { name } of [inVolume, base, madeAgain, moved, inItsPlace]) await untilApplied(server, name);
    await server.stop('SIGKILL');
    exported = await exportNow('moving');
  });

  it('no false alarm', () => expectNoAlarm(exported));

  it.each([
    ['in a volume', inVolume],
    ['below a view', base],
    ['of the name of one that was dropped', madeAgain],
    ['that was renamed', moved],
    ['in the place of a renamed one', inItsPlace],
  ])('a table %s', async (_, table) => {
    expect(await checkModelRows(exported.table(table.name), table.rows)).toEqual(NOTHING_WRONG);
    expect(exported.table(table.name).manifest).toMatchObject({ dropped: false, appliedSeqTxn: table.seqTxn });
  });

  it.each([
    ['for good', gone],
    ['and made again', again],
  ])('a table that was dropped %s', async (_, table) => {
    const found = exported.table(dropped.get(table) ?? '');
    expect(await checkModelRows(found, table.rows)).toEqual(NOTHING_WRONG);
    expect(found.manifest).toMatchObject({ table: table.name, dropped: true, tableSeqTxn: null });
  });

  it('the folder of the table in the volume is a symbolic link', () => {
    const { tableDir } = exported.table(inVolume.name).manifest;
    expect(lstatSync(join(home, 'root', 'db', tableDir)).isSymbolicLink()).toBe(true);
  });

  it('a materialised view: its last rows are those that it shows', async () => {
    const last = new Map<string, readonly unknown[]>();
    for (const path of exported.table('hours').files) {
      const file = await readWithHyparquet(path);
      const [ts = [], ...others] = ['ts', 'last', 'n'].map((name) =>
        file.cells(file.columnNames.indexOf(name), 'integer').map(Number),
      );
      ts.forEach((us, row) => void last.set(String(us), [us, ...others.map((cells) => cells[row])]));
    }
    expect([...last.values()]).toEqual(viewRows);
    expect(exported.table('hours').manifest.rowsWritten).toBeGreaterThan(viewRows.length);
  });
});

describe('a table that becomes a WAL table, ceases to be one, and becomes one again', () => {
  const name = 'converted';
  const plain = newTable(name, COLUMNS);
  const exports: ExportedDatabase[] = [];
  /** What was inserted while it was one. */
  const logged: TableModel[] = [];
  let visible: readonly number[];

  beforeAll(async () => {
    let server = await start();
    const convert = async (type: string): Promise<void> => {
      await server.sql(`ALTER TABLE ${name} SET TYPE ${type}`);
      await server.stop();
      server = await start();
    };
    await fill(server, plain, 'BYPASS WAL');
    for (const round of [1, 2]) {
      await convert('WAL');
      const table: TableModel = { ...newTable(name, []), columns: plain.columns, nextId: plain.nextId };
      await statementsOn(server, table).insert(4);
      await statementsOn(server, table).addColumn(`in_round_${round}`, 'SYMBOL', `round ${round}`);
      await statementsOn(server, table).insert(3);
      await untilApplied(server, name);
      exports.push(await exportNow(`wal${round}`));
      logged.push(table);
      Object.assign(plain, { columns: table.columns, nextId: table.nextId });
      if (round === 2) break;
      await convert('BYPASS WAL');
      await statementsOn(server, plain).insert(2);
      exports.push(await exportNow('bypass'));
    }
    visible = await idsIn(server, name);
    await server.stop();
  });

  it('no false alarm', () => exports.forEach(expectNoAlarm));

  it.each([
    ['first', 0, 0],
    ['second', 2, 1],
  ])('the rows of its %s time', async (_, at, round) => {
    const table = logged[round] as TableModel;
    const found = (exports[at] as ExportedDatabase).table(name);
    expect(await checkModelRows(found, table.rows, { status: () => 'applied_unpurged' })).toEqual(NOTHING_WRONG);
    expect(found.manifest.appliedSeqTxn).toBe(table.seqTxn);
  });

  it('is none in between', () => {
    expect(exports[1]?.result.tables.map(({ tableName }) => tableName)).not.toContain(name);
  });

  it('the rows of the table are all of them', () => {
    expect(visible).toEqual(
      [...plain.rows, ...logged.flatMap(({ rows }) => rows)].map(({ id }) => id).sort((a, b) => a - b),
    );
  });
});
