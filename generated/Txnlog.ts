// Made by generator/main.ts from formats/txnlog.ksy with kaitai-struct-compiler 0.11.0; do not edit.
import type { GeneratedType, KaitaiNode } from '../src/kaitai/types.js';
import { Txnlog as code } from './code/Txnlog.js';

/**
 * The list of a WAL table's committed transactions. Format 0 (V1) keeps the records in this file, behind the header; format 1
 * (V2, since 7.4.0) keeps them in `txn_seq/_txn_parts/<n>` and this file is the header alone. The file of V1 grows by
 * pages: bytes behind record `max_txn` were never committed.
 */
export interface Txnlog extends KaitaiNode {
  /**
   * 0 for V1, 1 for V2.
   * QuestDB: HEADER formatVersion
   */
  readonly format: number;
  /**
   * Number of committed transactions, which is the number of the last one.
   * QuestDB: MAX_TXN_OFFSET_64
   */
  readonly maxTxn: bigint;
  /**
   * When the table was created, µs UTC; 0 before 7.3.10.
   * QuestDB: TABLE_CREATE_TIMESTAMP_OFFSET_64
   */
  readonly createTimestampUs: bigint;
  /**
   * V2, transactions per part file. V1, 0.
   * QuestDB: SEQ_TXN_PART_SIZE_OFFSET_32
   */
  readonly numPartTxns: number;
  readonly reserved: Uint8Array;
  /** All places for a record of V1 in the file, those past `max_txn` too. Record k (from 0) is transaction k + 1. */
  readonly recordsV1: readonly Txnlog.RecordV1[] | undefined;
}
export declare namespace Txnlog {
  /**
   * One transaction. `wal_id` above 0: the event `segment_txn` of `wal<wal_id>/<segment_id>/_event`; -1: a structural
   * change (segment_id and segment_txn are -1, structure_version is the new version); -2: DROP TABLE.
   */
  export interface RecordV1 extends KaitaiNode {
    /** The structure version in force, for a structural change the version that it makes. */
    readonly structureVersion: bigint;
    readonly walId: number;
    readonly segmentId: number;
    /** Number of the record in the segment's `_event`. */
    readonly segmentTxn: number;
    /** Commit time, µs UTC also in nanosecond tables. */
    readonly commitTimestampUs: bigint;
  }
  /** One transaction of format V2; starts like a record of V1. */
  export interface RecordV2 extends KaitaiNode {
    /** The structure version in force, for a structural change the version that it makes. */
    readonly structureVersion: bigint;
    readonly walId: number;
    readonly segmentId: number;
    /** Number of the record in the segment's `_event`. */
    readonly segmentTxn: number;
    /** Commit time, µs UTC also in nanosecond tables. */
    readonly commitTimestampUs: bigint;
    /**
     * Lowest designated timestamp, in the unit of that column. The largest int64 where there are no rows; for a
     * structural change the command code.
     */
    readonly minTimestamp: bigint;
    /** Highest designated timestamp. -1 where there are no rows, 0 for structural changes and DROP TABLE. */
    readonly maxTimestamp: bigint;
    readonly rowCount: bigint;
    readonly reserved: bigint;
  }
}

export const Txnlog = code as unknown as GeneratedType<Txnlog> & {
  readonly RecordV1: GeneratedType<Txnlog.RecordV1>;
  readonly RecordV2: GeneratedType<Txnlog.RecordV2>;
};
