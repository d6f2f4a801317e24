import { describe, expect, it } from 'vitest';
import { type Evidence, planFor, tierSuffix } from '../../src/plan.js';

const EVENTS = ['whole', 'partial', 'none'] as const;
const SCHEMAS = ['own', 'peer', 'sequencer', 'replay', 'none'] as const;

/** Every combination of evidence: 2 x 2 x 3 x 5. */
const ALL: Evidence[] = [true, false].flatMap((namedByLog) =>
  [true, false].flatMap((logHasRowCounts) =>
    EVENTS.flatMap((event) => SCHEMAS.map((schema) => ({ namedByLog, logHasRowCounts, event, schema }))),
  ),
);

describe('planFor over every combination of evidence', () => {
  it('is total and has 60 rows', () => {
    expect(ALL).toHaveLength(60);
    for (const evidence of ALL) expect(planFor(evidence).tiers.length).toBeGreaterThan(0);
  });

  it('never counts rows from anything but an event or a log with counts', () => {
    for (const evidence of ALL) {
      const { rowCountFrom } = planFor(evidence);
      if (evidence.event === 'none' && !(evidence.namedByLog && evidence.logHasRowCounts))
        expect(rowCountFrom).toBe('none');
      if (rowCountFrom.includes('txnlog')) expect(evidence.namedByLog && evidence.logHasRowCounts).toBe(true);
      if (evidence.event === 'whole') expect(rowCountFrom).toBe('event');
    }
  });

  it('gives tier 1 exactly where nothing is damaged', () => {
    const undamaged = ALL.filter((e) => e.namedByLog && e.event === 'whole' && e.schema === 'own');
    expect(undamaged).toHaveLength(2);
    for (const evidence of ALL) expect(planFor(evidence).tiers.includes(1)).toBe(undamaged.includes(evidence));
  });

  it('labels each missing thing with its own tier', () => {
    for (const evidence of ALL) {
      const { tiers } = planFor(evidence);
      expect(tiers.includes(2)).toBe(!evidence.namedByLog);
      expect(tiers.includes(3)).toBe(evidence.event !== 'whole');
      expect(tiers.includes(4)).toBe(evidence.schema !== 'own');
    }
  });

  it('takes symbols of the event only where there is one', () => {
    for (const evidence of ALL)
      expect(planFor(evidence).symbolsFrom).toBe(evidence.event === 'none' ? 'base' : 'base+event');
  });

  it('skips exactly where no row count or no schema can be had, the count first', () => {
    for (const evidence of ALL) {
      const noCount = evidence.event === 'none' && !(evidence.namedByLog && evidence.logHasRowCounts);
      const expected = noCount
        ? 'skipped_event_unreadable_no_row_count'
        : evidence.schema === 'none'
          ? 'skipped_reader_open_failed'
          : undefined;
      expect(planFor(evidence).skip).toBe(expected);
    }
  });
});

describe('tierSuffix', () => {
  it.each([
    [[1], '__seqTxn3-9'],
    [[2], '__tier2'],
    [[3], '__seqTxn3-9__tier3'],
    [[2, 3], '__tier2__tier3'],
    [[4], '__seqTxn3-9'],
    [[2, 3, 4], '__tier2__tier3'],
  ])('%j gives %s', (tiers, suffix) => {
    expect(tierSuffix(new Set(tiers), '__seqTxn3-9')).toBe(suffix);
  });
});
