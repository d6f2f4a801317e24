/** Where the tasks of an export run. */
import { pause } from './pause.js';
import type { SegmentReport } from './report.js';
import { type RunOptions, runSegmentTask } from './runSegment.js';
import type { SegmentTask } from './segmentTask.js';
import type { Source } from './source/source.js';

/** Runs tasks, several of them at a time. */
export interface SegmentRunner {
  /** Begins a task and resolves when the next one can be begun, mostly long before the report is there. */
  start(task: SegmentTask): Promise<{ readonly report: Promise<SegmentReport> }>;
}

export interface RunnerOptions extends Pick<RunOptions, 'output' | 'signal'> {
  /** Told after each row group: rows and bytes written of a task since the last time. */
  readonly onProgress: (task: SegmentTask, rows: number, bytes: number) => void;
}

/** Files that wait for their sync at a time; each holds a descriptor. */
const MAX_UNSYNCED_FILES = 64;

/** Runs tasks in this thread: one is encoded while those before it are being synced. */
export function localRunner(source: Source, { output, signal, onProgress }: RunnerOptions): SegmentRunner {
  const unfinished = new Set<Promise<void>>();
  const track = (report: Promise<SegmentReport>): void => {
    const finished: Promise<void> = report.then(
      () => void unfinished.delete(finished),
      () => void unfinished.delete(finished),
    );
    unfinished.add(finished);
  };
  return {
    start: async (task) => {
      await pause(signal);
      const [oldest] = unfinished;
      if (unfinished.size >= MAX_UNSYNCED_FILES) await oldest;
      let onEncoded: () => void = () => undefined;
      const encoded = new Promise<void>((resolve) => {
        onEncoded = resolve;
      });
      const report = runSegmentTask(source, task, {
        output,
        signal,
        onProgress: (rows, bytes) => onProgress(task, rows, bytes),
        onEncoded,
      });
      track(report);
      await Promise.race([encoded, report]);
      return { report };
    },
  };
}
