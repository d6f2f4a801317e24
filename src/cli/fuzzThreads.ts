/** Shares of the cases in threads of their own, watched from outside: a case that never ends is a finding too. */
import { MessageChannel } from 'node:worker_threads';
import { Piscina } from 'piscina';
import type { Violation } from '../corrupt/fuzz.js';
import { resetForThreads } from '../source/nodeEngine.js';
import type { FuzzJob, FuzzOutcome } from './fuzzJob.js';
import type { FuzzMessage, FuzzTold, FuzzWorkerData } from './fuzzWorker.js';

/** A thread that has been at one case for longer is ended. */
const MAX_CASE_MS = 120_000;
const LOOK_EVERY_MS = 1_000;
/** V8's heap of a thread; the bounds on what one input may cost are far below. */
const MAX_HEAP_MB = 2_048;

const WORKER_FILE = new URL('./fuzzWorker.js', import.meta.url).href;
const EMPTY: FuzzOutcome = { report: { cases: 0, violations: 0, ms: 0, kinds: {} }, clean: [] };

/** A violation that the thread could not tell any more. */
function ended(seed: number, text: string, place: string): Violation {
  const finding = { invariant: 'ends', text, place } as const;
  const count = { rows: 0, knowable: 0, recovered: 0, knowableRecovered: 0 };
  const result = { kind: 'unknown', notes: [], findings: [finding], count, exitCode: undefined, ms: 0 };
  return { seed, result, findings: [finding] };
}

/** Calls `onHang` with the seed of a case that has been at work for too long; gives what ends the watch. */
function watch(current: Float64Array, onHang: (seed: number) => void): () => void {
  let seen = { seed: -1, since: performance.now() };
  const timer = setInterval(() => {
    const seed = current[0] ?? -1;
    if (seed !== seen.seed) seen = { seed, since: performance.now() };
    if (seed >= 0 && performance.now() - seen.since > MAX_CASE_MS) onHang(seed);
  }, LOOK_EVERY_MS);
  return () => clearInterval(timer);
}

async function runShare(
  pool: Piscina,
  job: FuzzJob,
  onViolation: (violation: Violation) => void,
  signal: AbortSignal,
): Promise<FuzzOutcome> {
  const current = new Float64Array(new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT));
  current[0] = -1;
  const { port1, port2 } = new MessageChannel();
  const allTold = new Promise<void>((resolve) => {
    port1.on('message', (told: FuzzTold) => (told === 'all' ? resolve() : onViolation(told)));
  });
  const hang = new AbortController();
  const endWatch = watch(current, (seed) => {
    onViolation(ended(seed, 'a case does not end', `given up after ${MAX_CASE_MS / 1000} s`));
    hang.abort();
  });
  const message: FuzzMessage = { job, current, port: port2 };
  try {
    const outcome: FuzzOutcome = await pool.run(message, {
      transferList: [port2],
      signal: AbortSignal.any([signal, hang.signal]),
    });
    // The last violation may still be on its way.
    await allTold;
    return outcome;
  } catch (error) {
    signal.throwIfAborted();
    const seed = current[0] ?? -1;
    if (seed < 0) throw error;
    if (!hang.signal.aborted) onViolation(ended(seed, 'the thread dies', String(error)));
    return EMPTY;
  } finally {
    endWatch();
    port1.close();
  }
}

/**
 * Runs each share in a thread. A thread that hangs or dies is a violation with the seed of its case; what it did before, and
 * its later cases, are lost.
 */
export async function runInThreads(
  jobs: readonly FuzzJob[],
  onViolation: (violation: Violation) => void,
  signal: AbortSignal,
): Promise<readonly FuzzOutcome[]> {
  const pool = new Piscina({
    filename: WORKER_FILE,
    name: 'runShare',
    minThreads: jobs.length,
    maxThreads: jobs.length,
    workerData: { loading: resetForThreads(jobs.length) } satisfies FuzzWorkerData,
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
    recordTiming: false,
  });
  try {
    return await Promise.all(jobs.map((job) => runShare(pool, job, onViolation, signal)));
  } finally {
    await pool.destroy();
  }
}
