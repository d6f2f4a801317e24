/**
 * Whether the rows of each transaction have the least and greatest timestamp that its event promises: a check that costs
 * nothing extra where rows are in order, and finds row bounds that are damaged without being contradicted.
 */
import type { ColumnChunk } from './columnChunk.js';
import type { DataEvent } from './events/record.js';
import type { SegmentTransaction, TransactionRows } from './transactions.js';

/** Least and greatest timestamp seen of a transaction so far. */
interface Seen {
  min: bigint;
  max: bigint;
}

export interface TimestampCheck {
  /** Takes the designated timestamp's chunk of a row group. */
  add(rows: readonly TransactionRows[], chunk: ColumnChunk): void;
  /** Transactions whose rows, all added by now, do not have the timestamps of their event. */
  mismatches(): readonly SegmentTransaction[];
}

const eventOf = (transaction: SegmentTransaction): DataEvent | undefined =>
  transaction.event?.body.kind === 'data' ? transaction.event.body : undefined;

/** Least and greatest of values [lo, hi); rows in order need a look at both ends only. */
function boundsOf(values: BigInt64Array, lo: number, hi: number, outOfOrder: boolean): Seen {
  let min = values[lo] ?? 0n;
  let max = values[outOfOrder ? lo : hi - 1] ?? 0n;
  for (let i = lo + 1; outOfOrder && i < hi; i++) {
    const value = values[i] ?? 0n;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return { min, max };
}

/** A check over the row groups of a segment, in order. Transactions with a lost timestamp are not judged. */
export function timestampCheck(): TimestampCheck {
  const seen = new Map<SegmentTransaction, Seen>();
  const unjudged = new Set<SegmentTransaction>();
  return {
    add: (rows, chunk) => {
      if (chunk.kind !== 'fixed') return;
      const values = new BigInt64Array(chunk.values.buffer, chunk.values.byteOffset, chunk.length);
      let at = 0;
      for (const { lo, hi, transactions } of rows) {
        const [transaction] = transactions;
        const event = transaction && transactions.length === 1 ? eventOf(transaction) : undefined;
        if (transaction !== undefined && event !== undefined && chunk.nullCount === 0) {
          const { min, max } = boundsOf(values, at, at + hi - lo, event.outOfOrder);
          const known = seen.get(transaction);
          if (known === undefined) seen.set(transaction, { min, max });
          else {
            if (min < known.min) known.min = min;
            if (max > known.max) known.max = max;
          }
        } else if (transaction !== undefined) unjudged.add(transaction);
        at += hi - lo;
      }
    },
    mismatches: () =>
      [...seen].flatMap(([transaction, { min, max }]) => {
        const event = eventOf(transaction);
        const isRight = min === event?.minTimestamp && max === event.maxTimestamp;
        return isRight || unjudged.has(transaction) ? [] : [transaction];
      }),
  };
}
