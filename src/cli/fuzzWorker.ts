/** What a thread of `walrescue fuzz` runs. */
import type { MessagePort } from 'node:worker_threads';
import type { Violation } from '../corrupt/fuzz.js';
import { type FuzzJob, type FuzzOutcome, runJob } from './fuzzJob.js';

/** What the thread is given. */
export interface FuzzMessage {
  readonly job: FuzzJob;
  /** One number that others may look at while the thread is busy: the seed of the case that it is at. */
  readonly current: Float64Array<SharedArrayBuffer>;
  /** Where violations are told. */
  readonly port: MessagePort;
}

/** Runs a share of the cases. */
export async function runShare({ job, current, port }: FuzzMessage): Promise<FuzzOutcome> {
  try {
    return await runJob(job, {
      onCase: (seed) => {
        current[0] = seed;
      },
      onViolation: (violation: Violation) => port.postMessage(violation),
    });
  } finally {
    port.close();
  }
}
