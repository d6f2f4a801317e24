/** One segment from its files to its Parquet file. */
import { type Damage, damage } from './damage.js';
import { sumDamage } from './damageSum.js';
import { segmentFileName } from './fileNames.js';
import { type Doubt, type OpenedSegment, openSegment } from './openSegment.js';
import { type Outcome, plansOf, skipOutcome, skippedColumns, tiersOf, writtenOutcome } from './outcome.js';
import { OutputError, type OutputFolder } from './output.js';
import { type Presence, presenceOf } from './presence.js';
import { ledgerOf, logFields, type SegmentReport, statementsOf, unnamedRecordsOf, type WrittenRows } from './report.js';
import type { SegmentTask } from './segmentTask.js';
import type { Source } from './source/source.js';
import type { TransactionRows } from './transactions.js';
import { type FileContent, type RunOptions, type Written, writeRows } from './writeRows.js';

export type { RunOptions } from './writeRows.js';

/** The parts of a report that need no output. */
function inspected(
  task: SegmentTask,
  opened: OpenedSegment,
  outcome: Outcome,
  written: readonly WrittenRows[],
): SegmentReport {
  let rowsCommitted = 0;
  for (const { lo, hi, transactions } of opened.transactions.rows)
    if (transactions.every((t) => t.standing !== 'orphan')) rowsCommitted += hi - lo;
  const plans = plansOf(opened);
  return {
    walId: task.walId,
    segmentId: task.segmentId,
    ...outcome,
    ...logFields(task),
    outputFile: null,
    orphansFile: null,
    bytesWritten: 0,
    rowsCommitted,
    rowsWritten: 0,
    structureVersion: opened.schema?.structureVersion ?? null,
    columnsWritten: 0,
    columnsSkipped: opened.unusable.length,
    skippedColumns: skippedColumns(opened, undefined),
    renamedColumns: {},
    plan: plans[0] ?? (task.named.length > 0 ? opened.plans.named : opened.plans.unnamed),
    unattributedRows: 0,
    statements: statementsOf(task, opened),
    unnamedRecords: unnamedRecordsOf(task, opened),
    ledger: ledgerOf(task, opened, written),
    schema: opened.schema,
    damage: sumDamage(opened.damage),
  };
}

/** In a dry run rows count as recovered when they would be written: columns are not read. */
const wouldWrite = (rows: readonly TransactionRows[]): WrittenRows[] =>
  rows.map((stretch) => ({ rows: stretch, lostCells: 0 }));

function inspectedOnly(task: SegmentTask, opened: OpenedSegment): SegmentReport {
  const skip = skipOutcome(task, opened);
  if (skip !== undefined) return inspected(task, opened, skip, []);
  return inspected(task, opened, { status: 'inspected_no_output', reason: null }, wouldWrite(opened.rows));
}

/** A report, and the segment as it was opened in the end: with its doubt where its rows spoke against its events. */
interface WrittenSegment {
  readonly report: SegmentReport;
  readonly opened: OpenedSegment;
}

async function writeSegment(
  source: Source,
  task: SegmentTask,
  opened: OpenedSegment,
  options: RunOptions & { output: OutputFolder; settle: NonNullable<FileContent['settle']> },
): Promise<WrittenSegment | 'changed'> {
  const skip = skipOutcome(task, opened);
  if (skip !== undefined) return { report: inspected(task, opened, skip, []), opened };
  const outputFile = segmentFileName(task, tiersOf(opened));
  const content = {
    rows: opened.rows,
    name: outputFile,
    plans: plansOf(opened),
    settle: (found: readonly Damage[]) => options.settle([...opened.damage, ...found]),
  };
  const result = await writeRows(source, task, opened, content, options);
  if (result.kind === 'gone') return { report: purgedReport(task, opened), opened };
  if (result.kind === 'changed') return 'changed';
  if (result.kind === 'doubt') return writeSegment(source, task, openSegment(source, task, result.doubt), options);
  return { report: writtenReport(task, opened, result.written, outputFile), opened };
}

function writtenReport(task: SegmentTask, opened: OpenedSegment, written: Written, outputFile: string): SegmentReport {
  const found = sumDamage([...opened.damage, ...written.damage]);
  const report = inspected(task, opened, { status: 'pending', reason: null }, written.rows);
  const unattributed = opened.rows
    .filter((rows) => rows.transactions.every((t) => t.log === undefined))
    .reduce((sum, { lo, hi }) => sum + hi - lo, 0);
  const lacksProvenance = unattributed > 0 && task.table.logIsDamaged;
  const hasLoss = lacksProvenance || found.some((d) => d.severity === 'loss');
  const entirelyLost = [...written.lostCells].filter(([, cells]) => cells === written.summary.rows).length;
  return {
    ...report,
    ...writtenOutcome(opened, written, hasLoss),
    outputFile,
    bytesWritten: written.summary.bytes,
    rowsWritten: written.summary.rows,
    columnsWritten: opened.columns.length - entirelyLost,
    columnsSkipped: opened.unusable.length + entirelyLost,
    skippedColumns: skippedColumns(opened, written),
    renamedColumns: Object.fromEntries(written.renamed),
    unattributedRows: unattributed,
    damage: found,
  };
}

/** Complete records that the log never got go into a file of their own, on request. */
async function writeOrphans(
  source: Source,
  task: SegmentTask,
  opened: OpenedSegment,
  report: SegmentReport,
  options: RunOptions & { output: OutputFolder },
): Promise<SegmentReport> {
  if (!task.rows.orphans || opened.orphanRows.length === 0) return report;
  const orphansFile = segmentFileName(task, 'orphans');
  const plans = [opened.plans.unnamed];
  const write = (rows: readonly TransactionRows[], doubt: Doubt | undefined) =>
    writeRows(
      source,
      task,
      { ...opened, doubt },
      { rows, name: orphansFile, plans },
      { ...options, encoder: undefined },
    );
  let rows = opened.orphanRows;
  for (let result = await write(rows, opened.doubt); result.kind === 'doubt'; ) {
    const { doubt } = result;
    rows = rows.filter((stretch) =>
      stretch.transactions.every((t) => !doubt.foreign.includes(t.event?.byteOffset ?? -1)),
    );
    if (rows.length === 0) return report;
    result = await write(rows, doubt);
  }
  return { ...report, orphansFile };
}

function purgedReport(task: SegmentTask, opened: OpenedSegment): SegmentReport {
  const report = inspected(
    task,
    opened,
    { status: 'skipped_purged', reason: 'applied and removed by the server during the export' },
    [],
  );
  const ledger = report.ledger.map((entry) => ({ ...entry, state: 'applied_and_purged' as const }));
  return { ...report, ledger, statements: [], damage: [] };
}

function failedReport(task: SegmentTask, opened: OpenedSegment, error: OutputError): SegmentReport {
  const status = opened.walk.unreadable ? 'encode_failed_tier3' : 'encode_failed';
  const report = inspected(task, opened, { status, reason: error.detail }, []);
  return { ...report, damage: [...report.damage, damage('output_failed', error.file, { actual: error.detail })] };
}

/** Looks at a segment that a server may be changing before what is wrong with it is believed. */
const MAX_LOOKS = 3;

/** One look at a segment; `changed` when another is worth it, which it never is at the last. */
async function look(
  source: Source,
  task: SegmentTask,
  options: RunOptions,
  isLast: boolean,
): Promise<SegmentReport | 'changed'> {
  const first = openSegment(source, task);
  const { output } = options;
  const settle = async (found: readonly Damage[]): Promise<Presence> => {
    const presence = await presenceOf(source, task, first.segmentDir, found);
    return isLast && presence === 'changed' ? 'stays' : presence;
  };
  try {
    const result =
      output === undefined
        ? { report: inspectedOnly(task, first), opened: first }
        : await writeSegment(source, task, first, { ...options, output, settle });
    if (result === 'changed') return result;
    const { report, opened } = result;
    if (report.outputFile === null) {
      const presence = await settle(report.damage);
      if (presence === 'gone') return purgedReport(task, opened);
      if (presence === 'changed') return presence;
    }
    return output === undefined ? report : await writeOrphans(source, task, opened, report, { ...options, output });
  } catch (error) {
    if (error instanceof OutputError) return failedReport(task, first, error);
    throw error;
  }
}

/**
 * Saves one segment; pure but for its own output files. What is wrong with the input is in the report; a file that can't be
 * written costs the segment (`encode_failed`). Throws only when it is told to stop, and for mistakes of the program.
 * `loadParquetWasm()` must have been awaited in this thread unless nothing is written.
 */
export async function runSegmentTask(
  source: Source,
  task: SegmentTask,
  options: RunOptions = {},
): Promise<SegmentReport> {
  for (let looks = 1; ; looks += 1) {
    const report = await look(source, task, options, looks === MAX_LOOKS);
    if (report !== 'changed') return report;
  }
}
