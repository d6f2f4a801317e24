/** The sequencer's transaction log, `_txnlog` V1 and V2 (QuestDB's `TableTransactionLogV1` / `V2`). */
import { WalIndex } from '../generated/WalIndex.js';
import { greatest, LONG_MAX, least } from './bigints.js';
import { cause, type Damage, damage } from './damage.js';
import { attempt, join, readWhole, TABLE_FILES, walIds, withFile } from './files.js';
import { records } from './kaitai/cursor.js';
import { parseLean, sizeOf } from './kaitai/parse.js';
import { MAX_SEGMENT_ID } from './limits.js';
import { LOG_KIND, type LogRecord, type SeqTxnRange } from './logRecord.js';
import { logSequence } from './logSequence.js';
import { keptOpen } from './source/keptOpen.js';
import type { Source } from './source/source.js';
import { tolerant } from './source/tolerant.js';
import { writtenLength } from './source/zeros.js';
import { type AnyRecord, type LogLayout, logLayout, readStoredMaxTxn, type Stretch } from './txnlogLayout.js';

/** Why the log has no record for a stretch. */
export interface MissingRecords extends SeqTxnRange {
  /**
   * `part_missing_low`: parts below the first present one, as the ordinary purge leaves them; `unreadable`: between
   * records that are there; `tail`: after the last one, where the stored maxTxn may as well be what is damaged.
   */
  readonly reason: 'part_missing_low' | 'unreadable' | 'tail';
}

export interface TxnLogSummary {
  readonly status: 'ok' | 'error';
  readonly error: string | null;
  /** 0 = V1, 1 = V2, as the header stores it; `undefined` when nothing tells. */
  readonly formatVersion: 0 | 1 | undefined;
  /** The header's count of transactions; past what is really there when damaged. `undefined` without a header. */
  readonly storedMaxTxn: bigint | undefined;
  /** The last transaction: the stored count, or the last record where that is higher and the count is damaged. */
  readonly maxTxn: bigint;
  /** All fields of the header are zero: no release from 7.3.10 on leaves it so, since it has the table's creation time. */
  readonly isBlank: boolean;
  /** The highest structureVersion that a record has; `undefined` without records. */
  readonly maxStructureVersion: bigint | undefined;
  readonly missing: readonly MissingRecords[];
  readonly damage: readonly Damage[];
}

/** True when the three ids can stand together and the commit time is one; such a record was written by a sequencer. */
function isPlausible(record: AnyRecord, isWal: (walId: number) => boolean): boolean {
  const { walId, segmentId, segmentTxn, commitTimestampUs, structureVersion } = record;
  if (commitTimestampUs <= 0n || structureVersion < 0n) return false;
  if (walId === LOG_KIND.structural) return segmentId === -1 && segmentTxn === -1;
  if (walId === LOG_KIND.drop) return segmentId === 0 && segmentTxn === 0;
  return walId > 0 && isWal(walId) && segmentId >= 0 && segmentId <= MAX_SEGMENT_ID && segmentTxn >= 0;
}

/** The last WAL id that was given out, by `_wal_index.d` or by the folders where they show more; infinite when nothing tells. */
function lastWalId(source: Source, tableDir: string): number {
  const whole = readWhole(source, join(tableDir, TABLE_FILES.walIndex));
  const parsed = whole.value === undefined ? undefined : parseLean(WalIndex, whole.value);
  if (parsed === undefined || parsed.failure !== undefined) return Number.POSITIVE_INFINITY;
  const onDisk = walIds(attempt(tableDir, () => source.list(tableDir)).value ?? []).at(-1) ?? 0;
  return Math.max(Number(parsed.value.maxWalId), onDisk);
}

/** Tells WAL ids that were given out; of those up to `known` that is known. On a live server `_wal_index.d` is ahead of the log. */
function walIdCheck(source: Source, tableDir: string, known: number): (walId: number) => boolean {
  let last: number | undefined;
  return (walId) => {
    if (walId <= known) return true;
    last ??= lastWalId(source, tableDir);
    return walId <= last;
  };
}

function toLogRecord(seqTxn: bigint, record: AnyRecord): LogRecord {
  const { structureVersion, walId, segmentId, segmentTxn, commitTimestampUs } = record;
  const base = { seqTxn, structureVersion, walId, segmentId, segmentTxn, commitTimestampUs };
  if (!('rowCount' in record)) return base;
  const { minTimestamp, maxTimestamp, rowCount } = record;
  return { ...base, extent: { minTimestamp, maxTimestamp, rowCount } };
}

/**
 * Reads the records of a stretch from `fromTxn` to `toTxn`, both included; damage when the file can't be read. `isWritten`: only
 * up to where nothing but zeros follows.
 */
function readStretch(
  source: Source,
  stretch: Stretch,
  range: SeqTxnRange & { readonly isWritten?: boolean },
  visit: (seqTxn: bigint, record: AnyRecord, byteOffset: number) => void,
): Damage | undefined {
  const from = greatest(range.from, stretch.firstTxn);
  const end = stretch.firstTxn + BigInt(stretch.count) - 1n;
  const count = Number(least(range.to, end) - from) + 1;
  if (count <= 0) return undefined;
  const type = stretch.type;
  const offset = stretch.byteOffset + Number(from - stretch.firstTxn) * sizeOf(type);
  let seqTxn = from;
  const read = withFile(source, stretch.path, (file) => {
    const access = tolerant(file);
    const written = range.isWritten === true ? Math.ceil(writtenLength(access, offset) / sizeOf(type)) : count;
    let at = offset;
    for (const record of records<AnyRecord>(access, type, { offset, count: Math.min(count, written) })) {
      visit(seqTxn++, record, at);
      at += sizeOf(type);
    }
  });
  return read.damage;
}

/**
 * What lies past the stored maxTxn: how many records look written there and which is the last. One is what a crash between
 * record and count leaves: not committed, no damage. Several mean that the count is damaged.
 */
function lookBeyond(
  source: Source,
  where: LogLayout,
  isWal: (walId: number) => boolean,
): { last: bigint; count: number } {
  const stored = where.storedMaxTxn !== undefined && where.storedMaxTxn > 0n ? where.storedMaxTxn : 0n;
  let [last, count] = [stored, 0];
  for (const stretch of where.stretches) {
    const from = greatest(stretch.firstTxn, stored + 1n);
    readStretch(source, stretch, { from, to: LONG_MAX, isWritten: true }, (seqTxn, record) => {
      if (!isPlausible(record, isWal)) return;
      last = seqTxn;
      count += 1;
    });
  }
  return { last, count };
}

/**
 * The last transaction, whether it alone of the taken ones may be uncommitted, and how many records lie past it. A count that
 * has grown meanwhile is a live server's, and right.
 */
function effectiveMaxTxn(
  source: Source,
  stretches: Source,
  tableDir: string,
  where: LogLayout,
  isWal: (walId: number) => boolean,
): { maxTxn: bigint; doubtful: boolean; beyond: number } {
  const { storedMaxTxn } = where;
  const beyond = lookBeyond(stretches, where, isWal);
  const isCounted = storedMaxTxn !== undefined && storedMaxTxn >= 0n;
  if (beyond.count === 0 || (beyond.count === 1 && isCounted))
    return { maxTxn: isCounted ? storedMaxTxn : 0n, doubtful: false, beyond: beyond.count };
  const stored = readStoredMaxTxn(source, tableDir);
  const hasGrown = isCounted && stored !== undefined && stored > storedMaxTxn;
  return { maxTxn: hasGrown ? least(stored, beyond.last) : beyond.last, doubtful: !hasGrown, beyond: 0 };
}

/** Collects the stretches of 1…maxTxn for which no record is seen, while records come in order. */
function missingCollector(firstPresentTxn: bigint) {
  const ranges: MissingRecords[] = [];
  let next = 1n;
  const add = (from: bigint, to: bigint, reason: MissingRecords['reason']): void => {
    if (from <= to) ranges.push({ from, to, reason });
  };
  const upTo = (seqTxn: bigint, reason: MissingRecords['reason']): void => {
    const lowEnd = least(firstPresentTxn - 1n, seqTxn);
    add(next, lowEnd, 'part_missing_low');
    add(greatest(next, firstPresentTxn), seqTxn, reason);
    next = seqTxn + 1n;
  };
  return {
    ranges,
    present: (seqTxn: bigint): void => {
      if (seqTxn === next) next += 1n;
      else {
        upTo(seqTxn - 1n, 'unreadable');
        next = seqTxn + 1n;
      }
    },
    end: (maxTxn: bigint): void => upTo(maxTxn, 'tail'),
  };
}

/** The damage that missing records are; none for parts that the ordinary purge may have removed. */
function missingDamage(
  path: string,
  missing: readonly MissingRecords[],
  firstBad: { path: string; byteOffset: number; actual: string } | undefined,
): Damage[] {
  return missing.flatMap((range) => {
    if (range.reason === 'part_missing_low') return [];
    const { from, to } = range;
    const expected = from === to ? `a record of seqTxn ${from}` : `records of seqTxn ${from} to ${to}`;
    if (range.reason === 'tail')
      return [damage('txnlog_record_missing', path, { expected, actual: `the last is ${range.from - 1n}` })];
    const { path: file = path, ...detail } = firstBad ?? {};
    return [damage('txnlog_record_invalid', file, { ...detail, seqTxn: range.from, expected })];
  });
}

/** As `walkTxnLog`; the stretches are read from a source that keeps their files open. */
function walkStretches(
  source: Source,
  stretches: Source,
  tableDir: string,
  visit: (record: LogRecord) => void,
  knownWalId: number,
): TxnLogSummary {
  const path = join(tableDir, TABLE_FILES.txnlog);
  const where = logLayout(stretches, tableDir);
  const found = [...where.damage];
  const isWal = walIdCheck(source, tableDir, knownWalId);
  const { maxTxn, doubtful, beyond } = effectiveMaxTxn(source, stretches, tableDir, where, isWal);
  const missing = missingCollector(where.stretches[0]?.firstTxn ?? 1n);
  let maxStructureVersion: bigint | undefined;
  let firstBad: { path: string; byteOffset: number; actual: string } | undefined;
  const emit = (record: LogRecord): void => {
    missing.present(record.seqTxn);
    maxStructureVersion = greatest(maxStructureVersion ?? record.structureVersion, record.structureVersion);
    visit(doubtful && record.seqTxn === maxTxn ? { ...record, doubtful: true } : record);
  };
  for (const stretch of where.stretches) {
    // A copy pushes the records after it on in its own file only: past the log's end in the last one, past their room else.
    const end = least(maxTxn, stretch.firstTxn + BigInt(stretch.count) - 1n);
    const pushedOn = end === maxTxn ? beyond : stretch.recordsInFile - stretch.count;
    const sequence = logSequence(stretch.path, pushedOn, emit, (one) => found.push(one));
    const read = (from: bigint, to: bigint): void => {
      const whole = { ...stretch, count: stretch.recordsInFile };
      const unreadable = readStretch(stretches, whole, { from, to }, (seqTxn, record, byteOffset) => {
        if (isPlausible(record, isWal)) sequence.push(toLogRecord(seqTxn, record));
        else {
          const actual = `walId ${record.walId}, segmentId ${record.segmentId}, segmentTxn ${record.segmentTxn}`;
          firstBad ??= { path: stretch.path, byteOffset, actual };
        }
      });
      if (unreadable !== undefined) found.push(damage('txnlog_part_missing', stretch.path, cause(unreadable)));
      sequence.flush();
    };
    read(1n, end);
    const surplus = BigInt(sequence.surplus());
    if (surplus > 0n) read(end + 1n, end + surplus);
  }
  missing.end(maxTxn);
  if (doubtful && where.storedMaxTxn !== undefined) {
    found.push(
      damage('txnlog_max_txn_low', path, {
        ...where.maxTxnOffset,
        expected: String(maxTxn),
        actual: String(where.storedMaxTxn),
      }),
    );
  }
  found.push(...missingDamage(path, missing.ranges, firstBad));
  const { error, formatVersion, storedMaxTxn } = where;
  return {
    status: error === null ? 'ok' : 'error',
    error,
    formatVersion,
    storedMaxTxn,
    maxTxn,
    maxStructureVersion,
    isBlank: where.isBlank,
    missing: missing.ranges,
    damage: found,
  };
}

/**
 * Walks the log of a table in order and gives every committed transaction that it still names to `visit`. Damage:
 * `txnlog_missing`, `txnlog_unreadable`, `txnlog_format_unknown`, `txnlog_part_missing`, `txnlog_record_invalid`,
 * `txnlog_record_missing`, `txnlog_max_txn_low`. A missing log is empty. WAL ids up to `knownWalId` are known to have been given
 * out.
 */
export function walkTxnLog(
  source: Source,
  tableDir: string,
  visit: (record: LogRecord) => void,
  knownWalId = 0,
): TxnLogSummary {
  const stretches = keptOpen(source);
  try {
    return walkStretches(source, stretches, tableDir, visit, knownWalId);
  } finally {
    stretches.release();
  }
}
