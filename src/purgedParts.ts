/** Segments that are younger than the parts of the log that the ordinary purge took: those parts named none of their records. */
import { greatest } from './bigints.js';
import type { EventWalk } from './events/walk.js';
import type { LogRecord } from './logRecord.js';
import { type SegmentId, type SegmentTask, sameSegment, segmentKey } from './segmentTask.js';
import type { Source } from './source/source.js';
import { walkTxnLog } from './txnlog.js';
import { readStoredMaxTxn } from './txnlogLayout.js';

/** For each segment, by WAL and segment, the greatest seqTxn that the log names in earlier segments of its WAL; 0 for none. */
export function namedBeforeEach(
  segments: readonly SegmentId[],
  named: ReadonlyMap<string, readonly LogRecord[]>,
  gone: readonly (SegmentId & { readonly lastSeqTxn: bigint })[],
): readonly bigint[] {
  const byPlace = (a: SegmentId, b: SegmentId): number => a.walId - b.walId || a.segmentId - b.segmentId;
  const absent = [...gone].sort(byPlace);
  let next = 0;
  let [walId, last] = [0, 0n];
  const move = (place: SegmentId): void => {
    if (place.walId !== walId) [walId, last] = [place.walId, 0n];
  };
  return segments.map((segment) => {
    for (let before = absent[next]; before !== undefined && byPlace(before, segment) < 0; before = absent[++next]) {
      move(before);
      last = greatest(last, before.lastSeqTxn);
    }
    move(segment);
    const result = last;
    for (const { seqTxn } of named.get(segmentKey(segment)) ?? []) last = greatest(last, seqTxn);
    return result;
  });
}

/** True when a live server has come to name the segment since the log was read. */
function isNamedSince(source: Source, task: SegmentTask): boolean {
  const { dirName, logMaxTxn } = task.table;
  if ((readStoredMaxTxn(source, dirName) ?? 0n) <= logMaxTxn) return false;
  let isNamed = false;
  walkTxnLog(source, dirName, (record) => {
    if (record.seqTxn > logMaxTxn && sameSegment(record, task)) isNamed = true;
  });
  return isNamed;
}

/**
 * The task without the transactions of the log's purged parts where the segment is too young for them: the log names an
 * earlier one of its WAL after them, or names it by now. Its records are then none that were committed when the log was read.
 */
export function withoutPurgedParts(source: Source, task: SegmentTask, walk: EventWalk): SegmentTask {
  const { table, named, namedBefore = 0n } = task;
  if (named.length > 0 || table.unnamed.length === 0 || table.logIsDamaged || walk.records.length === 0) return task;
  const isYounger = table.unnamed.every(({ to }) => to < namedBefore) || isNamedSince(source, task);
  return isYounger ? { ...task, table: { ...table, unnamed: [] } } : task;
}
