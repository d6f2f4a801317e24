/** What the sequencer keeps of a table's changes is read only where there can be any. */
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openDatabase, selectTables } from '../../src/database.js';
import { planTable, type TablePlan } from '../../src/tablePlan.js';
import { freshFixture } from '../helpers/fixtures.js';

const home = mkdtempSync(join(tmpdir(), 'walrescue-unchanged-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** The plan of a fixture's first table that has a log, after `damage` was done to its `txn_seq`. */
function planned(name: string, damage: (sequencer: string) => void = () => undefined): TablePlan {
  const root = join(freshFixture(name, home), 'db');
  const { source, ...database } = openDatabase(root);
  const folder = selectTables({ source, ...database }).tables[0]?.folder;
  if (folder === undefined) throw new Error(`${name} has no table`);
  damage(join(root, folder.dirName, 'txn_seq'));
  return planTable(source, folder);
}

const codes = ({ damage }: TablePlan): string[] => damage.map(({ code }) => code);
/** An index of two changes, and bytes that are none. */
const spoilChanges = (sequencer: string): void => {
  writeFileSync(join(sequencer, '_txnlog.meta.i'), Buffer.from(BigInt64Array.of(0n, 40n, 80n).buffer));
  writeFileSync(join(sequencer, '_txnlog.meta.d'), Buffer.alloc(80, 0x55));
};

describe('the changes of a table', () => {
  it('need not be readable where its columns never changed', () => {
    const plan = planned('01-trades-v1', spoilChanges);
    expect(plan.structuralChanges).toEqual([]);
    expect(codes(plan)).toEqual([]);
    expect(plan.context.replayed).toEqual(planned('01-trades-v1').context.replayed);
  });

  it('are damaged where the log has lost a record, which may have been of one', () => {
    const plan = planned('01-trades-v1', (sequencer) => {
      spoilChanges(sequencer);
      truncateSync(join(sequencer, '_txnlog'), 76 + 28);
    });
    expect(codes(plan)).toContain('structure_log_unreadable');
  });

  it('are damaged where the initial columns are others than the latest', () => {
    const plan = planned('05-multi-segment', spoilChanges);
    expect(plan.structuralChanges.length).toBeGreaterThan(0);
    expect(codes(plan)).toContain('structure_log_unreadable');
  });
});

describe('a table folder', () => {
  it('tells the last WAL that it has', () => {
    expect(planned('01-trades-v1').folder.lastWalId).toBe(1);
  });
});
