/** The tasks of an export on their way to those who do them: this thread, and others once there is enough to do for them. */
import type { SegmentReport } from './report.js';
import { localRunner, type RunnerOptions } from './segmentRunner.js';
import type { SegmentTask } from './segmentTask.js';
import { segmentRows, type WorkEstimate } from './segmentWeight.js';
import type { Source } from './source/source.js';

/** Segments of one message at most, and the rows from which on it is full: small segments are not worth one each. */
const MAX_BATCH_SEGMENTS = 16;
/** While more is to come, a message of small segments has at least so many. */
const MIN_BATCH_SEGMENTS = 8;
const FULL_BATCH_ROWS = 131_072;
/** Of what waits, the part that one message takes is so small that all threads come to an end at about the same time. */
const MESSAGES_LEFT_PER_THREAD = 2;

/** A task that nobody has begun. */
export interface WaitingTask {
  readonly task: SegmentTask;
  /** Rows that it has at most; 0 where nothing tells. */
  readonly rows: number;
  resolve(report: SegmentReport | Promise<SegmentReport>): void;
  reject(reason: unknown): void;
}

/** Threads besides this one. */
export interface Helpers {
  readonly threads: number;
  /** Messages that they can have at a time: each thread the one that it works on, and the next one. */
  readonly room: number;
  /** True for a segment whose row groups are shared out among all threads. */
  isShared(waiting: WaitingTask): boolean;
  /** Begins such a segment; resolves when the next task can be begun. */
  share(waiting: WaitingTask): Promise<void>;
  /** Does the tasks in one of the threads; resolves when it is free again. Never fails: what fails is in the reports. */
  send(batch: readonly WaitingTask[]): Promise<void>;
  /** Ends the threads: all that they were given is reported. */
  retire(): Promise<void>;
  /** Ends the threads, whatever they are at, and removes what they have left unfinished; nothing else is being written. */
  close(): Promise<void>;
}

/** How an export comes to have helpers. */
export interface Hiring {
  /** Whether they are worth it is asked with every table. */
  readonly estimate: WorkEstimate;
  open(threads: number): Promise<Helpers>;
}

export interface TaskQueue {
  /** So many tables are expected: starts other threads if that is enough for them. Else it is asked with every table. */
  expectTables(count: number): Promise<void>;
  /**
   * Takes the tasks of a table; reports come when the files are synced. Other threads may begin them as soon as there are enough
   * for a message, this one does in `work`.
   */
  add(tasks: readonly SegmentTask[]): Promise<{ readonly reports: readonly Promise<SegmentReport>[] }>;
  /**
   * All tasks are added: works in this thread too until every one has been begun. Where it fails, so do the reports of those that
   * have not.
   */
  work(): Promise<void>;
  /** Ends the other threads; nothing is written after that. */
  close(): Promise<void>;
}

/** A queue that is worked on in the order of the tasks. `hiring`: none unless given. */
export function taskQueue(source: Source, options: RunnerOptions, hiring?: Hiring): TaskQueue {
  const here = localRunner(source, options);
  /** Tasks by the order in which they are begun; those that have been are let go. */
  const waiting = new Map<number, WaitingTask>();
  let [begun, added] = [0, 0];
  /** Of those that wait. */
  let rowsLeft = 0;
  let helpers: Helpers | undefined;
  let inFlight = 0;
  /** True once all tasks have been added. */
  let isComplete = false;
  /** Tasks without a report. */
  let unreported = 0;

  const left = (): number => added - begun;
  const take = (): WaitingTask | undefined => {
    const next = waiting.get(begun);
    if (next === undefined) return undefined;
    waiting.delete(begun++);
    rowsLeft -= next.rows;
    return next;
  };
  const takeBatch = (most: number): WaitingTask[] => {
    const batch: WaitingTask[] = [];
    let rows = 0;
    while (batch.length < most && rows < FULL_BATCH_ROWS) {
      const next = waiting.get(begun);
      if (next === undefined || helpers?.isShared(next) === true) break;
      take();
      batch.push(next);
      rows += next.rows;
    }
    return batch;
  };
  const handOut = (): void => {
    if (helpers === undefined) return;
    const threads = helpers.threads + 1;
    // Near the end a second message would wait in one thread while another has nothing to do.
    while (inFlight < helpers.threads || (inFlight < helpers.room && left() >= threads)) {
      const share = Math.ceil(left() / (MESSAGES_LEFT_PER_THREAD * threads));
      // More is to come, and a message of one small segment costs as much as one of many.
      if (!isComplete && share < MIN_BATCH_SEGMENTS && rowsLeft < FULL_BATCH_ROWS) return;
      const batch = takeBatch(Math.min(MAX_BATCH_SEGMENTS, share));
      if (batch.length === 0) return;
      inFlight += 1;
      void helpers.send(batch).then(() => {
        inFlight -= 1;
        handOut();
      });
    }
  };
  const wait = (task: SegmentTask, rows: number): Promise<SegmentReport> => {
    rowsLeft += rows;
    unreported += 1;
    const report = new Promise<SegmentReport>((resolve, reject) =>
      waiting.set(added++, { task, rows, resolve, reject }),
    );
    return report.finally(() => {
      unreported -= 1;
      // They take some time to end: they do while the last tables' sidecars are written. What fails, `close` tells.
      if (isComplete && unreported === 0) helpers?.retire().catch(() => undefined);
    });
  };
  const begin = async (next: WaitingTask): Promise<void> => {
    if (helpers?.isShared(next) === true) return await helpers.share(next);
    const { report } = await here.start(next.task);
    next.resolve(report);
  };

  const hire = async (): Promise<void> => {
    if (helpers !== undefined || hiring === undefined) return;
    const threads = hiring.estimate.worthThreads();
    if (threads > 0) helpers = await hiring.open(threads);
  };

  return {
    expectTables: async (count) => {
      hiring?.estimate.expectTables(count);
      await hire();
    },
    add: async (tasks) => {
      const rows = tasks.map((task) => (hiring === undefined ? 0 : segmentRows(source, task)));
      hiring?.estimate.addTable(rows);
      const reports = tasks.map((task, i) => wait(task, rows[i]!));
      await hire();
      handOut();
      return { reports };
    },
    work: async () => {
      isComplete = true;
      handOut();
      for (let next = take(); next !== undefined; next = take()) {
        try {
          await begin(next);
        } catch (error) {
          for (const { reject } of [next, ...waiting.values()]) reject(error);
          waiting.clear();
          throw error;
        }
        handOut();
      }
    },
    close: async () => helpers?.close(),
  };
}
