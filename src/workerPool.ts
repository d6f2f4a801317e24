/** Threads that help with the tasks of an export. */
import { brokenReport } from './brokenSegment.js';
import type { SegmentReport } from './report.js';
import { localRunner, type RunnerOptions } from './segmentRunner.js';
import type { SegmentTask } from './segmentTask.js';
import { MIN_SHARING_THREADS } from './segmentWeight.js';
import type { Source } from './source/source.js';
import type { Helpers } from './taskQueue.js';
import type { ProgressMessage, TaskMessage, WorkerSetup } from './workerMessages.js';
import { groupEncoder, messageMaker, openThreads, quarantine, runSegments } from './workerThreads.js';

/** Messages that a thread has at a time: the next ones are worked on while the files of the first are synced together. */
const MESSAGES_PER_THREAD = 4;
/** Row groups from which on a segment is shared out among the threads. */
const MIN_SHARED_GROUPS = 4;

export interface HelperOptions extends RunnerOptions {
  /** Threads besides this one. */
  readonly threads: number;
  readonly setup: WorkerSetup;
  /** Removes files that threads have left unfinished. */
  readonly removeUnfinished: () => void;
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
 * Threads that do small segments several at a time, large ones row group by row group, with the same result as in one thread. A
 * thread that dies costs the segment that it died of; where threads can't start, this one does it all.
 */
export async function openHelpers(source: Source, options: HelperOptions): Promise<Helpers> {
  const { setup, signal } = options;
  const threads = await openThreads(options.threads, MESSAGES_PER_THREAD, setup);
  // What it does is told when the report is there.
  const here = localRunner(source, { output: options.output, signal, onProgress: () => undefined });
  const alone = quarantine(setup, async (task) => (await here.start(task)).report);
  const toMessage = messageMaker();
  const told = tellings(options.onProgress);
  threads.pool.on('message', ({ id, rows, bytes }: ProgressMessage) => told.tell(id, rows, bytes));
  const stop = (): void => void threads.pool.destroy().then(alone.close);
  signal?.addEventListener('abort', stop);

  const shared = localRunner(source, {
    ...options,
    encoder: groupEncoder(threads, toMessage),
    onMistake: (task) => alone.run(task, toMessage(task)),
  });
  let ended: Promise<void> | undefined;
  const end = (): Promise<void> => {
    signal?.removeEventListener('abort', stop);
    ended ??= threads.pool.destroy().then(alone.close);
    return ended;
  };
  const sharesRowGroups = setup.place !== undefined && options.threads + 1 >= MIN_SHARING_THREADS;

  return {
    threads: options.threads,
    room: threads.room,
    isShared: ({ task, rows }) => sharesRowGroups && rows >= MIN_SHARED_GROUPS * task.encode.rowGroupRows,
    share: async ({ task, resolve }) => {
      const { report } = await shared.start(task);
      resolve(report);
    },
    send: async (batch) => {
      const messages = batch.map(({ task }) => toMessage(task));
      for (const [i, { task }] of batch.entries()) told.begin(messages[i]!, task);
      try {
        const reports = await runSegments(threads, messages);
        for (const [i, { task, resolve }] of batch.entries())
          resolve(told.end(messages[i]!, reports[i] ?? brokenReport(task, 'no report')));
      } catch {
        for (const [i, { task, resolve, reject }] of batch.entries())
          if (signal?.aborted === true) reject(signal.reason);
          else resolve(alone.run(task, messages[i]!).then((report) => told.end(messages[i]!, report)));
      }
    },
    retire: end,
    close: async () => {
      await end();
      if (alone.isUsed() || signal?.aborted === true) options.removeUnfinished();
    },
  };
}
