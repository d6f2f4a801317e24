/** The unit of work: one segment on disk, with all that the log and the table say of it. Plain data, safe to send between threads. */

import type { LogRecord, SeqTxnRange } from './logRecord.js';
import type { CompressionName } from './parquet/compression.js';
import type { Schema } from './schema.js';
import type { Watermark } from './watermark.js';

/** What an export leaves out or adds. */
export interface RowOptions {
  /** Leave out rows that the table has applied; rows in the lag and of unknown status stay. */
  readonly unappliedOnly: boolean;
  /** Leave out rows of other transactions; rows whose transaction is unknown stay. */
  readonly seqTxns: SeqTxnRange | undefined;
  /** Also save complete records that the log never got, into files of their own. */
  readonly orphans: boolean;
}

export interface EncodeOptions {
  /** Provenance columns at the end of each row. */
  readonly shoulder: boolean;
  readonly compression: CompressionName;
  /** Rows of a row group. */
  readonly rowGroupRows: number;
}

/** What the segments of a table share. */
export interface TableContext {
  readonly dirName: string;
  readonly tableName: string;
  /** What file names begin with: `tableName` where that is safe and unique, else the folder's name. */
  readonly outputName: string;
  /** `undefined` when it can't be known. */
  readonly watermark: Watermark | undefined;
  readonly logHasRowCounts: boolean;
  /** Records of the log are lost to damage, not to the ordinary purge. */
  readonly logIsDamaged: boolean;
  /** The last transaction of the log as it was read, and whether its header has never been written. */
  readonly logMaxTxn: bigint;
  readonly logIsBlank: boolean;
  /** Transactions that the log must have named and does not; past its end when the end is unknown. */
  readonly unnamed: readonly SeqTxnRange[];
  /** By structureVersion; empty when the structural changes can't be replayed. */
  readonly replayed: readonly Schema[];
  readonly sequencerSchema: Schema | undefined;
  /** Every segment on disk, by WAL and segment. */
  readonly segments: readonly SegmentId[];
}

export interface SegmentId {
  /** From 1. */
  readonly walId: number;
  /** From 0. */
  readonly segmentId: number;
}

export interface SegmentTask extends SegmentId {
  readonly table: TableContext;
  /** The log's records that name the segment, by seqTxn; empty for a segment that the log doesn't name. */
  readonly named: readonly LogRecord[];
  /** The greatest seqTxn that the log names in earlier segments of the WAL; its records have greater ones. */
  readonly namedBefore?: bigint;
  readonly rows: RowOptions;
  readonly encode: EncodeOptions;
}

/** Tells segments of one table apart. */
export const segmentKey = ({ walId, segmentId }: SegmentId): string => `${walId}/${segmentId}`;

export const sameSegment = (a: SegmentId, b: SegmentId): boolean => a.walId === b.walId && a.segmentId === b.segmentId;
