/**
 * Log records of one segment name its events one after the other. A record that breaks the row is damaged: what it names is
 * not what was committed under its seqTxn.
 */
import { type Damage, damage } from './damage.js';
import type { LogRecord } from './logRecord.js';

export interface OrderedRecords {
  /** By segment, without the records that break the row. */
  readonly named: ReadonlyMap<string, readonly LogRecord[]>;
  /** The records that were taken out. */
  readonly invalid: readonly LogRecord[];
  readonly damage: readonly Damage[];
}

/** What most values are; of several the nearest to 0, where the row of a segment begins that was never purged. */
function mode(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const [first = [0, 0], ...others] = [...counts];
  return others.reduce((best, one) => {
    const isCommoner = one[1] > best[1] || (one[1] === best[1] && Math.abs(one[0]) < Math.abs(best[0]));
    return isCommoner ? one : best;
  }, first)[0];
}

/**
 * True for the records that are in the row: those whose number keeps the commonest distance from their place in the list, and
 * those between them that rise without meeting one of them.
 */
function inRow(records: readonly LogRecord[]): boolean[] {
  const distances = records.map((record, i) => record.segmentTxn - i);
  const common = mode(distances);
  const nextAnchor: number[] = [];
  for (let i = records.length - 1, next = Number.POSITIVE_INFINITY; i >= 0; i--) {
    nextAnchor[i] = next;
    if (distances[i] === common) next = records[i]?.segmentTxn ?? next;
  }
  let last = -1;
  return records.map(({ segmentTxn }, i) => {
    const fits = segmentTxn > last && (distances[i] === common || segmentTxn < (nextAnchor[i] ?? 0));
    if (fits) last = segmentTxn;
    return fits;
  });
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

/** Puts records that were exchanged within a segment under each other's seqTxn again; gives the list and what was moved. */
function undoExchanges(records: readonly LogRecord[]): { records: readonly LogRecord[]; moved: readonly LogRecord[] } {
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
    sorted.forEach((record, k) => {
      const back = { ...record, seqTxn: stretch[k]?.seqTxn ?? record.seqTxn };
      result[i + k] = back;
      if (back.seqTxn !== record.seqTxn) moved.push(back);
    });
    i = end - 1;
  }
  return { records: result, moved };
}

const isRow = (records: readonly LogRecord[]): boolean =>
  records.every((record, i) => i === 0 || record.segmentTxn === (records[i - 1]?.segmentTxn ?? 0) + 1);

/**
 * Puts exchanged records back and takes out those that break the row of their segment. Damage: `txnlog_duplicate_record` for
 * each, repaired where it was only out of its place.
 */
export function checkOrder(named: ReadonlyMap<string, readonly LogRecord[]>, path: string): OrderedRecords {
  const invalid: LogRecord[] = [];
  const found: Damage[] = [];
  const kept = new Map<string, readonly LogRecord[]>();
  const report = (record: LogRecord, severity: 'loss' | 'repaired'): void => {
    const { seqTxn, walId, segmentId, segmentTxn } = record;
    const detail = { seqTxn, walId, segmentId, segmentTxn, severity, expected: 'records of a segment in a row' };
    found.push(damage('txnlog_duplicate_record', path, detail));
  };
  for (const [key, list] of named) {
    if (isRow(list)) {
      kept.set(key, list);
      continue;
    }
    const { records, moved } = undoExchanges(list);
    const fits = inRow(records);
    kept.set(
      key,
      records.filter((_, i) => fits[i]),
    );
    for (const record of moved) report(record, 'repaired');
    for (const record of records.filter((_, i) => !fits[i])) {
      invalid.push(record);
      report(record, 'loss');
    }
  }
  return { named: kept, invalid, damage: found };
}
