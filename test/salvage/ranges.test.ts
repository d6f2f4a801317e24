import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RangeEvidence, type RangeItem, rowRanges } from '../../src/events/ranges.js';

const SILENT: RangeEvidence = { capacity: Number.POSITIVE_INFINITY, matches: () => undefined };

/** Items of transactions with the given row counts, as an undamaged segment has them. */
function items(counts: readonly number[], log = false): RangeItem[] {
  let lo = 0;
  return counts.map((count, segmentTxn) => {
    const event = { lo, hi: lo + count };
    lo += count;
    return { segmentTxn, event, logRows: log ? count : undefined };
  });
}

const spans = (list: readonly RangeItem[], evidence = SILENT) =>
  rowRanges(list, evidence).stretches.map(({ segmentTxns, lo, hi, from }) => [segmentTxns, lo, hi, from]);

describe('rowRanges', () => {
  it('takes every event of an undamaged segment at its word', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(9)), fc.boolean(), (counts, log) => {
        const list = items(counts, log);
        const { stretches, conflicts } = rowRanges(list, SILENT);
        expect(conflicts).toEqual([]);
        expect(stretches.reduce((sum, { lo, hi }) => sum + hi - lo, 0)).toBe(counts.reduce((a, b) => a + b, 0));
        for (const { segmentTxns, lo, hi } of stretches) {
          for (const n of segmentTxns) expect(list[n]?.event).toEqual({ lo, hi });
        }
      }),
    );
  });

  it('misses no rows that a refused writer took on to its next segment', () => {
    const closed = { ...SILENT, capacity: 5, closedRows: 5 };
    const [named, last] = items([5, 3]) as [RangeItem, RangeItem];
    expect(rowRanges([named, { ...last, isOrphan: true }], closed)).toMatchObject({
      stretches: [{ segmentTxns: [0], lo: 0, hi: 5 }],
      conflicts: [],
    });
    expect(rowRanges([named, last], closed).conflicts).toMatchObject([{ segmentTxn: 1, claims: [8, 5] }]);
    expect(rowRanges([named, { ...last, isOrphan: true }], { ...closed, closedRows: 4 }).conflicts).toHaveLength(1);
  });

  it('finds the same, contradicted or not, by weighing all that is told', () => {
    const item = fc.record({
      kind: fc.constantFrom('rows', 'rows', 'rows', 'rows', 'no_rows', 'lost'),
      count: fc.nat(4),
      offset: fc.constantFrom(0, 0, 0, 0, 0, 0, -1, 2),
      logged: fc.constantFrom('not', 'right', 'right', 'wrong'),
      pieced: fc.constantFrom(false, false, false, true),
    });
    const numbers = { capacity: fc.constantFrom(0, 0, 3, -1), closedRows: fc.constantFrom(undefined, 0, 0, 2) };
    fc.assert(
      fc.property(fc.array(item, { maxLength: 6 }), fc.record(numbers), (made, beyond) => {
        let end = 0;
        const list = made.map(({ kind, count, offset, logged, pieced }, segmentTxn): RangeItem => {
          const rows = kind === 'no_rows' ? 0 : count;
          const lo = Math.max(0, end + offset);
          if (kind === 'rows') end = lo + rows;
          const event = kind === 'rows' ? { lo, hi: lo + rows } : kind === 'no_rows' ? 'no_rows' : undefined;
          return { segmentTxn, event, logRows: { not: undefined, right: rows, wrong: rows + 1 }[logged], pieced };
        });
        const closedRows = beyond.closedRows === undefined ? undefined : end + beyond.closedRows;
        const evidence = { ...SILENT, capacity: end + beyond.capacity, closedRows };
        // Where the end is in doubt, nothing is taken at its word; here it is then not found to be elsewhere.
        const weighed = rowRanges(list, { ...evidence, provenEnd: () => undefined });
        expect(rowRanges(list, evidence)).toEqual(weighed);
      }),
      { numRuns: 2_000 },
    );
  });

  it('gives a lost record the rows between its neighbours', () => {
    const list = items([3, 4, 5]);
    list[1] = { segmentTxn: 1, event: undefined, logRows: undefined };
    expect(spans(list)).toEqual([
      [[0], 0, 3, 'event'],
      [[1], 3, 7, 'neighbours'],
      [[2], 7, 12, 'event'],
    ]);
  });

  it('gives rows between which the boundaries are lost to all that may own them', () => {
    const list = items([3, 4, 5, 6]);
    list[1] = { segmentTxn: 1, event: undefined, logRows: undefined };
    list[2] = { segmentTxn: 2, event: undefined, logRows: undefined };
    expect(spans(list)).toEqual([
      [[0], 0, 3, 'event'],
      [[1, 2], 3, 12, 'neighbours'],
      [[3], 12, 18, 'event'],
    ]);
  });

  it('splits them again where a V2 log counts', () => {
    const list = items([3, 4, 5, 6], true).map((item) =>
      item.segmentTxn % 3 === 0 ? item : { ...item, event: undefined },
    );
    expect(spans(list)).toEqual([
      [[0], 0, 3, 'event'],
      [[1], 3, 7, 'txnlog'],
      [[2], 7, 12, 'txnlog'],
      [[3], 12, 18, 'event'],
    ]);
  });

  it('counts all rows from a V2 log when no event is left', () => {
    const list = items([3, 0, 5], true).map((item) => ({ ...item, event: undefined }));
    expect(spans(list).filter(([, lo, hi]) => lo !== hi)).toEqual([
      [[0], 0, 3, 'txnlog'],
      [[2], 3, 8, 'txnlog'],
    ]);
  });

  it('does not guess the rows of a last record that is lost', () => {
    const list = items([3, 4]);
    list[1] = { segmentTxn: 1, event: undefined, logRows: undefined };
    expect(spans(list)).toEqual([[[0], 0, 3, 'event']]);
  });

  it('sees through statements between rows', () => {
    const list = items([3, 0, 4]);
    list[1] = { segmentTxn: 1, event: 'no_rows', logRows: undefined };
    list[2] = { segmentTxn: 2, event: undefined, logRows: undefined };
    list.push({ segmentTxn: 3, event: { lo: 7, hi: 9 }, logRows: undefined });
    expect(spans(list).filter(([, lo, hi]) => lo !== hi)).toEqual([
      [[0], 0, 3, 'event'],
      [[2], 3, 7, 'neighbours'],
      [[3], 7, 9, 'event'],
    ]);
  });

  it('lets a V2 count tell which of two bounds is damaged', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 2, maxLength: 8 }),
        fc.nat(),
        fc.nat(40),
        fc.boolean(),
        (counts, pick, wrong, low) => {
          const good = items(counts, true);
          const n = pick % counts.length;
          const bad = good.map((item, i) => {
            if (i !== n || typeof item.event !== 'object') return item;
            return { ...item, event: low ? { ...item.event, lo: wrong } : { ...item.event, hi: wrong } };
          });
          const matches = (n: number, lo: number, hi: number): boolean => {
            const event = good[n]?.event;
            return typeof event === 'object' && event.lo === lo && event.hi === hi;
          };
          const found = rowRanges(bad, { ...SILENT, matches });
          const expected = rowRanges(good, SILENT);
          expect(found.stretches.map(({ from: _, ...rest }) => rest)).toEqual(
            expected.stretches.map(({ from: _, ...rest }) => rest),
          );
        },
      ),
    );
  });

  it('lets the timestamps decide between two bounds of equal weight', () => {
    const list = items([3, 4]);
    list[1] = { segmentTxn: 1, event: { lo: 2, hi: 7 }, logRows: undefined };
    const truth = new Map([
      [0, [0, 3]],
      [1, [3, 7]],
    ]);
    const matches = (n: number, lo: number, hi: number): boolean =>
      truth.get(n)?.[0] === lo && truth.get(n)?.[1] === hi;
    const { stretches, conflicts } = rowRanges(list, { ...SILENT, matches });
    expect(stretches.map(({ lo, hi }) => [lo, hi])).toEqual([
      [0, 3],
      [3, 7],
    ]);
    expect(conflicts).toEqual([{ segmentTxn: 1, claims: [3, 2], taken: 3, certain: true }]);
  });

  it('refuses a bound past what the column files hold', () => {
    const list = items([3, 4]);
    list[1] = { segmentTxn: 1, event: { lo: 3, hi: 7_000 }, logRows: undefined };
    const { stretches, conflicts } = rowRanges(list, { ...SILENT, capacity: 100 });
    expect(stretches.map(({ lo, hi }) => [lo, hi])).toEqual([[0, 3]]);
    expect(conflicts).toEqual([]);
  });

  it('is linear', () => {
    const list = items(Array.from({ length: 100_000 }, () => 1)).map((item) =>
      item.segmentTxn % 2 === 0 ? item : { ...item, event: undefined },
    );
    expect(rowRanges(list, SILENT).stretches).toHaveLength(99_999);
  });
});
