/** How much work a segment is, guessed without opening it. */
import { attempt, join, segmentFolder } from './files.js';
import { rowWidth } from './rowEvidence.js';
import { liveColumns } from './schema.js';
import type { SegmentTask } from './segmentTask.js';
import type { Source } from './source/source.js';

/** Rows that a segment has at most, as far as the log or the size of its designated timestamp tell; 0 where nothing does. */
export function segmentRows(source: Source, task: SegmentTask): number {
  const { sequencerSchema, dirName, logHasRowCounts } = task.table;
  if (logHasRowCounts) return task.named.reduce((sum, log) => sum + Number(log.extent?.rowCount ?? 0n), 0);
  const designated = sequencerSchema && liveColumns(sequencerSchema).find((column) => column.designated);
  if (designated === undefined) return 0;
  const path = join(segmentFolder(dirName, task.walId, task.segmentId), `${designated.name}.d`);
  return Math.floor((attempt(path, () => source.stat(path)).value?.size ?? 0) / rowWidth(designated));
}

/** Milliseconds that a segment and a million rows take in one thread, roughly; see bench/README.md. */
const MS_PER_SEGMENT = 0.6;
const MS_PER_MILLION_ROWS = 100;
const MS_PER_INSPECTION = 0.2;
/** Work that is done sooner in one thread than others are started. */
const MIN_SHARED_WORK_MS = 700;

/**
 * Threads from which on the row groups of one segment are shared out: what they encode has to be copied out of their memory,
 * which costs one other thread as much as it saves.
 */
export const MIN_SHARING_THREADS = 3;

/** True when `threads` would save more time than they take to start. */
export function isWorthThreads(
  source: Source,
  tasks: readonly SegmentTask[],
  isEncoded: boolean,
  threads: number,
): boolean {
  if (threads < 2 || (tasks.length < 2 && threads < MIN_SHARING_THREADS)) return false;
  let work = tasks.length * (isEncoded ? MS_PER_SEGMENT : MS_PER_INSPECTION);
  for (const task of isEncoded ? tasks : []) {
    if (work >= MIN_SHARED_WORK_MS) return true;
    work += (segmentRows(source, task) / 1e6) * MS_PER_MILLION_ROWS;
  }
  return work >= MIN_SHARED_WORK_MS;
}
