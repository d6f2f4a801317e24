/** Segments that lost many column files at once. */
import { copyFileSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { damagedCopies, rowsOf } from './damagedCopy.js';

const outcome = damagedCopies();

/** Removes the column files of the first segment, by what is beside the file: a `.i` has columns of any size. */
const lose = (isLost: (name: string, hasAux: boolean) => boolean) =>
  outcome('02-all-types-v1', 'alltypes', ({ file }) => {
    const folder = file('wal1/0');
    const columns = readdirSync(folder).filter((name) => /^[^_].*\.[di]$/.test(name));
    const lost = columns.filter((name) => isLost(name, existsSync(`${folder}/${name.replace(/\.d$/, '.i')}`)));
    for (const name of lost) rmSync(`${folder}/${name}`);
  });

describe('column files that are gone', () => {
  it('all of them: the rows are lost, and that is the reason', async () => {
    const o = await lose(() => true);
    expect([o.wrong, o.extra]).toEqual([0, 0]);
    expect(o.codes).toEqual(['event_rows_disagree']);
    expect(o.table?.segments[0]?.reason).toBe('the column files have none of the rows');
    expect(o.table?.ledger.map(({ state }) => state)).toContain('lost');
    expect(o.result.exitCode).toBe(3);
  });

  it('those of fixed size: the rows keep what else they have', async () => {
    const o = await lose((name, hasAux) => !hasAux && name.endsWith('.d'));
    expect(o.extra).toBe(0);
    expect(o.table?.segments[0]?.rowsWritten).toBe(rowsOf(o.truth, (t) => t.walId === 1 && t.segmentId === 0));
    expect(o.codes).toEqual(['column_missing']);
    expect(o.table?.ledger.map(({ state }) => state)).not.toContain('lost');
    expect(o.result.exitCode).toBe(3);
  });
});

it('empty column files are no room for the rows of another segment’s events, whatever a .i has preallocated', async () => {
  const o = await outcome('18-symbol-names', 'retyped', ({ file }) =>
    copyFileSync(file('../name_of_dropped~11/wal1/1/_event'), file('wal1/1/_event')),
  );
  expect([o.missing, o.wrong, o.extra]).toEqual([0, 0, 0]);
});
