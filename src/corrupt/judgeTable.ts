/** What an export made of a damaged table against what it makes of the undamaged one. */
import type { Damage } from '../damage.js';
import { segmentFolder } from '../files.js';
import { isLoss } from '../ledger.js';
import type { SegmentReport } from '../report.js';
import { sameBytes } from '../sameBytes.js';
import type { Mutation } from '../source/mutation.js';
import type { Source } from '../source/source.js';
import { originOf } from './changes.js';
import { compareFile, type FileComparison } from './compareFile.js';
import type { Findings } from './finding.js';
import { checkLedger, checkStates, entryOf } from './judgeLedger.js';
import { checkStatements } from './judgeStatements.js';
import { readBack } from './readBack.js';
import type { TableRun } from './system.js';
import { LOST, type TableTouch } from './touchMap.js';
import { isLossAround, isRemoved, isToldBeside } from './traces.js';
import type { SegmentTruth, TableTruth, Truth } from './truth.js';

/** Rows of a table: those that were committed, those of them that the damage leaves whole, and how many came out. */
export interface RowCount {
  readonly rows: number;
  readonly knowable: number;
  readonly recovered: number;
  readonly knowableRecovered: number;
}

export interface TableCase {
  readonly truth: Truth;
  readonly table: TableTruth;
  readonly run: TableRun;
  readonly touch: TableTouch | undefined;
  readonly damaged: Source;
  readonly mutations: readonly Mutation[];
  readonly exitCode: number;
  readonly findings: Findings;
}

/** For each row of each segment where it was found: `IN_FILE`, `OF_NO_TXN`, `AMONG_ORPHANS`, or 0. */
export type FoundRows = ReadonlyMap<SegmentTruth, Uint8Array>;

export interface TableJudgement {
  readonly count: RowCount;
  readonly rows: FoundRows;
}

/** What was found of the truth's rows. */
interface Found {
  readonly rows: Map<SegmentTruth, Uint8Array>;
  /** Records that the output lists as not named by the log: `<segment folder>#<segmentTxn>`. */
  readonly listed: Set<string>;
  readonly bySeqTxn: Map<bigint | null, number>;
}

/** In the segment's file, with its transaction. */
export const IN_FILE = 1;
/** In the segment's file, without one. */
export const OF_NO_TXN = 2;
/** In the file of records that were never committed. */
export const AMONG_ORPHANS = 3;

/** True when the folder is there in the damaged source too: then what is elsewhere is a copy. */
function isThere(source: Source, path: string): boolean {
  try {
    return source.stat(path)?.kind === 'folder';
  } catch {
    return true;
  }
}

function segmentBehind(each: TableCase, report: SegmentReport) {
  const folder = segmentFolder(each.run.folder.dirName, report.walId, report.segmentId);
  const origin = originOf(folder, each.mutations);
  const table = each.truth.tables.get(origin.slice(0, origin.indexOf('/')));
  return { segment: table?.segments.get(origin), isCopy: origin !== folder && isThere(each.damaged, origin) };
}

/** Rows of an unchanged file: all that the truth has in it. */
function unchanged(segment: SegmentTruth, isOrphans: boolean): FileComparison {
  const rows = segment.orphan.flatMap((orphan, row) => (orphan === isOrphans ? [row] : []));
  const rowsBySeqTxn = new Map<bigint | null, number>();
  for (const row of rows) {
    const seqTxn = segment.seqTxn[row] ?? null;
    rowsBySeqTxn.set(seqTxn, (rowsBySeqTxn.get(seqTxn) ?? 0) + 1);
  }
  return {
    rows: Int32Array.from(rows),
    lostCells: new Map(),
    lossyRows: new Set(),
    rowsBySeqTxn,
    hasTxn: (i) => (segment.seqTxn[rows[i] ?? -1] ?? null) !== null,
  };
}

async function compareOutput(each: TableCase, report: SegmentReport, name: string, found: Found): Promise<void> {
  const { table, run, touch, findings } = each;
  const isOrphans = name === report.orphansFile;
  const { segment, isCopy } = segmentBehind(each, report);
  const bytes = run.files.get(name);
  const clean = table.run.result.segments.find(
    ({ walId, segmentId }) => walId === report.walId && segmentId === report.segmentId,
  );
  const cleanName = isOrphans ? clean?.orphansFile : clean?.outputFile;
  const cleanBytes = table.run.files.get(cleanName ?? '');
  const isSame = bytes !== undefined && cleanBytes !== undefined && sameBytes(bytes, cleanBytes);
  let comparison: FileComparison;
  if (segment !== undefined && !isCopy && isSame) comparison = unchanged(segment, isOrphans);
  else {
    const file = await readBack(bytes ?? new Uint8Array(0));
    if (!isOrphans && file.rows !== report.rowsWritten)
      findings.add(
        'parquet_opens',
        'other rows than the manifest says',
        `${name}: ${file.rows}, not ${report.rowsWritten}`,
      );
    if (segment === undefined) {
      findings.add('monotony', 'rows of a segment that never was', name);
      return;
    }
    const origin = { name, walId: report.walId, segmentId: report.segmentId, isCopy, isOrphans };
    comparison = compareFile(file, segment, touch?.segments.get(segment.segmentDir), origin, findings);
  }
  if (!isCopy) noteRows(found, segment, comparison, isOrphans);
  if (!isOrphans) {
    for (const [seqTxn, rows] of comparison.rowsBySeqTxn)
      found.bySeqTxn.set(seqTxn, (found.bySeqTxn.get(seqTxn) ?? 0) + rows);
    checkLostCells(each, report, segment, comparison);
    checkLossyRows(each, report, segment, comparison);
  }
}

function noteRows(
  found: Found,
  segment: SegmentTruth | undefined,
  { rows, hasTxn }: FileComparison,
  isOrphans: boolean,
): void {
  if (segment === undefined) return;
  const seen = found.rows.get(segment) ?? new Uint8Array(segment.rows);
  rows.forEach((row, i) => {
    if (row >= 0) seen[row] = isOrphans ? AMONG_ORPHANS : hasTxn(i) ? IN_FILE : OF_NO_TXN;
  });
  found.rows.set(segment, seen);
}

const isLossOf = (d: Damage, column: string): boolean => d.column === column && d.severity === 'loss';

/** Cells that the damage of a report counts as lost, by column. A column that nothing can read is named without a count. */
function countedCells(report: SegmentReport, column: string): bigint {
  return report.damage.filter((d) => isLossOf(d, column)).reduce((total, d) => total + (d.cells ?? 0n), 0n);
}

/** A transaction of which a cell is missing is not called recovered. */
function checkLossyRows(
  { findings, run }: TableCase,
  report: SegmentReport,
  segment: SegmentTruth | undefined,
  { lossyRows }: FileComparison,
): void {
  for (const seqTxn of new Set([...lossyRows].map((row) => segment?.seqTxn[row] ?? null))) {
    if (seqTxn === null || entryOf(run.result.ledger, seqTxn)?.state !== 'recovered') continue;
    findings.add('conservation', 'recovered, but not all cells', `${report.outputFile}, seqTxn ${seqTxn}`);
  }
}

/** Cells that are missing are counted, and no others. */
function checkLostCells(
  { findings, exitCode, touch }: TableCase,
  report: SegmentReport,
  segment: SegmentTruth | undefined,
  { lostCells, rows }: FileComparison,
): void {
  const names = new Set([...(segment?.columns.values() ?? [])].map(({ column }) => column.name));
  // Where `_meta` has other names now, the loss of a column is counted under the name that it has there.
  const elsewhere = report.damage
    .filter(({ column }) => column !== undefined && !names.has(column))
    .map(({ column = '' }) => column);
  const elsewhereCells = [...new Set(elsewhere)].reduce((sum, name) => sum + countedCells(report, name), 0n);
  for (const [name, column] of segment?.columns ?? []) {
    const lost = lostCells.get(name) ?? 0;
    const counted = countedCells(report, column.column.name);
    const place = `${report.outputFile}, column ${JSON.stringify(name)} ${column.column.type?.name}: ${lost} lost, ${counted} counted`;
    const isWhollyNamed = report.damage.some((d) => isLossOf(d, column.column.name) && d.cells === undefined);
    if (BigInt(lost) > counted + elsewhereCells && !isWhollyNamed)
      findings.add('nothing_silent', 'lost cells that are not counted', place);
    if (lost > 0 && exitCode === 0) findings.add('exit_code', 'cells are lost and the exit code is 0', place);
    const flags = segment === undefined ? undefined : touch?.segments.get(segment.segmentDir)?.cells.get(name);
    const touched = rows.reduce((count, row) => count + (row >= 0 && (flags?.[row] ?? 0) !== 0 ? 1 : 0), 0);
    if (counted > BigInt(touched))
      findings.add('locality', 'more cells counted as lost than were touched', `${place}, ${touched} touched`);
  }
}

/** True when the output says that the rows of a transaction are missing, or where they are. */
function isNamed(each: TableCase, found: Found, segment: SegmentTruth, row: number): boolean {
  const seqTxn = segment.seqTxn[row] ?? null;
  if (found.listed.has(`${segment.segmentDir}#${segment.segmentTxn[row]}`)) return true;
  if (seqTxn === null) return each.exitCode !== 0;
  const state = entryOf(each.run.result.ledger, seqTxn)?.state;
  // Past what the log now says, and where what it says is another's, others have to tell.
  const isTold = (): boolean => isToldBeside(each.damaged, each.run.result.damage, segment.segmentDir);
  if (state === undefined || (each.touch?.logReplaced === true && isTold())) return isTold();
  if (isLoss(state)) return each.exitCode !== 0;
  const { watermark, dropped } = each.table.plan;
  const isPurged = state === 'applied_and_purged' || state === 'log_part_purged';
  const mayBePurged = dropped || (watermark !== undefined && seqTxn <= watermark.seqTxn);
  if (!isPurged || !mayBePurged) return false;
  return (
    isRemoved(each.damaged, segment.segmentDir) ||
    each.run.result.damage.some((d) => isLossAround(d, segment.segmentDir))
  );
}

/**
 * True when the log's own record of the transaction names another event, as far as anybody can tell, and this one is listed as one
 * that the log does not name: so is the last one of a segment, after a crash.
 */
function isDisowned({ touch, run }: TableCase, found: Found, segment: SegmentTruth, row: number): boolean {
  const seqTxn = segment.seqTxn[row] ?? null;
  const isListed = found.listed.has(`${segment.segmentDir}#${segment.segmentTxn[row]}`);
  if (!isListed || seqTxn === null || touch?.txns.has(seqTxn) !== true) return false;
  return entryOf(run.result.ledger, seqTxn)?.state !== 'undecidable';
}

function checkMissingRows(each: TableCase, found: Found): RowCount {
  const count = { rows: 0, knowable: 0, recovered: 0, knowableRecovered: 0 };
  for (const segment of each.table.segments.values()) {
    const seen = found.rows.get(segment);
    const flags = each.touch?.segments.get(segment.segmentDir)?.rows;
    for (let row = 0; row < segment.rows; row++) {
      if (segment.orphan[row] === true) continue;
      const isKnowable = ((flags?.[row] ?? 0) & LOST) === 0 && !isDisowned(each, found, segment, row);
      const isRecovered = seen?.[row] === IN_FILE || seen?.[row] === OF_NO_TXN;
      count.rows += 1;
      count.knowable += Number(isKnowable);
      count.recovered += Number(isRecovered);
      count.knowableRecovered += Number(isKnowable && isRecovered);
      if (isRecovered) continue;
      const place = `${segment.segmentDir}, segmentTxn ${segment.segmentTxn[row]}, seqTxn ${segment.seqTxn[row]}`;
      if (isKnowable) each.findings.add('locality', 'a row lost that nothing touched', place);
      if (!isNamed(each, found, segment, row))
        each.findings.add('nothing_silent', 'a row is missing without a word', place);
    }
  }
  return count;
}

/** Reports of segments that nothing touched say what they said. */
function checkUntouched({ table, run, touch, findings }: TableCase): void {
  if (touch === undefined || touch.shared || run.folder.dirName !== table.run.folder.dirName) return;
  for (const report of run.result.segments) {
    const folder = segmentFolder(run.folder.dirName, report.walId, report.segmentId);
    const clean = table.run.result.segments.find(
      (each) => each.walId === report.walId && each.segmentId === report.segmentId,
    );
    if (clean === undefined || touch.segments.get(folder)?.touched !== false) continue;
    if (clean.status !== report.status)
      findings.add(
        'locality',
        'an untouched segment has another status',
        `${folder}: ${report.status}, not ${clean.status}`,
      );
    if (clean.damage.length !== report.damage.length)
      findings.add(
        'locality',
        'an untouched segment reports damage',
        `${folder}: ${report.damage.map((d) => d.code).join()}`,
      );
  }
}

/** Judges what an export made of one table. */
export async function judgeTable(each: TableCase): Promise<TableJudgement> {
  const { run, findings } = each;
  const found: Found = { rows: new Map(), listed: new Set(), bySeqTxn: new Map() };
  for (const report of run.result.segments) {
    const { segment } = segmentBehind(each, report);
    for (const { segmentTxn } of report.unnamedRecords) found.listed.add(`${segment?.segmentDir}#${segmentTxn}`);
    for (const name of [report.outputFile, report.orphansFile]) {
      if (name === null) continue;
      try {
        await compareOutput(each, report, name, found);
      } catch (error) {
        findings.add('parquet_opens', `unreadable: ${(error as Error).message}`, name);
      }
    }
  }
  checkLedger(run, found.bySeqTxn, findings);
  if (each.touch?.logReplaced !== true) checkStates(each.table, run, each.touch, findings);
  checkStatements(each.table, run, each.touch, each.damaged, findings);
  checkUntouched(each);
  return { count: checkMissingRows(each, found), rows: found.rows };
}
