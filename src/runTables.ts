/** The tables of an export, one after the other as far as that is seen; their files are synced side by side. */
import type { TableResult } from './collect.js';
import type { ProgressCounter } from './exportProgress.js';
import type { SegmentReport } from './report.js';
import type { SegmentRunner } from './segmentRunner.js';
import type { SegmentTask } from './segmentTask.js';
import type { TablePlan } from './tablePlan.js';

/** Tables that are begun and not finished at a time: the next one need not wait until all files of the last are synced. */
const MAX_OPEN_TABLES = 64;

export interface TableSteps {
  readonly progress: ProgressCounter;
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

/** Runs all tasks in the order of the plans and gives the tables' results in that order. Throws what a runner throws. */
export async function runTables(
  plans: readonly TablePlan[],
  runner: SegmentRunner,
  { progress, finish, onTable }: TableSteps,
): Promise<TableResult[]> {
  const results: TableResult[] = [];
  const open: Promise<TableResult | undefined>[] = [];
  const closeFirst = async (): Promise<void> => {
    runner.flush();
    const result = await open.shift();
    progress.endTable();
    if (result === undefined) return;
    results.push(result);
    onTable?.(result);
  };
  const counted = async (task: SegmentTask, report: Promise<SegmentReport>): Promise<SegmentReport> => {
    const done = await report;
    progress.endSegment(task);
    return done;
  };
  for (const plan of plans) {
    progress.beginTable(plan.folder.tableName);
    const reports: Promise<SegmentReport>[] = [];
    for (const task of plan.tasks) {
      const { report } = await runner.start(task);
      reports.push(awaitedLater(counted(task, report)));
    }
    open.push(awaitedLater(Promise.all(reports).then((all) => finish(plan, all))));
    if (open.length >= MAX_OPEN_TABLES) await closeFirst();
  }
  while (open.length > 0) await closeFirst();
  return results;
}
