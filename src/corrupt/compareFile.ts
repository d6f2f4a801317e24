/** A segment's file, row by row and cell by cell, against the truth. */
import { alignRows } from './alignRows.js';
import type { Findings } from './finding.js';
import { type Cell, type ReadColumn, type ReadFile, sameCell, showCell } from './readBack.js';
import { LOST, OTHER, type SegmentTouch } from './touchMap.js';
import { type ColumnTruth, provenanceNames, type SegmentTruth } from './truth.js';

/** Where a file comes from. */
export interface FileOrigin {
  readonly name: string;
  readonly walId: number;
  readonly segmentId: number;
  /** The rows are a copy of rows that are elsewhere too. */
  readonly isCopy: boolean;
  /** The file of records that were never committed: what is missing there was never promised. */
  readonly isOrphans: boolean;
}

export interface FileComparison {
  /** For each row of the file its row in the truth, -1 for none. */
  readonly rows: Int32Array;
  /** Cells that are NULL where the truth has a value, and whose own bytes are not others; by column name. */
  readonly lostCells: ReadonlyMap<string, number>;
  /** Rows of which a cell is so lost. */
  readonly lossyRows: ReadonlySet<number>;
  /** Rows by seqTxn, as the file says; `null` for rows of no known transaction. */
  readonly rowsBySeqTxn: ReadonlyMap<bigint | null, number>;
  /** True when row i of the file says its transaction. */
  hasTxn(i: number): boolean;
}

/** A column's type without what may change when cells are damaged: text that is no UTF-8 loses its annotation. */
const comparableForm = (form: string): string => form.replace(/ UTF8| \{"type":"STRING"\}/g, ' ').replace(/ +/g, ' ');

const isNull = (cells: readonly Cell[]): boolean => cells.every((cell) => cell === null);

function compareColumn(
  read: ReadColumn | undefined,
  truth: ColumnTruth,
  rows: Int32Array,
  touch: SegmentTouch | undefined,
  origin: FileOrigin,
  findings: Findings,
  lossyRows: Set<number>,
): number {
  const { name } = truth;
  const place = (row: number): string =>
    `${origin.name}, column ${JSON.stringify(name)} ${truth.column.type?.name}, row ${row}`;
  if (read !== undefined && comparableForm(read.form) !== comparableForm(truth.form) && !isNull(read.cells))
    findings.add('no_wrong_data', 'a column of another type', `${place(0)}: ${read.form}, not ${truth.form}`);
  const flags = touch?.cells.get(name);
  let lost = 0;
  rows.forEach((row, i) => {
    if (row < 0) return;
    const expected = truth.cells[row] ?? null;
    const actual = read?.cells[i] ?? null;
    if (sameCell(expected, actual)) return;
    const flag = flags?.[row] ?? 0;
    if ((flag & OTHER) !== 0) return;
    const shown = `${place(i)}: ${showCell(actual)}, not ${showCell(expected)}`;
    if (actual !== null) findings.add('no_wrong_data', 'a wrong cell', shown);
    else {
      lost += 1;
      lossyRows.add(row);
      if ((flag & LOST) === 0 && !origin.isOrphans) findings.add('locality', 'a cell lost that nothing touched', shown);
    }
  });
  return lost;
}

/** A cell that says where the row came from: right, or NULL where that may be lost. */
function compareOrigin(
  file: ReadFile,
  column: string,
  i: number,
  expected: Cell,
  flag: number,
  origin: FileOrigin,
  findings: Findings,
): void {
  const actual = file.columns.get(column)?.cells[i] ?? null;
  if (sameCell(actual, expected) || (flag & OTHER) !== 0) return;
  const place = `${origin.name}, row ${i}: ${showCell(actual)}, not ${showCell(expected)}`;
  if (actual !== null) findings.add('no_wrong_data', `a wrong ${column}`, place);
  else if ((flag & LOST) === 0 && !origin.isOrphans)
    findings.add('locality', `${column} lost of a row that nothing touched`, place);
}

const utf8 = new TextDecoder();
const textOf = (cell: Cell | undefined): string => (cell instanceof Uint8Array ? utf8.decode(cell) : String(cell));

function compareProvenance(
  file: ReadFile,
  i: number,
  row: number,
  segment: SegmentTruth,
  touch: SegmentTouch | undefined,
  origin: FileOrigin,
  findings: Findings,
): void {
  const flag = touch?.provenance[row] ?? 0;
  const known = (column: string, expected: Cell, may: number): void =>
    compareOrigin(file, column, i, expected, may, origin, findings);
  known('_wal_id', origin.walId, 0);
  known('_segment_id', origin.segmentId, 0);
  known('_segment_txn', segment.segmentTxn[row] ?? null, flag & LOST);
  known('_txnSeq_', segment.seqTxn[row] ?? null, flag);
  known('_commit_ts', segment.commitTs[row] ?? null, flag);
  const status = textOf(file.columns.get('_recovery_status_')?.cells[i]);
  const may = flag | (touch?.status[row] ?? 0);
  const mayBeUnknown = (may & LOST) !== 0 || origin.isOrphans;
  const isRight = status === segment.status[row] || (may & OTHER) !== 0 || (status === 'unknown' && mayBeUnknown);
  const place = `${origin.name}, row ${i}: ${status}, not ${segment.status[row]}`;
  if (!isRight) findings.add(status === 'unknown' ? 'locality' : 'no_wrong_data', 'a wrong _recovery_status_', place);
}

/** A row that no row of the truth is, or that is in the file a second time. */
function compareStrangers(file: ReadFile, rows: Int32Array, origin: FileOrigin, findings: Findings): void {
  const seen = new Set<number>();
  rows.forEach((row, i) => {
    if (row >= 0 && !seen.has(row)) {
      seen.add(row);
      return;
    }
    const txn = showCell(file.columns.get('_segment_txn')?.cells[i] ?? null);
    findings.add(
      'monotony',
      row < 0 ? 'an invented row' : 'a row twice',
      `${origin.name}, row ${i}, segmentTxn ${txn}`,
    );
  });
}

/** Columns that no column of the truth is; one of nothing but NULLs says nothing wrong. */
function compareColumnNames(file: ReadFile, segment: SegmentTruth, origin: FileOrigin, findings: Findings): void {
  for (const [name, { cells }] of file.columns) {
    if (provenanceNames.has(name) || segment.columns.has(name) || isNull(cells)) continue;
    findings.add('no_wrong_data', 'an invented column', `${origin.name}, column ${JSON.stringify(name)}`);
  }
}

function countBySeqTxn(cells: readonly Cell[]): Map<bigint | null, number> {
  const counts = new Map<bigint | null, number>();
  for (const cell of cells) {
    const seqTxn = typeof cell === 'bigint' ? cell : null;
    counts.set(seqTxn, (counts.get(seqTxn) ?? 0) + 1);
  }
  return counts;
}

/** Compares a file with the segment that its rows are of. */
export function compareFile(
  file: ReadFile,
  segment: SegmentTruth,
  touch: SegmentTouch | undefined,
  origin: FileOrigin,
  findings: Findings,
): FileComparison {
  const rows = alignRows(file, segment);
  compareStrangers(file, rows, origin, findings);
  compareColumnNames(file, segment, origin, findings);
  const lostCells = new Map<string, number>();
  const lossyRows = new Set<number>();
  for (const truth of segment.columns.values()) {
    const lost = compareColumn(file.columns.get(truth.name), truth, rows, touch, origin, findings, lossyRows);
    if (lost > 0) lostCells.set(truth.name, lost);
  }
  rows.forEach((row, i) => {
    if (row >= 0 && !origin.isCopy) compareProvenance(file, i, row, segment, touch, origin, findings);
  });
  const seqTxns = file.columns.get('_txnSeq_')?.cells ?? [];
  return {
    rows,
    lostCells,
    lossyRows,
    rowsBySeqTxn: countBySeqTxn(seqTxns),
    hasTxn: (i) => (seqTxns[i] ?? null) !== null,
  };
}
