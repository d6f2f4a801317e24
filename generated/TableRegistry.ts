// Made by generator/main.ts from formats/table_registry.ksy with kaitai-struct-compiler 0.11.0; do not edit.
import type { EnumMap, GeneratedType, KaitaiNode } from '../src/kaitai/types.js';
import { TableRegistry as code } from './code/TableRegistry.js';
import type { Str16 } from './Str16.js';

/**
 * A log of the tables of a database: the file with the highest number is current. A rename is a removal and an addition with
 * the same folder. Grows by pages, zero filled.
 */
export interface TableRegistry extends KaitaiNode {
  /** Offset just past the last entry. */
  readonly ofsEnd: number;
  readonly entries: readonly TableRegistry.Entry[] | undefined;
}
export declare namespace TableRegistry {
  /** Other values are possible: newer releases, damage. */
  export type Operation = -1 | 0 | (number & {});
  /** Other values are possible: newer releases, damage. */
  export type TableType = 0 | 1 | 2 | 3 | (number & {});
  /** A table that came or went. */
  export interface Entry extends KaitaiNode {
    readonly operation: TableRegistry.Operation;
    readonly tableName: Str16;
    readonly dirName: Str16;
    readonly tableId: number;
    readonly tableType: TableRegistry.TableType;
    readonly reserved: Uint8Array | undefined;
  }
}

export const TableRegistry = code as unknown as GeneratedType<TableRegistry> & {
  readonly Operation: EnumMap<{ readonly REMOVE: -1; readonly ADD: 0 }>;
  readonly TableType: EnumMap<{ readonly NON_WAL: 0; readonly WAL: 1; readonly MAT_VIEW: 2; readonly VIEW: 3 }>;
  readonly Entry: GeneratedType<TableRegistry.Entry>;
};
