// Made by generator/main.ts from formats/txn.ksy with kaitai-struct-compiler 0.11.0; do not edit.
import type { GeneratedType, KaitaiNode } from '../src/kaitai/types.js';
import { Txn as code } from './code/Txn.js';

/**
 * The committed state of a table. Two areas are written in turn: an even `version` makes area A current, an odd one area B.
 * The other area is the previous commit, unless a bigger record overlapped it.
 */
export interface Txn extends KaitaiNode {
  /**
   * Equal to the `txn` of the current record.
   * QuestDB: TX_BASE_OFFSET_VERSION_64
   */
  readonly version: bigint;
  readonly areaA: Txn.Area;
  readonly paddingA: Uint8Array;
  readonly areaB: Txn.Area;
  readonly paddingB: Uint8Array;
  readonly recordA: Txn.TxnRecord;
  readonly recordB: Txn.TxnRecord;
}
export declare namespace Txn {
  /** Where a record is and how long its parts are; all zero when the area was never written. */
  export interface Area extends KaitaiNode {
    readonly ofsRecord: number;
    /** Bytes of the symbol counts. */
    readonly lenSymbols: number;
    /** Bytes of the partition list. */
    readonly lenPartitions: number;
  }
  /** One committed state. */
  export interface TxnRecord extends KaitaiNode {
    /** Bytes of the symbol counts, as the header has it. */
    readonly lenSymbols: number;
    /** Bytes of the partition list, as the header has it. */
    readonly lenPartitions: number;
    /** QuestDB: TX_OFFSET_TXN_64 */
    readonly txn: bigint;
    /**
     * Rows of the last partition.
     * QuestDB: TX_OFFSET_TRANSIENT_ROW_COUNT_64
     */
    readonly transientRowCount: bigint;
    /**
     * Rows of all partitions but the last.
     * QuestDB: TX_OFFSET_FIXED_ROW_COUNT_64
     */
    readonly fixedRowCount: bigint;
    /**
     * The largest int64 when the table is empty.
     * QuestDB: TX_OFFSET_MIN_TIMESTAMP_64
     */
    readonly minTimestamp: bigint;
    /**
     * The smallest int64 when the table is empty.
     * QuestDB: TX_OFFSET_MAX_TIMESTAMP_64
     */
    readonly maxTimestamp: bigint;
    /**
     * Low 32 bits: metadata version. High 32 bits: column structure version (0: the same as the low ones; 0x80000000: 0).
     * 7.0.1: a plain metadata version.
     * QuestDB: TX_OFFSET_STRUCT_VERSION_64
     */
    readonly structureVersion: bigint;
    /** QuestDB: TX_OFFSET_DATA_VERSION_64 */
    readonly dataVersion: bigint;
    /** QuestDB: TX_OFFSET_PARTITION_TABLE_VERSION_64 */
    readonly partitionTableVersion: bigint;
    /**
     * Must be the version of `_cv`.
     * QuestDB: TX_OFFSET_COLUMN_VERSION_64
     */
    readonly columnVersion: bigint;
    /** QuestDB: TX_OFFSET_TRUNCATE_VERSION_64 */
    readonly truncateVersion: bigint;
    /**
     * Last transaction of the sequencer that readers see.
     * QuestDB: TX_OFFSET_SEQ_TXN_64
     */
    readonly seqTxn: bigint;
    /** QuestDB: TX_OFFSET_CHECKSUM_32 */
    readonly lagChecksum: number;
    /**
     * Transactions behind `seq_txn` that lie in the lag; negative when their rows are not sorted.
     * QuestDB: TX_OFFSET_LAG_TXN_COUNT_32
     */
    readonly lagTxnCount: number;
    /** QuestDB: TX_OFFSET_LAG_ROW_COUNT_32 */
    readonly lagRowCount: number;
    /** QuestDB: TX_OFFSET_LAG_MIN_TIMESTAMP_64 */
    readonly lagMinTimestamp: bigint;
    /** QuestDB: TX_OFFSET_LAG_MAX_TIMESTAMP_64 */
    readonly lagMaxTimestamp: bigint;
    readonly reserved: Uint8Array;
    /** QuestDB: TX_OFFSET_MAP_WRITER_COUNT_32 */
    readonly numSymbols: number;
    /** One for each live symbol column, in slot order. */
    readonly symbols: readonly Txn.SymbolCount[];
    readonly lenPartitionSection: number;
    readonly partitions: readonly Txn.Partition[];
  }
  /** Size of a symbol table; both counts are equal at rest. */
  export interface SymbolCount extends KaitaiNode {
    readonly count: number;
    readonly transientCount: number;
  }
  /** One partition of a partitioned table. */
  export interface Partition extends KaitaiNode {
    /** Start of the partition, in the unit of the designated timestamp. */
    readonly timestamp: bigint;
    /**
     * Bits 0 to 43: rows (stale for the last partition, see `transient_row_count`); 44 to 59 squash counter; 61 Parquet;
     * 62 read-only.
     */
    readonly maskedSize: bigint;
    /** Suffix of the folder's name, -1 for none. */
    readonly nameTxn: bigint;
    /** Bytes of the Parquet file, -1 or 0 when there is none. Up to 7.4 a column version. */
    readonly parquetFileSize: bigint;
  }
}

export const Txn = code as unknown as GeneratedType<Txn> & {
  readonly Area: GeneratedType<Txn.Area>;
  readonly TxnRecord: GeneratedType<Txn.TxnRecord, [lenSymbols: number, lenPartitions: number]>;
  readonly SymbolCount: GeneratedType<Txn.SymbolCount>;
  readonly Partition: GeneratedType<Txn.Partition>;
};
