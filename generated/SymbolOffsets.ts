// Made by generator/main.ts from formats/symbol_offsets.ksy with kaitai-struct-compiler 0.11.0; do not edit.
import type { GeneratedType, KaitaiNode } from '../src/kaitai/types.js';
import { SymbolOffsets as code } from './code/SymbolOffsets.js';

/**
 * Where each symbol of a symbol table starts in its `.c` file. The file doesn't tell how many symbols there are: a WAL
 * reader knows it from the `clean_count` of the event, a table reader from `_txn`.
 */
export interface SymbolOffsets extends KaitaiNode {
  /** QuestDB: HEADER_CAPACITY */
  readonly symbolCapacity: number;
  /**
   * 1 when the server caches the symbols.
   * QuestDB: HEADER_CACHE_ENABLED
   */
  readonly cached: number;
  readonly reserved1: Uint8Array;
  /**
   * 1 when the column contains NULL.
   * QuestDB: HEADER_NULL_FLAG
   */
  readonly nullFlag: number;
  readonly reserved2: Uint8Array;
  /** Entry k is the start of symbol k in the `.c` file and the end of symbol k - 1. */
  readonly entries: readonly bigint[];
}

export const SymbolOffsets = code as unknown as GeneratedType<SymbolOffsets>;
