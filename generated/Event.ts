// Made by generator/main.ts from formats/event.ksy with kaitai-struct-compiler 0.11.0; do not edit.
import type { EnumMap, GeneratedType, KaitaiNode } from '../src/kaitai/types.js';
import { Event as code } from './code/Event.js';
import type { BindValue } from './BindValue.js';
import type { Str16 } from './Str16.js';

/**
 * What a WAL writer did in a segment, one record for each transaction, then an end mark of -1. A record counts only when the
 * sequencer's log names it: rolled back and orphaned records look the same. Behind the end mark there may be zeros or the rest
 * of a rolled back record.
 */
export interface Event extends KaitaiNode {
  /**
   * Number of the last record; 0 also when there is none, -1 after record 0 was rolled back.
   * QuestDB: WALE_MAX_TXN_OFFSET_32
   */
  readonly maxTxn: number;
  /** QuestDB: WAL_FORMAT_OFFSET_32 */
  readonly format: number;
  /** 0, or 1 when a record of a materialised view was written in this segment. */
  readonly formatLow: number;
  /** Reserved for additions that older readers can ignore; 0 in every release. */
  readonly formatHigh: number;
  /** The records; the last one is the end mark, when there is one. */
  readonly records: readonly Event.Record[] | undefined;
}
export declare namespace Event {
  /** Other values are possible: newer releases, damage. */
  export type EventType = 0 | 1 | 2 | 3 | 4 | 5 | (number & {});
  /** Other values are possible: newer releases, damage. */
  export type DedupMode = 0 | 1 | 2 | 3 | (number & {});
  /**
   * The first 13 bytes of a record other than the end mark, unchecked: to learn how long a record is before all of it is read, and to
   * look for records in a damaged file.
   */
  export interface RecordHead extends KaitaiNode {
    readonly lenRecord: number;
    readonly txn: bigint;
    readonly type: Event.EventType;
  }
  /** One transaction of the segment, or the end mark. */
  export interface Record extends KaitaiNode {
    /** Bytes of the record with this field; -1 is the end mark. */
    readonly lenRecord: number;
    /** Number of the record in the segment, from 0. */
    readonly txn: bigint | undefined;
    readonly type: Event.EventType | undefined;
    /** Raw bytes when the type is not known. */
    readonly body: Event.DataBody | Event.SqlBody | Event.TruncateBody | Event.MatViewInvalidateBody | Event.ViewDefinitionBody | Uint8Array | undefined;
  }
  /** Rows were added. */
  export interface DataBody extends KaitaiNode {
    /** True for the record type mat_view_data, which has two fields more. */
    readonly isMatView: boolean;
    /**
     * First row of the transaction in the segment's column files.
     * QuestDB: startRowID
     */
    readonly rowLo: bigint;
    /**
     * One past its last row.
     * QuestDB: endRowID
     */
    readonly rowHi: bigint;
    /** Lowest designated timestamp, in the unit of that column; the largest int64 when there are no rows. */
    readonly minTimestamp: bigint;
    /** Highest designated timestamp; -1 when there are no rows. */
    readonly maxTimestamp: bigint;
    /** 1 when the rows are not sorted by time. */
    readonly outOfOrder: number;
    readonly lastRefreshBaseTxn: bigint | undefined;
    readonly lastRefreshTimestampUs: bigint | undefined;
    /** New symbols of this transaction, by column; the last one is the end mark. */
    readonly symbolDiffs: readonly Event.SymbolDiff[];
    /** Since 9.0, only when there is something to say. */
    readonly footer: Event.DataFooter | undefined;
    /** Bytes of a newer release. */
    readonly surplus: Uint8Array;
  }
  /**
   * The symbols of one column that the table did not know when the WAL writer was opened. Keys from `clean_count` on start again in
   * every transaction; keys below it are in the symbol files beside the segment.
   */
  export interface SymbolDiff extends KaitaiNode {
    /** Column slot, -1 for the end mark. */
    readonly columnIndex: number;
    /** 1 when the transaction, or the table before it, has NULL in the column. */
    readonly nullFlag: number | undefined;
    /**
     * Number of symbols that are in the symbol files.
     * QuestDB: cleanTableSymbolCount
     */
    readonly cleanCount: number | undefined;
    readonly numEntries: number | undefined;
    /** In no particular order. */
    readonly entries: readonly Event.SymbolEntry[] | undefined;
    /** QuestDB: SYMBOL_MAP_END_OF_SYMBOL_ENTRIES */
    readonly terminator: number | undefined;
  }
  /** A key and its text. */
  export interface SymbolEntry extends KaitaiNode {
    readonly key: number;
    readonly symbol: Str16;
  }
  /** How the rows go into the table, where that isn't the default. */
  export interface DataFooter extends KaitaiNode {
    /** Materialised view, last period's end; else the smallest int64 (null). */
    readonly extra: bigint;
    /** Inclusive. */
    readonly replaceRangeLo: bigint;
    /** Exclusive. */
    readonly replaceRangeHi: bigint;
    readonly dedupMode: Event.DedupMode;
  }
  /** A statement that changes data or the table, to be executed when it is applied. */
  export interface SqlBody extends KaitaiNode {
    /**
     * 2 ALTER TABLE, 3 UPDATE.
     * QuestDB: cmdType
     */
    readonly commandType: number;
    readonly sql: Str16;
    /**
     * State of the random generator.
     * QuestDB: rndSeed0
     */
    readonly seed0: bigint;
    /** QuestDB: rndSeed1 */
    readonly seed1: bigint;
    readonly numIndexed: number;
    /** The values of $1, $2 and so on. */
    readonly indexed: readonly BindValue[];
    readonly numNamed: number;
    readonly named: readonly Event.NamedBindValue[];
    /** Bytes of a newer release. */
    readonly surplus: Uint8Array;
  }
  /** The value of a named bind variable. */
  export interface NamedBindValue extends KaitaiNode {
    /** Without the colon. */
    readonly name: Str16;
    readonly value: BindValue;
  }
  /** All rows of the table were removed. */
  export interface TruncateBody extends KaitaiNode {
    /** Bytes of a newer release. */
    readonly surplus: Uint8Array;
  }
  /** The state of a materialised view was reset; despite the name also harmless resets (`invalid` is 0). */
  export interface MatViewInvalidateBody extends KaitaiNode {
    readonly lastRefreshBaseTxn: bigint;
    readonly lastRefreshTimestampUs: bigint;
    readonly invalid: number;
    /** QuestDB: invalidationReason */
    readonly reason: Str16;
    /** Absent in early formats. */
    readonly lastPeriodHi: bigint | undefined;
    /** Absent in early formats. */
    readonly refreshIntervals: Event.RefreshIntervals | undefined;
    /** Bytes of a newer release. */
    readonly surplus: Uint8Array;
  }
  /** Time ranges that wait for a refresh. */
  export interface RefreshIntervals extends KaitaiNode {
    /** QuestDB: refreshIntervalsBaseTxn */
    readonly baseTxn: bigint;
    /** Number of values, two for each range; -1 for no list. */
    readonly numIntervals: number;
    /** Start and end of each range in turn. */
    readonly intervals: readonly bigint[] | undefined;
  }
  /** A view was altered or replaced. */
  export interface ViewDefinitionBody extends KaitaiNode {
    readonly sql: Str16;
    readonly numTables: number;
    readonly tables: readonly Event.ViewTable[];
    /** Bytes of a newer release. */
    readonly surplus: Uint8Array;
  }
  /** A table and those of its columns that a view reads. */
  export interface ViewTable extends KaitaiNode {
    readonly name: Str16;
    readonly numColumns: number;
    readonly columns: readonly Str16[];
  }
}

export const Event = code as unknown as GeneratedType<Event> & {
  readonly EventType: EnumMap<{ readonly DATA: 0; readonly SQL: 1; readonly TRUNCATE: 2; readonly MAT_VIEW_DATA: 3; readonly MAT_VIEW_INVALIDATE: 4; readonly VIEW_DEFINITION: 5 }>;
  readonly DedupMode: EnumMap<{ readonly DEFAULT: 0; readonly NO_DEDUP: 1; readonly UPSERT_NEW: 2; readonly REPLACE_RANGE: 3 }>;
  readonly RecordHead: GeneratedType<Event.RecordHead>;
  readonly Record: GeneratedType<Event.Record>;
  readonly DataBody: GeneratedType<Event.DataBody, [isMatView: boolean]>;
  readonly SymbolDiff: GeneratedType<Event.SymbolDiff>;
  readonly SymbolEntry: GeneratedType<Event.SymbolEntry>;
  readonly DataFooter: GeneratedType<Event.DataFooter>;
  readonly SqlBody: GeneratedType<Event.SqlBody>;
  readonly NamedBindValue: GeneratedType<Event.NamedBindValue>;
  readonly TruncateBody: GeneratedType<Event.TruncateBody>;
  readonly MatViewInvalidateBody: GeneratedType<Event.MatViewInvalidateBody>;
  readonly RefreshIntervals: GeneratedType<Event.RefreshIntervals>;
  readonly ViewDefinitionBody: GeneratedType<Event.ViewDefinitionBody>;
  readonly ViewTable: GeneratedType<Event.ViewTable>;
};
