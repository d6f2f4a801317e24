/** The work of `walrescue fuzz`. */
import { CANARIES } from '../corrupt/canary.js';
import { KIND_NAMES } from '../corrupt/damageCase.js';
import type { Finding } from '../corrupt/finding.js';
import { type FuzzReport, mergeReports, type Violation } from '../corrupt/fuzz.js';
import { openDatabase } from '../database.js';
import { toJson } from '../json.js';
import { EXIT } from './exitCodes.js';
import { UsageError } from './failure.js';
import { type FuzzJob, type FuzzOutcome, runJob } from './fuzzJob.js';
import { cleanLines, reportLines, violationLines } from './fuzzLines.js';
import type { FuzzCommandOptions } from './harnessOptions.js';
import { interruptible } from './interrupt.js';
import type { Telling } from './run.js';
import { kindsOf } from './runCorrupt.js';
import { writeErr, writeOut } from './stdio.js';

/** Violations printed in full; the rest are counted. */
const MAX_SHOWN = 20;

interface Shown extends Violation {
  readonly root: string;
}

/** The shares of one folder: share k has every `workers`-th seed from the k-th on. */
function jobsOf(root: string, cases: number, timeMs: number | undefined, options: FuzzCommandOptions): FuzzJob[] {
  const { seed, workers, kind: kinds, canary } = options;
  const shares = Math.min(workers, cases);
  return Array.from({ length: shares }, (_, k) => ({
    root,
    seed: seed + k,
    stride: shares,
    cases: cases === Number.POSITIVE_INFINITY ? cases : Math.ceil((cases - k) / shares),
    timeMs,
    kinds,
    canary,
  }));
}

async function runFolder(
  jobs: readonly FuzzJob[],
  onViolation: (violation: Violation) => void,
  signal: AbortSignal,
): Promise<readonly FuzzOutcome[]> {
  const [only] = jobs;
  if (only !== undefined && jobs.length === 1) return [await runJob(only, { onViolation, signal })];
  const { runInThreads } = await import('./fuzzThreads.js');
  return runInThreads(jobs, onViolation, signal);
}

/** Cases of the k-th of several folders. */
const shareOf = (cases: number | undefined, folders: number, k: number): number =>
  cases === undefined ? Number.POSITIVE_INFINITY : Math.ceil((cases - k) / folders);

/** What all folders together gave: their times follow each other. */
function total(reports: readonly FuzzReport[]): FuzzReport {
  return { ...mergeReports(reports), ms: reports.reduce((sum, { ms }) => sum + ms, 0) };
}

const document = (report: FuzzReport, clean: readonly Finding[], violations: readonly Shown[]) => ({
  ...report,
  ms: Math.round(report.ms),
  clean,
  violations: violations.map(({ root, seed, result, findings }) => ({ root, seed, damage: result.notes, findings })),
  violationCount: violations.length,
});

/** Runs the harness and tells what it found; gives the exit code. */
export async function runFuzz(
  roots: readonly string[],
  options: FuzzCommandOptions,
  telling: Telling,
): Promise<number> {
  kindsOf(options.kind, KIND_NAMES);
  if (options.canary !== undefined && !Object.hasOwn(CANARIES, options.canary))
    throw new UsageError(`no such canary: ${options.canary}; there are ${Object.keys(CANARIES).join(', ')}`);
  for (const root of roots) openDatabase(root);
  const violations: Shown[] = [];
  const clean: Finding[] = [];
  const reports: FuzzReport[] = [];
  const timeMs = options.time === undefined ? undefined : (options.time * 1000) / roots.length;
  await interruptible(
    async (signal) => {
      for (const [k, root] of roots.entries()) {
        const onViolation = (violation: Violation): void => {
          violations.push({ ...violation, root });
          if (violations.length <= MAX_SHOWN && !telling.json)
            writeErr(`${violationLines(root, options.kind, violation).join('\n')}\n`);
        };
        const cases = shareOf(options.cases, roots.length, k);
        if (cases < 1) continue;
        const outcomes = await runFolder(jobsOf(root, cases, timeMs, options), onViolation, signal);
        reports.push(mergeReports(outcomes.map(({ report }) => report)));
        const found = outcomes[0]?.clean ?? [];
        clean.push(...found);
        if (!telling.json) for (const line of cleanLines(root, found)) writeErr(`${line}\n`);
      }
    },
    () => undefined,
  );
  const report = total(reports);
  if (telling.json) writeOut(toJson(document(report, clean, violations)));
  else if (!telling.quiet) writeOut(`${reportLines({ ...report, violations: violations.length }).join('\n')}\n`);
  return violations.length === 0 && clean.length === 0 ? EXIT.whole : EXIT.failed;
}
