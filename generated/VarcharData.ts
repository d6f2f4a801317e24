// Made by generator/main.ts from formats/varchar_data.ksy with kaitai-struct-compiler 0.11.0; do not edit.
import type { GeneratedType, KaitaiNode } from '../src/kaitai/types.js';
import { VarcharData as code } from './code/VarcharData.js';

/**
 * The texts of more than 9 bytes of a VARCHAR column, UTF-8, without lengths and terminators: only the entries of the `.i` file
 * tell where one begins.
 */
export interface VarcharData extends KaitaiNode {
  readonly texts: Uint8Array;
}

export const VarcharData = code as unknown as GeneratedType<VarcharData>;
