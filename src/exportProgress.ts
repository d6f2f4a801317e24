/** How far an export is. */
import { segmentBytes } from './outputSize.js';
import type { SegmentTask } from './segmentTask.js';
import type { Source } from './source/source.js';
import type { TablePlan } from './tablePlan.js';

/** How far an export is. */
export interface ExportProgress {
  readonly tableName: string;
  readonly tablesDone: number;
  readonly tablesTotal: number;
  readonly segmentsDone: number;
  readonly segmentsTotal: number;
  readonly rowsWritten: number;
  readonly bytesWritten: number;
  /** Bytes of the column files of all segments, and of those that are done: what an estimate of the end can go by. */
  readonly inputBytesTotal: number;
  readonly inputBytesDone: number;
}

export type ProgressCounter = ReturnType<typeof countProgress>;

/** Counts what is done and tells `onProgress`; without it nothing is counted, and no file's size asked for. */
export function countProgress(
  source: Source,
  plans: readonly TablePlan[],
  onProgress: ((progress: ExportProgress) => void) | undefined,
) {
  const tasks = plans.flatMap((plan) => plan.tasks);
  const sizes = new Map<SegmentTask, number>(
    onProgress === undefined ? [] : tasks.map((task) => [task, segmentBytes(source, task)]),
  );
  const sum = (numbers: Iterable<number>): number => [...numbers].reduce((a, b) => a + b, 0);
  const state = {
    tableName: '',
    tablesDone: 0,
    tablesTotal: plans.length,
    segmentsDone: 0,
    segmentsTotal: tasks.length,
    rowsWritten: 0,
    bytesWritten: 0,
    inputBytesTotal: sum(sizes.values()),
    inputBytesDone: 0,
  };
  /** Of segments in work, at most their size: what is read is not told, what is written is nearly as much. */
  const inWork = new Map<SegmentTask, number>();
  const tell = (): void => {
    if (onProgress === undefined) return;
    const unfinished = [...inWork].map(([task, bytes]) => Math.min(bytes, sizes.get(task) ?? 0));
    onProgress({ ...state, inputBytesDone: state.inputBytesDone + sum(unfinished) });
  };
  return {
    beginTable: (tableName: string): void => {
      state.tableName = tableName;
      tell();
    },
    written: (task: SegmentTask, rows: number, bytes: number): void => {
      state.rowsWritten += rows;
      state.bytesWritten += bytes;
      inWork.set(task, (inWork.get(task) ?? 0) + bytes);
      tell();
    },
    endSegment: (task: SegmentTask): void => {
      inWork.delete(task);
      state.segmentsDone += 1;
      state.inputBytesDone += sizes.get(task) ?? 0;
      tell();
    },
    endTable: (): void => {
      state.tablesDone += 1;
      tell();
    },
  };
}
