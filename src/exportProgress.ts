/** How far an export is. */
import { segmentBytes } from './outputSize.js';
import type { SegmentTask } from './segmentTask.js';
import type { Source } from './source/source.js';
import type { TablePlan } from './tablePlan.js';

/** How far an export is. */
export interface ExportProgress {
  /** The table that was last worked on. */
  readonly tableName: string;
  readonly tablesDone: number;
  readonly tablesTotal: number;
  readonly segmentsDone: number;
  /** Of the tables that are planned so far: planning comes first and goes fast. */
  readonly segmentsTotal: number;
  readonly rowsWritten: number;
  readonly bytesWritten: number;
  /** Bytes of the column files of those segments, and of those that are done: what an estimate of the end can go by. */
  readonly inputBytesTotal: number;
  readonly inputBytesDone: number;
}

export type ProgressCounter = ReturnType<typeof countProgress>;

/** Counts what is done and tells `onProgress`; without it no file's size is asked for. */
export function countProgress(source: Source, onProgress: ((progress: ExportProgress) => void) | undefined) {
  const sizes = new Map<SegmentTask, number>();
  const sum = (numbers: Iterable<number>): number => [...numbers].reduce((a, b) => a + b, 0);
  const state = {
    tableName: '',
    tablesDone: 0,
    tablesTotal: 0,
    segmentsDone: 0,
    segmentsTotal: 0,
    rowsWritten: 0,
    bytesWritten: 0,
    inputBytesTotal: 0,
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
    expectTables: (count: number): void => {
      state.tablesTotal = count;
    },
    addTable: ({ folder, tasks }: TablePlan): void => {
      if (onProgress === undefined) return;
      for (const task of tasks) {
        const size = segmentBytes(source, task);
        sizes.set(task, size);
        state.inputBytesTotal += size;
      }
      state.segmentsTotal += tasks.length;
      state.tableName = folder.tableName;
      tell();
    },
    written: (task: SegmentTask, rows: number, bytes: number): void => {
      state.tableName = task.table.tableName;
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
