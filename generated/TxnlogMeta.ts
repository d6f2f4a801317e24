// Made by generator/main.ts from formats/txnlog_meta.ksy with kaitai-struct-compiler 0.11.0; do not edit.
import type { EnumMap, GeneratedType, KaitaiNode } from '../src/kaitai/types.js';
import { TxnlogMeta as code } from './code/TxnlogMeta.js';
import type { Str16 } from './Str16.js';

/**
 * The structural changes of a table (ALTER TABLE that changes columns, RENAME TABLE, DEDUP), one after the other; change k
 * makes structure version k. Zero filled behind the last one.
 */
export interface TxnlogMeta extends KaitaiNode {
  /** The changes, then one with length 0 when the file goes on. */
  readonly changes: readonly TxnlogMeta.Change[] | undefined;
}
export declare namespace TxnlogMeta {
  /** Other values are possible: newer releases, damage. */
  export type AlterCommand = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14 | 15 | 16 | 17 | (number & {});
  /** One structural change. */
  export interface Change extends KaitaiNode {
    /** Bytes that follow; 0 while the change is being written. */
    readonly lenChange: number;
    readonly body: TxnlogMeta.ChangeBody | undefined;
  }
  /** What is changed. The meaning of `longs` and `strings` depends on the command. */
  export interface ChangeBody extends KaitaiNode {
    readonly command: TxnlogMeta.AlterCommand;
    /** Where the table's name was in the SQL text. */
    readonly tableNamePosition: number;
    readonly numLongs: number;
    /**
     * ADD_COLUMN and CHANGE_COLUMN_TYPE, six for each column: type, symbol capacity, cache (1 or -1), flags (bit 0 indexed; up to
     * 7.2.x 1 or -1), index block capacity, position of the name. SET_DEDUP_ENABLE: the slots of the keys.
     */
    readonly longs: readonly bigint[];
    readonly numStrings: number;
    /** Column names; for the RENAME commands pairs of old and new name. */
    readonly strings: readonly Str16[];
    /** Bytes of a newer release. */
    readonly surplus: Uint8Array;
  }
}

export const TxnlogMeta = code as unknown as GeneratedType<TxnlogMeta> & {
  readonly AlterCommand: EnumMap<{ readonly ADD_COLUMN: 1; readonly DROP_PARTITION: 2; readonly ATTACH_PARTITION: 3; readonly ADD_INDEX: 4; readonly DROP_INDEX: 5; readonly ADD_SYMBOL_CACHE: 6; readonly REMOVE_SYMBOL_CACHE: 7; readonly DROP_COLUMN: 8; readonly RENAME_COLUMN: 9; readonly SET_PARAM_MAX_UNCOMMITTED_ROWS: 10; readonly SET_PARAM_COMMIT_LAG: 11; readonly DETACH_PARTITION: 12; readonly SQUASH_PARTITIONS: 13; readonly RENAME_TABLE: 14; readonly SET_DEDUP_ENABLE: 15; readonly SET_DEDUP_DISABLE: 16; readonly CHANGE_COLUMN_TYPE: 17 }>;
  readonly Change: GeneratedType<TxnlogMeta.Change>;
  readonly ChangeBody: GeneratedType<TxnlogMeta.ChangeBody>;
};
