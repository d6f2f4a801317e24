/** The threads that an export has besides its own, and how they are spoken to. */
import type { Piscina } from 'piscina';
import { brokenReport } from './brokenSegment.js';
import type { EncodedRows, GroupContent, GroupEncoder, LentRows, LossyColumns } from './encodeRows.js';
import type { SegmentReport } from './report.js';
import type { SegmentTask, TableContext } from './segmentTask.js';
import { resetForThreads } from './source/nodeEngine.js';
import {
  type GroupMessage,
  type Shared,
  share,
  type TaskMessage,
  type WorkerData,
  type WorkerSetup,
} from './workerMessages.js';

/**
 * Of V8's heap of a thread, for values that soon die: a third of what it would take by itself, which costs no time and saves
 * 40 MB a thread.
 */
const YOUNG_GENERATION_MB = 12;

const WORKER_FILE = new URL(`./segmentWorker${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url).href;

/** Threads that wait for messages, each for up to `messages` of them at a time. */
export interface Threads {
  readonly pool: Piscina;
  /** Messages that are under way at most before the next one has to wait. */
  readonly room: number;
}

/** Starts `count` threads. */
export async function openThreads(count: number, messages: number, setup: WorkerSetup): Promise<Threads> {
  const { Piscina: Pool } = await import('piscina');
  const pool = new Pool({
    filename: WORKER_FILE,
    name: 'runSegments',
    minThreads: count,
    maxThreads: count,
    concurrentTasksPerWorker: messages,
    workerData: { ...setup, loading: resetForThreads(count) } satisfies WorkerData,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
    recordTiming: false,
  });
  // A thread that was not at work has ended, and no other is started: what waits for it fails now; it would wait forever.
  pool.on('error', () => void pool.destroy());
  return { pool, room: count * messages };
}

/** Runs tasks one after the other in one of the threads. Fails when the thread dies. */
export const runSegments = ({ pool }: Threads, messages: readonly TaskMessage[]): Promise<readonly SegmentReport[]> =>
  pool.run(messages);

/** True when there is a thread that can do something. */
const isAlive = (threads: Threads): Promise<boolean> =>
  runSegments(threads, []).then(
    () => true,
    () => false,
  );

/** Makes messages of tasks; what the tasks of a table share is serialized once. */
export function messageMaker(): (task: SegmentTask) => TaskMessage {
  const tables = new WeakMap<TableContext, Shared<TableContext>>();
  let count = 0;
  return (task) => {
    const table = tables.get(task.table) ?? share(task.table);
    tables.set(task.table, table);
    count += 1;
    return { ...task, id: count, table };
  };
}

/** Encodes row groups in the threads as long as they have room. */
export function groupEncoder({ pool, room }: Threads, toMessage: (task: SegmentTask) => TaskMessage): GroupEncoder {
  const sent = new WeakMap<GroupContent, Pick<GroupMessage, 'table' | 'content'>>();
  const partsOf = ({ task, doubt, lossy }: GroupContent): Pick<GroupMessage, 'table' | 'content'> => {
    const { table, ...rest } = toMessage(task);
    return { table, content: share({ task: rest, doubt, lossy }) };
  };
  let underWay = 0;
  const spare: ArrayBuffer[] = [];
  const encode = async (message: Omit<GroupMessage, 'memory'>): Promise<LentRows | LossyColumns> => {
    underWay += 1;
    const memory = spare.pop();
    const full: GroupMessage = { ...message, memory };
    try {
      const transferList = memory === undefined ? [] : [memory];
      const encoded: EncodedRows | LossyColumns = await pool.run(full, { name: 'encodeGroup', transferList });
      if (encoded.kind === 'lossy') return encoded;
      const pages = encoded.group.parts[0]?.buffer;
      return { ...encoded, giveBack: () => void (pages instanceof ArrayBuffer && spare.push(pages)) };
    } finally {
      underWay -= 1;
    }
  };
  return {
    // What is ready before its turn waits in memory; more than this would gain nothing.
    ahead: room + 2,
    encode: (content, cut) => {
      if (underWay >= room) return undefined;
      const message = sent.get(content) ?? partsOf(content);
      sent.set(content, message);
      return encode({ ...message, cut });
    },
  };
}

/**
 * Runs a task in a thread of its own, one after the other, to find out whose fault it is that a thread died. If this one dies
 * too, the task's segment is lost; where no thread can start, it is nobody's, and `runHere` does the task.
 */
export function quarantine(setup: WorkerSetup, runHere: (task: SegmentTask) => Promise<SegmentReport>) {
  let threads: Threads | undefined;
  let last: Promise<unknown> = Promise.resolve();
  return {
    isUsed: () => threads !== undefined,
    run: (task: SegmentTask, message: TaskMessage): Promise<SegmentReport> => {
      const turn = last.then(async () => {
        threads ??= await openThreads(1, 1, setup);
        if (!(await isAlive(threads))) return await runHere(task);
        try {
          const [report] = await runSegments(threads, [message]);
          return report ?? brokenReport(task, 'the thread gave no report');
        } catch (error) {
          const cause = error instanceof Error ? error.message : String(error);
          return brokenReport(task, `the thread that worked on it died: ${cause}`);
        }
      });
      last = turn;
      return turn;
    },
    close: async (): Promise<void> => threads?.pool.destroy(),
  };
}
