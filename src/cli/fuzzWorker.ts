/** The thread that runs a share of the cases. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Violation } from '../corrupt/fuzz.js';
import { type FuzzJob, type FuzzOutcome, runJob } from './fuzzJob.js';

/** What the thread is given. */
export interface FuzzWorkerData {
  readonly job: FuzzJob;
  /** One number that others may look at while the thread is busy: the seed of the case that it is at. */
  readonly current: Float64Array<SharedArrayBuffer>;
}

/** What it says. */
export type FuzzMessage =
  | { readonly kind: 'violation'; readonly violation: Violation }
  | { readonly kind: 'done'; readonly outcome: FuzzOutcome };

const { job, current } = workerData as FuzzWorkerData;
const say = (message: FuzzMessage): void => parentPort?.postMessage(message);

const outcome = await runJob(job, {
  onCase: (seed) => {
    current[0] = seed;
  },
  onViolation: (violation) => say({ kind: 'violation', violation }),
});
say({ kind: 'done', outcome });
