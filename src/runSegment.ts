/** One segment from its files to its Parquet file. */
import { type Damage, damage } from './damage.js';
import { segmentFileName } from './fileNames.js';
import { isGone, type OpenedSegment, openSegment } from './openSegment.js';
import { OutputError, type OutputFile, type OutputFolder } from './output.js';
import { createParquetWriter, type ParquetSummary } from './parquet/file.js';
import { CREATED_BY } from './parquet/version.js';
import { pause } from './pause.js';
import type { Plan } from './plan.js';
import {
  ledgerOf,
  logFields,
  type SegmentReport,
  type SegmentStatus,
  statementsOf,
  unnamedRecordsOf,
  type WrittenRows,
} from './report.js';
import { openRows, type RowGroup, type SegmentRows } from './rows.js';
import { SCHEMA_SOURCE_TEXT } from './schemaChoice.js';
import type { SegmentTask } from './segmentTask.js';
import type { Source } from './source/source.js';
import type { TransactionRows } from './transactions.js';
import { readWatermark } from './watermark.js';

export interface RunOptions {
  /** Without it the segment is only inspected. */
  readonly output?: OutputFolder | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told after each row group: rows and bytes written since the last time. */
  readonly onProgress?: ((rows: number, bytes: number) => void) | undefined;
}

/** What was written of some rows of a segment. */
interface Written {
  readonly rows: readonly WrittenRows[];
  readonly summary: ParquetSummary;
  readonly columns: number;
  readonly renamed: ReadonlyMap<string, string>;
  readonly lostCells: ReadonlyMap<string, number>;
  readonly damage: readonly Damage[];
}

/** The walrescue entry of the file's key-value metadata. */
function fileMetadata(
  task: SegmentTask,
  plans: readonly Plan[],
  renamed: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const { tableName, dirName } = task.table;
  const content = {
    version: 1,
    tool: CREATED_BY,
    table: tableName,
    tableDir: dirName,
    walId: task.walId,
    segmentId: task.segmentId,
    plans,
    renamedColumns: Object.fromEntries(renamed),
  };
  return new Map([['walrescue', JSON.stringify(content)]]);
}

/** Cells lost per transaction of a row group: one by one only where the group lost any. */
function lossesByTransaction(rows: SegmentRows, group: RowGroup): WrittenRows[] {
  if (group.lostCells.size === 0) return group.rows.map((stretch) => ({ rows: stretch, lostCells: 0 }));
  return group.rows.map((stretch) => ({
    rows: stretch,
    lostCells: rows.lostCells(stretch, [...group.lostCells.keys()]),
  }));
}

/** Damage of one kind met in several row groups, as one. */
function mergeDamage(found: readonly Damage[]): Damage[] {
  const merged = new Map<string, Damage>();
  for (const one of found) {
    const key = JSON.stringify([one.code, one.severity, one.file, one.column ?? null, one.segmentTxn ?? null]);
    const known = merged.get(key);
    const cells = (known?.cells ?? 0n) + (one.cells ?? 0n);
    merged.set(key, known === undefined ? one : cells === 0n ? known : { ...known, cells });
  }
  return [...merged.values()];
}

/** Names of REQUIRED columns that a group has lost cells of: the file has to be begun anew with them OPTIONAL. */
function newlyLossy(rows: SegmentRows, group: RowGroup): string[] {
  return [...group.lostCells.keys()].filter((name) => rows.isRequired(name));
}

/** Writes the groups of `rows`; gives the columns that turned out to lose cells though they were declared REQUIRED. */
async function writeGroups(
  rows: SegmentRows,
  file: OutputFile,
  task: SegmentTask,
  plans: readonly Plan[],
  options: RunOptions,
): Promise<Written | string[]> {
  const metadata = fileMetadata(task, plans, rows.renamed);
  let reported = 0;
  let bytes = 0;
  const sink = {
    write: (parts: readonly Uint8Array[]): void => {
      file.write(parts);
      bytes += parts.reduce((sum, part) => sum + part.byteLength, 0);
    },
  };
  const writer = createParquetWriter({ sink, columns: rows.columns, compression: task.encode.compression, metadata });
  const written: WrittenRows[] = [];
  const found: Damage[] = [];
  const lostCells = new Map<string, number>();
  for (const group of rows.groups()) {
    const lossy = newlyLossy(rows, group);
    if (lossy.length > 0) return lossy;
    writer.writeRowGroup(group.chunks);
    for (const stretch of lossesByTransaction(rows, group)) written.push(stretch);
    for (const [name, cells] of group.lostCells) lostCells.set(name, (lostCells.get(name) ?? 0) + cells);
    for (const one of group.damage) found.push(one);
    options.onProgress?.(group.length, bytes - reported);
    reported = bytes;
    await pause(options.signal);
  }
  return {
    rows: written,
    summary: writer.finish(),
    columns: rows.columns.length,
    renamed: rows.renamed,
    lostCells,
    damage: mergeDamage([...found, ...rows.symbolDamage()]),
  };
}

/** Writes some rows of a segment into a file of the given name. */
async function writeFile(
  source: Source,
  task: SegmentTask,
  opened: OpenedSegment,
  selected: readonly TransactionRows[],
  name: string,
  plans: readonly Plan[],
  options: RunOptions & { output: OutputFolder },
): Promise<Written> {
  const { schema, segmentDir, columns, events } = opened;
  if (schema === undefined) throw new Error(`${segmentDir} has rows but no schema`);
  const lossy = new Set<string>();
  for (;;) {
    const rows = openRows(source, task, { segmentDir, schema, columns, rows: selected, events, lossy });
    const file = options.output.create();
    try {
      const written = await writeGroups(rows, file, task, plans, options);
      if (!Array.isArray(written)) {
        file.commit(name);
        return written;
      }
      for (const column of written) lossy.add(column);
      file.abort();
    } catch (error) {
      file.abort();
      throw error;
    } finally {
      rows.close();
    }
  }
}

/** Plans of the parts that give rows. */
function plansOf(opened: OpenedSegment): readonly Plan[] {
  const parts = new Set(
    opened.rows.flatMap((rows) =>
      rows.transactions.map((t) => (t.standing === 'named' ? opened.plans.named : opened.plans.unnamed)),
    ),
  );
  return [...parts];
}

/** The tiers of the rows that are written: 3 only where a row's own event is not what tells its place. */
function tiersOf(opened: OpenedSegment): ReadonlySet<number> {
  const tiers = new Set(
    plansOf(opened)
      .flatMap((plan) => plan.tiers)
      .filter((tier) => tier !== 3),
  );
  if (opened.rows.some((rows) => rows.from !== 'event' || rows.transactions.some((t) => t.event === undefined)))
    tiers.add(3);
  return tiers;
}

interface Outcome {
  readonly status: SegmentStatus;
  readonly reason: string | null;
}

/** Why a segment gives no file; `undefined` when it gives one. */
function skipOutcome(task: SegmentTask, opened: OpenedSegment): Outcome | undefined {
  if (opened.rows.length > 0) return undefined;
  const plan =
    task.named.length > 0 || opened.walk.records.length > 0
      ? task.named.length > 0
        ? opened.plans.named
        : opened.plans.unnamed
      : undefined;
  if (plan?.skip === 'skipped_event_unreadable_no_row_count') {
    return {
      status: plan.skip,
      reason: '_event is unreadable and a V1 log has no row counts; the length of column files is no row count',
    };
  }
  if (opened.transactions.rows.length > 0 && opened.schema === undefined)
    return { status: 'skipped_reader_open_failed', reason: 'no schema fits the column files' };
  if (plan?.rowCountFrom === 'txnlog')
    return { status: 'skipped_event_unreadable_zero_rows', reason: '_event is unreadable and the log counts no rows' };
  if (opened.transactions.rows.some((rows) => rows.transactions.some((t) => t.standing !== 'orphan')))
    return { status: 'skipped_no_rows', reason: 'the options leave out all rows' };
  const isLost = opened.transactions.all.some((t) => t.standing === 'named' && t.event === undefined);
  return {
    status: 'skipped_no_rows',
    reason: isLost ? 'the records that would tell the rows are lost' : 'no rows were committed',
  };
}

function writtenOutcome(opened: OpenedSegment, written: Written, hasLoss: boolean): Outcome {
  const symbolCells = opened.columns
    .filter((c) => c.type?.name === 'SYMBOL')
    .reduce((sum, c) => sum + (written.lostCells.get(c.name) ?? 0), 0);
  if (opened.walk.unreadable) {
    return symbolCells > 0
      ? {
          status: 'written_tier3_partial_symbols',
          reason: `_event is unreadable; ${symbolCells} symbol cells are NULL`,
        }
      : { status: 'written_tier3_event_fallback', reason: '_event is unreadable; rows counted from the log' };
  }
  return hasLoss ? { status: 'written_with_losses', reason: 'see damage' } : { status: 'written', reason: null };
}

function skippedColumns(opened: OpenedSegment, written: Written | undefined): string[] {
  const total = written?.summary.rows ?? 0;
  const unusable = opened.unusable.map((column) => `${column.name}: type ${column.typeCode} can't be read`);
  const lost = [...(written?.lostCells ?? [])].map(([name, cells]) => `${name}: ${cells} of ${total} cells lost`);
  const { schemaFrom } = opened.plans.named;
  const substituted =
    schemaFrom === 'own' || schemaFrom === 'none' ? [] : [`tier 4: columns from ${SCHEMA_SOURCE_TEXT[schemaFrom]}`];
  return [...unusable, ...lost, ...substituted];
}

/** The parts of a report that need no output. */
function inspected(
  task: SegmentTask,
  opened: OpenedSegment,
  outcome: Outcome,
  written: readonly WrittenRows[],
): SegmentReport {
  const rowsCommitted = opened.transactions.rows
    .filter((rows) => rows.transactions.every((t) => t.standing !== 'orphan'))
    .reduce((sum, { lo, hi }) => sum + hi - lo, 0);
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
    damage: mergeDamage(opened.damage),
  };
}

/** In a dry run rows count as recovered when they would be written: columns are not read. */
const wouldWrite = (rows: readonly TransactionRows[]): WrittenRows[] =>
  rows.map((stretch) => ({ rows: stretch, lostCells: 0 }));

async function writeSegment(
  source: Source,
  task: SegmentTask,
  opened: OpenedSegment,
  options: RunOptions & { output: OutputFolder },
): Promise<SegmentReport> {
  const outputFile = segmentFileName(task, tiersOf(opened));
  const written = await writeFile(source, task, opened, opened.rows, outputFile, plansOf(opened), options);
  const found = mergeDamage([...opened.damage, ...written.damage]);
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
  await writeFile(source, task, opened, opened.orphanRows, orphansFile, [opened.plans.unnamed], options);
  return { ...report, orphansFile };
}

/** True when the segment's folder has gone since the log was read and the table says now that it applied all of it. */
function wasPurgedMeanwhile(source: Source, task: SegmentTask, segmentDir: string): boolean {
  if (!isGone(source, segmentDir)) return false;
  const watermark = readWatermark(source, task.table.dirName).value;
  return watermark !== undefined && task.named.every((log) => log.seqTxn <= watermark.seqTxn);
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
  const opened = openSegment(source, task);
  const skip = skipOutcome(task, opened);
  const { output } = options;
  try {
    const report =
      skip !== undefined
        ? inspected(task, opened, skip, [])
        : output === undefined
          ? inspected(task, opened, { status: 'inspected_no_output', reason: null }, wouldWrite(opened.rows))
          : await writeSegment(source, task, opened, { ...options, output });
    if (report.damage.some((d) => d.severity === 'loss') && wasPurgedMeanwhile(source, task, opened.segmentDir))
      return purgedReport(task, opened);
    return output === undefined ? report : await writeOrphans(source, task, opened, report, { ...options, output });
  } catch (error) {
    if (error instanceof OutputError) return failedReport(task, opened, error);
    throw error;
  }
}
