/** Whether an export fits is told before anything is written. */
import { mkdtempSync, readdirSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openDatabase, selectTables } from '../../src/database.js';
import { assertFits } from '../../src/outputSize.js';
import type { SegmentTask } from '../../src/segmentTask.js';
import type { Source } from '../../src/source/source.js';
import { planTable } from '../../src/tablePlan.js';
import { fixture, freshFixture } from '../helpers/fixtures.js';

const folder = mkdtempSync(join(tmpdir(), 'walrescue-space-'));
afterAll(() => rmSync(folder, { recursive: true }));

function tasksOf(root: string): { source: Source; tasks: SegmentTask[] } {
  const database = openDatabase(root);
  const options = {
    rows: { unappliedOnly: false, seqTxns: undefined, orphans: false },
    encode: { shoulder: true, compression: 'none' as const, rowGroupRows: 131_072 },
  };
  const tasks = selectTables(database).tables.flatMap(
    ({ folder: table, outputName }) => planTable(database.source, table, { ...options, outputName }).tasks,
  );
  return { source: database.source, tasks };
}

/** Whether it is said to fit. */
async function fits(root: string, freeBytes: number, compression: 'none' | 'zstd' = 'none'): Promise<boolean> {
  const { source, tasks } = tasksOf(root);
  try {
    await assertFits(source, tasks, compression, { folder: '/out', freeBytes });
    return true;
  } catch (error) {
    expect(String(error)).toMatch(/\/out: about \d+ MB are needed and \d+ MB are free/);
    return false;
  }
}

describe('room for the output', () => {
  const db = join(fixture('01-trades-v1'), 'db');
  /** 74 rows of ts, px, size (8 bytes each) and ticker (4); their files are larger, by the row ids beside the timestamps. */
  const rowBytes = 74 * (3 * 8 + 4);
  /** An entry of the manifest has more than that. */
  const entryBytes = 768;
  const least = rowBytes + entryBytes;

  it('is enough, or it is not', async () => {
    expect(await fits(db, 1_000_000)).toBe(true);
    expect(await fits(db, least)).toBe(true);
    expect(await fits(db, least - 1)).toBe(false);
  });

  it('compression needs less', async () => {
    expect(await fits(db, rowBytes / 2 + entryBytes, 'zstd')).toBe(true);
    expect(await fits(db, entryBytes, 'zstd')).toBe(false);
  });

  it('what is only preallocated needs none', async () => {
    const grown = join(freshFixture('01-trades-v1', folder), 'db');
    const [table = ''] = readdirSync(grown).filter((name) => name.startsWith('trades~'));
    const segment = join(grown, table, 'wal1', '0');
    for (const name of readdirSync(segment).filter((each) => each.endsWith('.d')))
      truncateSync(join(segment, name), 1024 * 1024);
    expect(await fits(grown, least)).toBe(true);
    expect(await fits(grown, least - 1)).toBe(false);
  });
});
