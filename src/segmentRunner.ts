/** Segments one after the other, in one thread. */
import { brokenReport } from './brokenSegment.js';
import { pause } from './pause.js';
import type { SegmentReport } from './report.js';
import { type RunOptions, runSegmentTask } from './runSegment.js';
import type { SegmentTask } from './segmentTask.js';
import type { Source } from './source/source.js';

export interface RunnerOptions extends Pick<RunOptions, 'output' | 'signal' | 'encoder'> {
  /** Told after each row group: rows and bytes written of a task since the last time. */
  readonly onProgress: (task: SegmentTask, rows: number, bytes: number) => void;
  /** What becomes of a task that failed by a mistake of the program; it costs the segment unless given. */
  readonly onMistake?: (task: SegmentTask, error: unknown) => Promise<SegmentReport>;
}

/** Files that wait for their sync at a time; each holds a descriptor. */
const MAX_UNSYNCED_FILES = 64;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** A mistake of the program costs the segment, as a thread that dies does. */
const costsSegment = async (task: SegmentTask, error: unknown): Promise<SegmentReport> =>
  brokenReport(task, `a mistake in walrescue itself, please report it: ${messageOf(error)}`);

/** Runs tasks in this thread: one is encoded while those before it are being synced. */
export function localRunner(source: Source, options: RunnerOptions) {
  const { output, signal, encoder, onProgress, onMistake = costsSegment } = options;
  const unfinished = new Set<Promise<SegmentReport>>();
  const run = async (task: SegmentTask, onEncoded: () => void): Promise<SegmentReport> => {
    try {
      const tell = (rows: number, bytes: number): void => onProgress(task, rows, bytes);
      return await runSegmentTask(source, task, { output, signal, encoder, onProgress: tell, onEncoded });
    } catch (error) {
      if (signal?.aborted === true) throw error;
      return await onMistake(task, error);
    }
  };
  return {
    /** Begins a task and resolves when the next one can be begun, mostly long before the report is there. */
    start: async (task: SegmentTask): Promise<{ readonly report: Promise<SegmentReport> }> => {
      await pause(signal);
      const [oldest] = unfinished;
      if (unfinished.size >= MAX_UNSYNCED_FILES) await oldest;
      let onEncoded: () => void = () => undefined;
      const encoded = new Promise<void>((resolve) => {
        onEncoded = resolve;
      });
      const report = run(task, onEncoded).finally(() => unfinished.delete(report));
      unfinished.add(report);
      await Promise.race([encoded, report]);
      return { report };
    },
  };
}
