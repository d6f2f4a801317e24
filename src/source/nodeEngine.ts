/** How V8 and libuv run the program. What is set is the process's: only the command line does it, never the library. */

import process from 'node:process';
import { setFlagsFromString } from 'node:v8';

/**
 * The engine that this was measured with: Node 20's. Others may not know the flags and would print so; those that have a
 * compiler between baseline and the optimizing one (from V8 12 on) gain less.
 */
const TUNED_ENGINE = /^11\./;

/** Each flag as it is set, and as V8 has it by itself. */
const FLAGS = [
  // Bytes of bytecode that a function runs before it is optimized.
  { tuned: '--interrupt-budget=600000', plain: '--interrupt-budget=67584' },
  // Each thread collects its own short-lived values alone.
  { tuned: '--no-parallel-scavenge', plain: '--parallel-scavenge' },
  // How much a heap may grow, in percent of what is alive in it, before it is collected. 0: up to four times.
  { tuned: '--heap-growing-percent=100', plain: '--heap-growing-percent=0' },
] as const;

/** Threads of libuv's pool, unless the user says otherwise; they only wait for syncs, and those at the same time cost less. */
const POOL_THREADS = '16';

let isTuned = false;

/**
 * Lets V8 optimize later: exports of many small segments last a second, of which it spent a quarter on optimizing code that
 * was then hardly used; loops over many rows are still found at once. Each thread collects its own short-lived values alone:
 * the cores have work. What segments leave behind while their files are synced is soon let go.
 */
export function tuneEngine(): void {
  process.env.UV_THREADPOOL_SIZE ??= POOL_THREADS;
  if (!TUNED_ENGINE.test(process.versions.v8)) return;
  for (const { tuned } of FLAGS) setFlagsFromString(tuned);
  isTuned = true;
}

/** Sets back what `tuneEngine` has set in this thread; tells whether it had. */
export function resetEngine(): boolean {
  if (isTuned) for (const { plain } of FLAGS) setFlagsFromString(plain);
  return isTuned;
}

/** How many of the threads that were started together are still loading. */
export type LoadingThreads = Int32Array<SharedArrayBuffer>;

/**
 * To be called before `count` threads are started, which get what it returns: sets the engine back until all of them are there, if
 * it is tuned. V8 takes no code that was kept under other flags, neither Node's of its own modules nor ours: a thread would take
 * 25 ms longer to start.
 */
export function resetForThreads(count: number): LoadingThreads | undefined {
  if (!resetEngine()) return undefined;
  const loading = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  loading[0] = count;
  return loading;
}

/** To be called in each of the threads when it is there: the last one tunes the engine again, for all. */
export function tuneWhenLoaded(loading: LoadingThreads | undefined): void {
  if (loading !== undefined && Atomics.sub(loading, 0, 1) === 1) tuneEngine();
}
