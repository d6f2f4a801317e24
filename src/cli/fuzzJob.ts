/** A share of the cases over one folder; runs in this thread or in one of its own. */
import { CANARIES, type CanaryName, withCanary } from '../corrupt/canary.js';
import type { Finding } from '../corrupt/finding.js';
import { type FuzzReport, fuzz, type Violation } from '../corrupt/fuzz.js';
import { prepare } from '../corrupt/runCase.js';
import { walrescue } from '../corrupt/system.js';
import { openDatabase } from '../database.js';
import { compileParquetWasm, loadParquetWasm } from '../parquet/wasmModule.js';
import { loadSource } from '../source/nodeMemory.js';
import { readParquetWasm } from '../source/nodeParquetWasm.js';

/** Plain data: it is sent to a thread. */
export interface FuzzJob {
  readonly root: string;
  readonly seed: number;
  /** Seeds from one case of this share to the next. */
  readonly stride: number;
  readonly cases: number;
  readonly timeMs: number | undefined;
  readonly kinds: readonly string[] | undefined;
  readonly canary: string | undefined;
}

/** What a share tells while it runs. */
export interface FuzzTelling {
  readonly onCase?: (seed: number) => void;
  readonly onViolation?: (violation: Violation) => void;
  readonly signal?: AbortSignal;
}

export interface FuzzOutcome {
  readonly report: FuzzReport;
  /** What is wrong with the folder without any damage. */
  readonly clean: readonly Finding[];
}

const isCanary = (name: string): name is CanaryName => Object.hasOwn(CANARIES, name);

/** Runs a share of the cases. */
export async function runJob(job: FuzzJob, telling: FuzzTelling = {}): Promise<FuzzOutcome> {
  await loadParquetWasm(compileParquetWasm(readParquetWasm()));
  const { source } = openDatabase(job.root, loadSource(job.root));
  const { canary, seed, stride, cases, timeMs, kinds } = job;
  const system = canary !== undefined && isCanary(canary) ? withCanary(canary, walrescue) : walrescue;
  const harness = await prepare(source, system);
  const report = await fuzz(harness, {
    seed,
    stride,
    cases,
    ...(timeMs === undefined ? {} : { timeMs }),
    ...(kinds === undefined ? {} : { kinds }),
    ...telling,
  });
  return { report, clean: harness.clean };
}
