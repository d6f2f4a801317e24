/** In how many threads an export runs. */
import { nowhere, type OutputFolder } from './output.js';
import { localRunner, type RunnerOptions, type SegmentRunner } from './segmentRunner.js';
import type { SegmentTask } from './segmentTask.js';
import { isWorthThreads } from './segmentWeight.js';
import { coreCount } from './source/nodeCores.js';
import type { PreparedOutput } from './source/nodeOutputFolder.js';
import type { Source } from './source/source.js';
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
 * A runner for the tasks of an export. `jobs` threads are used if that is asked for; else as many as there are cores, unless
 * the work is too small to be shared. Sources and outputs of the caller's own can't be reached by other threads.
 */
export async function openRunner(
  source: Source,
  tasks: readonly SegmentTask[],
  jobs: number | undefined,
  places: Places,
  options: RunnerOptions,
): Promise<SegmentRunner> {
  const { root, written } = places;
  const reachable = placeOf(options.output, places);
  const threads = jobs ?? coreCount();
  const isShared = jobs === undefined ? isWorthThreads(source, tasks, options.output !== undefined, threads) : jobs > 1;
  if (!isShared || root === undefined || reachable === undefined) return localRunner(source, options);
  const { workerPool } = await import('./workerPool.js');
  const setup = { root, place: reachable.place };
  const removeUnfinished = (): void => written?.removeUnfinished();
  return await workerPool(source, { ...options, jobs: threads, setup, removeUnfinished });
}
