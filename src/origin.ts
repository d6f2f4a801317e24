/** Where rows come from: the provenance columns. */
import type { RunsChunk } from './columnChunk.js';
import type { SegmentId } from './segmentTask.js';
import type { SegmentTransaction, TransactionRows } from './transactions.js';
import { type RecoveryStatus, recoveryStatus, type Watermark } from './watermark.js';

/** The status of rows that belong to several transactions, or to one: `unknown` where they differ or the log is silent. */
export function statusOf(
  rows: Pick<TransactionRows, 'transactions'>,
  watermark: Watermark | undefined,
): RecoveryStatus {
  const of = ({ log, standing }: SegmentTransaction): RecoveryStatus =>
    standing !== 'named' || log?.doubtful === true ? 'unknown' : recoveryStatus(watermark, log?.seqTxn);
  const first = rows.transactions[0];
  if (first === undefined) return 'unknown';
  const status = of(first);
  return rows.transactions.every((other) => of(other) === status) ? status : 'unknown';
}

/**
 * One chunk for each provenance column, in the order of `provenanceColumns`, for the given rows. Rows that belong to several
 * transactions together, and those of a transaction that the log doesn't name, have NULL where it is not known.
 */
export function provenanceChunks(
  segment: SegmentId,
  rows: readonly TransactionRows[],
  watermark: Watermark | undefined,
): RunsChunk[] {
  const lengths = rows.map(({ lo, hi }) => hi - lo);
  const length = lengths.reduce((sum, n) => sum + n, 0);
  const runs = (values: RunsChunk['values']): RunsChunk => {
    const nullCount = values.reduce<number>((sum, value, i) => sum + (value === null ? (lengths[i] ?? 0) : 0), 0);
    return { kind: 'runs', length, nullCount, lengths, values };
  };
  const constant = (value: number): RunsChunk => ({
    kind: 'runs',
    length,
    nullCount: 0,
    lengths: [length],
    values: [value],
  });
  const only = rows.map(({ transactions }) => (transactions.length === 1 ? transactions[0] : undefined));
  return [
    constant(segment.walId),
    constant(segment.segmentId),
    runs(only.map((transaction) => transaction?.segmentTxn ?? null)),
    runs(only.map((transaction) => transaction?.log?.seqTxn ?? null)),
    runs(only.map((transaction) => transaction?.log?.commitTimestampUs ?? null)),
    runs(rows.map((stretch) => statusOf(stretch, watermark))),
  ];
}
