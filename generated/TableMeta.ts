// Made by generator/main.ts from formats/table_meta.ksy with kaitai-struct-compiler 0.11.0; do not edit.
import type { EnumMap, GeneratedType, KaitaiNode } from '../src/kaitai/types.js';
import { TableMeta as code } from './code/TableMeta.js';
import type { ColumnType } from './ColumnType.js';
import type { Str16 } from './Str16.js';

/**
 * The columns and settings of a table. In `<table>/_meta` those after the last applied structural change, in `txn_seq/_meta.0`
 * (since 7.2.1) those at the beginning.
 */
export interface TableMeta extends KaitaiNode {
  /**
   * Column slots, those of deleted columns too.
   * QuestDB: META_OFFSET_COUNT
   */
  readonly numSlots: number;
  /** QuestDB: META_OFFSET_PARTITION_BY */
  readonly partitionBy: TableMeta.PartitionBy;
  /**
   * Slot of the designated timestamp, -1 for none.
   * QuestDB: META_OFFSET_TIMESTAMP_INDEX
   */
  readonly timestampIndex: number;
  /**
   * 426 in every release.
   * QuestDB: META_OFFSET_VERSION
   */
  readonly version: number;
  /** QuestDB: META_OFFSET_TABLE_ID */
  readonly tableId: number;
  /** QuestDB: META_OFFSET_MAX_UNCOMMITTED_ROWS */
  readonly maxUncommittedRows: number;
  /** QuestDB: META_OFFSET_O3_MAX_LAG */
  readonly o3MaxLagUs: bigint;
  /**
   * Counts every ALTER, also those that are not structural.
   * QuestDB: META_OFFSET_METADATA_VERSION
   */
  readonly metadataVersion: bigint;
  /** QuestDB: META_OFFSET_WAL_ENABLED */
  readonly isWal: number;
  /**
   * Low and high half, XORed, of 13 * metadata_version + 37 * num_slots; -1337 in place of 0. The minor version and the TTL count only
   * when it is right.
   * QuestDB: META_OFFSET_META_FORMAT_MINOR_VERSION
   */
  readonly minorChecksum: number;
  /** Since 9.0. */
  readonly minorVersion: number;
  /**
   * Since 9.0. Above 0 hours, below 0 months, 0 for none.
   * QuestDB: META_OFFSET_TTL_HOURS_OR_MONTHS
   */
  readonly ttlHoursOrMonths: number;
  readonly reserved: Uint8Array;
  readonly slots: readonly TableMeta.Slot[];
  readonly names: readonly Str16[];
}
export declare namespace TableMeta {
  /** Other values are possible: newer releases, damage. */
  export type PartitionBy = 0 | 1 | 2 | 3 | 4 | 5 | 6 | (number & {});
  /** One column, in writer order. */
  export interface Slot extends KaitaiNode {
    readonly type: ColumnType;
    /** 1 indexed, 2 sequential (up to 8.1, unused), 4 symbols cached, 8 deduplication key. */
    readonly flags: bigint;
    readonly indexBlockCapacity: number;
    /** Not reliable up to 8.2.0. */
    readonly symbolCapacity: number;
    /** Since 9.3. */
    readonly parquetEncoding: number;
    /** The slot, counted from 1, whose place this column takes when columns are listed; 0 for none. */
    readonly replacedSlotPlusOne: number;
    readonly reserved: number;
  }
}

export const TableMeta = code as unknown as GeneratedType<TableMeta> & {
  readonly PartitionBy: EnumMap<{ readonly DAY: 0; readonly MONTH: 1; readonly YEAR: 2; readonly NONE: 3; readonly HOUR: 4; readonly WEEK: 5; readonly NOT_APPLICABLE: 6 }>;
  readonly Slot: GeneratedType<TableMeta.Slot>;
};
