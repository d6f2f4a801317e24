// Made by generator/main.ts from formats/table_index.ksy with kaitai-struct-compiler 0.11.0; do not edit.
import type { GeneratedType, KaitaiNode } from '../src/kaitai/types.js';
import { TableIndex as code } from './code/TableIndex.js';

/** The last id that was given to a table of the database, and the id of the database itself. */
export interface TableIndex extends KaitaiNode {
  readonly maxTableId: bigint;
  /** Random bytes. */
  readonly instanceId: Uint8Array;
}

export const TableIndex = code as unknown as GeneratedType<TableIndex>;
