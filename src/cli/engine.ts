import { setFlagsFromString } from 'node:v8';

/**
 * The engine that this was measured with: Node 20's. Others may not know the flags and would print so; those that have a
 * compiler between baseline and the optimizing one (from V8 12 on) gain less.
 */
const TUNED_ENGINE = /^11\./;
/** Bytes of bytecode that a function runs before it is optimized; V8 has 135,168. */
const INTERRUPT_BUDGET = 600_000;

/** How much a heap may grow, in percent of what is alive in it, before it is collected. By itself V8 takes four times the memory. */
const HEAP_GROWTH_PERCENT = 100;

/**
 * Lets V8 optimize later: exports of many small segments last a second, of which it spent a quarter on optimizing code that
 * was then hardly used; loops over many rows are still found at once. Each thread collects its own short-lived values alone:
 * the cores have work. What segments leave behind while their files are synced is soon let go.
 */
export function tuneEngine(): void {
  if (!TUNED_ENGINE.test(process.versions.v8)) return;
  setFlagsFromString(`--interrupt-budget=${INTERRUPT_BUDGET}`);
  setFlagsFromString('--no-parallel-scavenge');
  setFlagsFromString(`--heap-growing-percent=${HEAP_GROWTH_PERCENT}`);
}
