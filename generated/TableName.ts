// Made by generator/main.ts from formats/table_name.ksy with kaitai-struct-compiler 0.11.0; do not edit.
import type { GeneratedType, KaitaiNode } from '../src/kaitai/types.js';
import { TableName as code } from './code/TableName.js';
import type { Str16 } from './Str16.js';

/** The name of the table whose folder this is. The server rejects a file of any other size. */
export interface TableName extends KaitaiNode {
  readonly name: Str16;
  readonly zero: number;
}

export const TableName = code as unknown as GeneratedType<TableName>;
