/** The JSON files beside a table's Parquet files. Field names are the seed tool's; ours are added. */
import type { AbsentSegment } from './absentSegments.js';
import { type Damage, describeDamage } from './damage.js';
import type { LedgerEntry, LedgerState } from './ledger.js';
import { CREATED_BY } from './parquet/version.js';
import type { SegmentReport } from './report.js';
import { liveColumns, type Schema } from './schema.js';
import type { TablePlan } from './tablePlan.js';

/** What all sidecars of a run say. */
export interface RunStamp {
  /** ISO 8601, UTC. */
  readonly generatedAt: string;
  /** The database root as the user named it. */
  readonly dbRoot: string;
}

const damageEntry = (d: Damage) => ({ ...d, text: describeDamage(d) });

function segmentEntry(report: SegmentReport) {
  const {
    statements: _statements,
    unnamedRecords: _unnamed,
    ledger: _ledger,
    schema: _schema,
    damage,
    ...fields
  } = report;
  return { ...fields, damage: damage.map(damageEntry) };
}

/** A segment that is not on disk, in the form of one that is. */
function absentEntry({ purged, ...segment }: AbsentSegment) {
  return {
    ...segment,
    status: purged ? 'skipped_purged' : 'skipped_reader_open_failed',
    reason: purged ? 'applied by the table and removed by the server' : 'the segment folder is missing',
    outputFile: null,
    orphansFile: null,
    bytesWritten: 0,
    rowsCommitted: null,
    rowsWritten: 0,
    columnsWritten: 0,
    columnsSkipped: 0,
    skippedColumns: [],
    renamedColumns: {},
    plan: null,
    unattributedRows: 0,
    damage: [],
  };
}

/** By WAL and segment. */
const bySegment = (a: { walId: number; segmentId: number }, b: { walId: number; segmentId: number }): number =>
  a.walId - b.walId || a.segmentId - b.segmentId;

/** `<table>__manifest.json`: every segment, what became of it, and all damage. */
export function manifest(plan: TablePlan, reports: readonly SegmentReport[], stamp: RunStamp) {
  const { log, watermark, folder } = plan;
  return {
    appliedSeqTxn: watermark?.appliedSeqTxn ?? null,
    tableSeqTxn: watermark?.seqTxn ?? null,
    lagTxnCount: watermark?.lagTxnCount ?? null,
    dbRoot: stamp.dbRoot,
    generatedAt: stamp.generatedAt,
    table: folder.tableName,
    tableDir: folder.dirName,
    tableId: folder.tableId ?? null,
    dropped: plan.dropped,
    tool: CREATED_BY,
    txnLog: {
      status: log.status,
      error: log.error,
      formatVersion: log.formatVersion ?? null,
      maxTxn: log.maxTxn,
      storedMaxTxn: log.storedMaxTxn ?? null,
      maxStructureVersion: log.maxStructureVersion ?? null,
    },
    rowsWritten: reports.reduce((sum, report) => sum + report.rowsWritten, 0),
    segments: [...reports.map(segmentEntry), ...plan.absent.map(absentEntry)].sort(bySegment),
    structuralChanges: plan.structuralChanges,
    sqlStatements: reports.flatMap((report) => report.statements),
    unnamedRecords: reports.flatMap((report) => report.unnamedRecords),
    damage: plan.damage.map(damageEntry),
  };
}

/** `<table>__sql_log.json`; `undefined` when there is no event but rows. */
export function sqlLog(plan: TablePlan, reports: readonly SegmentReport[], stamp: RunStamp) {
  const statements = reports
    .flatMap((report) => report.statements)
    .sort((a, b) => (a.seqTxn === b.seqTxn ? bySegment(a, b) : a.seqTxn < b.seqTxn ? -1 : 1));
  if (statements.length === 0) return undefined;
  return { generatedAt: stamp.generatedAt, table: plan.folder.tableName, tableDir: plan.folder.dirName, statements };
}

const SCHEMAS_NOTE =
  'Columns at each structureVersion that a segment has. To re-create a table: Parquet file -> manifest segment -> structureVersion -> structureVersions[version]. ' +
  'writerIndex is the column slot; slots of dropped columns are not listed.';

const columnEntries = (schema: Schema) =>
  liveColumns(schema).map(({ designated, name, type, typeCode, index }) => ({
    isDesignatedTimestamp: designated,
    name,
    type: type?.name ?? `UNKNOWN_${typeCode}`,
    writerIndex: index,
  }));

/** `<table>__schemas.json`: the columns at each structureVersion, ascending. */
export function schemas(plan: TablePlan, reports: readonly SegmentReport[], stamp: RunStamp) {
  const versions = new Map<bigint, Schema>();
  for (const { schema, plan: source } of reports) {
    if (schema !== undefined && (source?.schemaFrom === 'own' || !versions.has(schema.structureVersion)))
      versions.set(schema.structureVersion, schema);
  }
  const sorted = [...versions.values()].sort((a, b) => (a.structureVersion < b.structureVersion ? -1 : 1));
  return {
    generatedAt: stamp.generatedAt,
    table: plan.folder.tableName,
    tableDir: plan.folder.dirName,
    note: SCHEMAS_NOTE,
    structureVersions: Object.fromEntries(
      sorted.map((schema) => [String(schema.structureVersion), columnEntries(schema)]),
    ),
  };
}

/** `<table>__ledger.json`: every transaction from 1 to maxTxn in exactly one state, and rows whose transaction is unknown. */
export function ledgerSidecar(
  plan: TablePlan,
  entries: readonly LedgerEntry[],
  reports: readonly SegmentReport[],
  stamp: RunStamp,
) {
  const totals = new Map<LedgerState, { transactions: bigint; rowsWritten: bigint }>();
  for (const { state, from, to, rowsWritten } of entries) {
    const known = totals.get(state) ?? { transactions: 0n, rowsWritten: 0n };
    totals.set(state, {
      transactions: known.transactions + to - from + 1n,
      rowsWritten: known.rowsWritten + rowsWritten,
    });
  }
  const unattributed = reports.flatMap(({ walId, segmentId, unattributedRows, outputFile }) =>
    unattributedRows === 0 ? [] : [{ walId, segmentId, rowsWritten: unattributedRows, outputFile }],
  );
  return {
    generatedAt: stamp.generatedAt,
    table: plan.folder.tableName,
    tableDir: plan.folder.dirName,
    maxTxn: plan.log.maxTxn,
    totals: Object.fromEntries([...totals].sort(([a], [b]) => (a < b ? -1 : 1))),
    unattributed,
    entries: entries.map((entry) => ({ ...entry, rowsExpected: entry.rowsExpected ?? null })),
  };
}
