/** What a run says at its end: sound tables in short, then those with losses, then the sum and what to do next. */
import type { TableResult } from '../collect.js';
import { isOutputFailure } from '../exitCode.js';
import type { ExportResult } from '../exportDatabase.js';
import { damageLines } from './damageLines.js';
import { firstOf, type Line } from './lines.js';
import { DONE, type Mode, tableLines, tableRows } from './tableLines.js';
import { byteCount, counted, grouped } from './text.js';

/** Sound tables that are listed one by one after an export; more are told as a sum. */
const MAX_SOUND_TABLES = 20;

export interface SummaryFacts {
  readonly mode: Mode;
  readonly root: string;
  /** `null` when nothing was written. */
  readonly outputDir: string | null;
}

/** Table names in one sentence. */
const MAX_NAMES = 5;

const separated = (blocks: readonly (readonly Line[])[]): Line[] =>
  blocks.filter((block) => block.length > 0).flatMap((block) => [...block, { text: '' }]);

const rowsOfAll = (tables: readonly TableResult[], mode: Mode): number =>
  tables.reduce((sum, table) => sum + tableRows(table, mode), 0);

const filesOfAll = (tables: readonly TableResult[]): number =>
  tables.reduce((sum, table) => sum + table.segments.filter((segment) => segment.outputFile !== null).length, 0);

function soundBlocks(tables: readonly TableResult[], mode: Mode): (readonly Line[])[] {
  if (mode !== 'export' || tables.length <= MAX_SOUND_TABLES) return tables.map((table) => tableLines(table, mode));
  const [rows, files] = [counted(rowsOfAll(tables, mode), 'row'), counted(filesOfAll(tables), 'file')];
  return [[{ text: `${counted(tables.length, 'table')} without losses: ${rows} saved in ${files}`, kind: 'title' }]];
}

/** A path as a shell takes it. */
const quoted = (path: string): string => (/^[\w./~-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`);

function sumLines(result: ExportResult, { mode, outputDir }: SummaryFacts): Line[] {
  const { tables } = result;
  const bytes = byteCount(tables.reduce((sum, table) => sum + table.bytesWritten, 0));
  const where = mode === 'export' ? ` in ${counted(filesOfAll(tables), 'file')}, ${bytes}, in ${outputDir}` : '';
  const lossy = tables.filter((table) => table.hasLosses).length;
  const rows = counted(rowsOfAll(tables, mode), 'row');
  return [
    { text: `${counted(tables.length, 'table')}: ${rows} ${DONE[mode]}${where}`, kind: 'title' },
    lossy === 0 && !result.damage.some((d) => d.severity === 'loss')
      ? { text: mode === 'inspect' ? 'No loss was seen.' : 'Nothing is lost.', kind: 'good' }
      : { text: `${counted(lossy, 'table')} with losses; every loss is named above.`, kind: 'loss' },
  ];
}

/** Names of some tables, as many as fit into a sentence. */
function namesOf(tables: readonly TableResult[]): string {
  const { shown, more } = firstOf(tables, MAX_NAMES);
  return `${shown.map((table) => table.tableName).join(', ')}${more > 0 ? ` and ${grouped(more)} more` : ''}`;
}

/** What to do after a look at the database. */
function adviceLines({ tables, damage }: ExportResult, { mode, root }: SummaryFacts): Line[] {
  const waiting = tables.filter(
    ({ damage: found, dropped, watermark, maxTxn }) =>
      found.every((d) => d.severity === 'note') && !dropped && watermark !== undefined && watermark.seqTxn < maxTxn,
  );
  const hasLosses = tables.some((table) => table.hasLosses) || damage.some((d) => d.severity === 'loss');
  const steps = [
    mode === 'inspect'
      ? 'Column files were not read, and damage in them was not seen: walrescue survey reads them.'
      : '',
    `To save the rows: walrescue export ${quoted(root)} --output-dir DIR`,
    hasLosses
      ? 'Look for the damaged files in a backup or snapshot; whatever comes back can be saved by another run.'
      : '',
    waiting.length > 0
      ? `The WAL of ${namesOf(waiting)} has no damage${mode === 'inspect' ? ' that was seen so far,' : ''} and waits to be applied. ` +
        "Where the table's own files are sound, a server can do that: ALTER TABLE name RESUME WAL"
      : '',
  ];
  return [
    { text: 'What to do next:', kind: 'title' },
    ...steps.filter((step) => step !== '').map((text) => ({ text, indent: 2 })),
  ];
}

/** What else an operator wants to know after an export. */
function afterExport({ tables }: ExportResult, { outputDir }: SummaryFacts): Line[] {
  const isIncomplete = tables.some((table) => table.damage.some(isOutputFailure));
  return [
    ...(isIncomplete ? [{ text: NOT_WRITTEN, kind: 'loss' } as const] : []),
    { text: `In ${outputDir}, beside each table's Parquet files: ${SIDECARS}` },
  ];
}

const NOT_WRITTEN =
  'Some files could not be written. Make room or choose another folder, then run again (--force replaces).';
const SIDECARS =
  '__manifest.json (every segment and all damage), __ledger.json (what became of every transaction), __schemas.json (columns) ' +
  'and, where there were statements, __sql_log.json.';
const NOTHING =
  'There is nothing to save: no table has anything left in its WAL. --include-empty lists such tables, --include-system the ' +
  "server's own.";

/** The whole summary. */
export function summaryLines(result: ExportResult, facts: SummaryFacts): Line[] {
  const sound = result.tables.filter((table) => !table.hasLosses);
  const lossy = result.tables.filter((table) => table.hasLosses);
  const names = damageLines(result.damage, 2);
  const ofRoot: Line[] = names.length === 0 ? [] : [{ text: 'Names and folders:', kind: 'title' }, ...names];
  if (result.tables.length === 0) return separated([ofRoot, [{ text: NOTHING }]]).slice(0, -1);
  return [
    ...separated([...soundBlocks(sound, facts.mode), ...lossy.map((table) => tableLines(table, facts.mode)), ofRoot]),
    ...(lossy.length === 0 && names.length === 0 ? [] : [{ text: `Paths are below ${facts.root}.` }]),
    ...sumLines(result, facts),
    ...(facts.mode === 'export' ? afterExport(result, facts) : adviceLines(result, facts)),
  ];
}
