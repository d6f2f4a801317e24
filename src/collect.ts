/** A table's reports made into its sidecars and its result. */
import type { Damage } from './damage.js';
import { sidecarName } from './fileNames.js';
import { toJson } from './json.js';
import { isLoss, type LedgerEntry } from './ledger.js';
import { type OutputFolder, writeText } from './output.js';
import type { SegmentReport } from './report.js';
import { ledgerSidecar, manifest, type RunStamp, schemas, sqlLog } from './sidecars.js';
import type { TablePlan } from './tablePlan.js';
import type { Watermark } from './watermark.js';

/** What became of a table. */
export interface TableResult {
  readonly tableName: string;
  readonly dirName: string;
  /** What the names of its files begin with. */
  readonly outputName: string;
  /** The last transaction of the log. */
  readonly maxTxn: bigint;
  /** How far the table has applied its log; `undefined` when that can't be known. */
  readonly watermark: Watermark | undefined;
  readonly rowsWritten: number;
  readonly bytesWritten: number;
  readonly segments: readonly SegmentReport[];
  readonly ledger: readonly LedgerEntry[];
  /** Of the table and of all its segments. */
  readonly damage: readonly Damage[];
  /** True when something is missing from the output; all of it is named. */
  readonly hasLosses: boolean;
  readonly dropped: boolean;
  /** Nothing of the table is left in the WAL; no files were written for it. */
  readonly isEmpty: boolean;
}

/** Joins the plan's part of the ledger and the segments'. */
export function tableLedger(plan: TablePlan, reports: readonly SegmentReport[]): readonly LedgerEntry[] {
  for (const report of reports) for (const entry of report.ledger) plan.ledger.add(entry);
  return plan.ledger.build(plan.log.maxTxn);
}

/** The result of a table. */
export function tableResult(plan: TablePlan, reports: readonly SegmentReport[]): TableResult {
  const ledger = tableLedger(plan, reports);
  const found = [...plan.damage, ...reports.flatMap((report) => report.damage)];
  return {
    tableName: plan.folder.tableName,
    dirName: plan.folder.dirName,
    outputName: plan.context.outputName,
    maxTxn: plan.log.maxTxn,
    watermark: plan.watermark,
    rowsWritten: reports.reduce((sum, report) => sum + report.rowsWritten, 0),
    bytesWritten: reports.reduce((sum, report) => sum + report.bytesWritten, 0),
    segments: reports,
    ledger,
    damage: found,
    hasLosses: found.some((d) => d.severity === 'loss') || ledger.some((entry) => isLoss(entry.state)),
    dropped: plan.dropped,
    isEmpty:
      reports.length === 0 &&
      !found.some((d) => d.severity === 'loss') &&
      plan.absent.every((segment) => segment.purged),
  };
}

/** Writes a table's sidecars; the manifest is last, so that a table that has one is complete. */
export async function writeSidecars(
  output: OutputFolder,
  plan: TablePlan,
  result: TableResult,
  stamp: RunStamp,
): Promise<void> {
  const { outputName } = plan.context;
  const write = (sidecar: Parameters<typeof sidecarName>[1], content: unknown): Promise<void> =>
    writeText(output, sidecarName(outputName, sidecar), toJson(content));
  const statements = sqlLog(plan, result.segments, stamp);
  await Promise.all([
    ...(statements === undefined ? [] : [write('sql_log', statements)]),
    write('schemas', schemas(plan, result.segments, stamp)),
    write('ledger', ledgerSidecar(plan, result.ledger, result.segments, stamp)),
  ]);
  await write('manifest', manifest(plan, result.segments, stamp));
}
