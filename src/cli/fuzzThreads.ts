/** Shares of the cases in threads of their own, watched from outside: a case that never ends is a finding too. */
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Violation } from '../corrupt/fuzz.js';
import type { FuzzJob, FuzzOutcome } from './fuzzJob.js';
import type { FuzzMessage, FuzzWorkerData } from './fuzzWorker.js';

/** A thread that has been at one case for longer is ended. */
const MAX_CASE_MS = 120_000;
const LOOK_EVERY_MS = 1_000;
/** V8's heap of a thread; the bounds on what one input may cost are far below. */
const MAX_HEAP_MB = 2_048;

const EMPTY: FuzzOutcome = { report: { cases: 0, violations: 0, ms: 0, kinds: {} }, clean: [] };

/** A violation that the thread could not tell any more. */
function ended(seed: number, text: string, place: string): Violation {
  const finding = { invariant: 'ends', text, place } as const;
  const count = { rows: 0, knowable: 0, recovered: 0, knowableRecovered: 0 };
  const result = { kind: 'unknown', notes: [], findings: [finding], count, exitCode: undefined, ms: 0 };
  return { seed, result, findings: [finding] };
}

/** Runs a share in a thread. A thread that hangs or dies is a violation with the seed of its case; its later cases are not run. */
export function runInThread(
  job: FuzzJob,
  onViolation: (violation: Violation) => void,
  signal: AbortSignal,
): Promise<FuzzOutcome> {
  const current = new Float64Array(new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT));
  current[0] = -1;
  const here = fileURLToPath(import.meta.url);
  const workerData: FuzzWorkerData = { job, current };
  const worker = new Worker(new URL(`./fuzzWorker${extname(here)}`, import.meta.url), {
    workerData,
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
  });
  return new Promise((resolve, reject) => {
    let outcome = EMPTY;
    let isHanging = false;
    let seen = { seed: -1, since: performance.now() };
    const watch = setInterval(() => {
      const seed = current[0] ?? -1;
      if (seed !== seen.seed) seen = { seed, since: performance.now() };
      if (seed < 0 || performance.now() - seen.since < MAX_CASE_MS) return;
      isHanging = true;
      onViolation(ended(seed, 'a case does not end', `given up after ${MAX_CASE_MS / 1000} s`));
      void worker.terminate();
    }, LOOK_EVERY_MS);
    const abort = (): void => void worker.terminate();
    signal.addEventListener('abort', abort);
    worker.on('message', (message: FuzzMessage) => {
      if (message.kind === 'done') outcome = message.outcome;
      else onViolation(message.violation);
    });
    worker.on('error', (error) => {
      const seed = current[0] ?? -1;
      if (seed < 0) reject(error);
      else onViolation(ended(seed, 'the thread dies', String(error)));
    });
    worker.on('exit', () => {
      clearInterval(watch);
      signal.removeEventListener('abort', abort);
      if (signal.aborted) reject(signal.reason as Error);
      else resolve(isHanging ? EMPTY : outcome);
    });
  });
}
