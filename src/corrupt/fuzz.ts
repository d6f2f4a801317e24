/** Many cases, one after the other, and what became of them. */
import type { Finding } from './finding.js';
import type { RowCount } from './judgeTable.js';
import { type CaseOptions, type CaseResult, type Harness, runCase } from './runCase.js';

export interface FuzzOptions extends CaseOptions {
  /** How many cases; without end unless given. */
  readonly cases?: number;
  /** Seed of the first case; the next has the next number. 0 unless given. */
  readonly seed?: number;
  /** Seeds from one case to the next: of several runs side by side each takes its share. 1 unless given. */
  readonly stride?: number;
  /** No new case is begun after that time. */
  readonly timeMs?: number;
  readonly signal?: AbortSignal;
  readonly onCase?: (seed: number) => void;
  readonly onViolation?: (violation: Violation) => void;
}

/** A case that breaks an invariant. `runCase` with the same source and seed is the same case again. */
export interface Violation {
  readonly seed: number;
  readonly result: CaseResult;
  readonly findings: readonly Finding[];
}

/** What became of the cases of one kind. */
export interface KindCount extends RowCount {
  readonly cases: number;
  /** Cases that ended with exit code 3. */
  readonly withLosses: number;
  readonly violations: number;
}

export interface FuzzReport {
  readonly cases: number;
  readonly violations: number;
  readonly ms: number;
  /** By name of the kind, sorted. */
  readonly kinds: Readonly<Record<string, KindCount>>;
}

const NOTHING: KindCount = {
  cases: 0,
  withLosses: 0,
  violations: 0,
  rows: 0,
  knowable: 0,
  recovered: 0,
  knowableRecovered: 0,
};

/** The counts of two reports, or of one and one more case, together. */
function plus(a: KindCount, b: KindCount): KindCount {
  const keys = Object.keys(NOTHING) as (keyof KindCount)[];
  return Object.fromEntries(keys.map((key) => [key, a[key] + b[key]])) as unknown as KindCount;
}

const sorted = (kinds: ReadonlyMap<string, KindCount>): Record<string, KindCount> =>
  Object.fromEntries([...kinds].sort(([a], [b]) => (a < b ? -1 : 1)));

/** Reports of several runs as one; their time is that of the longest. */
export function mergeReports(reports: readonly FuzzReport[]): FuzzReport {
  const kinds = new Map<string, KindCount>();
  for (const report of reports)
    for (const [kind, count] of Object.entries(report.kinds)) kinds.set(kind, plus(kinds.get(kind) ?? NOTHING, count));
  return {
    cases: reports.reduce((sum, { cases }) => sum + cases, 0),
    violations: reports.reduce((sum, { violations }) => sum + violations, 0),
    ms: reports.reduce((most, { ms }) => Math.max(most, ms), 0),
    kinds: sorted(kinds),
  };
}

/** Runs cases until there have been enough or the time is over. Throws the signal's reason when it is aborted. */
export async function fuzz(harness: Harness, options: FuzzOptions = {}): Promise<FuzzReport> {
  const { cases = Number.POSITIVE_INFINITY, seed: first = 0, stride = 1, timeMs = Number.POSITIVE_INFINITY } = options;
  const start = performance.now();
  const kinds = new Map<string, KindCount>();
  let done = 0;
  let violations = 0;
  for (let i = 0; i < cases && performance.now() - start < timeMs; i++) {
    options.signal?.throwIfAborted();
    const seed = first + i * stride;
    options.onCase?.(seed);
    const result = await runCase(harness, seed, options);
    if (result === undefined) continue;
    done += 1;
    const isBroken = result.findings.length > 0;
    const one = { cases: 1, withLosses: Number(result.exitCode === 3), violations: Number(isBroken), ...result.count };
    kinds.set(result.kind, plus(kinds.get(result.kind) ?? NOTHING, one));
    if (!isBroken) continue;
    violations += 1;
    options.onViolation?.({ seed, result, findings: result.findings });
  }
  return { cases: done, violations, ms: performance.now() - start, kinds: sorted(kinds) };
}
