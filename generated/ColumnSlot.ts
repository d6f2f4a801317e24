// Made by generator/main.ts from formats/common/column_slot.ksy with kaitai-struct-compiler 0.11.0; do not edit.
import type { GeneratedType, KaitaiNode } from '../src/kaitai/types.js';
import { ColumnSlot as code } from './code/ColumnSlot.js';
import type { ColumnType } from './ColumnType.js';
import type { Str16 } from './Str16.js';

/**
 * One column of a table, in writer order. Deleted columns keep their slot with a negated type, so the number of a slot never
 * changes; it is the column index that `_event` uses.
 */
export interface ColumnSlot extends KaitaiNode {
  readonly type: ColumnType;
  readonly name: Str16;
}

export const ColumnSlot = code as unknown as GeneratedType<ColumnSlot>;
