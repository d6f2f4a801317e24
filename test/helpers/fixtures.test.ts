import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fixture, fixtureNames, freshFixture, truth, undamagedFixtureNames } from './fixtures.js';

describe('fixtures', () => {
  it('are the 26 cases, one of them damaged', () => {
    expect(fixtureNames()).toHaveLength(26);
    expect(undamagedFixtureNames()).toHaveLength(25);
    expect(undamagedFixtureNames()).not.toContain('16-damaged');
  });

  it('are unpacked once, hard links kept', () => {
    const folder = fixture('17-lag');
    expect(fixture('17-lag')).toBe(folder);
    expect(readdirSync(folder).sort()).toEqual(['db', 'truth', 'truth.json', 'verify.json']);
    const table = join(folder, 'db', 'lagging~4');
    expect(statSync(join(table, 'wal2', 'sym.o')).ino).toBe(statSync(join(table, 'sym.o')).ino);
  });

  it('can be had as a copy of their own', () => {
    const parent = mkdtempSync(join(tmpdir(), 'walrescue-test-'));
    try {
      const copy = freshFixture('17-lag', parent);
      const table = join(copy, 'db', 'lagging~4');
      expect(statSync(join(table, 'wal2', 'sym.o')).ino).toBe(statSync(join(table, 'sym.o')).ino);
      expect(copy.startsWith(parent)).toBe(true);
    } finally {
      rmSync(parent, { recursive: true });
    }
  });

  it.each(fixtureNames())('%s: every row of the truth belongs to a transaction of rows', (name) => {
    for (const table of truth(name).tables) {
      expect(table.rows).toHaveLength(table.rowsOnDisk);
      const withRows = new Set(table.transactions.filter((t) => t.rowCount !== null).map((t) => t.seqTxn));
      expect(table.rows.filter((row) => !withRows.has(row.seqTxn))).toEqual([]);
    }
  });
});
