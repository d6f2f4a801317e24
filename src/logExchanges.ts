/** Log records of a segment that stand in each other's place, put back under their own seqTxn. */
import type { LogRecord } from './logRecord.js';

/**
 * What most values are; of several the nearest to 0, where the row of a segment begins that was never purged, and of two as near
 * the one below: a record too many came first.
 */
export function mode(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const better = ([a, times]: [number, number], [b, otherTimes]: [number, number]): number =>
    otherTimes - times || Math.abs(a) - Math.abs(b) || a - b;
  return [...counts].sort(better)[0]?.[0] ?? 0;
}

/** Places that two exchanged records of a segment may be apart, to be put back. */
const MAX_EXCHANGE_DISTANCE = 1024;

/**
 * One past a stretch from `from` on that holds the numbers from `first` on without a gap, in any order: its records were
 * exchanged among each other. `undefined` when there is none.
 */
function endOfExchange(records: readonly LogRecord[], from: number, first: number): number | undefined {
  let highest = -1;
  for (let i = from; i < Math.min(records.length, from + MAX_EXCHANGE_DISTANCE); i++) {
    const here = records[i]?.segmentTxn ?? 0;
    if (here < first) return undefined;
    highest = Math.max(highest, here);
    if (highest - first === i - from) {
      const isDistinct = new Set(records.slice(from, i + 1).map((record) => record.segmentTxn)).size === i - from + 1;
      return isDistinct && i > from ? i + 1 : undefined;
    }
  }
  return undefined;
}

/** Exchanged records bring their commit times with them; one that names another segment's event has its own, in its place. */
const isRising = (records: readonly LogRecord[]): boolean =>
  records.every((record, i) => i === 0 || record.commitTimestampUs >= (records[i - 1]?.commitTimestampUs ?? 0n));

/** Puts records that were exchanged within a segment under each other's seqTxn again; gives the list and what was moved. */
export function undoExchanges(records: readonly LogRecord[]): {
  records: readonly LogRecord[];
  moved: readonly LogRecord[];
} {
  const result = [...records];
  const moved: LogRecord[] = [];
  const hasFirst = records.some((record) => record.segmentTxn === 0);
  const first = hasFirst ? 0 : Math.max(0, mode(records.map((record, i) => record.segmentTxn - i)));
  for (let i = 0; i < result.length; i++) {
    const next = i === 0 ? first : (result[i - 1]?.segmentTxn ?? 0) + 1;
    if (result[i]?.segmentTxn === next) continue;
    const end = endOfExchange(result, i, next);
    if (end === undefined) continue;
    const stretch = result.slice(i, end);
    const sorted = [...stretch].sort((a, b) => a.segmentTxn - b.segmentTxn);
    if (!isRising(sorted)) continue;
    sorted.forEach((record, k) => {
      const back = { ...record, seqTxn: stretch[k]?.seqTxn ?? record.seqTxn };
      result[i + k] = back;
      if (back.seqTxn !== record.seqTxn) moved.push(back);
    });
    i = end - 1;
  }
  return { records: result, moved };
}
