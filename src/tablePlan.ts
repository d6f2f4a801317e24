/** A table's log, watermark and segments on disk, made into tasks. Nothing of the segments themselves is read here. */
import { type AbsentSegment, absentSegment, type GoneRange, withoutRecords } from './absentSegments.js';
import { LONG_MAX } from './bigints.js';
import { checkChanges } from './columnChanges.js';
import { cause, type Damage, damage, type Result } from './damage.js';
import type { TableFolder } from './discover.js';
import { attempt, join, segmentFolder, TABLE_FILES, walFolder, walIds } from './files.js';
import { LedgerBuilder, type LedgerState, ledgerEntry } from './ledger.js';
import { DEFAULT_ROW_GROUP_ROWS, MAX_SEGMENT_ID } from './limits.js';
import { logCollector, segmentLookup } from './logCollector.js';
import { logGaps } from './logGaps.js';
import { checkOrder, type OrderedRecords } from './logOrder.js';
import type { LogRecord, SeqTxnRange } from './logRecord.js';
import { DEFAULT_COMPRESSION } from './parquet/compression.js';
import { namedBeforeEach } from './purgedParts.js';
import { readSequencerSchema, type Schema } from './schema.js';
import { sameSchema } from './schemaChoice.js';
import {
  type EncodeOptions,
  type RowOptions,
  type SegmentId,
  type SegmentTask,
  segmentKey,
  type TableContext,
} from './segmentTask.js';
import type { Source } from './source/source.js';
import { readInitialSchema, readStructureLog, replaySchemas } from './structureLog.js';
import { type TxnLogSummary, walkTxnLog } from './txnlog.js';
import { readWatermark, type Watermark } from './watermark.js';

/** A change of a table's structure, as the log has it. */
export interface StructuralChange {
  readonly seqTxn: bigint;
  /** µs UTC. */
  readonly commitTimestamp: bigint;
}

export interface TablePlan {
  readonly folder: TableFolder;
  readonly context: TableContext;
  readonly log: TxnLogSummary;
  readonly watermark: Watermark | undefined;
  readonly dropped: boolean;
  readonly tasks: readonly SegmentTask[];
  readonly absent: readonly AbsentSegment[];
  readonly structuralChanges: readonly StructuralChange[];
  /** Entries of all transactions that no task accounts for. */
  readonly ledger: LedgerBuilder;
  readonly damage: readonly Damage[];
}

export interface PlanOptions {
  /** All rows that the log names, unless given. */
  readonly rows?: RowOptions;
  /** Provenance columns, the default codec and row groups of the default size, unless given. */
  readonly encode?: EncodeOptions;
  /** What file names begin with; the folder's name unless given. `selectTables` gives better ones. */
  readonly outputName?: string;
}

const ALL_ROWS: RowOptions = { unappliedOnly: false, seqTxns: undefined, orphans: false };
const DEFAULT_ENCODE: EncodeOptions = {
  shoulder: true,
  compression: DEFAULT_COMPRESSION,
  rowGroupRows: DEFAULT_ROW_GROUP_ROWS,
};

const SEGMENT_FOLDER = /^(?:0|[1-9]\d{0,9})$/;

/** The segments on disk, by WAL and segment. Damage: `folder_unreadable`. */
function segmentsOnDisk(source: Source, tableDir: string, found: Damage[]): SegmentId[] {
  const table = attempt(tableDir, () => source.list(tableDir)).value ?? [];
  // The server removes folders; it never leaves a file of their name.
  for (const walId of walIds(table, ['file', 'other']))
    found.push(damage('folder_unreadable', walFolder(tableDir, walId), { actual: 'not a folder', walId }));
  return walIds(table).flatMap((walId) => {
    const folder = walFolder(tableDir, walId);
    const listing = attempt(folder, () => source.list(folder));
    if (listing.damage !== undefined)
      found.push(damage('folder_unreadable', folder, { ...cause(listing.damage), walId }));
    return (listing.value ?? [])
      .filter((entry) => SEGMENT_FOLDER.test(entry.name) && Number(entry.name) <= MAX_SEGMENT_ID)
      .flatMap(({ name, kind }) => {
        const segment = { walId, segmentId: Number(name) };
        if (kind === 'folder' || kind === 'broken') return [segment];
        found.push(damage('folder_unreadable', join(folder, name), { actual: 'not a folder', ...segment }));
        return [];
      })
      .sort((a, b) => a.segmentId - b.segmentId);
  });
}

/** True for a table whose columns never changed, by its log and by its two schemas. */
function isUnchanged(
  log: TxnLogSummary,
  changes: readonly LogRecord[],
  initial: Schema,
  sequencer: Schema | undefined,
): boolean {
  const isWhole = log.status === 'ok' && log.missing.length === 0 && log.damage.length === 0;
  if (!isWhole || changes.length > 0 || (log.maxStructureVersion ?? 0n) > 0n) return false;
  return sequencer?.structureVersion === 0n && sameSchema(sequencer, initial);
}

/**
 * The schemas by structureVersion; empty when the initial one can't be had (before 7.2.1 there is no `_meta.0`). Where there
 * can't be any changes, what the sequencer keeps of them is not read.
 */
function replayed(
  source: Source,
  tableDir: string,
  log: TxnLogSummary,
  structural: readonly LogRecord[],
  sequencer: Schema | undefined,
): Result<readonly Schema[]> {
  const initial = readInitialSchema(source, tableDir);
  if (initial.value === undefined) return { value: [], damage: initial.damage };
  if (isUnchanged(log, structural, initial.value, sequencer)) return { value: [initial.value], damage: initial.damage };
  const changes = readStructureLog(source, tableDir);
  const replay = replaySchemas(initial.value, changes.value, join(tableDir, TABLE_FILES.structureLog));
  return { value: replay.value, damage: [...initial.damage, ...changes.damage, ...replay.damage] };
}

/** What became of transactions whose segment is not on disk. */
function stateOfGone(range: SeqTxnRange, watermark: Watermark | undefined, dropped: boolean): LedgerState {
  if (dropped || (watermark !== undefined && range.to <= watermark.seqTxn)) return 'applied_and_purged';
  return watermark?.exact === true ? 'lost' : 'undecidable';
}

/** What became of transactions for which the log has no record. */
function stateOfMissing(range: SeqTxnRange, reason: string, watermark: Watermark | undefined): LedgerState {
  const isPurged = reason === 'part_missing_low' && watermark !== undefined && range.to <= watermark.seqTxn;
  return isPurged ? 'log_part_purged' : 'undecidable';
}

/** A range cut where the watermark falls into it. */
function cutAt(range: SeqTxnRange, watermark: Watermark | undefined): readonly SeqTxnRange[] {
  const at = watermark?.seqTxn;
  if (at === undefined || at < range.from || at >= range.to) return [range];
  return [
    { from: range.from, to: at },
    { from: at + 1n, to: range.to },
  ];
}

function fillLedger(
  log: TxnLogSummary,
  changes: readonly LogRecord[],
  dropTxn: bigint | undefined,
  goneRanges: readonly GoneRange[],
  watermark: Watermark | undefined,
  invalid: readonly LogRecord[],
): LedgerBuilder {
  const ledger = new LedgerBuilder();
  for (const change of changes) ledger.add(ledgerEntry(change.seqTxn, 'structural', 0, 0));
  if (dropTxn !== undefined) ledger.add(ledgerEntry(dropTxn, 'drop', 0, 0));
  for (const { from, to, rows } of goneRanges) {
    for (const range of cutAt({ from, to }, watermark)) {
      const rowsExpected = range.from === from && range.to === to ? rows : undefined;
      ledger.add({
        ...range,
        state: stateOfGone(range, watermark, dropTxn !== undefined),
        rowsExpected,
        rowsWritten: 0n,
      });
    }
  }
  for (const missing of log.missing) {
    for (const range of cutAt(missing, watermark)) {
      ledger.add({
        ...range,
        state: stateOfMissing(range, missing.reason, watermark),
        rowsExpected: undefined,
        rowsWritten: 0n,
      });
    }
  }
  for (const record of invalid) ledger.add(ledgerEntry(record.seqTxn, 'undecidable', undefined, 0));
  return ledger;
}

/** A watermark that says more than the log has is not to be believed, nor is the log. */
function trustedWatermark(
  watermark: Watermark | undefined,
  log: TxnLogSummary,
  tableDir: string,
  found: Damage[],
): Watermark | undefined {
  if (watermark === undefined || watermark.appliedSeqTxn <= log.maxTxn || log.status === 'error') return watermark;
  const expected = `at most ${log.maxTxn}, the end of the log`;
  found.push(
    damage('watermark_ahead_of_log', join(tableDir, TABLE_FILES.txn), {
      expected,
      actual: String(watermark.appliedSeqTxn),
    }),
  );
  return undefined;
}

function absentSegments(
  gone: OrderedRecords['gone'],
  watermark: Watermark | undefined,
  dropped: boolean,
  tableDir: string,
  found: Damage[],
): AbsentSegment[] {
  return [...gone.values()].map((runs) => {
    const segment = absentSegment(runs);
    const { walId, segmentId, firstSeqTxn, lastSeqTxn } = segment;
    const purged = stateOfGone({ from: firstSeqTxn, to: lastSeqTxn }, watermark, dropped) === 'applied_and_purged';
    if (!purged) {
      const detail = {
        walId,
        segmentId,
        seqTxn: firstSeqTxn,
        expected: `seqTxn ${firstSeqTxn} to ${lastSeqTxn}`,
        actual: 'no such folder',
      };
      found.push(damage('segment_missing', segmentFolder(tableDir, walId, segmentId), detail));
    }
    return { ...segment, purged };
  });
}

/**
 * Plans a table: `_txn` is read before the log, so that on a live server the watermark is never ahead; what the log then
 * says is the snapshot. Damage: that of the watermark, the log and the structural changes, `segment_missing`,
 * `watermark_ahead_of_log`, `txnlog_duplicate_record`, `txnlog_record_invalid`, `folder_unreadable`.
 */
export function planTable(source: Source, folder: TableFolder, options: PlanOptions = {}): TablePlan {
  const { rows = ALL_ROWS, encode = DEFAULT_ENCODE, outputName = folder.dirName } = options;
  const { dirName } = folder;
  const found: Damage[] = [];
  const readMark = readWatermark(source, dirName);
  const collected = logCollector(segmentLookup(source, dirName));
  const log = walkTxnLog(source, dirName, collected.visit, folder.lastWalId);
  const segments = segmentsOnDisk(source, dirName, found);
  collected.settle(segments, segmentLookup(source, dirName));
  found.push(...log.damage);
  const dropped = collected.dropTxn() !== undefined;
  if (!dropped) found.push(...readMark.damage);
  const watermark = trustedWatermark(readMark.value, log, dirName, found);
  // What was applied and removed while the log was read is no loss.
  const purgedUpTo =
    collected.gone.size === 0 ? watermark : ((watermark && readWatermark(source, dirName).value) ?? watermark);
  const order = checkOrder(collected, segments, log.missing.length === 0, join(dirName, TABLE_FILES.txnlog));
  for (const one of order.damage) found.push(one);
  const goneRanges = withoutRecords(collected.goneRanges, order.invalid);
  const lostSegments = goneRanges.filter((range) => stateOfGone(range, purgedUpTo, dropped) !== 'applied_and_purged');
  const sequencer = readSequencerSchema(source, dirName);
  const schemas = replayed(source, dirName, log, collected.structuralChanges, sequencer.value);
  const changes = checkChanges(source, dirName, log, collected.structuralChanges, sequencer.value, schemas.value);
  const { endIsLost } = changes;
  const invalid = [...order.invalid, ...changes.strange];
  const lost = unnamedRanges(log, endIsLost, invalid, lostSegments);
  const gaps = logGaps(order.named, lost, join(dirName, TABLE_FILES.txnlog));
  found.push(...changes.damage, ...gaps.damage, ...sequencer.damage, ...schemas.damage);
  const context: TableContext = {
    dirName,
    tableName: folder.tableName,
    outputName,
    watermark,
    logHasRowCounts: log.formatVersion === 1,
    logIsDamaged:
      endIsLost ||
      invalid.length > 0 ||
      lostSegments.length > 0 ||
      gaps.value.length > 0 ||
      log.missing.some((range) => range.reason !== 'part_missing_low'),
    logMaxTxn: log.maxTxn,
    logIsBlank: log.isBlank,
    unnamed: [...lost, ...gaps.value],
    replayed: schemas.value,
    sequencerSchema: sequencer.value,
    segments,
  };
  const absent = absentSegments(order.gone, purgedUpTo, dropped, dirName, found);
  const namedBefore = namedBeforeEach(segments, order.named, absent);
  const tasks = segments.map((segment, i): SegmentTask => {
    return {
      ...segment,
      table: context,
      named: order.named.get(segmentKey(segment)) ?? [],
      namedBefore: namedBefore[i] ?? 0n,
      rows,
      encode,
    };
  });
  return {
    folder,
    context,
    log,
    watermark,
    dropped,
    tasks,
    absent,
    structuralChanges: changes.known.map(({ seqTxn, commitTimestampUs }) => ({
      seqTxn,
      commitTimestamp: commitTimestampUs,
    })),
    ledger: fillLedger(log, changes.known, collected.dropTxn(), goneRanges, purgedUpTo, invalid),
    damage: found,
  };
}

/**
 * Transactions that records on disk may belong to though the log does not name them: it lost their records, or names segments
 * for them that are not there. Without an end when the log has lost its own.
 */
function unnamedRanges(
  log: TxnLogSummary,
  endIsLost: boolean,
  invalid: readonly LogRecord[],
  lostSegments: readonly SeqTxnRange[],
): readonly SeqTxnRange[] {
  const lost = log.missing.map(({ from, to }) => ({ from, to }));
  const bad = invalid.map(({ seqTxn }) => ({ from: seqTxn, to: seqTxn }));
  const past = endIsLost ? [{ from: log.maxTxn + 1n, to: LONG_MAX }] : [];
  return [...lost, ...bad, ...lostSegments, ...past];
}
