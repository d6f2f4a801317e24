/** What became of one segment: an entry of the manifest, its part of the ledger and of the SQL log. */
import { greatestOf, leastOf } from './bigints.js';
import type { Damage } from './damage.js';
import { isUnknown } from './events/record.js';
import { type LedgerEntry, type LedgerState, ledgerEntry } from './ledger.js';
import { isSelected, type OpenedSegment } from './openSegment.js';
import type { Plan } from './plan.js';
import type { Schema } from './schema.js';
import type { SegmentId, SegmentTask } from './segmentTask.js';
import type { SegmentTransaction, TransactionRows } from './transactions.js';

/** Statuses of a segment, as the seed tool names them; `written_with_losses` is ours. */
export type SegmentStatus =
  | 'pending'
  | 'written'
  | 'written_with_losses'
  | 'written_tier3_event_fallback'
  | 'written_tier3_partial_symbols'
  | 'inspected_no_output'
  | 'skipped_no_rows'
  | 'skipped_purged'
  | 'skipped_event_unreadable_no_row_count'
  | 'skipped_event_unreadable_zero_rows'
  | 'skipped_reader_open_failed'
  | 'skipped_row_count_overflow'
  | 'encode_failed'
  | 'encode_failed_tier3';

/** A statement or another event without rows. Ids are -1 where they are not known. */
export interface SqlStatement extends SegmentId {
  readonly segmentTxn: number;
  readonly seqTxn: bigint;
  readonly commitTimestamp: bigint;
  readonly type: string;
  readonly sql: string | null;
  readonly error: string | null;
}

/** A record that the log does not name. */
export interface UnnamedRecord extends SegmentId {
  readonly segmentTxn: number;
  readonly rows: number | null;
  /** `unnamed`: the log lost the record that may have named it; `orphan`: it was never committed. */
  readonly standing: 'unnamed' | 'orphan';
}

export interface SegmentReport extends SegmentId {
  readonly status: SegmentStatus;
  readonly reason: string | null;
  /** File names below the output folder. */
  readonly outputFile: string | null;
  readonly orphansFile: string | null;
  readonly bytesWritten: number;
  /** Rows of the transactions that the log names, and of those that only the folder tells of. */
  readonly rowsCommitted: number;
  readonly rowsWritten: number;
  readonly txnCount: number;
  readonly firstSeqTxn: bigint | null;
  readonly lastSeqTxn: bigint | null;
  readonly firstCommitTs: bigint | null;
  readonly lastCommitTs: bigint | null;
  readonly lastSegmentTxn: number | null;
  readonly structureVersion: bigint | null;
  readonly columnsWritten: number;
  readonly columnsSkipped: number;
  /** What is missing of which column, in words. */
  readonly skippedColumns: readonly string[];
  /** User columns that had to be renamed, old name to new. */
  readonly renamedColumns: Readonly<Record<string, string>>;
  readonly plan: Plan | null;
  /** Rows written whose transaction is not known. */
  readonly unattributedRows: number;
  readonly statements: readonly SqlStatement[];
  readonly unnamedRecords: readonly UnnamedRecord[];
  readonly ledger: readonly LedgerEntry[];
  readonly schema: Schema | undefined;
  readonly damage: readonly Damage[];
}

/** Type of an entry of the SQL log for a record that can't be read: it may have been one of rows. */
export const UNREADABLE_EVENT = 'UNKNOWN_EVENT_UNREADABLE';

function statementOf(segment: SegmentId, transaction: SegmentTransaction): SqlStatement | undefined {
  const { log, event, segmentTxn, standing } = transaction;
  if (standing === 'orphan' || event?.body.kind === 'data') return undefined;
  const ids = {
    walId: segment.walId,
    segmentId: segment.segmentId,
    segmentTxn,
    seqTxn: log?.seqTxn ?? -1n,
    commitTimestamp: log?.commitTimestampUs ?? -1n,
  };
  if (event === undefined)
    return standing === 'named'
      ? { ...ids, type: UNREADABLE_EVENT, sql: null, error: 'the record is lost' }
      : undefined;
  return { ...ids, type: event.body.name, sql: event.body.sql, error: event.body.error };
}

/** The SQL log of a segment: one entry for each event without rows, and for each that can't be read; one for all when none can. */
export function statementsOf(task: SegmentTask, opened: OpenedSegment): readonly SqlStatement[] {
  const { walId, segmentId } = task;
  if (opened.walk.unreadable && task.named.length > 0) {
    const error = opened.walk.damage[0]?.actual ?? 'no such file';
    return [
      { walId, segmentId, segmentTxn: -1, seqTxn: -1n, commitTimestamp: -1n, type: UNREADABLE_EVENT, sql: null, error },
    ];
  }
  const statements: SqlStatement[] = [];
  for (const transaction of opened.transactions.all) {
    const statement = isSelected(task, transaction) ? statementOf(task, transaction) : undefined;
    if (statement !== undefined) statements.push(statement);
  }
  return statements;
}

/** The records of a segment that the log does not name. */
export function unnamedRecordsOf(task: SegmentTask, opened: OpenedSegment): readonly UnnamedRecord[] {
  const { walId, segmentId } = task;
  const records: UnnamedRecord[] = [];
  for (const { standing, event, segmentTxn } of opened.transactions.all) {
    if (standing === 'named' || event === undefined) continue;
    const rows = event.body.kind === 'data' ? event.body.rowHi - event.body.rowLo : null;
    records.push({ walId, segmentId, segmentTxn, rows, standing });
  }
  return records;
}

/** Rows that were written, by the transaction they belong to, and those among them that lost cells. */
export interface WrittenRows {
  readonly rows: TransactionRows;
  readonly lostCells: number;
}

function stateOf(
  task: SegmentTask,
  opened: OpenedSegment,
  transaction: SegmentTransaction,
  written: readonly WrittenRows[] | undefined,
): LedgerState {
  const { event } = transaction;
  if (!isSelected(task, transaction)) return 'filtered_out';
  if (event !== undefined && isUnknown(event.body)) return 'undecidable';
  if (event?.body.kind === 'statement') return event.body.error === null ? 'sql_event' : 'recovered_in_part';
  if (written === undefined) return transaction.rowsExpected === 0 && event !== undefined ? 'empty' : 'lost';
  const { uncertain } = opened.transactions;
  const hasAllRows = !uncertain.has(transaction.segmentTxn);
  const isWhole = hasAllRows && opened.unusable.length === 0 && written.every(({ lostCells }) => lostCells === 0);
  return isWhole ? 'recovered' : 'recovered_in_part';
}

/** The ledger entries of a segment's named transactions. */
export function ledgerOf(
  task: SegmentTask,
  opened: OpenedSegment,
  written: readonly WrittenRows[],
): readonly LedgerEntry[] {
  const byTransaction = new Map<SegmentTransaction | undefined, WrittenRows[]>();
  for (const stretch of written) {
    const transaction = stretch.rows.transactions[0];
    const known = byTransaction.get(transaction);
    if (known === undefined) byTransaction.set(transaction, [stretch]);
    else known.push(stretch);
  }
  const entries: LedgerEntry[] = [];
  for (const transaction of opened.transactions.all) {
    const { log, rowsExpected } = transaction;
    if (log === undefined) continue;
    const stretches = byTransaction.get(transaction);
    let rowsWritten = 0;
    for (const { rows } of stretches ?? []) rowsWritten += rows.hi - rows.lo;
    entries.push(ledgerEntry(log.seqTxn, stateOf(task, opened, transaction, stretches), rowsExpected, rowsWritten));
  }
  return entries;
}

/** The fields of a report that follow from the log alone. */
export function logFields(task: Pick<SegmentTask, 'named'>) {
  const seqTxns = task.named.map((log) => log.seqTxn);
  const commits = task.named.map((log) => log.commitTimestampUs);
  return {
    txnCount: task.named.length,
    firstSeqTxn: leastOf(seqTxns) ?? null,
    lastSeqTxn: greatestOf(seqTxns) ?? null,
    firstCommitTs: leastOf(commits) ?? null,
    lastCommitTs: greatestOf(commits) ?? null,
    lastSegmentTxn: task.named.reduce<number | null>((last, log) => Math.max(last ?? -1, log.segmentTxn), null),
  };
}
