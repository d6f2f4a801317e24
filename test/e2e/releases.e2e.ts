/**
 * Every release, from 7.0.1 to 9.3.4, with the sequencer's logs that it can write: folders of servers that were killed and
 * of servers that were stopped. What must come out is what was inserted, and what the server itself finds at its next start.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkModelRows, checkRows, type ExportedDatabase, exportRoot, type ServerTransaction } from './exported.js';
import { type Load, loadColumns, loadRow, loadTable, startLoad, type Writer } from './load.js';
import { idsAfterTruncate, isSince, runScenario, tableOfTypes } from './scenario.js';
import { type QuestdbServer, startQuestdb } from './server.js';
import { idsIn, transactionsOf, untilApplied, walState } from './serverTruth.js';
import { createSql, type TableModel } from './tableModel.js';
import { until } from './until.js';

const RELEASES = ['7.0.1', '7.2.1', '7.3.10', '7.4.2', '8.1.4', '8.2.0', '9.0.3', '9.2.3', '9.3.4'];
/** Releases that can be told to leave the WAL alone. */
const APPLY_CAN_BE_OFF = '7.2.1';
/** 7.0.1 looks for the symbol files of added columns under other names once it has truncated a table. */
const READS_AFTER_TRUNCATE = '7.2.1';
const HAS_WAL_TRANSACTIONS = '7.3.10';
const HAS_V2 = '7.4.2';
const HAS_LINE_OVER_HTTP = '7.4.2';
/** Transactions of a part of a V2 log. */
const PART_TXNS = '5';
const LOAD_TXNS = 20;
const NOTHING_WRONG = { missing: [], problems: [] };

/** Beyond the clock: nothing is purged. */
const NEVER_PURGE = { QDB_CAIRO_WAL_PURGE_INTERVAL: '9000000000000' };
/** 7.0.1 commits what comes by TCP only when it has so many rows. */
const COMMITS_OFTEN = { QDB_LINE_TCP_COMMIT_INTERVAL_DEFAULT: '50', QDB_CAIRO_MAX_UNCOMMITTED_ROWS: '40' };

/** 7.0.1 dies of out-of-order rows, so it gets one writer. */
function writersOf(version: string): Writer['protocol'][] {
  if (!isSince(version, '7.2.1')) return ['tcp'];
  return isSince(version, HAS_LINE_OVER_HTTP) ? ['tcp', 'tcp', 'http'] : ['tcp', 'tcp'];
}

interface Run {
  readonly killed: ExportedDatabase;
  readonly stopped: ExportedDatabase;
  readonly first: TableModel;
  readonly second: TableModel;
  readonly writers: readonly Writer[];
  /** Of the server at its next start after the kill. */
  readonly loadIds: readonly number[];
  /** `undefined` where the server can't read its own table. */
  readonly firstIds: readonly number[] | undefined;
  readonly transactions: ReadonlyMap<string, ReadonlyMap<number, ServerTransaction>> | undefined;
}

async function killUnderLoad(server: QuestdbServer, load: Load, table: string): Promise<void> {
  const acknowledged = (): boolean => load.writers.every((w) => w.protocol === 'tcp' || w.acknowledged.length > 0);
  await until('a load of some transactions', async () => {
    const { sequencerTxn } = await walState(server, table);
    return sequencerTxn >= LOAD_TXNS && acknowledged();
  });
  const ended = load.stop();
  await server.stop('SIGKILL');
  await ended.catch(() => undefined);
}

async function runRelease(version: string, home: string): Promise<Run> {
  const root = join(home, 'root');
  const start = (settings: Record<string, string>): Promise<QuestdbServer> =>
    startQuestdb({ version, root, settings: { ...NEVER_PURGE, ...COMMITS_OFTEN, ...settings } });
  const [first, second] = [tableOfTypes('first', version), tableOfTypes('second', version)];
  const before = await start({ QDB_CAIRO_WAL_APPLY_ENABLED: 'false' });
  await runScenario(before, first, version);
  await before.sql(createSql(loadTable('load')));
  const load = await startLoad(before, 'load', writersOf(version));
  await killUnderLoad(before, load, 'load');
  const killed = await exportRoot(join(root, 'db'), join(home, 'killed'));

  const after = await start(isSince(version, HAS_V2) ? { QDB_CAIRO_DEFAULT_SEQUENCER_PART_TXN_COUNT: PART_TXNS } : {});
  await runScenario(after, second, version);
  const names = [first.name, second.name, 'load'];
  for (const name of names) await untilApplied(after, name);
  const loadIds = await idsIn(after, 'load');
  const firstIds = isSince(version, READS_AFTER_TRUNCATE) ? await idsIn(after, first.name) : undefined;
  const transactions = isSince(version, HAS_WAL_TRANSACTIONS)
    ? new Map(await Promise.all(names.map(async (name) => [name, await transactionsOf(after, name)] as const)))
    : undefined;
  await after.stop();
  const stopped = await exportRoot(join(root, 'db'), join(home, 'stopped'));
  return { killed, stopped, first, second, writers: load.writers, transactions, loadIds, firstIds };
}

describe.each(RELEASES)('QuestDB %s', (version) => {
  let home: string;
  let run: Run;
  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'walrescue-release-'));
    run = await runRelease(version, home);
  });
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  const transactionsIn = (name: string) => {
    const transactions = run.transactions?.get(name);
    return transactions === undefined ? {} : { transactions };
  };
  const appliedWhenKilled = isSince(version, APPLY_CAN_BE_OFF) ? () => 'unapplied' : undefined;
  const whenKilled = appliedWhenKilled === undefined ? {} : { status: appliedWhenKilled };
  const whenStopped = { status: () => 'applied_unpurged' };

  it('no false alarm, killed or stopped', () => {
    expect(run.killed.alarms).toEqual([]);
    expect(run.killed.result.exitCode).toBe(0);
    expect(run.stopped.alarms).toEqual([]);
    expect(run.stopped.result.exitCode).toBe(0);
  });

  it('killed: every row that was inserted', async () => {
    const { first, killed } = run;
    expect(
      await checkModelRows(killed.table(first.name), first.rows, { ...transactionsIn(first.name), ...whenKilled }),
    ).toEqual(NOTHING_WRONG);
    if (run.firstIds !== undefined) expect(run.firstIds).toEqual(idsAfterTruncate(first));
  });

  it('killed under load: the rows that the server finds at its next start', async () => {
    const { killed, loadIds, writers } = run;
    const expected = { row: loadRow, columns: loadColumns, ...transactionsIn('load'), ...whenKilled };
    const found = await checkRows(killed.table('load'), expected);
    expect(found.problems).toEqual([]);
    expect([...found.ids].sort((a, b) => a - b)).toEqual([...loadIds].sort((a, b) => a - b));
    const ids = new Set(found.ids);
    expect(
      writers
        .flatMap(({ protocol, acknowledged }) => (protocol === 'http' ? acknowledged : []))
        .filter((id) => !ids.has(id)),
    ).toEqual([]);
    const sent = new Set(writers.flatMap((writer) => writer.sent));
    expect(found.ids.filter((id) => !sent.has(id))).toEqual([]);
  });

  it('stopped: every row of every table again, all of them applied', async () => {
    const { first, second, stopped, loadIds } = run;
    for (const model of [first, second]) {
      const expected = { ...transactionsIn(model.name), ...whenStopped };
      expect(await checkModelRows(stopped.table(model.name), model.rows, expected), model.name).toEqual(NOTHING_WRONG);
    }
    const expected = { row: loadRow, columns: loadColumns, ...transactionsIn('load'), ...whenStopped };
    const load = await checkRows(stopped.table('load'), expected);
    expect(load.problems).toEqual([]);
    expect(load.ids.length).toBe(loadIds.length);
  });

  it('the sidecars name each statement and structural change', () => {
    const { first, second, stopped } = run;
    for (const model of [first, second]) {
      const { manifest, sqlLog } = stopped.table(model.name);
      expect(manifest.structuralChanges.map(({ seqTxn }) => seqTxn)).toEqual(model.structuralChanges);
      expect(sqlLog.map(({ seqTxn, sql }) => ({ seqTxn, sql }))).toEqual(model.statements);
      expect(manifest.txnLog.maxTxn).toBe(model.seqTxn);
      expect([manifest.tableSeqTxn, manifest.appliedSeqTxn]).toEqual([model.seqTxn, model.seqTxn]);
    }
    const isV2 = isSince(version, HAS_V2) ? 1 : 0;
    expect(stopped.table(first.name).manifest.txnLog.formatVersion).toBe(0);
    expect(stopped.table(second.name).manifest.txnLog.formatVersion).toBe(isV2);
  });
});
