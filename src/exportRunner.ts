/** In how many threads an export runs. */
import { nowhere, type OutputFolder } from './output.js';
import type { RunnerOptions } from './segmentRunner.js';
import { allThreads, workEstimate } from './segmentWeight.js';
import { coreCount } from './source/nodeCores.js';
import type { PreparedOutput } from './source/nodeOutputFolder.js';
import type { Source } from './source/source.js';
import { type TaskQueue, taskQueue } from './taskQueue.js';
import type { OutputPlace } from './workerMessages.js';

/** Where an export reads and writes, as far as other threads can be told. */
export interface Places {
  /** The database root by its path; `undefined` for a source of another kind. */
  readonly root: string | undefined;
  /** The output folder; `undefined` for one of another kind, or none. */
  readonly written: Pick<PreparedOutput, 'folder' | 'removeUnfinished'> | undefined;
}

function placeOf(output: OutputFolder | undefined, { written }: Places): { readonly place: OutputPlace } | undefined {
  if (output === undefined) return { place: undefined };
  if (output === nowhere) return { place: 'nowhere' };
  return written && { place: { folder: written.folder } };
}

/**
 * A queue for the tasks of an export. `jobs` threads are used if that is asked for; else as many as there are cores, once the
 * work is seen to be worth them. Sources and outputs of the caller's own can't be reached by other threads.
 */
export function openQueue(source: Source, jobs: number | undefined, places: Places, options: RunnerOptions): TaskQueue {
  const { root, written } = places;
  const reachable = placeOf(options.output, places);
  if (root === undefined || reachable === undefined) return taskQueue(source, options);
  const threads = jobs ?? coreCount();
  if (threads < 2) return taskQueue(source, options);
  return taskQueue(source, options, {
    estimate: jobs === undefined ? workEstimate(threads, options.output !== undefined) : allThreads(threads),
    open: async (count) => {
      const { openHelpers } = await import('./workerPool.js');
      const setup = { root, place: reachable.place };
      const removeUnfinished = (): void => written?.removeUnfinished();
      return await openHelpers(source, { ...options, threads: count, setup, removeUnfinished });
    },
  });
}
