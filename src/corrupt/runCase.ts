/** One case: damage, an export of what is left, and every invariant held against it. */
import { overlay } from '../source/overlay.js';
import type { Source } from '../source/source.js';
import { fileChanges, isAtOrBelow, originOf } from './changes.js';
import { type DamageCase, type DamageNote, damageCase, KIND_NAMES } from './damageCase.js';
import { type Finding, type Findings, newFindings } from './finding.js';
import { fingerprint } from './fingerprint.js';
import { judgeInspection } from './judgeInspection.js';
import { checkClean, checkExitCode, checkSame, crashOf } from './judgeRun.js';
import { type FoundRows, IN_FILE, judgeTable, type RowCount } from './judgeTable.js';
import { metered, type Work } from './metered.js';
import { randomOf } from './random.js';
import { type ExportRun, type RunChoice, type System, walrescue } from './system.js';
import { type TableTouch, touchOf } from './touch.js';
import { type Truth, truthOf } from './truth.js';

/** A source with its truth, ready to be damaged. */
export interface Harness {
  readonly truth: Truth;
  readonly system: System;
  /** What is wrong without any damage: invariant `undamaged_clean`. */
  readonly clean: readonly Finding[];
}

export interface CaseOptions {
  /** Names of kinds to choose from; all unless given. */
  readonly kinds?: readonly string[];
  /** Also what takes another run or a look at everything: order of segments, other tables, the source. */
  readonly thorough?: boolean;
}

export interface CaseResult {
  readonly kind: string;
  readonly notes: readonly DamageNote[];
  readonly findings: readonly Finding[];
  /** Of the tables that the damage was done to. */
  readonly count: RowCount;
  readonly exitCode: number | undefined;
  readonly ms: number;
}

/** Wall time that a case may take, whatever else the machine does. */
const MAX_MS = 20_000;
/** Output of a damaged folder, as a multiple of the input's size, and what it may have beyond that. */
const MAX_OUTPUT_FACTOR = 16;
const OUTPUT_ALLOWANCE = 1 << 22;

const NO_ROWS: RowCount = { rows: 0, knowable: 0, recovered: 0, knowableRecovered: 0 };

/** Work on a damaged folder, as a multiple of that on the whole one, and what it may take beyond that. */
const MAX_WORK_FACTOR = 32;
const WORK_ALLOWANCE: Work = { calls: 2_000, bytes: 1 << 24 };

/** What a damaged source may cost to read. */
const workLimit = ({ work }: Truth): Work => ({
  calls: WORK_ALLOWANCE.calls + MAX_WORK_FACTOR * work.calls,
  bytes: WORK_ALLOWANCE.bytes + MAX_WORK_FACTOR * work.bytes,
});

/** Makes the truth of a source. `loadParquetWasm()` must have been awaited. */
export async function prepare(source: Source, system: System = walrescue): Promise<Harness> {
  const truth = await truthOf(source, system);
  const findings = newFindings();
  checkClean(truth.run, findings);
  return { truth, system, clean: findings.all };
}

/** Tables that no mutation is about come out as they did; anything else would be a fault of purity, which thorough cases look for. */
function reuseOf(truth: Truth, { mutations }: DamageCase): RunChoice['reuse'] {
  const touched = new Set(mutations.flatMap((m) => [m.path, 'to' in m ? m.to : '', 'with' in m ? m.with : '']));
  const dirs = new Set([...touched].map((path) => path.split('/')[0]));
  return (folder, outputName) => {
    const known = truth.tables.get(folder.dirName)?.run;
    const isSame = known?.outputName === outputName && JSON.stringify(known.folder) === JSON.stringify(folder);
    return isSame && !dirs.has(folder.dirName) ? known : undefined;
  };
}

/** The system's run within its bounds; a finding where it throws or exceeds them. */
async function runBounded(
  harness: Harness,
  damaged: Source,
  choice: RunChoice,
  findings: Findings,
): Promise<ExportRun | undefined> {
  const { truth, system } = harness;
  const start = performance.now();
  try {
    const run = await system(metered(damaged, workLimit(truth)).source, choice);
    const ms = performance.now() - start;
    if (ms > MAX_MS) findings.add('ends', 'takes too long', `${Math.round(ms)} ms`);
    const bytes = run.tables.flatMap(({ files }) => [...files.values()]).reduce((sum, file) => sum + file.length, 0);
    if (bytes > MAX_OUTPUT_FACTOR * truth.bytes + OUTPUT_ALLOWANCE)
      findings.add('ends', 'writes too much', `${bytes} bytes`);
    return run;
  } catch (error) {
    const { invariant, text, place } = crashOf(error);
    findings.add(invariant, text, place);
    return undefined;
  }
}

/** A table that is not there any more is named as lost; of a dropped one the server itself removes the folder in the end. */
function checkMissingTables(truth: Truth, seen: ReadonlySet<string>, run: ExportRun, findings: Findings): void {
  for (const [dirName, { plan }] of truth.tables) {
    if (seen.has(dirName) || plan.log.maxTxn === 0n || plan.dropped) continue;
    const isNamed = run.damage.some((d) => d.severity === 'loss' && (d.file === '' || isAtOrBelow(d.file, dirName)));
    if (!isNamed) findings.add('nothing_silent', 'a table is missing without a word', dirName);
  }
}

interface Judged {
  readonly count: RowCount;
  readonly rows: FoundRows;
}

async function judge(
  harness: Harness,
  damaged: Source,
  wounded: DamageCase,
  run: ExportRun,
  findings: Findings,
): Promise<Judged> {
  const { truth } = harness;
  const { mutations, notes } = wounded;
  const changes = fileChanges(truth.source, damaged, mutations);
  const touches = touchOf(truth, changes, new Set(notes.map(({ kind }) => kind)), notes.length > 1);
  const count = { ...NO_ROWS };
  const rows = new Map<Parameters<FoundRows['get']>[0], Uint8Array>();
  const seen = new Set<string>();
  for (const table of run.tables) {
    const origin = originOf(table.folder.dirName, mutations);
    const known = truth.tables.get(origin);
    if (known !== undefined) seen.add(origin);
    if (known === undefined) {
      if (table.result.rowsWritten > 0)
        findings.add('monotony', 'rows of a table that never was', table.folder.dirName);
      continue;
    }
    if (known.run === table) continue;
    const touch: TableTouch | undefined = touches.get(origin);
    const { exitCode } = run;
    const judged = await judgeTable({ truth, table: known, run: table, touch, damaged, mutations, exitCode, findings });
    for (const [segment, found] of judged.rows) rows.set(segment, found);
    if (touch === undefined) continue;
    for (const key of Object.keys(count) as (keyof RowCount)[]) count[key] += judged.count[key];
  }
  // Without a registry nobody can tell that there was a table of which nothing else is left.
  if (!changes.some(({ path }) => /^tables\.d\.\d+$/.test(path))) checkMissingTables(truth, seen, run, findings);
  checkExitCode(run, findings);
  return { count, rows };
}

/** With two wounds no row comes out, with its transaction, that did not come out with the first alone. */
async function checkMonotony(
  harness: Harness,
  wounded: DamageCase,
  both: FoundRows,
  findings: Findings,
): Promise<void> {
  const [first] = wounded.parts;
  if (first === undefined || wounded.parts.length < 2) return;
  const ignored = newFindings();
  const damaged = overlay(harness.truth.source, first.mutations);
  const run = await runBounded(harness, damaged, { reuse: reuseOf(harness.truth, first) }, ignored);
  if (run === undefined) return;
  const alone = await judge(harness, damaged, first, run, ignored);
  for (const [segment, found] of both) {
    const before = alone.rows.get(segment);
    if (!alone.rows.has(segment)) continue;
    found.forEach((how, row) => {
      if (how === IN_FILE && before?.[row] !== IN_FILE)
        findings.add(
          'monotony',
          'a row more with more damage',
          `${segment.segmentDir}, segmentTxn ${segment.segmentTxn[row]}`,
        );
    });
  }
}

/** Does the damage and judges what comes out. */
export async function runDamage(harness: Harness, wounded: DamageCase, options: CaseOptions = {}): Promise<CaseResult> {
  const start = performance.now();
  const { truth } = harness;
  const findings = newFindings();
  const damaged = overlay(truth.source, wounded.mutations);
  const reuse = options.thorough === true ? undefined : reuseOf(truth, wounded);
  const run = await runBounded(harness, damaged, { reuse }, findings);
  let count = NO_ROWS;
  if (run !== undefined) {
    const judged = await judge(harness, damaged, wounded, run, findings);
    count = judged.count;
    if (options.thorough === true) {
      const again = await runBounded(harness, damaged, { reversed: true }, findings);
      if (again !== undefined) checkSame(run, again, findings);
      await checkMonotony(harness, wounded, judged.rows, findings);
      const changes = fileChanges(truth.source, damaged, wounded.mutations);
      judgeInspection(
        damaged,
        changes.map(({ path }) => path),
        findings,
      );
      if (fingerprint(truth.source).fingerprint !== truth.fingerprint)
        findings.add('source_unchanged', 'the source is not what it was', '');
    }
  }
  const { kind, notes } = wounded;
  return { kind, notes, findings: findings.all, count, exitCode: run?.exitCode, ms: performance.now() - start };
}

/** Every how manieth seed is a thorough case. */
const THOROUGH_EVERY = 16;

/** The case that a seed stands for; `undefined` when the source has nothing that the kinds apply to. */
export async function runCase(
  harness: Harness,
  seed: number,
  options: CaseOptions = {},
): Promise<CaseResult | undefined> {
  const { source, targets } = harness.truth;
  const wounded = damageCase(source, targets, randomOf(seed), options.kinds ?? KIND_NAMES);
  if (wounded === undefined) return undefined;
  return runDamage(harness, wounded, { thorough: seed % THOROUGH_EVERY === 0, ...options });
}
