/** What a thread of `walrescue fuzz` runs. */
import { type MessagePort, workerData } from 'node:worker_threads';
import type { Violation } from '../corrupt/fuzz.js';
import { type LoadingThreads, tuneWhenLoaded } from '../source/nodeEngine.js';
import { type FuzzJob, type FuzzOutcome, runJob } from './fuzzJob.js';

/** What the thread is given when it starts. */
export interface FuzzWorkerData {
  readonly loading: LoadingThreads | undefined;
}

tuneWhenLoaded((workerData as FuzzWorkerData).loading);

/** What it is given to do. */
export interface FuzzMessage {
  readonly job: FuzzJob;
  /** One number that others may look at while the thread is busy: the seed of the case that it is at. */
  readonly current: Float64Array<SharedArrayBuffer>;
  /** Where violations are told, and then that there are no more. */
  readonly port: MessagePort;
}

/** What is said through the port. */
export type FuzzTold = Violation | 'all';

/** Runs a share of the cases. */
export async function runShare({ job, current, port }: FuzzMessage): Promise<FuzzOutcome> {
  const tell = (told: FuzzTold): void => port.postMessage(told);
  const outcome = await runJob(job, {
    onCase: (seed) => {
      current[0] = seed;
    },
    onViolation: tell,
  });
  tell('all');
  return outcome;
}
