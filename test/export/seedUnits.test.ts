/**
 * The unit tests of the seed tool's plan: options, file names, table names.
 */
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { discoverTables } from '../../src/discover.js';
import { segmentFileName } from '../../src/fileNames.js';
import { openDatabase, planTable, type SegmentTask, selectTables } from '../../src/index.js';
import { memorySource } from '../../src/source/memory.js';
import { type Run, walrescue } from '../helpers/build.js';
import { fixture } from '../helpers/fixtures.js';

describe('the seed tool’s unit tests: options', () => {
  const db = join(fixture('01-trades-v1'), 'db');
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'walrescue-options-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const walrescueExport = (...args: string[]): Run => walrescue(['export', ...args], { cwd: folder });

  function expectUsageError(result: Run, message: RegExp): void {
    expect(result.exitCode).toBe(2);
    expect(result.stdout).toBe('');
    expect(result.stderr).toMatch(message);
    expect(result.stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(readdirSync(folder)).toEqual([]);
  }

  it('21: the database root is required', () => {
    expectUsageError(walrescueExport(), /db-root/);
  });

  it('22: defaults: nothing is written without an output folder, provenance columns are on', () => {
    const inspected = walrescueExport('--db-root', db, '--json');
    expect(inspected).toMatchObject({ exitCode: 0, stderr: '' });
    expect(readdirSync(folder)).toEqual([]);
    const out = join(folder, 'out');
    expect(walrescueExport('--db-root', db, '--output-dir', out, '--quiet')).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: '',
    });
    expect(existsSync(join(out, 'trades__wal1__seg0__seqTxn1-3.parquet'))).toBe(true);
    rmSync(out, { recursive: true });
  });

  it('23: an unknown option is refused', () => {
    expectUsageError(walrescueExport(db, '--bogus'), /--bogus/);
  });

  it.each(['--db-root', '--output-dir', '--table-dir', '--table-name', '--table-id'])(
    '24: %s without its value',
    (option) => {
      expectUsageError(walrescueExport(db, option), new RegExp(option));
      expectUsageError(walrescueExport(db, option, '--no-shoulder'), new RegExp(option));
    },
  );
});

describe('the seed tool’s unit tests: names', () => {
  /** A segment of three transactions, which came into the log out of order. */
  function task(): SegmentTask {
    const database = openDatabase(join(fixture('01-trades-v1'), 'db'));
    const rows = { unappliedOnly: false, seqTxns: undefined, orphans: false };
    const encode = { shoulder: true, compression: 'none', rowGroupRows: 1024 } as const;
    const tasks = selectTables(database, {}).tables.flatMap(
      ({ folder, outputName }) => planTable(database.source, folder, { rows, encode, outputName }).tasks,
    );
    const real = tasks[0] as SegmentTask;
    const seqTxns = [5n, 3n, 9n];
    const named = real.named.map((record, i) => ({ ...record, walId: 7, segmentId: 2, seqTxn: seqTxns[i] ?? 0n }));
    return { ...real, walId: 7, segmentId: 2, named };
  }

  it.each([
    ['25', [1], 'trades__wal7__seg2__seqTxn3-9.parquet'],
    ['25', [4], 'trades__wal7__seg2__seqTxn3-9.parquet'],
    ['26', [2], 'trades__wal7__seg2__tier2.parquet'],
    ['26', [2, 4], 'trades__wal7__seg2__tier2.parquet'],
    ['27', [3], 'trades__wal7__seg2__seqTxn3-9__tier3.parquet'],
    ['27', [3, 4], 'trades__wal7__seg2__seqTxn3-9__tier3.parquet'],
    ['28', [2, 3], 'trades__wal7__seg2__tier2__tier3.parquet'],
    ['28', [2, 3, 4], 'trades__wal7__seg2__tier2__tier3.parquet'],
    ['28', [1, 2, 3, 4], 'trades__wal7__seg2__tier2__tier3.parquet'],
  ])('%s: the file of tiers %j', (_, tiers, name) => {
    expect(segmentFileName(task(), new Set(tiers))).toBe(name);
  });

  it.each([
    ['29', 'trades~4', 'trades', 4],
    ['29', 'a~b~12', 'a~b', 12],
    ['30', 'trades', 'trades', undefined],
    ['30', 'trades~', 'trades~', undefined],
    ['30', 'trades~x', 'trades~x', undefined],
    ['30', '~7', '~7', 7],
    ['30', '_t~1', '_t', 1],
    ['30', 'two words~3', 'two words', 3],
    ['30', 'wal1~9', 'wal1', 9],
  ])('%s: the table in folder %s', (_, dirName, tableName, tableId) => {
    const source = memorySource([[`${dirName}/txn_seq/_txnlog`, new Uint8Array(0)]]);
    expect(discoverTables(source).value).toMatchObject([{ dirName, tableName, tableId }]);
  });
});
