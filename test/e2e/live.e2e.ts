/**
 * Export while the server is at work: writers insert, columns come and go, what is applied is purged. Each export is right in
 * itself, and together with what the table shows afterwards it has all that was committed before it began.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkModelRows, checkRows, type ExportedDatabase, type ExportedRows, exportRoot } from './exported.js';
import { type Load, loadColumns, loadRow, loadTable, ROWS_PER_BATCH, startLoad } from './load.js';
import { statementsOn } from './scenario.js';
import { type QuestdbServer, startQuestdb } from './server.js';
import { idsIn, untilApplied, walState } from './serverTruth.js';
import { createSql, newTable, type TableModel } from './tableModel.js';
import { until } from './until.js';

const EXPORTS = 5;
/** Transactions that each export waits for, so that it finds others than the one before. */
const TXNS_BETWEEN = 15;
const BUSY = {
  QDB_CAIRO_WAL_PURGE_INTERVAL: '20',
  QDB_CAIRO_WAL_SEGMENT_ROLLOVER_ROW_COUNT: '100',
  QDB_LINE_TCP_COMMIT_INTERVAL_DEFAULT: '50',
};
const V2 = { QDB_CAIRO_DEFAULT_SEQUENCER_PART_TXN_COUNT: '10' };
/** What may become of a transaction on a live server. */
const FINE = new Set(['recovered', 'applied_and_purged', 'log_part_purged', 'structural', 'sql_event', 'empty']);

/** Columns that come, change and go until it is stopped; nothing is ever written into them. */
function changeColumns(server: QuestdbServer, table: string): () => Promise<void> {
  let stopped = false;
  const run = async (): Promise<void> => {
    for (let i = 0; !stopped; i++) {
      await server.sql(`ALTER TABLE ${table} ADD COLUMN unfilled${i} SYMBOL`);
      await server.sql(`ALTER TABLE ${table} RENAME COLUMN unfilled${i} TO unfilled_too${i}`);
      if (i % 2 === 1) await server.sql(`ALTER TABLE ${table} DROP COLUMN unfilled_too${i}`);
      await server.sql(`UPDATE ${table} SET unfilled_too0 = NULL WHERE id = 1`);
    }
  };
  const running = run();
  running.catch(() => undefined);
  return async () => {
    stopped = true;
    await running;
  };
}

interface LiveExport {
  readonly exported: ExportedDatabase;
  readonly found: ExportedRows;
  /** Acknowledged before the export began. */
  readonly committed: readonly number[];
  /** In the table after it ended. */
  readonly visible: ReadonlySet<number>;
}

async function exportWhileBusy(server: QuestdbServer, load: Load, outDir: string): Promise<LiveExport> {
  const before = (await walState(server, 'load')).sequencerTxn;
  await until('more transactions', async () => (await walState(server, 'load')).sequencerTxn >= before + TXNS_BETWEEN);
  const committed = load.writers.flatMap(({ protocol, acknowledged }) => (protocol === 'http' ? acknowledged : []));
  const exported = await exportRoot(join(server.root, 'db'), outDir, { force: true });
  const visible = new Set(await idsIn(server, 'load'));
  return {
    exported,
    found: await checkRows(exported.table('load'), { row: loadRow, columns: loadColumns }),
    committed,
    visible,
  };
}

describe.each([
  ['V1', {}],
  ['V2', V2],
])('a server under load, sequencer %s', (_, settings) => {
  let home: string;
  const exports: LiveExport[] = [];

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'walrescue-live-'));
    const server = await startQuestdb({ settings: { ...BUSY, ...settings } });
    await server.sql(createSql(loadTable('load')));
    const load = await startLoad(server, 'load', ['tcp', 'http', 'http']);
    const endChanges = changeColumns(server, 'load');
    for (let i = 0; i < EXPORTS; i++) exports.push(await exportWhileBusy(server, load, join(home, `${i}`)));
    await endChanges();
    await load.stop();
    await server.stop();
  });
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  it('no export finds damage', () => {
    for (const { exported } of exports) {
      expect(exported.alarms).toEqual([]);
      expect(exported.result.exitCode).toBe(0);
    }
  });

  it('every row is right, and batches are whole', () => {
    for (const { found } of exports) {
      expect(found.problems).toEqual([]);
      const batches = new Map<number, number>();
      const http = found.ids.filter((id) => id >= 2_000_000);
      for (const id of http) {
        const batch = Math.floor((id - 1) / ROWS_PER_BATCH);
        batches.set(batch, (batches.get(batch) ?? 0) + 1);
      }
      expect([...batches.values()].filter((rows) => rows !== ROWS_PER_BATCH)).toEqual([]);
    }
    expect(exports.reduce((sum, { found }) => sum + found.ids.length, 0)).toBeGreaterThan(0);
  });

  it('what was committed is in the export or in the table', () => {
    for (const { found, committed, visible } of exports) {
      const exported = new Set(found.ids);
      expect(committed.filter((id) => !exported.has(id) && !visible.has(id))).toEqual([]);
    }
  });

  it('every transaction is accounted for, the purged ones too', () => {
    const states = new Set<string>();
    for (const { exported } of exports) {
      const table = exported.result.tables.find(({ tableName }) => tableName === 'load');
      let next = 1n;
      for (const { from, to, state } of table?.ledger ?? []) {
        expect(from).toBe(next);
        next = to + 1n;
        states.add(state);
      }
      expect(next - 1n).toBe(table?.maxTxn);
    }
    expect([...states].filter((state) => !FINE.has(state))).toEqual([]);
    expect([...states]).toContain('applied_and_purged');
  });
});

/** Runs a statement and waits until the folder is gone; all of it within one call, as the exporter's own hooks are. */
function resumeAndWait(server: QuestdbServer, table: string, folder: string): void {
  const url = `http://127.0.0.1:${server.ports.http}/exec?query=${encodeURIComponent(`ALTER TABLE ${table} RESUME WAL`)}`;
  execFileSync(process.execPath, ['-e', `fetch(${JSON.stringify(url)}).then((answer) => answer.text())`]);
  const pause = new Int32Array(new SharedArrayBuffer(4));
  const deadline = Date.now() + 60_000;
  while (existsSync(folder)) {
    if (Date.now() > deadline) throw new Error(`${folder} is not purged`);
    Atomics.wait(pause, 0, 0, 20);
  }
}

describe('segments that are purged while the export runs', () => {
  let server: QuestdbServer;
  let home: string;
  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'walrescue-purged-'));
    server = await startQuestdb({ settings: { ...BUSY, QDB_CAIRO_WAL_SEGMENT_ROLLOVER_ROW_COUNT: '20' } });
  });
  afterAll(async () => {
    await server.stop();
    rmSync(home, { recursive: true, force: true });
  });

  /** A table whose WAL is kept, since it is suspended. */
  async function keptTable(name: string): Promise<TableModel> {
    const table = newTable(name, [
      { name: 's', type: 'SYMBOL', tag: 's' },
      { name: 'v', type: 'VARCHAR', tag: 'v' },
    ]);
    const on = statementsOn(server, table);
    await on.create();
    await on.insert(5);
    await untilApplied(server, name);
    await server.sql(`ALTER TABLE ${name} SUSPEND WAL`);
    for (let i = 0; i < 6; i++) await on.insert(21);
    return table;
  }

  it.each([
    ['before the first of their rows is read', 'aaa'],
    ['after the first row group', 'zzz'],
  ])('%s, are no loss', async (_, trigger) => {
    const suffix = trigger.slice(0, 1);
    const [first, second] = [await keptTable(`aaa_${suffix}`), await keptTable(`zzz_${suffix}`)];
    const { tableDir } = (await exportRoot(join(server.root, 'db'), join(home, `look${suffix}`))).table(
      second.name,
    ).manifest;
    const wal = join(server.root, 'db', tableDir, 'wal1');
    let resumed = false;
    const exported = await exportRoot(join(server.root, 'db'), join(home, `out${suffix}`), {
      tables: [first.name, second.name],
      jobs: 1,
      rowGroupRows: 8,
      onProgress: ({ tableName, rowsWritten }) => {
        if (resumed || !tableName.startsWith(trigger) || rowsWritten === 0) return;
        resumed = true;
        resumeAndWait(server, second.name, join(wal, '1'));
      },
    });
    expect(resumed).toBe(true);
    expect(exported.alarms).toEqual([]);
    expect(exported.result.exitCode).toBe(0);
    const { problems, missing } = await checkModelRows(exported.table(second.name), second.rows);
    expect(problems).toEqual([]);
    expect(missing.length).toBeGreaterThan(0);
    const statuses = exported.table(second.name).manifest.segments.map(({ status }) => status);
    expect(statuses).toContain('skipped_purged');
    await untilApplied(server, second.name);
    const visible = new Set(await idsIn(server, second.name));
    expect(missing.filter((id) => !visible.has(id))).toEqual([]);
    expect(await checkModelRows(exported.table(first.name), first.rows)).toEqual({
      missing: [],
      problems: [],
    });
  });
});

describe('a log that is older than the segments, as one that is read while the server goes on', () => {
  let server: QuestdbServer;
  let home: string;
  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'walrescue-older-'));
    server = await startQuestdb({ settings: {} });
  });
  afterAll(async () => {
    await server.stop();
    rmSync(home, { recursive: true, force: true });
  });

  it('rows under columns that came after a statement in the same segment are no damage', async () => {
    const table = newTable('grown', [{ name: 's', type: 'SYMBOL', tag: 's' }]);
    const on = statementsOn(server, table);
    await on.create();
    await on.event((name) => `UPDATE ${name} SET s = 'x' WHERE id = 1`);
    await untilApplied(server, table.name);
    await server.sql(`ALTER TABLE ${table.name} SUSPEND WAL`);
    const root = join(server.root, 'db');
    const { tableDir } = (await exportRoot(root, join(home, 'first'), { tables: [table.name] })).table(
      table.name,
    ).manifest;
    cpSync(join(root, tableDir, 'txn_seq'), join(home, 'txn_seq'), { recursive: true });
    await on.addColumn('v', 'VARCHAR', 'v');
    await on.insert(3);
    const copy = join(home, 'db');
    cpSync(root, copy, { recursive: true, filter: (path) => !path.endsWith('.lock') });
    cpSync(join(home, 'txn_seq'), join(copy, tableDir, 'txn_seq'), { recursive: true });

    const exported = await exportRoot(copy, join(home, 'out'), { tables: [table.name] });
    expect(exported.alarms).toEqual([]);
    const [segment] = exported.table(table.name).manifest.segments;
    expect(segment).toMatchObject({ walId: 1, segmentId: 0, outputFile: null, lastSeqTxn: 1 });
    const { manifest } = (await exportRoot(root, join(home, 'later'), { tables: [table.name] })).table(table.name);
    expect(manifest.segments).toMatchObject([{ walId: 1, segmentId: 0, lastSeqTxn: 3, rowsWritten: 3 }]);
  });
});
