// Made by generator/main.ts from formats/symbol_chars.ksy with kaitai-struct-compiler 0.11.0; do not edit.
import type { GeneratedType, KaitaiNode } from '../src/kaitai/types.js';
import { SymbolChars as code } from './code/SymbolChars.js';
import type { Str16 } from './Str16.js';

/**
 * The texts of a symbol table, packed, in the order of their keys. Bytes behind the last symbol that the reader knows of may
 * belong to other writers or be zero (which reads as empty texts).
 */
export interface SymbolChars extends KaitaiNode {
  readonly symbols: readonly Str16[] | undefined;
}

export const SymbolChars = code as unknown as GeneratedType<SymbolChars>;
