/** What became of a table, for people. */
import type { TableResult } from '../collect.js';
import { isLoss, type LedgerEntry, type LedgerState } from '../ledger.js';
import { type SegmentReport, UNREADABLE_EVENT } from '../report.js';
import { damageLines } from './damageLines.js';
import { firstOf, type Line } from './lines.js';
import { byteCount, counted, grouped } from './text.js';

/**
 * What was done: `export` wrote files; `survey` read all that an export would read; `inspect` looked at the metadata only.
 */
export type Mode = 'export' | 'survey' | 'inspect';

/** Segments and stretches of transactions that are listed one by one. */
const MAX_SEGMENTS = 8;
const MAX_RANGES = 6;

/** Rows of a segment that are saved, could be, or are there. */
export const rowsOf = (segment: SegmentReport, mode: Mode): number =>
  mode !== 'inspect' ? segment.rowsWritten : segment.status === 'inspected_no_output' ? segment.rowsCommitted : 0;

/** The same of a table. */
export const tableRows = (table: TableResult, mode: Mode): number =>
  table.segments.reduce((sum, segment) => sum + rowsOf(segment, mode), 0);

/** What is said of the rows. */
export const DONE: Readonly<Record<Mode, string>> = { export: 'saved', survey: 'can be saved', inspect: 'in the WAL' };

/** What is said where no loss was met. */
const SOUND: Readonly<Record<Mode, string>> = {
  export: 'nothing lost',
  survey: 'nothing lost',
  inspect: 'no loss seen so far',
};

function titleLine(table: TableResult, mode: Mode): Line {
  const { tableName, dirName, outputName, hasLosses, isEmpty } = table;
  const isPlain = outputName === tableName && dirName.replace(/~\d+$/, '') === tableName;
  const folder = isPlain ? '' : ` (folder ${dirName})`;
  const name = `${tableName}${folder}`;
  if (isEmpty) return { text: `${name}: nothing is left in its WAL`, kind: 'title' };
  const files = table.segments.filter((segment) => segment.outputFile !== null).length;
  const place = mode === 'export' ? ` in ${counted(files, 'file')}, ${byteCount(table.bytesWritten)}` : '';
  const rows = counted(tableRows(table, mode), 'row');
  return {
    text: `${name}: ${rows} ${DONE[mode]}${place}, ${hasLosses ? 'WITH LOSSES' : SOUND[mode]}`,
    kind: 'title',
  };
}

/** How far the table is. */
export function progressOfTable({ maxTxn, watermark, dropped }: TableResult): string {
  if (dropped) return 'The table was dropped; what is left of its WAL is still here.';
  if (maxTxn === 0n) return 'The log names no transaction.';
  if (watermark === undefined) return `Nobody can tell which of the ${counted(maxTxn, 'transaction')} it has applied.`;
  const applied = watermark.seqTxn;
  if (applied >= maxTxn) return `It has applied all of its ${counted(maxTxn, 'transaction')}.`;
  const lag =
    watermark.lagTxnCount === 0 ? '' : ` (${grouped(watermark.lagTxnCount)} in its lag: taken over, not yet visible)`;
  return `It has applied ${grouped(applied)} of ${counted(maxTxn, 'transaction')}; ${grouped(maxTxn - applied)} wait${lag}.`;
}

const rangeOf = ({ from, to }: { from: bigint; to: bigint }): string => (from === to ? `${from}` : `${from}-${to}`);

/** The cells of a segment's line: where it is, its transactions, its rows, its file or why it has none. */
function segmentCells(segment: SegmentReport, mode: Mode): string[] {
  const { walId, segmentId, firstSeqTxn, lastSeqTxn, outputFile, reason, orphansFile } = segment;
  const txns =
    firstSeqTxn === null || lastSeqTxn === null ? '' : `seqTxn ${rangeOf({ from: firstSeqTxn, to: lastSeqTxn })}`;
  const isWhole = segment.status === 'written' || segment.status === 'inspected_no_output';
  const about = [
    mode === 'export' ? outputFile : null,
    isWhole || reason === 'see damage' ? null : reason,
    orphansFile === null ? null : `never committed rows in ${orphansFile}`,
  ];
  return [
    `wal${walId}/${segmentId}`,
    txns,
    counted(rowsOf(segment, mode), 'row'),
    about.filter((part) => part !== null).join('; '),
  ];
}

/** Cells under each other. */
function aligned(rows: readonly string[][]): string[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  const isLast = (i: number): boolean => i === widths.length - 1;
  return rows.map((row) =>
    row
      .map((cell, i) => (isLast(i) ? cell : cell.padEnd(widths[i] ?? 0)))
      .filter((_, i) => widths[i] !== 0)
      .join('  ')
      .trimEnd(),
  );
}

/** The segments: those that are not whole first, as many as fit, the rest as a sum. */
function segmentLines(table: TableResult, mode: Mode): Line[] {
  const quiet: readonly string[] = ['written', 'inspected_no_output', 'skipped_no_rows', 'skipped_purged'];
  const ordered = [...table.segments].sort((a, b) => +quiet.includes(a.status) - +quiet.includes(b.status));
  const { shown, more } = firstOf(ordered, MAX_SEGMENTS);
  const rest = ordered.slice(shown.length).reduce((sum, segment) => sum + rowsOf(segment, mode), 0);
  const listed = [...shown].sort((a, b) => a.walId - b.walId || a.segmentId - b.segmentId);
  return [
    ...aligned(listed.map((segment) => segmentCells(segment, mode))).map((text) => ({ text, indent: 2 })),
    ...(more > 0 ? [{ text: `and ${counted(more, 'more segment')} with ${counted(rest, 'row')}`, indent: 2 }] : []),
  ];
}

/** States of the ledger in which something is missing, to their reader. */
const LOSS_STATES: Readonly<Partial<Record<LedgerState, string>>> = {
  recovered_in_part: 'saved, but not all of it',
  lost: 'LOST',
  undecidable: 'nobody can tell what they were, or whether the table has them',
};

/** Transactions that lost something, by what became of them. What only our own output lost can be had by another run. */
function ledgerLines({ ledger, damage }: TableResult): Line[] {
  const isUnwritten = damage.some((d) => d.code === 'output_failed');
  const states = new Map<LedgerState, LedgerEntry[]>();
  for (const entry of ledger.filter(({ state }) => isLoss(state))) {
    const known = states.get(entry.state);
    if (known === undefined) states.set(entry.state, [entry]);
    else known.push(entry);
  }
  return [...states].map(([state, entries]) => {
    const { shown, more } = firstOf(entries, MAX_RANGES);
    const others = more > 0 ? ` and ${counted(more, 'more stretch', 'more stretches')}` : '';
    const ranges = `${shown.map(rangeOf).join(', ')}${others}`;
    const isCounted = entries.every((entry) => entry.rowsExpected !== undefined);
    const expected = entries.reduce((sum, entry) => sum + (entry.rowsExpected ?? 0n), 0n);
    const words = state === 'lost' && isUnwritten ? 'NOT SAVED' : (LOSS_STATES[state] ?? state);
    const rows = isCounted ? ` (${counted(expected, 'row')})` : ' (how many rows is not known)';
    return { text: `seqTxn ${ranges}: ${words}${rows}`, kind: 'loss', indent: 2 };
  });
}

/** Complete records on disk that were never committed and were not asked for. */
function orphanLines(table: TableResult): Line[] {
  const orphans = table.segments.flatMap((segment) =>
    segment.orphansFile === null ? segment.unnamedRecords.filter(({ standing }) => standing === 'orphan') : [],
  );
  if (orphans.length === 0) return [];
  const rows = orphans.reduce((sum, record) => sum + (record.rows ?? 0), 0);
  const text = `${counted(orphans.length, 'record')} on disk with ${counted(rows, 'row')} were never committed; --orphans saves them too.`;
  return [{ text, kind: 'aside', indent: 2 }];
}

/** Statements and other events without rows, by type: what an operator has to do after the rows are loaded. */
function statementLines(table: TableResult, mode: Mode): Line[] {
  const types = new Map<string, number>();
  for (const { type } of table.segments.flatMap((segment) => segment.statements))
    if (type !== UNREADABLE_EVENT) types.set(type, (types.get(type) ?? 0) + 1);
  if (types.size === 0) return [];
  const each = [...types].map(([type, count]) => `${grouped(count)} ${type}`).join(', ');
  const where = mode === 'export' ? ` (see ${table.outputName}__sql_log.json)` : '';
  return [{ text: `Events without rows${where}: ${each}`, kind: 'aside', indent: 2 }];
}

/** User columns that are called otherwise in the files. */
function renameLines(table: TableResult): Line[] {
  const renamed = new Map(table.segments.flatMap((segment) => Object.entries(segment.renamedColumns)));
  return [...renamed].map(([from, to]) => ({
    text: `Its own column ${from} is called ${to} in the files.`,
    kind: 'aside',
    indent: 2,
  }));
}

/** All about one table. */
export function tableLines(table: TableResult, mode: Mode): Line[] {
  return [
    titleLine(table, mode),
    ...(mode === 'export' ? [] : [{ text: progressOfTable(table), indent: 2 }]),
    ...segmentLines(table, mode),
    ...statementLines(table, mode),
    ...renameLines(table),
    ...ledgerLines(table),
    ...damageLines(table.damage, 2),
    ...orphanLines(table),
  ];
}
