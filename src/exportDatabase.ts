/** The main job: all tables of a database into an output folder. */
import { type TableResult, tableResult, writeSidecars } from './collect.js';
import type { Damage } from './damage.js';
import {
  type Database,
  isOfAll,
  mostTables,
  openDatabase,
  type SelectedTable,
  selectTables,
  type TableSelection,
} from './database.js';
import { type ExitCode, exitCodeOf, isOutputFailure } from './exitCode.js';
import { countProgress, type ExportProgress } from './exportProgress.js';
import { openQueue } from './exportRunner.js';
import { DEFAULT_ROW_GROUP_ROWS } from './limits.js';
import type { SeqTxnRange } from './logRecord.js';
import { OutputError, type OutputFolder } from './output.js';
import { assertFits } from './outputSize.js';
import { type CompressionName, DEFAULT_COMPRESSION } from './parquet/compression.js';
import { loadParquetWasm } from './parquet/wasmModule.js';
import { pause } from './pause.js';
import type { SegmentReport } from './report.js';
import { RequestError } from './requestError.js';
import { runTables } from './runTables.js';
import type { RunStamp } from './sidecars.js';
import { type PreparedOutput, prepareOutput } from './source/nodeOutputFolder.js';
import { readParquetWasm } from './source/nodeParquetWasm.js';
import { usedBytes } from './source/nodeSpace.js';
import { planTable, type TablePlan } from './tablePlan.js';

export type { ExitCode } from './exitCode.js';

export interface ExportOptions extends TableSelection {
  /** A database root, as a path or opened. */
  readonly root: string | Database;
  /** Without it nothing is written: the WAL is only inspected. */
  readonly outputDir?: string;
  /** Where files go in place of `outputDir`: for users of the library who keep them elsewhere, or nowhere. */
  readonly output?: OutputFolder;
  /** False: write even where the output may not fit. */
  readonly checkSpace?: boolean;
  /** Also tables of which nothing is left in the WAL. */
  readonly includeEmpty?: boolean;
  /** Provenance columns; true unless given. */
  readonly shoulder?: boolean;
  readonly unappliedOnly?: boolean;
  readonly seqTxns?: SeqTxnRange;
  /** Also save complete records that the log never got. */
  readonly orphans?: boolean;
  readonly compression?: CompressionName;
  readonly rowGroupRows?: number;
  /** Write into a folder that holds another run's files; those are replaced when all new ones are whole. */
  readonly force?: boolean;
  /** Threads to work in; as many as there are cores unless given, or one where the work is too small to be shared. */
  readonly jobs?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ExportProgress) => void;
  /** Told of each table when it is done. */
  readonly onTable?: (result: TableResult) => void;
  /** Stamp of the sidecars, ISO 8601; now, unless given. */
  readonly generatedAt?: string;
}

export interface ExportResult {
  readonly exitCode: ExitCode;
  readonly tables: readonly TableResult[];
  /** Of the root itself: names and folders that can't be read. */
  readonly damage: readonly Damage[];
}

/** Plans tables one after the other, each when it is asked for. */
function* planTables(
  database: Database,
  tables: readonly SelectedTable[],
  options: ExportOptions,
): Generator<TablePlan, void, undefined> {
  const rows = {
    unappliedOnly: options.unappliedOnly === true,
    seqTxns: options.seqTxns,
    orphans: options.orphans === true,
  };
  const encode = {
    shoulder: options.shoulder !== false,
    compression: options.compression ?? DEFAULT_COMPRESSION,
    rowGroupRows: options.rowGroupRows ?? DEFAULT_ROW_GROUP_ROWS,
  };
  for (const { folder, outputName } of tables) yield planTable(database.source, folder, { rows, encode, outputName });
}

/**
 * Exports the tables of a database. Throws a `RequestError` when it can't be done at all: no database, no such table, an
 * output folder in the way; and the signal's reason when it is aborted. All other trouble is in the result.
 */
export async function exportDatabase(options: ExportOptions): Promise<ExportResult> {
  const database = typeof options.root === 'string' ? openDatabase(options.root) : options.root;
  const { outputDir, signal } = options;
  // Who has mistyped a table's name is told so before anything else.
  const chosen = isOfAll(options) ? undefined : selectTables(database, options);
  const written = outputDir === undefined ? undefined : prepareOutput(outputDir, database.root, options.force === true);
  const output = options.output ?? written?.output;
  const progress = countProgress(database.source, options.onProgress);
  const places = { root: typeof options.root === 'string' ? options.root : undefined, written };
  const queue = openQueue(database.source, options.jobs, places, { output, signal, onProgress: progress.written });
  try {
    // Threads take as long to start as it takes to look through hundreds of tables.
    if (chosen === undefined) await queue.expectTables(mostTables(database));
    const { tables: selected, damage } = chosen ?? selectTables(database, options);
    await queue.expectTables(selected.length);
    progress.expectTables(selected.length);
    const plans = await beginOutput(database, written, selected, options);
    if (output !== undefined) await loadParquetWasm(readParquetWasm);
    const stamp = { generatedAt: options.generatedAt ?? new Date().toISOString(), dbRoot: database.root };
    const finish = async (plan: TablePlan, reports: readonly SegmentReport[]): Promise<TableResult | undefined> => {
      const result = tableResult(plan, reports);
      if (result.isEmpty && options.includeEmpty !== true) return undefined;
      return output === undefined ? result : await saveSidecars(output, plan, result, stamp);
    };
    const tables = await runTables(plans, queue, { progress, signal, finish, onTable: options.onTable });
    if (written?.hasEarlier === true) replaceEarlier(written, tables);
    return { exitCode: exitCodeOf(tables, damage), tables, damage };
  } finally {
    await queue.close();
    if (written?.hasEarlier === true) written.discard();
  }
}

/** Puts whole files in the place of an earlier run's. Throws a `RequestError` when they are not whole: the earlier ones stay. */
function replaceEarlier(written: PreparedOutput, tables: readonly TableResult[]): void {
  const failure = tables.flatMap((table) => table.damage).find(isOutputFailure);
  if (failure !== undefined)
    throw new RequestError(`${failure.file}: ${failure.actual}; the files of the earlier run were left as they are`);
  written.replaceEarlier();
}

/**
 * Makes the output folder, if anything is to be written. Gives the tables' plans: all made already where only they could tell
 * whether there is room for them, which throws a `RequestError` when there is none.
 */
async function beginOutput(
  database: Database,
  written: PreparedOutput | undefined,
  tables: readonly SelectedTable[],
  options: ExportOptions,
): Promise<Iterable<TablePlan>> {
  const planned = planTables(database, tables, options);
  if (written === undefined) return planned;
  const { compression = DEFAULT_COMPRESSION, outputDir: folder = written.folder, signal } = options;
  const { freeBytes } = written;
  const dirNames = tables.map((table) => table.folder.dirName);
  let plans: Iterable<TablePlan> = planned;
  if (options.checkSpace !== false && freeBytes !== undefined && freeBytes < usedBytes(database.root, dirNames)) {
    const all: TablePlan[] = [];
    for (const plan of planned) {
      all.push(plan);
      await pause(signal);
    }
    const tasks = all.flatMap((plan) => plan.tasks);
    await assertFits(database.source, tasks, compression, { folder, freeBytes });
    plans = all;
  }
  written.begin();
  return plans;
}

/** Writes the sidecars; what can't be written is damage of the table. */
async function saveSidecars(
  output: OutputFolder,
  plan: TablePlan,
  result: TableResult,
  stamp: RunStamp,
): Promise<TableResult> {
  try {
    await writeSidecars(output, plan, result, stamp);
    return result;
  } catch (error) {
    if (!(error instanceof OutputError)) throw error;
    const failed: Damage = { code: 'output_failed', severity: 'loss', file: error.file, actual: error.detail };
    return { ...result, damage: [...result.damage, failed], hasLosses: true };
  }
}
