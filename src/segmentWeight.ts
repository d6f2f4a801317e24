/** How much work segments are, guessed without opening them. */
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

/**
 * Work from which on another thread is worth it, measured in two: tables, small segments, or rows; see bench/README.md. Less is
 * done sooner in one thread than the other is started.
 */
const EXPORT_WORTH_A_THREAD = { tables: 110, segments: 160, rows: 4_000_000 } as const;
const INSPECTION_WORTH_A_THREAD = { tables: 180, segments: 1_000, rows: Number.POSITIVE_INFINITY } as const;
/** Where one other thread is worth it, so is one more for each of these parts of the work that one needs. */
const THREADS_FOR_THAT_WORK = 4;

/**
 * Threads from which on the row groups of one segment are shared out: what they encode has to be copied out of their memory,
 * which costs one other thread as much as it saves.
 */
export const MIN_SHARING_THREADS = 3;

/** What is known of the work while tables are still being planned. */
export interface WorkEstimate {
  /** So many tables are expected in all. */
  expectTables(count: number): void;
  /** A table is planned; its tasks have at most so many rows each. */
  addTable(rowsOfTasks: readonly number[]): void;
  /** Threads besides the first that would save more time than they take to start; 0 where none would. */
  worthThreads(): number;
}

/**
 * An estimate for `threads` threads. Tables that are still to come are taken to be like those seen; the first ones, to have a
 * small segment each.
 */
export function workEstimate(threads: number, isEncoded: boolean): WorkEstimate {
  const worth = isEncoded ? EXPORT_WORTH_A_THREAD : INSPECTION_WORTH_A_THREAD;
  let [tables, tablesSeen, tasks] = [0, 0, 0];
  /** In units of what makes another thread worth it. */
  let work = 0;
  return {
    expectTables: (count) => {
      tables = count;
    },
    addTable: (rowsOfTasks) => {
      tablesSeen += 1;
      tasks += rowsOfTasks.length;
      if (rowsOfTasks.length > 0) work += 1 / worth.tables;
      for (const rows of rowsOfTasks) work += 1 / worth.segments + rows / worth.rows;
    },
    worthThreads: () => {
      if (tablesSeen > 0 && tasks < 2 && threads < MIN_SHARING_THREADS) return 0;
      const workOfTable = tablesSeen === 0 ? 1 / worth.tables + 1 / worth.segments : work / tablesSeen;
      const expected = workOfTable * tables;
      return expected < 1 ? 0 : Math.min(threads - 1, Math.floor(expected * THREADS_FOR_THAT_WORK));
    },
  };
}

/** As many threads as are asked for, whatever the work, if there is any. */
export function allThreads(threads: number): WorkEstimate {
  let tables = 0;
  return {
    expectTables: (count) => {
      tables = count;
    },
    addTable: () => undefined,
    worthThreads: () => (tables === 0 ? 0 : threads - 1),
  };
}
