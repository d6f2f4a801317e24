/** What a run found and did, as one JSON document. */
import type { TableResult } from '../collect.js';
import { type Damage, describeDamage } from '../damage.js';
import type { ExportResult } from '../exportDatabase.js';
import type { SegmentReport } from '../report.js';
import { DAMAGE_WORDS } from './damageWords.js';
import type { Mode } from './tableLines.js';

/** What the document says of the run itself. */
export interface RunFacts {
  readonly command: 'export' | 'survey';
  readonly tool: string;
  readonly dbRoot: string;
  /** `null` when nothing was written. */
  readonly outputDir: string | null;
  readonly mode: Mode;
}

const damageEntry = (d: Damage) => ({ ...d, text: describeDamage(d), advice: DAMAGE_WORDS[d.code].todo || null });

const segmentEntry = (segment: SegmentReport) => ({
  walId: segment.walId,
  segmentId: segment.segmentId,
  status: segment.status,
  reason: segment.reason,
  firstSeqTxn: segment.firstSeqTxn,
  lastSeqTxn: segment.lastSeqTxn,
  txnCount: segment.txnCount,
  rowsCommitted: segment.rowsCommitted,
  rowsWritten: segment.rowsWritten,
  bytesWritten: segment.bytesWritten,
  outputFile: segment.outputFile,
  orphansFile: segment.orphansFile,
  skippedColumns: segment.skippedColumns,
  unattributedRows: segment.unattributedRows,
});

const tableEntry = (table: TableResult) => ({
  table: table.tableName,
  tableDir: table.dirName,
  outputName: table.outputName,
  dropped: table.dropped,
  isEmpty: table.isEmpty,
  hasLosses: table.hasLosses,
  maxTxn: table.maxTxn,
  appliedSeqTxn: table.watermark?.appliedSeqTxn ?? null,
  tableSeqTxn: table.watermark?.seqTxn ?? null,
  lagTxnCount: table.watermark?.lagTxnCount ?? null,
  rowsCommitted: table.segments.reduce((sum, segment) => sum + segment.rowsCommitted, 0),
  rowsWritten: table.rowsWritten,
  bytesWritten: table.bytesWritten,
  segments: table.segments.map(segmentEntry),
  ledger: table.ledger.map((entry) => ({ ...entry, rowsExpected: entry.rowsExpected ?? null })),
  unnamedRecords: table.segments.flatMap((segment) => segment.unnamedRecords),
  damage: table.damage.map(damageEntry),
});

/** The document. Integers are exact when it is written by `toJson`. */
export function runDocument(result: ExportResult, { command, tool, dbRoot, outputDir, mode }: RunFacts) {
  return {
    command,
    tool,
    mode,
    dbRoot,
    outputDir,
    exitCode: result.exitCode,
    rowsWritten: result.tables.reduce((sum, table) => sum + table.rowsWritten, 0),
    bytesWritten: result.tables.reduce((sum, table) => sum + table.bytesWritten, 0),
    damage: result.damage.map(damageEntry),
    tables: result.tables.map(tableEntry),
  };
}
