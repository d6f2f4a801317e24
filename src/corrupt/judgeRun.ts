/** What an export made of a damaged root: the checks that are about the run as a whole. */
import { isLoss, type LedgerState } from '../ledger.js';
import type { Finding, Findings } from './finding.js';
import type { ExportRun, TableRun } from './system.js';

const utf8 = new TextDecoder();

/** A sidecar as it was written. Integers beyond 2^53 lose digits here; nothing below looks at them. */
function sidecar<T>(table: TableRun, name: string): T | undefined {
  const bytes = table.files.get(`${table.outputName}__${name}.json`);
  return bytes === undefined ? undefined : (JSON.parse(utf8.decode(bytes)) as T);
}

interface Manifest {
  readonly rowsWritten: number;
  readonly damage: readonly { readonly severity: string }[];
  readonly segments: readonly {
    readonly status: string;
    readonly outputFile: string | null;
    readonly orphansFile: string | null;
    readonly rowsWritten: number;
    readonly damage: readonly { readonly severity: string }[];
  }[];
}
interface Ledger {
  readonly entries: readonly { readonly state: LedgerState }[];
}

const hasLoss = (damage: readonly { readonly severity: string }[]): boolean =>
  damage.some((d) => d.severity === 'loss');

/** True when a table's sidecars name a loss. */
function checkSidecars(table: TableRun, findings: Findings): boolean {
  const manifest = sidecar<Manifest>(table, 'manifest');
  const ledger = sidecar<Ledger>(table, 'ledger');
  const place = table.folder.dirName;
  if (manifest === undefined || ledger === undefined) {
    findings.add('nothing_silent', 'a table without a manifest or a ledger', place);
    return false;
  }
  const named = manifest.segments
    .flatMap(({ outputFile, orphansFile }) => [outputFile, orphansFile])
    .filter((name) => name !== null);
  const written = [...table.files.keys()].filter((name) => name.endsWith('.parquet'));
  if (named.sort().join('\n') !== written.sort().join('\n'))
    findings.add('conservation', 'the files are not those of the manifest', `${place}: ${written.join()}`);
  const sum = manifest.segments.reduce((total, { rowsWritten }) => total + rowsWritten, 0);
  if (sum !== manifest.rowsWritten) findings.add('conservation', 'the manifest does not add up', `${place}: ${sum}`);
  for (const { status, damage, outputFile } of manifest.segments)
    if (status === 'written' && hasLoss(damage))
      findings.add('exit_code', 'a segment with losses is called written', outputFile ?? place);
  return (
    hasLoss(manifest.damage) ||
    manifest.segments.some(({ damage }) => hasLoss(damage)) ||
    ledger.entries.some(({ state }) => isLoss(state))
  );
}

/** The exit code is 0 where no sidecar and nothing of the root names a loss, and only there. */
export function checkExitCode(run: ExportRun, findings: Findings): void {
  const losses = run.tables.filter((table) => checkSidecars(table, findings)).map(({ folder }) => folder.dirName);
  const isLossless = losses.length === 0 && !hasLoss(run.damage);
  if (isLossless !== (run.exitCode === 0))
    findings.add('exit_code', `exit code ${run.exitCode} ${isLossless ? 'without' : 'with'} a loss`, losses.join());
}

/** Two runs over one input wrote the same bytes under the same names. */
export function checkSame(first: ExportRun, second: ExportRun, findings: Findings): void {
  const files = (run: ExportRun): Map<string, Uint8Array> =>
    new Map(run.tables.flatMap(({ files: each }) => [...each]));
  const [a, b] = [files(first), files(second)];
  for (const name of new Set([...a.keys(), ...b.keys()])) {
    const [x, y] = [a.get(name), b.get(name)];
    if (x === undefined || y === undefined || x.length !== y.length || x.some((byte, i) => byte !== y[i]))
      findings.add('determinism', 'two runs differ', name);
  }
  if (first.exitCode !== second.exitCode) findings.add('determinism', 'two runs end with other exit codes', '');
}

/** An undamaged root comes out whole and without a word of damage. */
export function checkClean(run: ExportRun, findings: Findings): void {
  if (run.exitCode !== 0) findings.add('undamaged_clean', `exit code ${run.exitCode}`, '');
  for (const d of [...run.damage, ...run.tables.flatMap(({ result }) => result.damage)])
    findings.add('undamaged_clean', `reports ${d.code}`, d.file);
}

/** A crash, told by its message and the place in our code that threw. */
export function crashOf(error: unknown): Omit<Finding, 'place'> & { readonly place: string } {
  if (!(error instanceof Error)) return { invariant: 'ends', text: `throws ${String(error)}`, place: '' };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const own = frames.find((line) => /\/(?:src|generated|dist)\//.test(line)) ?? frames[0] ?? '';
  const where = /([^/()\s]+):\d+:\d+\)?$/.exec(own)?.[1] ?? '';
  return { invariant: 'ends', text: `throws ${error.name} in ${where}`, place: `${error.message} ${own.trim()}` };
}
