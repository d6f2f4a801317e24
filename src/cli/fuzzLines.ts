/** What `walrescue fuzz` prints. */
import type { Finding } from '../corrupt/finding.js';
import type { FuzzReport, KindCount, Violation } from '../corrupt/fuzz.js';
import { counted, duration, grouped, printable } from './text.js';

/** A violation: what was done, what is wrong, how to see it again. */
export function violationLines(
  root: string,
  kinds: readonly string[] | undefined,
  { seed, result, findings }: Violation,
): string[] {
  const done = result.notes.map(({ kind, file, did }) => `  ${kind}: ${file}: ${did}`);
  const wrong = findings.map(({ invariant, text, place }) => `  ${invariant}: ${text} (${place})`);
  const chosen = (kinds ?? []).map((kind) => ` --kind ${kind}`).join('');
  const again = `  again: walrescue fuzz ${root} --seed ${seed} --cases 1${chosen}`;
  return [`violation with seed ${seed}`, ...done, ...wrong, again].map(printable);
}

/** What is wrong with a folder before anything is done to it. */
export const cleanLines = (root: string, findings: readonly Finding[]): string[] =>
  findings.map(({ text, place }) => printable(`${root} is not whole to begin with: ${text} (${place})`));

const COLUMNS: readonly (readonly [string, (count: KindCount) => number])[] = [
  ['cases', (count) => count.cases],
  ['losses', (count) => count.withLosses],
  ['rows', (count) => count.rows],
  ['knowable', (count) => count.knowable],
  ['recovered', (count) => count.recovered],
  ['lost', (count) => count.knowable - count.knowableRecovered],
  ['violations', (count) => count.violations],
];

const LEGEND = [
  'losses: cases with exit code 3. rows: in the damaged tables, all cases together. knowable: those of them whose own records',
  'and transaction the damage left whole. recovered: rows that came out. lost: knowable rows that did not.',
];

/** The table of kinds and the closing line. */
export function reportLines(report: FuzzReport): string[] {
  const kinds = Object.entries(report.kinds);
  const rows = [
    ['kind', ...COLUMNS.map(([name]) => name)],
    ...kinds.map(([kind, count]) => [kind, ...COLUMNS.map(([, value]) => grouped(value(count)))]),
  ];
  const widths = rows[0]?.map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0))) ?? [];
  const table = rows.map((row) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  '),
  );
  const rate = grouped(Math.round((report.cases / Math.max(report.ms, 1)) * 1000));
  const closing = `${counted(report.cases, 'case')} in ${duration(report.ms / 1000)}, ${rate} a second, ${counted(report.violations, 'violation')}`;
  return [...table, '', ...LEGEND, '', closing];
}
