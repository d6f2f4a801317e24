/** The tables of an export: planned one after the other, worked on as soon as there are threads for it, finished side by side. */
import type { TableResult } from './collect.js';
import type { ProgressCounter } from './exportProgress.js';
import { pause } from './pause.js';
import type { SegmentReport } from './report.js';
import type { SegmentTask } from './segmentTask.js';
import type { TablePlan } from './tablePlan.js';
import type { TaskQueue } from './taskQueue.js';

/** Tables whose sidecars are written and synced at a time; each file holds a descriptor. */
const MAX_FINISHING_TABLES = 64;

export interface TableSteps {
  readonly progress: ProgressCounter;
  readonly signal: AbortSignal | undefined;
  /** Makes a table's result and writes its sidecars; `undefined` for a table that is left out. */
  readonly finish: (plan: TablePlan, reports: readonly SegmentReport[]) => Promise<TableResult | undefined>;
  /** Told of each result, in the order of the plans. */
  readonly onTable: ((result: TableResult) => void) | undefined;
}

/** A promise that is not awaited at once; if it fails meanwhile, that is no unhandled rejection. */
function awaitedLater<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}

/** Lets at most `limit` steps run at a time; the others wait for their turn, in the order in which they came. */
function atMost(limit: number): <T>(step: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (step) => {
    if (running < limit) running += 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await step();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}

/** Runs the tasks of all plans and gives the tables' results in the order of the plans. Throws what the queue throws. */
export async function runTables(
  plans: Iterable<TablePlan>,
  queue: TaskQueue,
  { progress, signal, finish, onTable }: TableSteps,
): Promise<TableResult[]> {
  const inTurn = atMost(MAX_FINISHING_TABLES);
  const counted = async (task: SegmentTask, report: Promise<SegmentReport>): Promise<SegmentReport> => {
    const done = await report;
    progress.endSegment(task);
    return done;
  };
  const finished = async (plan: TablePlan, reports: readonly Promise<SegmentReport>[]) => {
    const all = await Promise.all(plan.tasks.map((task, i) => counted(task, reports[i]!)));
    return await inTurn(() => finish(plan, all));
  };
  const tables: Promise<TableResult | undefined>[] = [];
  for (const plan of plans) {
    progress.addTable(plan);
    const { reports } = await queue.add(plan.tasks);
    tables.push(awaitedLater(finished(plan, reports)));
    await pause(signal);
  }
  const worked = awaitedLater(queue.work());
  const results: TableResult[] = [];
  for (const table of tables) {
    const result = await table;
    progress.endTable();
    if (result === undefined) continue;
    results.push(result);
    onTable?.(result);
  }
  await worked;
  return results;
}
