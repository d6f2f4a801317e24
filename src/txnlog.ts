/** The sequencer's transaction log, `_txnlog` V1 and V2 (QuestDB's `TableTransactionLogV1` / `V2`). */
import { Txnlog } from '../generated/Txnlog.js';
import { greatest, LONG_MAX, least } from './bigints.js';
import { cause, type Damage, damage } from './damage.js';
import { attempt, isMissing, join, TABLE_FILES, withFile } from './files.js';
import { records } from './kaitai/cursor.js';
import { parse, sizeOf } from './kaitai/parse.js';
import { MAX_SEGMENT_ID } from './limits.js';
import type { Source } from './source/source.js';

/** One committed transaction as the log names it. */
export interface LogRecord {
  /** From 1, without gaps. */
  readonly seqTxn: bigint;
  readonly structureVersion: bigint;
  /** Above 0: a WAL's event; else one of `LOG_KIND`. */
  readonly walId: number;
  readonly segmentId: number;
  readonly segmentTxn: number;
  /** µs UTC, also for nanosecond tables. */
  readonly commitTimestampUs: bigint;
  /** V2 logs only: bounds in the designated timestamp's unit, both inclusive, and rows. */
  readonly extent?: { readonly minTimestamp: bigint; readonly maxTimestamp: bigint; readonly rowCount: bigint };
  /** True for the last record past a damaged maxTxn: it may never have been committed. */
  readonly doubtful?: true;
}

/** Values of `walId` that are not a WAL. */
export const LOG_KIND = { structural: -1, drop: -2 } as const;

/** A stretch of transactions, both ends included. */
export interface SeqTxnRange {
  readonly from: bigint;
  readonly to: bigint;
}

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
  /** The highest structureVersion that a record has; `undefined` without records. */
  readonly maxStructureVersion: bigint | undefined;
  readonly missing: readonly MissingRecords[];
  readonly damage: readonly Damage[];
}

/** A run of records that lie one after the other in one file. */
interface Stretch {
  readonly path: string;
  readonly type: typeof Txnlog.RecordV1 | typeof Txnlog.RecordV2;
  readonly firstTxn: bigint;
  readonly byteOffset: number;
  readonly count: number;
}

interface Layout {
  readonly formatVersion: 0 | 1;
  readonly storedMaxTxn: bigint | undefined;
  readonly stretches: readonly Stretch[];
  readonly damage: readonly Damage[];
  readonly error: string | null;
}

type AnyRecord = Txnlog.RecordV1 | Txnlog.RecordV2;

const PART_NAME = /^\d{1,15}$/;

/** What the header says, or why it can't be read. */
function readHeader(source: Source, path: string): { value?: Txnlog; size: number; damage?: Damage } {
  if (isMissing(source, path)) return { size: 0, damage: damage('txnlog_missing', path) };
  const read = withFile(source, path, (file) => ({
    size: file.size,
    parsed: parse(Txnlog, file.read(0, sizeOf(Txnlog))),
  }));
  if (read.damage !== undefined) return { size: 0, damage: damage('txnlog_unreadable', path, cause(read.damage)) };
  const { size, parsed } = read.value;
  if (parsed.failure === undefined) return { value: parsed.value, size };
  const { byteOffset, message } = parsed.failure;
  return { size, damage: damage('txnlog_unreadable', path, { byteOffset, actual: message }) };
}

/** The part files of a V2 log by number; the sizes that can't be had are 0. */
function listParts(source: Source, tableDir: string): { number: number; path: string; size: number }[] {
  const folder = join(tableDir, TABLE_FILES.txnlogParts);
  const listing = attempt(folder, () => source.list(folder)).value ?? [];
  return listing
    .filter((entry) => PART_NAME.test(entry.name))
    .map((entry) => {
      const path = join(folder, entry.name);
      return { number: Number(entry.name), path, size: attempt(path, () => source.stat(path)).value?.size ?? 0 };
    })
    .sort((a, b) => a.number - b.number);
}

/** How many transactions a V2 part holds: the header's word if a part's size bears it out, else the commonest size's. */
function partTxnCount(header: Txnlog | undefined, parts: readonly { size: number }[]): number {
  const bySize = new Map<number, number>();
  for (const part of parts) bySize.set(part.size, (bySize.get(part.size) ?? 0) + 1);
  const stored = header?.numPartTxns ?? 0;
  if (stored > 0 && (parts.length === 0 || bySize.has(stored * sizeOf(Txnlog.RecordV2)))) return stored;
  const commonest = [...bySize].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? 0;
  return Math.floor(commonest / sizeOf(Txnlog.RecordV2)) || Math.max(stored, 0);
}

/** Where the records lie. The format is the one that the files bear out, whatever the header's format field says. */
function layout(source: Source, tableDir: string): Layout {
  const path = join(tableDir, TABLE_FILES.txnlog);
  const header = readHeader(source, path);
  const found: Damage[] = header.damage === undefined ? [] : [header.damage];
  const parts = listParts(source, tableDir);
  const isV2 = parts.length > 0 || (header.value?.format === 1 && header.size <= sizeOf(Txnlog));
  const formatVersion = isV2 ? 1 : 0;
  if (header.value !== undefined && header.value.format !== formatVersion) {
    const severity = parts.length > 0 || header.size > sizeOf(Txnlog) ? 'repaired' : 'loss';
    const detail = {
      byteOffset: 0,
      expected: String(formatVersion),
      actual: String(header.value.format),
      severity,
    } as const;
    found.push(damage('txnlog_format_unknown', path, detail));
  }
  const error = header.damage === undefined ? null : `${header.damage.code}: ${header.damage.actual ?? 'no such file'}`;
  const storedMaxTxn = header.value?.maxTxn;
  if (!isV2) {
    const count = Math.max(0, Math.floor((header.size - sizeOf(Txnlog)) / sizeOf(Txnlog.RecordV1)));
    return {
      formatVersion,
      storedMaxTxn,
      stretches: [{ path, type: Txnlog.RecordV1, firstTxn: 1n, byteOffset: sizeOf(Txnlog), count }],
      damage: found,
      error,
    };
  }
  const perPart = partTxnCount(header.value, parts);
  if (header.value !== undefined && header.value.numPartTxns !== perPart) {
    const detail = {
      byteOffset: 16,
      expected: String(perPart),
      actual: String(header.value.numPartTxns),
      severity: 'repaired',
    } as const;
    found.push(damage('txnlog_unreadable', path, detail));
  }
  const stretches = parts.map((part) => ({
    path: part.path,
    type: Txnlog.RecordV2,
    firstTxn: BigInt(part.number) * BigInt(perPart) + 1n,
    byteOffset: 0,
    count: Math.min(perPart, Math.floor(part.size / sizeOf(Txnlog.RecordV2))),
  }));
  return { formatVersion, storedMaxTxn, stretches, damage: found, error };
}

/** True when the three ids can stand together and the commit time is one; such a record was written by a sequencer. */
function isPlausible(record: AnyRecord): boolean {
  const { walId, segmentId, segmentTxn, commitTimestampUs, structureVersion } = record;
  if (commitTimestampUs <= 0n || structureVersion < 0n) return false;
  if (walId === LOG_KIND.structural) return segmentId === -1 && segmentTxn === -1;
  if (walId === LOG_KIND.drop) return segmentId === 0 && segmentTxn === 0;
  return walId > 0 && segmentId >= 0 && segmentId <= MAX_SEGMENT_ID && segmentTxn >= 0;
}

function toLogRecord(seqTxn: bigint, record: AnyRecord): LogRecord {
  const { structureVersion, walId, segmentId, segmentTxn, commitTimestampUs } = record;
  const base = { seqTxn, structureVersion, walId, segmentId, segmentTxn, commitTimestampUs };
  if (!('rowCount' in record)) return base;
  const { minTimestamp, maxTimestamp, rowCount } = record;
  return { ...base, extent: { minTimestamp, maxTimestamp, rowCount } };
}

/** Reads the records of a stretch from `fromTxn` to `toTxn`, both included; damage when the file can't be read. */
function readStretch(
  source: Source,
  stretch: Stretch,
  range: SeqTxnRange,
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
    let at = offset;
    for (const record of records<AnyRecord>(file, type, { offset, count })) {
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
function lookBeyond(source: Source, where: Layout): { last: bigint; count: number } {
  const stored = where.storedMaxTxn !== undefined && where.storedMaxTxn > 0n ? where.storedMaxTxn : 0n;
  let [last, count] = [stored, 0];
  for (const stretch of where.stretches) {
    const from = greatest(stretch.firstTxn, stored + 1n);
    readStretch(source, stretch, { from, to: LONG_MAX }, (seqTxn, record) => {
      if (!isPlausible(record)) return;
      last = seqTxn;
      count += 1;
    });
  }
  return { last, count };
}

/** The last transaction, and whether it alone of the taken ones may be uncommitted. */
function effectiveMaxTxn(source: Source, where: Layout): { maxTxn: bigint; doubtful: boolean } {
  const { storedMaxTxn } = where;
  const beyond = lookBeyond(source, where);
  const isCounted = storedMaxTxn !== undefined && storedMaxTxn >= 0n;
  if (beyond.count === 0 || (beyond.count === 1 && isCounted))
    return { maxTxn: isCounted ? storedMaxTxn : 0n, doubtful: false };
  return { maxTxn: beyond.last, doubtful: true };
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
    const expected = `records of seqTxn ${range.from} to ${range.to}`;
    if (range.reason === 'tail')
      return [damage('txnlog_record_missing', path, { expected, actual: `the last is ${range.from - 1n}` })];
    const { path: file = path, ...detail } = firstBad ?? {};
    return [damage('txnlog_record_invalid', file, { ...detail, seqTxn: range.from, expected })];
  });
}

/**
 * Walks the log of a table in order and gives every committed transaction that it still names to `visit`. Damage:
 * `txnlog_missing`, `txnlog_unreadable`, `txnlog_format_unknown`, `txnlog_part_missing`, `txnlog_record_invalid`,
 * `txnlog_record_missing`, `txnlog_max_txn_low`. A missing log is empty.
 */
export function walkTxnLog(source: Source, tableDir: string, visit: (record: LogRecord) => void): TxnLogSummary {
  const path = join(tableDir, TABLE_FILES.txnlog);
  const where = layout(source, tableDir);
  const found = [...where.damage];
  const { maxTxn, doubtful } = effectiveMaxTxn(source, where);
  const missing = missingCollector(where.stretches[0]?.firstTxn ?? 1n);
  let maxStructureVersion: bigint | undefined;
  let firstBad: { path: string; byteOffset: number; actual: string } | undefined;
  for (const stretch of where.stretches) {
    const unreadable = readStretch(source, stretch, { from: 1n, to: maxTxn }, (seqTxn, record, byteOffset) => {
      if (isPlausible(record)) {
        missing.present(seqTxn);
        const named = toLogRecord(seqTxn, record);
        if (maxStructureVersion === undefined || named.structureVersion > maxStructureVersion)
          maxStructureVersion = named.structureVersion;
        visit(doubtful && seqTxn === maxTxn ? { ...named, doubtful: true } : named);
      } else if (firstBad === undefined) {
        const actual = `walId ${record.walId}, segmentId ${record.segmentId}, segmentTxn ${record.segmentTxn}`;
        firstBad = { path: stretch.path, byteOffset, actual };
      }
    });
    if (unreadable !== undefined) found.push(damage('txnlog_part_missing', stretch.path, cause(unreadable)));
  }
  missing.end(maxTxn);
  if (doubtful && where.storedMaxTxn !== undefined) {
    found.push(damage('txnlog_max_txn_low', path, { expected: String(maxTxn), actual: String(where.storedMaxTxn) }));
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
    missing: missing.ranges,
    damage: found,
  };
}
