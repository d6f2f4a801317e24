/**
 * Whether the rows of each transaction have the least and greatest timestamp that its event promises: a check that costs
 * nothing extra where rows are in order, and finds row bounds that are damaged without being contradicted.
 */
import { greatest, least } from './bigints.js';
import type { ColumnChunk } from './columnChunk.js';
import type { DataEvent } from './events/record.js';
import type { SegmentTransaction, TransactionRows } from './transactions.js';

/**
 * Least and greatest timestamp of some rows; `undefined` where that can't be told, or nobody knows what they must be; `doubtful` where
 * some are lost and the others speak for another end of the rows.
 */
export type TimestampBounds =
  | 'doubtful'
  | {
      readonly min: bigint;
      readonly max: bigint;
      /** True when the rows are seen not to be in order, though their event says that they are. */
      readonly isDisordered: boolean;
    }
  | undefined;

export interface TimestampCheck {
  /** Takes what `timestampBounds` says of the rows of a row group. */
  add(rows: readonly TransactionRows[], bounds: readonly TimestampBounds[]): void;
  /** Transactions whose rows, all added by now, do not have the timestamps of their event, or not in its order. */
  mismatches(): readonly SegmentTransaction[];
  /** Transactions with lost timestamps, the rest of which speak for another end of their rows. */
  doubtful(): readonly SegmentTransaction[];
  /**
   * Those of them whose record is not one of this segment: neither bound is right, and not because of one damaged timestamp among
   * others. That of a single row counts when most of the segment's records are so, or others were found before. Beside one of
   * them, one wrong bound is enough, if the rows are those that the event itself claims. None that a V2 log bears out.
   */
  foreign(hasForeign: boolean): readonly SegmentTransaction[];
}

const eventOf = (transaction: SegmentTransaction): DataEvent | undefined =>
  transaction.event?.body.kind === 'data' ? transaction.event.body : undefined;

/** True when a V2 log has the same rows and timestamps for it: then the rows are others, not the event. */
function isConfirmed({ log, event }: SegmentTransaction): boolean {
  if (log?.extent === undefined || event?.body.kind !== 'data') return false;
  const { rowLo, rowHi, minTimestamp, maxTimestamp } = event.body;
  const { extent } = log;
  const hasTimes = extent.minTimestamp === minTimestamp && extent.maxTimestamp === maxTimestamp;
  return hasTimes && extent.rowCount === BigInt(rowHi - rowLo);
}

/**
 * Least and greatest of values [lo, hi), all or some of an event's. Rows in order need a look at both ends only, unless those
 * are not what the event promises, and some of the others are.
 */
function boundsOf(values: BigInt64Array, lo: number, hi: number, event: DataEvent): TimestampBounds {
  const ends = { min: values[lo] ?? 0n, max: values[hi - 1] ?? 0n, isDisordered: false };
  const isPromised = (bounds: { min: bigint; max: bigint }): boolean =>
    bounds.min === event.minTimestamp && bounds.max === event.maxTimestamp;
  const isAll = hi - lo === event.rowHi - event.rowLo;
  if (!event.outOfOrder && (!isAll || isPromised(ends))) return ends;
  let [min, max] = [ends.min, ends.min];
  for (let i = lo + 1; i < hi; i++) {
    const value = values[i] ?? 0n;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  if (event.outOfOrder)
    return (isAll ? withoutOutlier(values, lo, hi, event) : undefined) ?? { min, max, isDisordered: false };
  return isPromised({ min, max }) ? { min, max, isDisordered: true } : ends;
}

/**
 * The bounds without the one value that is outside those of the event, if the others have one of these: a damaged timestamp spoils
 * both where it was one itself. Seen as disorder. `undefined` where that is not so.
 */
function withoutOutlier(values: BigInt64Array, lo: number, hi: number, event: DataEvent): TimestampBounds {
  const { minTimestamp, maxTimestamp } = event;
  let [min, max] = [maxTimestamp, minTimestamp];
  let outliers = 0;
  for (let i = lo; i < hi; i++) {
    const value = values[i] ?? 0n;
    if (value < minTimestamp || value > maxTimestamp) outliers += 1;
    else [min, max] = [least(min, value), greatest(max, value)];
  }
  const isExplained = outliers === 1 && hi - lo > 1 && (min === minTimestamp || max === maxTimestamp);
  return isExplained ? { min, max, isDisordered: true } : undefined;
}

const isLost = ({ validity, nullCount }: ColumnChunk, row: number): boolean =>
  validity !== undefined && nullCount > 0 && ((validity[row >>> 3] ?? 0) & (1 << (row & 7))) === 0;

/** True when a value of rows [lo, hi) is lost. */
function hasLost(chunk: ColumnChunk, lo: number, hi: number): boolean {
  if (chunk.validity === undefined || chunk.nullCount === 0) return false;
  for (let row = lo; row < hi; row++) if (isLost(chunk, row)) return true;
  return false;
}

/**
 * True when rows [lo, hi), some of which are lost, may be too many: one that is not lost is outside the event's bounds, or both of
 * them are there before the last rows, which are lost.
 */
function isEndDoubtful(chunk: ColumnChunk, values: BigInt64Array, lo: number, hi: number, event: DataEvent): boolean {
  const { minTimestamp, maxTimestamp } = event;
  let [hasMin, hasMax] = [false, false];
  for (let row = lo; row < hi; row++) {
    if (isLost(chunk, row)) continue;
    const value = values[row] ?? 0n;
    if (value < minTimestamp || value > maxTimestamp) return true;
    hasMin ||= value === minTimestamp;
    hasMax ||= value === maxTimestamp;
  }
  return hasMin && hasMax && isLost(chunk, hi - 1);
}

/** The bounds of each stretch of a row group, of the designated timestamp's chunk; none where that is not a column of values. */
export function timestampBounds(rows: readonly TransactionRows[], chunk: ColumnChunk): TimestampBounds[] {
  if (chunk.kind !== 'fixed') return [];
  const values = new BigInt64Array(chunk.values.buffer, chunk.values.byteOffset, chunk.length);
  let end = 0;
  return rows.map(({ lo, hi, transactions }) => {
    const begin = end;
    end += hi - lo;
    const transaction = transactions[0];
    const event = transaction && transactions.length === 1 ? eventOf(transaction) : undefined;
    if (event === undefined) return undefined;
    if (!hasLost(chunk, begin, end)) return boundsOf(values, begin, end, event);
    return isEndDoubtful(chunk, values, begin, end, event) ? 'doubtful' : undefined;
  });
}

/** A check over the row groups of a segment, in order. Transactions with a lost timestamp are not judged. */
export function timestampCheck(): TimestampCheck {
  const seen = new Map<
    SegmentTransaction,
    Exclude<TimestampBounds, 'doubtful' | undefined> & { readonly lo: number; readonly hi: number }
  >();
  const unjudged = new Set<SegmentTransaction>();
  const doubtful = new Set<SegmentTransaction>();
  const judged = () =>
    [...seen].flatMap(([transaction, { min, max, lo, hi }]) => {
      const event = eventOf(transaction);
      if (event === undefined || unjudged.has(transaction)) return [];
      const [hasMin, hasMax] = [min === event.minTimestamp, max === event.maxTimestamp];
      const isOwn = lo === event.rowLo && hi === event.rowHi;
      return [{ transaction, hasMin, hasMax, isOwn, rows: event.rowHi - event.rowLo }];
    });
  const mismatches = (): SegmentTransaction[] => {
    const found: SegmentTransaction[] = [];
    seen.forEach(({ min, max, isDisordered }, transaction) => {
      const event = eventOf(transaction);
      if (event === undefined || unjudged.has(transaction)) return;
      if (min !== event.minTimestamp || max !== event.maxTimestamp || isDisordered) found.push(transaction);
    });
    return found;
  };
  return {
    add: (rows, bounds) => {
      bounds.forEach((of, index) => {
        const { lo = 0, hi = 0, transactions } = rows[index] ?? {};
        const transaction = transactions?.[0];
        if (transaction === undefined) return;
        const known = seen.get(transaction);
        if (of === 'doubtful') doubtful.add(transaction);
        if (of === undefined || of === 'doubtful') unjudged.add(transaction);
        else if (known === undefined)
          seen.set(transaction, { min: of.min, max: of.max, isDisordered: of.isDisordered, lo, hi });
        else {
          const isDisordered = known.isDisordered || of.isDisordered;
          const bounds = { min: least(known.min, of.min), max: greatest(known.max, of.max), isDisordered };
          seen.set(transaction, { ...bounds, lo: Math.min(known.lo, lo), hi: Math.max(known.hi, hi) });
        }
      });
    },
    mismatches,
    doubtful: () => [...doubtful],
    foreign: (hasForeign) => {
      if (mismatches().length === 0) return [];
      const all = judged()
        .filter(({ transaction }) => !isConfirmed(transaction))
        .sort((a, b) => a.transaction.segmentTxn - b.transaction.segmentTxn);
      const neither = all.filter(({ hasMin, hasMax }) => !hasMin && !hasMax);
      const isMost = hasForeign || (all.length > 1 && neither.length * 2 > all.length);
      const foreign = new Set(neither.filter(({ rows }) => rows > 1 || isMost));
      for (const pass of [all, [...all].reverse()]) {
        pass.forEach((one, i) => {
          const before = pass[i - 1];
          if (before !== undefined && foreign.has(before) && one.isOwn && !(one.hasMin && one.hasMax)) foreign.add(one);
        });
      }
      return all.flatMap((one) => (foreign.has(one) ? [one.transaction] : []));
    },
  };
}
