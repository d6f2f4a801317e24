/**
 * Numbers of a segment that no log record has, though a later one has. A crash leaves such events at a segment's end only:
 * the record of one before that is damaged, and names something else now.
 */
import { type Damage, damage, type Result } from './damage.js';
import type { LogRecord, SeqTxnRange } from './logRecord.js';

const overlaps = (a: SeqTxnRange, b: SeqTxnRange): boolean => a.from <= b.to && b.from <= a.to;

/** What is before a segment's first record. */
const BEGIN = { segmentTxn: -1, seqTxn: 0n } as const;

/**
 * The transactions among which those of the missing numbers are. Damage: `txnlog_record_invalid` for each gap that none of the
 * `known` ranges, whose records are lost anyway, explains.
 */
export function logGaps(
  named: ReadonlyMap<string, readonly LogRecord[]>,
  known: readonly SeqTxnRange[],
  path: string,
): Result<readonly SeqTxnRange[]> {
  const gaps: SeqTxnRange[] = [];
  const found: Damage[] = [];
  for (const records of named.values()) {
    records.forEach((record, i) => {
      const before = records[i - 1] ?? BEGIN;
      if (record.segmentTxn <= before.segmentTxn + 1) return;
      const range = { from: before.seqTxn + 1n, to: record.seqTxn - 1n };
      if (range.from > range.to || known.some((other) => overlaps(range, other))) return;
      gaps.push(range);
      const { walId, segmentId } = record;
      const expected = `a record of wal${walId}/${segmentId}, segmentTxn ${before.segmentTxn + 1}`;
      const actual = `none from seqTxn ${range.from} to ${range.to}`;
      found.push(damage('txnlog_record_invalid', path, { seqTxn: range.from, walId, segmentId, expected, actual }));
    });
  }
  return { value: gaps, damage: found };
}
