// Made by generator/main.ts from formats/column_versions.ksy with kaitai-struct-compiler 0.11.0; do not edit.
import type { GeneratedType, KaitaiNode } from '../src/kaitai/types.js';
import { ColumnVersions as code } from './code/ColumnVersions.js';

/**
 * Where columns begin and how their files are called, when that is not the default. Two areas are written in turn: an even
 * `version` makes area A current, an odd one area B.
 */
export interface ColumnVersions extends KaitaiNode {
  /**
   * Equal to `column_version` of `_txn`.
   * QuestDB: OFFSET_VERSION_64
   */
  readonly version: bigint;
  readonly areaA: ColumnVersions.Area;
  readonly areaB: ColumnVersions.Area;
  readonly entriesA: readonly ColumnVersions.Entry[] | undefined;
  readonly entriesB: readonly ColumnVersions.Entry[] | undefined;
}
export declare namespace ColumnVersions {
  /** Where a list of entries is; all zero when the area was never written. */
  export interface Area extends KaitaiNode {
    readonly ofsEntries: number;
    readonly lenEntries: number;
    /** False when the entries would not be in the file. Not an error here, since only one of the areas counts. */
    readonly isInside: boolean;
  }
  /** One column, or one column in one partition; sorted by partition, then column. */
  export interface Entry extends KaitaiNode {
    /**
     * Start of the partition, in the unit of the designated timestamp. The smallest int64: the column wherever there is no entry of
     * its own. The smallest but one: the symbol table of the column.
     */
    readonly partitionTimestamp: bigint;
    /** Column slot. */
    readonly columnIndex: bigint;
    /** Suffix of the names of the column's files, -1 for none. */
    readonly columnNameTxn: bigint;
    /**
     * Rows of the partition before the column's first one; with the smallest int64 as partition the start of the
     * partition in which the column was added.
     */
    readonly columnTop: bigint;
  }
}

export const ColumnVersions = code as unknown as GeneratedType<ColumnVersions> & {
  readonly Area: GeneratedType<ColumnVersions.Area>;
  readonly Entry: GeneratedType<ColumnVersions.Entry>;
};
