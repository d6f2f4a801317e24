/**
 * walrescue as a library: open a database, plan its tables, run the plans or read the rows.
 */
export type { TableResult } from './collect.js';
export { DAMAGE_CODES, type Damage, type DamageCode, describeDamage, type Severity } from './damage.js';
export { type Database, openDatabase, type SelectedTable, selectTables, type TableSelection } from './database.js';
export {
  type ExitCode,
  type ExportOptions,
  type ExportResult,
  exportDatabase,
} from './exportDatabase.js';
export type { ExportProgress } from './exportProgress.js';
export { LEDGER_STATES, type LedgerEntry, type LedgerState } from './ledger.js';
export type { OutputFile, OutputFolder } from './output.js';
export type { CompressionName } from './parquet/compression.js';
export { readRows } from './readRows.js';
export type { SegmentReport, SegmentStatus, SqlStatement } from './report.js';
export { RequestError } from './requestError.js';
export { type RunOptions, runSegmentTask } from './runSegment.js';
export type { SegmentTask, TableContext } from './segmentTask.js';
export { memorySource } from './source/memory.js';
export { nodeSource } from './source/node.js';
export { nodeOutput } from './source/nodeOutput.js';
export type { Entry, EntryStat, RandomAccess, Source } from './source/source.js';
export { type PlanOptions, planTable, type TablePlan } from './tablePlan.js';
export type { RecoveryStatus, Watermark } from './watermark.js';
