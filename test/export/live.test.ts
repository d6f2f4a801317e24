/** Files that a server changes while they are read: what is missing at the first look and there at the second is no damage. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/database.js';
import { nodeSource } from '../../src/source/node.js';
import { overlay } from '../../src/source/overlay.js';
import type { Source } from '../../src/source/source.js';
import { exportFixture, removeExports } from '../helpers/exportRun.js';
import { fixture } from '../helpers/fixtures.js';

const db = join(fixture('01-trades-v1'), 'db');
const table = readdirSync(db).find((name) => name.startsWith('trades~')) ?? '';
const price = `${table}/wal1/0/px.d`;

/** One source until the file `trigger` has been asked for, then another. */
function switched(first: Source, second: Source, trigger: string): Source {
  let now = first;
  return {
    label: first.label,
    list: (folder) => now.list(folder),
    stat: (path) => now.stat(path),
    open: (path) => {
      const source = now;
      if (path === trigger) now = second;
      return source.open(path);
    },
  };
}

/** The folder with the third transaction not yet in the log's count, and without a column file. */
const base = nodeSource(db);
const count = (maxTxn: number) =>
  ({ op: 'write', path: `${table}/txn_seq/_txnlog`, offset: 4, bytes: new Uint8Array([maxTxn]) }) as const;
const earlier = overlay(base, [count(2), { op: 'remove', path: price }]);

afterAll(removeExports);

const run = async (source: Source) => (await exportFixture('01-trades-v1', { root: openDatabase(db, source) })).result;

describe('a column file that is missing at the first look', () => {
  it('is no damage when the server goes on and it is there at the next', async () => {
    const { exitCode, tables } = await run(switched(earlier, base, price));
    expect(exitCode).toBe(0);
    expect(tables[0]?.ledger.map(({ from, to, state }) => [from, to, state])).toEqual([[1n, 2n, 'recovered']]);
  });

  it('is damage when it stays away', async () => {
    const later = overlay(base, [{ op: 'remove', path: price }]);
    const { exitCode, tables } = await run(switched(earlier, later, price));
    expect(exitCode).toBe(3);
    expect(tables[0]?.damage).toMatchObject([{ code: 'column_missing', severity: 'loss', column: 'px' }]);
  });

  it('is damage at once when nobody is at work', async () => {
    const still = overlay(base, [{ op: 'remove', path: price }]);
    const { exitCode, tables } = await run(switched(still, base, price));
    expect(exitCode).toBe(3);
    expect(tables[0]?.damage).toMatchObject([{ code: 'column_missing', severity: 'loss', column: 'px' }]);
  });
});

describe('a log that has two records more than it counts', () => {
  const log = `${table}/txn_seq/_txnlog`;

  it('is sound when the count has grown meanwhile, as far as it counts by now', async () => {
    const { exitCode, tables } = await run(switched(overlay(base, [count(1)]), overlay(base, [count(2)]), log));
    expect(exitCode).toBe(0);
    expect(tables[0]?.maxTxn).toBe(2n);
    expect(tables[0]?.damage.filter(({ severity }) => severity !== 'note')).toEqual([]);
  });

  it('is damaged when the count stays', async () => {
    const { tables } = await run(overlay(base, [count(1)]));
    expect(tables[0]?.maxTxn).toBe(3n);
    expect(tables[0]?.damage.map(({ code }) => code)).toContain('txnlog_max_txn_low');
  });
});
