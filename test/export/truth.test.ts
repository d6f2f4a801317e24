import { afterAll, describe, expect, it } from 'vitest';
import { isLoss } from '../../src/ledger.js';
import { exportFixture, removeExports } from '../helpers/exportRun.js';
import { type TruthRow, type TruthTable, truth, undamagedFixtureNames } from '../helpers/fixtures.js';
import { compareWithTruth } from '../helpers/truthCheck.js';

const NOTHING_WRONG = { missing: 0, extra: 0, wrong: 0, provenanceWrong: 0, problems: [] };

afterAll(removeExports);

describe('every value of an undamaged folder comes out', () => {
  it.each(undamagedFixtureNames())('%s', async (name) => {
    const { caseDir, outDir, result } = await exportFixture(name);
    const rows = truth(name).tables.reduce((sum, table) => sum + table.rows.length, 0);
    expect(await compareWithTruth(caseDir, outDir)).toEqual({
      ...NOTHING_WRONG,
      expected: rows,
      found: rows,
      lost: 0,
      lostCells: 0,
    });
    expect(result.exitCode).toBe(0);
    expect([...result.damage, ...result.tables.flatMap(({ damage }) => damage)]).toEqual([]);
    expect(result.tables.flatMap(({ ledger }) => ledger).filter(({ state }) => isLoss(state))).toEqual([]);
    expect(result.tables.reduce((sum, table) => sum + table.rowsWritten, 0)).toBe(rows);
  });
});

describe('all that the damage left of a damaged folder comes out', () => {
  const tables = truth('16-damaged').tables;

  function rowsOf(table: string, ...seqTxns: number[]): readonly TruthRow[] {
    const found = tables.find(({ name }) => name === table) as TruthTable;
    return found.rows.filter(({ seqTxn }) => seqTxns.includes(seqTxn));
  }

  it('16-damaged', async () => {
    // A V1 log has no row counts, so without its events or its folder a segment is gone; a cut `_event` loses its second record.
    const lost = [rowsOf('event_gone', 1, 2, 3), rowsOf('wal_gone', 1, 2, 3), rowsOf('event_cut', 6)].flat();
    // The first 72 of 144 bytes are 9 of 18 prices.
    const lostPrices = [...rowsOf('column_gone', 1, 2, 3), ...rowsOf('column_cut', 1, 2, 3).slice(9)];
    const { caseDir, outDir, result } = await exportFixture('16-damaged');
    const expected = tables.reduce((sum, table) => sum + table.rows.length, 0);
    expect(await compareWithTruth(caseDir, outDir)).toEqual({
      ...NOTHING_WRONG,
      expected,
      found: expected - lost.length,
      lost: lost.length,
      lostCells: lostPrices.filter(({ values }) => values.price !== null).length,
    });
    expect(result.exitCode).toBe(3);
    const sound = result.tables.filter(({ damage }) => damage.length === 0).map(({ tableName }) => tableName);
    expect(sound).toEqual(['sound', 'tmeta_gone']);
  });
});
