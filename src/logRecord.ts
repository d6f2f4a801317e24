/** One record of the sequencer's log, in either format. */

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
