/** The tasks of an export over several threads. */
import type { Piscina } from 'piscina';
import { brokenReport } from './brokenSegment.js';
import type { EncodedRows, GroupContent, GroupEncoder, LossyColumns } from './encodeRows.js';
import type { SegmentReport } from './report.js';
import { localRunner, type RunnerOptions, type SegmentRunner } from './segmentRunner.js';
import type { SegmentTask, TableContext } from './segmentTask.js';
import { segmentRows } from './segmentWeight.js';
import type { Source } from './source/source.js';
import {
  type GroupMessage,
  type ProgressMessage,
  type Shared,
  share,
  type TaskMessage,
  type WorkerSetup,
} from './workerMessages.js';

/** Segments of one message at most, and the rows from which on it is full: small segments are not worth one each. */
const MAX_BATCH_SEGMENTS = 16;
const FULL_BATCH_ROWS = 131_072;
/** Messages that a thread has at a time: the second one is begun while the files of the first are synced. */
const MESSAGES_PER_THREAD = 2;
/** Row groups from which on a segment is shared out among the threads. */
const MIN_SHARED_GROUPS = 4;

export interface PoolOptions extends RunnerOptions {
  readonly jobs: number;
  readonly setup: WorkerSetup;
  /** Removes files that threads have left unfinished. */
  readonly removeUnfinished: () => void;
}

const WORKER_FILE = new URL(`./segmentWorker${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url).href;

async function openThreads(threads: number, messages: number, setup: WorkerSetup): Promise<Piscina> {
  const { Piscina: Pool } = await import('piscina');
  return new Pool({
    filename: WORKER_FILE,
    minThreads: threads,
    maxThreads: threads,
    concurrentTasksPerWorker: messages,
    workerData: setup,
    recordTiming: false,
  });
}

/** Makes messages of tasks; what the tasks of a table share is serialized once. */
function messageMaker(): (task: SegmentTask) => TaskMessage {
  const tables = new WeakMap<TableContext, Shared<TableContext>>();
  let count = 0;
  return (task) => {
    const table = tables.get(task.table) ?? share(task.table);
    tables.set(task.table, table);
    count += 1;
    return { ...task, id: count, table };
  };
}

/** Encodes row groups in the threads. */
function groupEncoder(threads: Piscina, jobs: number, toMessage: (task: SegmentTask) => TaskMessage): GroupEncoder {
  const sent = new WeakMap<GroupContent, Omit<GroupMessage, 'cut'>>();
  const partsOf = ({ task, doubt, lossy }: GroupContent): Omit<GroupMessage, 'cut'> => {
    const { table, ...rest } = toMessage(task);
    return { table, content: share({ task: rest, doubt, lossy }) };
  };
  return {
    ahead: jobs + MESSAGES_PER_THREAD,
    encode: (content, cut) => {
      const message = sent.get(content) ?? partsOf(content);
      sent.set(content, message);
      const result: Promise<EncodedRows | LossyColumns> = threads.run({ ...message, cut }, { name: 'encodeGroup' });
      return result;
    },
  };
}

/** A task that waits to be sent or for its report. */
interface Waiting {
  readonly task: SegmentTask;
  readonly message: TaskMessage;
  readonly resolve: (report: SegmentReport | Promise<SegmentReport>) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Runs a task in a thread of its own, one after the other, to find out whose fault it is that a thread died. If this one dies
 * too, the task's segment is lost.
 */
function quarantine(setup: WorkerSetup) {
  let thread: Piscina | undefined;
  let last: Promise<unknown> = Promise.resolve();
  return {
    isUsed: () => thread !== undefined,
    run: (task: SegmentTask, message: TaskMessage): Promise<SegmentReport> => {
      const turn = last.then(async () => {
        thread ??= await openThreads(1, 1, setup);
        try {
          const reports: SegmentReport[] = await thread.run([message], { name: 'runSegments' });
          return reports[0] ?? brokenReport(task, 'the thread gave no report');
        } catch (error) {
          const cause = error instanceof Error ? error.message : String(error);
          return brokenReport(task, `the thread that worked on it died: ${cause}`);
        }
      });
      last = turn;
      return turn;
    },
    close: async (): Promise<void> => thread?.destroy(),
  };
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
 * in one thread. A thread that dies costs the segment that it died of.
 */
export async function workerPool(source: Source, options: PoolOptions): Promise<SegmentRunner> {
  const { jobs, setup, signal } = options;
  const threads = await openThreads(jobs, MESSAGES_PER_THREAD, setup);
  const alone = quarantine(setup);
  const toMessage = messageMaker();
  const told = tellings(options.onProgress);
  threads.on('message', ({ id, rows, bytes }: ProgressMessage) => told.tell(id, rows, bytes));
  const stop = (): void => void threads.destroy().then(alone.close);
  signal?.addEventListener('abort', stop);

  const large = localRunner(source, {
    ...options,
    encoder: groupEncoder(threads, jobs, toMessage),
    onMistake: (task) => alone.run(task, toMessage(task)),
  });
  const isLarge = (task: SegmentTask, rows: number): boolean =>
    setup.place !== undefined && rows >= MIN_SHARED_GROUPS * task.encode.rowGroupRows;

  const inFlight = new Set<Promise<void>>();
  let batch: Waiting[] = [];
  let batchRows = 0;
  const send = async (waiting: readonly Waiting[]): Promise<void> => {
    try {
      const messages = waiting.map(({ message }) => message);
      const reports: SegmentReport[] = await threads.run(messages, { name: 'runSegments' });
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
      signal?.throwIfAborted();
      const rows = segmentRows(source, task);
      if (isLarge(task, rows)) {
        flush();
        return await large.start(task);
      }
      const report = queue(task);
      batchRows += rows;
      if (batch.length >= MAX_BATCH_SEGMENTS || batchRows >= FULL_BATCH_ROWS) flush();
      while (inFlight.size >= jobs * MESSAGES_PER_THREAD) await Promise.race(inFlight);
      return { report };
    },
    flush,
    close: async () => {
      signal?.removeEventListener('abort', stop);
      await threads.destroy();
      await alone.close();
      if (alone.isUsed() || signal?.aborted === true) options.removeUnfinished();
    },
  };
}
