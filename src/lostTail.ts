/** Records of a segment after the last one that the log names: what a crash leaves, or the sign of a log that lost its end. */
import { LONG_MAX } from './bigints.js';
import { type Damage, damage } from './damage.js';
import { type EventWalk, walkEvents } from './events/walk.js';
import { join, segmentFolder, TABLE_FILES } from './files.js';
import type { SegmentTask } from './segmentTask.js';
import type { Source } from './source/source.js';
import { readStoredMaxTxn } from './txnlogLayout.js';

/** Records that a crash can leave between a writer and the sequencer, in the segment that the writer has come to. */
const MAX_CRASH_RECORDS = 1;

/**
 * True when the writer has committed, or tried to, in a later segment of the WAL. The next one may be there without any event: a
 * writer that the sequencer refuses moves its rows there before it takes the record back.
 */
function hasGoneOn(source: Source, { table, walId, segmentId }: SegmentTask): boolean {
  const later = table.segments.filter((segment) => segment.walId === walId && segment.segmentId > segmentId);
  const ask = { namedUpTo: -1, logIsWhole: true };
  return later.some(
    (segment) =>
      walkEvents(source, segmentFolder(table.dirName, segment.walId, segment.segmentId), ask).records.length > 0,
  );
}

/**
 * The task as it is when its segment has more records past the log's end than a crash can leave: the log lost its end, and
 * they are `unnamed`, no orphans. A log that has grown since it was read explains them on a live server. Damage:
 * `txnlog_record_missing`.
 */
export function withLostTail(
  source: Source,
  task: SegmentTask,
  walk: EventWalk,
): { task: SegmentTask; damage: readonly Damage[] } {
  const { table } = task;
  const namedUpTo = task.named.reduce((last, log) => Math.max(last, log.segmentTxn), -1);
  const tail = walk.records.filter((r) => r.segmentTxn > namedUpTo && r.segmentTxn <= (walk.headerMaxTxn ?? -1)).length;
  const isOrdinary = tail === 0 || (tail <= MAX_CRASH_RECORDS && !table.logIsBlank && !hasGoneOn(source, task));
  // A segment of which no record is named may be one that the purged parts of the log named.
  const isKnown =
    table.unnamed.some((range) => range.to === LONG_MAX) || (task.named.length === 0 && table.unnamed.length > 0);
  if (isOrdinary || isKnown || (readStoredMaxTxn(source, table.dirName) ?? 0n) > table.logMaxTxn)
    return { task, damage: [] };
  const unnamed = [...table.unnamed, { from: table.logMaxTxn + 1n, to: LONG_MAX }];
  const { walId, segmentId } = task;
  const detail = {
    walId,
    segmentId,
    expected: `records of ${tail} transactions that wal${walId}/${segmentId} has`,
    actual: `an end at seqTxn ${table.logMaxTxn}`,
  };
  return {
    task: { ...task, table: { ...table, unnamed, logIsDamaged: true } },
    damage: [damage('txnlog_record_missing', join(table.dirName, TABLE_FILES.txnlog), detail)],
  };
}
