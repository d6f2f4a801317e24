/** The transactions of a segment: what the log names, joined with what `_event` holds and the rows that belong to each. */
import { LONG_MAX } from './bigints.js';
import { type Damage, damage } from './damage.js';
import { type RangeEvidence, type RangeItem, type RowStretch, rowRanges } from './events/ranges.js';
import type { DataEvent, EventRecord } from './events/record.js';
import type { EventWalk } from './events/walk.js';
import { join, SEGMENT_FILES } from './files.js';
import { keyed } from './keyed.js';
import type { LogRecord, SeqTxnRange } from './logRecord.js';
import type { SegmentTask } from './segmentTask.js';

/**
 * Who speaks for a transaction: the log; or, where the log lost records that may have named it, only its place on disk; or
 * nobody: an orphan that the sequencer never got.
 */
export type Standing = 'named' | 'unnamed' | 'orphan';

export interface SegmentTransaction {
  readonly segmentTxn: number;
  readonly standing: Standing;
  readonly log: LogRecord | undefined;
  /** `undefined` when its record is lost. */
  readonly event: EventRecord | undefined;
  /** Rows it must have; `undefined` when nothing tells. */
  readonly rowsExpected: number | undefined;
}

/** Rows to be saved, and whose they are: one transaction's, or several between which the boundaries are lost. */
export interface TransactionRows extends Pick<RowStretch, 'lo' | 'hi' | 'from'> {
  readonly transactions: readonly SegmentTransaction[];
}

export interface SegmentTransactions {
  /** By number in the segment. */
  readonly all: readonly SegmentTransaction[];
  /** In row order, of every standing. */
  readonly rows: readonly TransactionRows[];
  /** Numbers of those of which rows may be missing, since nothing decides where they begin or end. */
  readonly uncertain: ReadonlySet<number>;
  readonly damage: readonly Damage[];
}

/** A numbering gap wider than this between what is there and what the log names is damage of the log, not lost records. */
const MAX_LOST_RECORDS = 1_000_000;

/** A V2 log's mark of an event without rows. */
const logSaysNoRows = (log: LogRecord): boolean =>
  log.extent !== undefined &&
  log.extent.rowCount === 0n &&
  log.extent.minTimestamp === LONG_MAX &&
  log.extent.maxTimestamp === -1n;

const logRowsOf = (log: LogRecord | undefined): number | undefined => {
  if (log?.extent === undefined) return undefined;
  if (logSaysNoRows(log)) return 0;
  const rows = Number(log.extent.rowCount);
  return Number.isSafeInteger(rows) && rows >= 0 ? rows : undefined;
};

const dataOf = (event: EventRecord | undefined): DataEvent | undefined =>
  event?.body.kind === 'data' ? event.body : undefined;

function rangeItem(
  segmentTxn: number,
  event: EventRecord | undefined,
  log: LogRecord | undefined,
  standing: Standing,
): RangeItem {
  const data = dataOf(event);
  // A statement that does not read to its end may as well be one with rows whose type is damaged.
  const isLost = event === undefined || (event.body.kind === 'statement' && event.body.error !== null);
  const rows = isLost ? undefined : data === undefined ? 'no_rows' : { lo: data.rowLo, hi: data.rowHi };
  const isOrphan = standing === 'orphan';
  return { segmentTxn, event: rows, logRows: logRowsOf(log), pieced: event?.intact === false, isOrphan };
}

/** Bounds, both excluded, between which the log lost a record. */
const lostBetween = (lost: readonly SeqTxnRange[], after: bigint, before: bigint | undefined): boolean =>
  lost.some((range) => range.to > after && (before === undefined || range.from < before));

/**
 * The standing of the records 0 to `count` - 1. One that no log record names is `unnamed` where the log lost a record between those that name
 * its neighbours, since seqTxn rises with the number in the segment; records past the header's count were rolled back.
 * What a log record names that is not there is no neighbour.
 */
function standings(
  count: number,
  named: ReadonlyMap<number, LogRecord>,
  events: ReadonlyMap<number, EventRecord>,
  lost: readonly SeqTxnRange[],
  headerMaxTxn: number,
): readonly Standing[] {
  const boundOf = (segmentTxn: number): bigint | undefined =>
    events.has(segmentTxn) ? named.get(segmentTxn)?.seqTxn : undefined;
  const nextNamed: (bigint | undefined)[] = [];
  for (let segmentTxn = count - 1, next: bigint | undefined; segmentTxn >= 0; segmentTxn--) {
    nextNamed[segmentTxn] = next;
    next = boundOf(segmentTxn) ?? next;
  }
  const standing: Standing[] = [];
  for (let segmentTxn = 0, previous = 0n; segmentTxn < count; segmentTxn++) {
    const mayBeNamed = (): boolean => segmentTxn <= headerMaxTxn && lostBetween(lost, previous, nextNamed[segmentTxn]);
    standing.push(named.has(segmentTxn) ? 'named' : mayBeNamed() ? 'unnamed' : 'orphan');
    previous = boundOf(segmentTxn) ?? previous;
  }
  return standing;
}

/** One more than the number of the last record that is there or named; without those that a damaged log names far beyond. */
function recordCount(named: ReadonlyMap<number, LogRecord>, events: ReadonlyMap<number, EventRecord>): number {
  let lastEvent = -1;
  events.forEach((_event, n) => {
    lastEvent = Math.max(lastEvent, n);
  });
  let last = lastEvent;
  named.forEach((_log, n) => {
    if (n <= lastEvent + MAX_LOST_RECORDS) last = Math.max(last, n);
  });
  return last + 1;
}

/** V2: what log and event say of the same transaction must agree. */
function compareWithLog(transaction: SegmentTransaction, path: string): Damage | undefined {
  const { log, event, segmentTxn } = transaction;
  if (log?.extent === undefined || event === undefined) return undefined;
  const data = dataOf(event);
  const detail = { byteOffset: event.byteOffset, segmentTxn, seqTxn: log.seqTxn };
  const told = (min: bigint, max: bigint, rows: bigint): string => `min ${min}, max ${max}, ${rows} rows`;
  const { minTimestamp, maxTimestamp, rowCount } = log.extent;
  const expected = told(minTimestamp, maxTimestamp, rowCount);
  if (data === undefined) {
    return logSaysNoRows(log)
      ? undefined
      : damage('event_log_disagree', path, { ...detail, expected, actual: 'an event without rows' });
  }
  const actual = told(data.minTimestamp, data.maxTimestamp, BigInt(data.rowHi - data.rowLo));
  return actual === expected
    ? undefined
    : damage('event_log_disagree', path, { ...detail, expected, actual, severity: 'repaired' });
}

/**
 * Joins a segment's log records and events. Damage: `event_record_missing` for what the log names and the file has not,
 * `event_log_disagree`, `event_rows_disagree`.
 */
export function joinTransactions(
  task: SegmentTask,
  segmentDir: string,
  walk: EventWalk,
  evidence: RangeEvidence,
): SegmentTransactions {
  const path = join(segmentDir, SEGMENT_FILES.event);
  const named = keyed(task.named, (log) => log.segmentTxn);
  const events = keyed(walk.records, (record) => record.segmentTxn);
  const absent = task.named.filter((log) => !events.has(log.segmentTxn));
  const lost = [...task.table.unnamed, ...absent.map(({ seqTxn }) => ({ from: seqTxn, to: seqTxn }))];
  const count = recordCount(named, events);
  const standing = standings(count, named, events, lost, walk.headerMaxTxn ?? -1);
  const ranges = rowRanges(
    standing.map((each, n) => rangeItem(n, events.get(n), named.get(n), each)),
    evidence,
  );
  const disowned = ranges.disowned.map((segmentTxn) => {
    const detail = { segmentTxn, expected: 'an event with rows', actual: 'one without' };
    return damage('event_record_invalid', path, { ...detail, byteOffset: events.get(segmentTxn)?.byteOffset ?? 0 });
  });
  for (const segmentTxn of ranges.disowned) events.delete(segmentTxn);
  const uncertain = new Set(ranges.conflicts.flatMap(({ segmentTxn, certain }) => (certain ? [] : [segmentTxn])));
  const single = new Map<number, number>();
  ranges.stretches.forEach(({ segmentTxns: members, lo, hi }) => {
    if (members.length === 1) single.set(members[0] ?? -1, hi - lo);
  });
  const all = standing.map((each, n): SegmentTransaction => {
    const log = named.get(n);
    return {
      segmentTxn: n,
      standing: each,
      log,
      event: events.get(n),
      rowsExpected: (uncertain.has(n) ? undefined : single.get(n)) ?? logRowsOf(log),
    };
  });
  const far = task.named.filter((log) => log.segmentTxn >= count);
  const beyond = far.map(
    (log): SegmentTransaction => ({
      segmentTxn: log.segmentTxn,
      standing: 'named',
      log,
      event: undefined,
      rowsExpected: logRowsOf(log),
    }),
  );
  const rows = ranges.stretches
    .filter((stretch) => stretch.hi > stretch.lo)
    .map(({ lo, hi, from, segmentTxns: members }) => ({
      lo,
      hi,
      from,
      transactions: members.flatMap((n) => all[n] ?? []),
    }));
  const settled = new Set(ranges.conflicts.map((conflict) => conflict.segmentTxn));
  rows.forEach(({ transactions }) => {
    for (const { segmentTxn } of transactions) settled.add(segmentTxn);
  });
  const homeless = all.filter((t) => t.standing !== 'orphan' && hasRows(t.event) && !settled.has(t.segmentTxn));
  const reported = new Set(walk.damage.map((d) => (d.code === 'event_record_invalid' ? d.segmentTxn : undefined)));
  const unreported = absent.filter(({ segmentTxn }) => isPastEnd(walk, segmentTxn) && !reported.has(segmentTxn));
  const isFileLost = walk.damage.some((d) => d.code === 'event_missing' || d.code === 'event_unreadable');
  const found = [
    ...disowned,
    ...(isFileLost ? [] : unreported.map((log) => recordMissing(path, walk, log))),
    ...all.map((transaction) => compareWithLog(transaction, path)).filter((each) => each !== undefined),
    ...homeless.map((transaction) => rowsMissing(path, transaction, evidence.capacity)),
    ...ranges.conflicts.map(({ segmentTxn, claims, certain }) => {
      const detail = { segmentTxn, expected: 'one row where it begins', actual: `rows ${claims.join(' and ')}` };
      return damage('event_rows_disagree', path, certain ? { ...detail, severity: 'repaired' } : detail);
    }),
  ];
  return { all: [...all, ...beyond], rows, uncertain, damage: found };
}

/** True for an event that claims rows. */
export const hasRows = (event: EventRecord | undefined): boolean => {
  const data = dataOf(event);
  return data !== undefined && data.rowHi > data.rowLo;
};

/** The column files have none of the rows of an event. */
function rowsMissing(path: string, { event, segmentTxn, log }: SegmentTransaction, capacity: number): Damage {
  const data = dataOf(event);
  return damage('event_rows_disagree', path, {
    segmentTxn,
    ...(log === undefined ? {} : { seqTxn: log.seqTxn }),
    byteOffset: event?.byteOffset ?? 0,
    expected: `rows up to ${data?.rowHi}`,
    actual: `column files with room for ${capacity}`,
  });
}

/** The walk reports what is missing between records; past the last one nothing but the log tells. */
const isPastEnd = (walk: EventWalk, segmentTxn: number): boolean =>
  segmentTxn > (walk.records.at(-1)?.segmentTxn ?? -1);

function recordMissing(path: string, walk: EventWalk, log: LogRecord): Damage {
  const last = walk.records.at(-1)?.segmentTxn;
  const actual = last === undefined ? 'no record' : `the last is ${last}`;
  return damage('event_record_missing', path, {
    segmentTxn: log.segmentTxn,
    seqTxn: log.seqTxn,
    expected: `record ${log.segmentTxn}`,
    actual,
  });
}
