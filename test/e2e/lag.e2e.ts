/**
 * Transactions that a killed server left in a table's lag: applied in name, but no reader shows their rows. How far the table
 * really is says the server itself, at a start at which it applies nothing.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeSource } from '../../src/source/node.js';
import type { Source } from '../../src/source/source.js';
import { readWatermark } from '../../src/watermark.js';
import { checkRows, type ExportedDatabase, exportRoot } from './exported.js';
import { type QuestdbServer, startQuestdb } from './server.js';
import { idsIn } from './serverTruth.js';
import { ID, type ModelColumn, type ModelRow, TS } from './tableModel.js';
import { until } from './until.js';

/** It reads the number of transactions in the lag from the table; later ones forget it when they stop. */
const TELLS_LAG = '7.3.10';
const RELEASES = [TELLS_LAG, '8.2.0', '9.3.4'];
const KEEPS_WAL = { QDB_CAIRO_WAL_PURGE_INTERVAL: '9000000000000' };
/** A writer that has no time to apply all that is there leaves its lag behind. */
const HAS_LAGS = { ...KEEPS_WAL, QDB_CAIRO_WAL_APPLY_TABLE_TIME_QUOTA: '0' };
const APPLIES_NOTHING = { ...KEEPS_WAL, QDB_CAIRO_WAL_APPLY_ENABLED: 'false' };
const WRITERS = 5;
const ROWS = 25;
const ROWS_PER_WRITER = 1_000_000;
/** The lag may be gone after all when the server dies. */
const ATTEMPTS = 5;
const COLUMNS: readonly ModelColumn[] = [ID, { name: 's', type: 'SYMBOL' }, TS];

/** Rows of a transaction reach into the time of the one before, and of those of the other writers. */
function rowOf(id: number): ModelRow {
  const [writer, n] = [Math.floor(id / ROWS_PER_WRITER), id % ROWS_PER_WRITER];
  const us = (Math.floor(n / ROWS) * 10 + (n % ROWS)) * 1_000_000 + writer;
  const texts = new Map([
    [ID.name, String(id)],
    ['s', `s${n % 7}`],
    [TS.name, String(us)],
  ]);
  return { id, columns: COLUMNS, texts, seqTxn: undefined };
}

/** Writes until `stopped`, or until the server is gone. */
async function write(server: QuestdbServer, writer: number, stopped: () => boolean): Promise<void> {
  for (let n = 0; !stopped(); n += ROWS) {
    const tuples = Array.from({ length: ROWS }, (_, i) => {
      const { id, texts } = rowOf(writer * ROWS_PER_WRITER + n + i);
      return `(${id}, '${texts.get('s')}', ${texts.get(TS.name)})`;
    });
    await server.sql(`INSERT INTO t VALUES ${tuples.join(', ')}`);
  }
}

interface Attempt {
  readonly exported: ExportedDatabase;
  /** Of the server: visible up to `seqTxn`, in the lag the `inLag` behind it. */
  readonly table: { readonly seqTxn: number; readonly inLag: number; readonly ids: readonly number[] };
}

const hasLag = (source: Source, folder: string): boolean => (readWatermark(source, folder).value?.lagTxnCount ?? 0) > 0;

/** Stops the server where it is when it holds, and still holds then: a lag may last for less than a millisecond. */
function frozenIf(server: QuestdbServer, holds: () => boolean): boolean {
  if (!holds()) return false;
  server.signal('SIGSTOP');
  if (holds()) return true;
  server.signal('SIGCONT');
  return false;
}

/** Kills a server at the moment when the table has a lag. */
async function attempt(version: string, home: string): Promise<Attempt> {
  const root = join(home, 'root');
  const server = await startQuestdb({ version, root, settings: HAS_LAGS });
  await server.sql(`CREATE TABLE t (id LONG, s SYMBOL, ts TIMESTAMP) TIMESTAMP(ts) PARTITION BY DAY WAL`);
  const [[folder] = []] = (await server.sql(`SELECT directoryName FROM tables() WHERE table_name = 't'`)).rows;
  let stopped = false;
  const writers = Array.from({ length: WRITERS }, (_, i) => write(server, i + 1, () => stopped).catch(() => undefined));
  const source = nodeSource(join(root, 'db'));
  await until('the table has a lag', () => frozenIf(server, () => hasLag(source, String(folder))), 0);
  await server.stop('SIGKILL');
  stopped = true;
  await Promise.all(writers);
  const exported = await exportRoot(join(root, 'db'), join(home, 'out'));
  const still = await startQuestdb({ version, root, settings: APPLIES_NOTHING });
  const lag = version === TELLS_LAG ? 'writerLagTxnCount' : exported.table('t').manifest.lagTxnCount;
  const { rows } = await still.sql(`SELECT writerTxn, ${lag} FROM wal_tables() WHERE name = 't'`);
  const [seqTxn = 0, inLag = 0] = (rows[0] ?? []).map(Number);
  const ids = await idsIn(still, 't');
  await still.stop('SIGKILL');
  return { exported, table: { seqTxn, inLag, ids } };
}

describe.each(RELEASES)('QuestDB %s, killed with transactions in the lag', (version) => {
  let home: string;
  let last: Attempt;

  beforeAll(async () => {
    for (let i = 0; i < ATTEMPTS; i++) {
      home = mkdtempSync(join(tmpdir(), 'walrescue-lag-'));
      last = await attempt(version, home);
      if (last.table.inLag > 0) return;
      rmSync(home, { recursive: true });
    }
    throw new Error(`no lag in ${ATTEMPTS} attempts`);
  });
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  it('no false alarm, and the numbers are those of the server', () => {
    const { exported, table } = last;
    expect(exported.alarms).toEqual([]);
    expect(exported.result.exitCode).toBe(0);
    expect(exported.table('t').manifest).toMatchObject({
      tableSeqTxn: table.seqTxn,
      lagTxnCount: table.inLag,
      appliedSeqTxn: table.seqTxn + table.inLag,
    });
  });

  it('rows are in_lag that the table does not show, though their transactions are applied', async () => {
    const { exported, table } = last;
    const statuses = new Set<string>();
    const status = (seqTxn: number): string => {
      const behind = seqTxn <= table.seqTxn + table.inLag ? 'in_lag' : 'unapplied';
      const expected = seqTxn <= table.seqTxn ? 'applied_unpurged' : behind;
      statuses.add(expected);
      return expected;
    };
    const found = await checkRows(exported.table('t'), { row: rowOf, status });
    expect(found.problems).toEqual([]);
    expect([...statuses]).toContain('in_lag');
    const shown = found.ids.filter((_, row) => (found.seqTxns[row] ?? 0) <= table.seqTxn);
    expect(shown.sort((a, b) => a - b)).toEqual([...table.ids].sort((a, b) => a - b));
  });
});
