/** The tasks of an export over several threads. */
import { brokenReport } from './brokenSegment.js';
import { pause } from './pause.js';
import type { SegmentReport } from './report.js';
import { localRunner, type RunnerOptions, type SegmentRunner } from './segmentRunner.js';
import type { SegmentTask } from './segmentTask.js';
import { MIN_SHARING_THREADS, segmentRows } from './segmentWeight.js';
import type { Source } from './source/source.js';
import type { ProgressMessage, TaskMessage, WorkerSetup } from './workerMessages.js';
import { groupEncoder, messageMaker, openThreads, quarantine, runSegments } from './workerThreads.js';

/** Segments of one message at most, and the rows from which on it is full: small segments are not worth one each. */
const MAX_BATCH_SEGMENTS = 16;
const FULL_BATCH_ROWS = 131_072;
/** Messages that a thread has at a time: the second one is begun while the files of the first are synced. */
const MESSAGES_PER_THREAD = 2;
/** Row groups from which on a segment is shared out among the threads. */
const MIN_SHARED_GROUPS = 4;

export interface PoolOptions extends RunnerOptions {
  /** Threads, this one included; at least 2. */
  readonly jobs: number;
  readonly setup: WorkerSetup;
  /** Removes files that threads have left unfinished. */
  readonly removeUnfinished: () => void;
}

/** A task that waits to be sent or for its report. */
interface Waiting {
  readonly task: SegmentTask;
  readonly message: TaskMessage;
  readonly resolve: (report: SegmentReport | Promise<SegmentReport>) => void;
  readonly reject: (reason: unknown) => void;
}

/** Rows and bytes that were told of a task. */
function tellings(onProgress: RunnerOptions['onProgress']) {
  const tasks = new Map<number, { readonly task: SegmentTask; rows: number; bytes: number }>();
  const tell = (id: number, rows: number, bytes: number): void => {
    const known = tasks.get(id);
    if (known === undefined) return;
    known.rows += rows;
    known.bytes += bytes;
    onProgress(known.task, rows, bytes);
  };
  return {
    begin: ({ id }: TaskMessage, task: SegmentTask): void => void tasks.set(id, { task, rows: 0, bytes: 0 }),
    tell,
    /** Tells what the report has and nobody told. */
    end: ({ id }: TaskMessage, report: SegmentReport): SegmentReport => {
      const told = tasks.get(id);
      if (told !== undefined) tell(id, report.rowsWritten - told.rows, report.bytesWritten - told.bytes);
      tasks.delete(id);
      return report;
    },
  };
}

/**
 * Runs tasks in `jobs` threads: small segments several at a time, large ones row group by row group, with the same result as
 * in one thread. What the others have no room for this thread does itself. A thread that dies costs the segment that it died
 * of.
 */
export async function workerPool(source: Source, options: PoolOptions): Promise<SegmentRunner> {
  const { jobs, setup, signal } = options;
  const threads = await openThreads(jobs - 1, MESSAGES_PER_THREAD, setup);
  const alone = quarantine(setup);
  const toMessage = messageMaker();
  const told = tellings(options.onProgress);
  threads.pool.on('message', ({ id, rows, bytes }: ProgressMessage) => told.tell(id, rows, bytes));
  const stop = (): void => void threads.pool.destroy().then(alone.close);
  signal?.addEventListener('abort', stop);

  const here = localRunner(source, options);
  const shared = localRunner(source, {
    ...options,
    encoder: groupEncoder(threads, toMessage),
    onMistake: (task) => alone.run(task, toMessage(task)),
  });
  const isLarge = (task: SegmentTask, rows: number): boolean =>
    jobs >= MIN_SHARING_THREADS && setup.place !== undefined && rows >= MIN_SHARED_GROUPS * task.encode.rowGroupRows;

  const inFlight = new Set<Promise<void>>();
  let batch: Waiting[] = [];
  let batchRows = 0;
  const send = async (waiting: readonly Waiting[]): Promise<void> => {
    try {
      const reports = await runSegments(
        threads,
        waiting.map(({ message }) => message),
      );
      for (const [i, { task, resolve }] of waiting.entries()) resolve(reports[i] ?? brokenReport(task, 'no report'));
    } catch {
      for (const { task, message, resolve, reject } of waiting)
        if (signal?.aborted === true) reject(signal.reason);
        else resolve(alone.run(task, message));
    }
  };
  const flush = (): void => {
    if (batch.length === 0) return;
    const sent = send(batch).finally(() => inFlight.delete(sent));
    inFlight.add(sent);
    batch = [];
    batchRows = 0;
  };
  const queue = (task: SegmentTask): Promise<SegmentReport> => {
    const message = toMessage(task);
    told.begin(message, task);
    const report = new Promise<SegmentReport>((resolve, reject) => batch.push({ task, message, resolve, reject }));
    return report.then((done) => told.end(message, done));
  };

  return {
    start: async (task) => {
      const rows = segmentRows(source, task);
      if (isLarge(task, rows)) {
        flush();
        return await shared.start(task);
      }
      if (inFlight.size >= threads.room) return await here.start(task);
      await pause(signal);
      const report = queue(task);
      batchRows += rows;
      if (batch.length >= MAX_BATCH_SEGMENTS || batchRows >= FULL_BATCH_ROWS) flush();
      return { report };
    },
    flush,
    close: async () => {
      signal?.removeEventListener('abort', stop);
      await threads.pool.destroy();
      await alone.close();
      if (alone.isUsed() || signal?.aborted === true) options.removeUnfinished();
    },
  };
}
