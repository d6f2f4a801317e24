/** One transaction through all files of a table: its record in the log, its event, its rows, its symbols, what becomes of it. */
import { attempt, join, segmentFolder, TABLE_FILES } from '../files.js';
import { isLoss, LEDGER_STATES, type LedgerEntry } from '../ledger.js';
import { LOG_KIND, type LogRecord } from '../logRecord.js';
import { openSegment } from '../openSegment.js';
import { ledgerOf, type WrittenRows } from '../report.js';
import { RequestError } from '../requestError.js';
import type { SegmentTask } from '../segmentTask.js';
import type { Source } from '../source/source.js';
import type { TablePlan } from '../tablePlan.js';
import { walkTxnLog } from '../txnlog.js';
import { recoveryStatus } from '../watermark.js';
import { planOf } from './facts.js';
import type { Field } from './field.js';
import type { InspectOptions } from './inspectFile.js';
import { fact, missing, part, section, transactionParts } from './parts.js';
import { openRowReader } from './rowReader.js';
import { timeText } from './time.js';
import { counted } from './told.js';

function logPart(source: Source, plan: TablePlan, seqTxn: bigint, options: InspectOptions): Field {
  const { dirName } = plan.context;
  const isV2 = plan.log.formatVersion === 1;
  if (!isV2) return part(source, join(dirName, TABLE_FILES.txnlog), TABLE_FILES.txnlog, options, Number(seqTxn));
  const folder = join(dirName, TABLE_FILES.txnlogParts);
  const names = (attempt(folder, () => source.list(folder)).value ?? []).map((entry) => entry.name);
  for (const name of names.filter((each) => /^\d+$/.test(each))) {
    const found = part(source, join(folder, name), `${TABLE_FILES.txnlogParts}/${name}`, options, Number(seqTxn));
    if (found.kind === 'file') return found;
  }
  return missing(TABLE_FILES.txnlogParts, 'no part has the record');
}

/** What an export makes of the transaction: its rows are read, nothing is written. */
function ledgerEntryOf(source: Source, task: SegmentTask, seqTxn: bigint): LedgerEntry | undefined {
  const only = { ...task, rows: { ...task.rows, seqTxns: { from: seqTxn, to: seqTxn } } };
  const opened = openSegment(source, only);
  const own = opened.rows.filter(({ transactions }) => transactions.some(({ log }) => log?.seqTxn === seqTxn));
  const readers = opened.columns.map((column) =>
    openRowReader({ source, task: only, opened, folder: opened.segmentDir }, column),
  );
  const lostIn = (lo: number, hi: number): number =>
    readers.reduce((sum, rows) => {
      const found = rows?.check(lo, hi) ?? [];
      return found.reduce((cells, one) => cells + Number(one.cells ?? 0n), sum);
    }, 0);
  const written: WrittenRows[] = own.map((rows) => ({ rows, lostCells: lostIn(rows.lo, rows.hi) }));
  for (const rows of readers) rows?.close();
  return ledgerOf(only, opened, written).find((entry) => entry.from <= seqTxn && seqTxn <= entry.to);
}

function stateFact(entry: LedgerEntry | undefined, plan: TablePlan, seqTxn: bigint): Field {
  const status = recoveryStatus(plan.watermark, seqTxn).replaceAll('_', ' ');
  if (entry === undefined) return fact('state', `unknown, ${status}`);
  const { state, rowsExpected, rowsWritten } = entry;
  const rows = rowsExpected === undefined ? '' : `, ${rowsWritten} of ${counted(rowsExpected, 'row')}`;
  return isLoss(state)
    ? fact('state', `${state.replaceAll('_', ' ')}${rows}; ${status}`, {
        severity: 'loss',
        message: LEDGER_STATES[state],
      })
    : fact('state', `${state}: ${LEDGER_STATES[state]}${rows}; ${status}`);
}

/** Fields of a transaction that has a segment. */
function segmentParts(source: Source, plan: TablePlan, record: LogRecord, options: InspectOptions): readonly Field[] {
  const { walId, segmentId, segmentTxn, seqTxn } = record;
  const folder = segmentFolder(plan.context.dirName, walId, segmentId);
  const task = plan.tasks.find((each) => each.walId === walId && each.segmentId === segmentId);
  const name = `wal${walId}/${segmentId}/`;
  if (task === undefined) {
    const entry = plan.ledger.build(plan.log.maxTxn).find((each) => each.from <= seqTxn && seqTxn <= each.to);
    return [fact(name, 'the segment is not on disk (any more)'), stateFact(entry, plan, seqTxn)];
  }
  const opened = openSegment(source, task);
  const parts = transactionParts(source, { folder, name, opened }, segmentTxn, options);
  return [...parts, stateFact(ledgerEntryOf(source, task, seqTxn), plan, seqTxn)];
}

/** The change of the structure that a record names. */
function changePart(source: Source, plan: TablePlan, record: LogRecord, options: InspectOptions): readonly Field[] {
  const path = join(plan.context.dirName, TABLE_FILES.structureLog);
  const change = part(source, path, TABLE_FILES.structureLog, options, Number(record.structureVersion));
  return [change, fact('state', `structural: ${LEDGER_STATES.structural}`)];
}

/** Why there is nothing to be shown of a transaction. */
function absentText({ log }: TablePlan, seqTxn: bigint): string {
  if (log.status === 'ok') return `the log of the table has no transaction ${seqTxn}; it ends at ${log.maxTxn}`;
  return "the log of the table can't be read, and only it knows a seqTxn; --txn shows the records of a segment";
}

/** The tree of transaction `seqTxn` of the table in `tableDir`. Throws a `RequestError` when the log has no such transaction. */
export function inspectSeqTxn(source: Source, tableDir: string, seqTxn: bigint, options: InspectOptions = {}): Field {
  const plan = planOf(source, tableDir);
  if (plan === undefined) throw new RequestError(`--seq-txn: ${tableDir.split('/').at(-1)} is no table`);
  let record: LogRecord | undefined;
  walkTxnLog(source, tableDir, (each) => {
    if (each.seqTxn === seqTxn) record = each;
  });
  if (record === undefined) {
    const entry = plan.ledger.build(plan.log.maxTxn).find((each) => each.from <= seqTxn && seqTxn <= each.to);
    if (entry === undefined) throw new RequestError(`--seq-txn: ${absentText(plan, seqTxn)}`);
    const log = logPart(source, plan, seqTxn, options);
    return section(`seqTxn ${seqTxn}`, 'its record can’t be read', [log, stateFact(entry, plan, seqTxn)]);
  }
  const { walId, segmentId, segmentTxn, commitTimestampUs } = record;
  const committed = `committed ${timeText(commitTimestampUs, 'us')}`;
  const log = logPart(source, plan, seqTxn, options);
  if (walId === LOG_KIND.structural) {
    const title = `structural change to version ${record.structureVersion}, ${committed}`;
    return section(`seqTxn ${seqTxn}`, title, [log, ...changePart(source, plan, record, options)]);
  }
  if (walId === LOG_KIND.drop) {
    return section(`seqTxn ${seqTxn}`, `DROP TABLE, ${committed}`, [log, fact('state', `drop: ${LEDGER_STATES.drop}`)]);
  }
  const title = `wal${walId}/${segmentId} record ${segmentTxn}, ${committed}`;
  return section(`seqTxn ${seqTxn}`, title, [log, ...segmentParts(source, plan, record, options)]);
}
