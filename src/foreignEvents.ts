/** An `_event` that is another segment's as a whole: right in itself, but not where this segment's own files have its records and rows. */
import type { RangeEvidence } from './events/ranges.js';
import type { DataEvent, EventRecord } from './events/record.js';
import type { EventWalk } from './events/walk.js';
import type { SegmentTask } from './segmentTask.js';

type DataRecord = EventRecord & { readonly body: DataEvent };

const hasRows = (record: EventRecord): record is DataRecord =>
  record.body.kind === 'data' && record.body.rowLo < record.body.rowHi;

/**
 * True when `_event.i` contradicts the records, and the rows bear it out and not them: no record has the timestamps of its
 * rows. Records without rows are another's where the log names more than are there, or the column files have rows.
 */
export function isAnothers({ named }: SegmentTask, walk: EventWalk, evidence: RangeEvidence): boolean {
  if (walk.isContradicted !== true || walk.records.length === 0) return false;
  const withRows = walk.records.filter(hasRows);
  const whole = withRows.filter(({ intact }) => intact);
  if (whole.length > 0)
    return whole.every(({ segmentTxn, body }) => evidence.matches(segmentTxn, body.rowLo, body.rowHi) === false);
  const present = new Set(walk.records.map(({ segmentTxn }) => segmentTxn));
  const isShort = named.some(({ segmentTxn }) => !present.has(segmentTxn));
  return withRows.length === 0 && (isShort || (evidence.closedRows ?? 0) > 0);
}
