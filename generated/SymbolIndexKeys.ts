// Made by generator/main.ts from formats/symbol_index_keys.ksy with kaitai-struct-compiler 0.11.0; do not edit.
import type { GeneratedType, KaitaiNode } from '../src/kaitai/types.js';
import { SymbolIndexKeys as code } from './code/SymbolIndexKeys.js';

/**
 * The hash index by which a server finds the key of a symbol's text; not needed to read symbols. The same layout serves the
 * indexes of columns.
 */
export interface SymbolIndexKeys extends KaitaiNode {
  /** QuestDB: KEY_RESERVED_OFFSET_SIGNATURE */
  readonly signature: number;
  /** QuestDB: KEY_RESERVED_OFFSET_SEQUENCE */
  readonly sequence: bigint;
  /**
   * Bytes in use in the `.v` file.
   * QuestDB: KEY_RESERVED_OFFSET_VALUE_MEM_SIZE
   */
  readonly lenValues: number;
  /**
   * Values in a block of the `.v` file.
   * QuestDB: KEY_RESERVED_OFFSET_BLOCK_VALUE_COUNT
   */
  readonly numBlockValues: number;
  /** QuestDB: KEY_RESERVED_OFFSET_KEY_COUNT */
  readonly numKeys: number;
  readonly reserved1: Uint8Array;
  /**
   * Equal to `sequence` when the header was wholly written.
   * QuestDB: KEY_RESERVED_OFFSET_SEQUENCE_CHECK
   */
  readonly sequenceCheck: bigint;
  /**
   * The largest value, -1 when there is none.
   * QuestDB: KEY_RESERVED_OFFSET_MAX_VALUE
   */
  readonly maxValue: bigint;
  readonly reserved2: Uint8Array;
  readonly keys: readonly SymbolIndexKeys.Key[];
  /** Keys that the file has room for. */
  readonly numPlaces: number;
}
export declare namespace SymbolIndexKeys {
  /** The values of one hash code. */
  export interface Key extends KaitaiNode {
    readonly valueCount: bigint;
    readonly ofsFirstBlock: number;
    readonly ofsLastBlock: number;
    /** Equal to `value_count` when the entry was wholly written. */
    readonly countCheck: bigint;
  }
}

export const SymbolIndexKeys = code as unknown as GeneratedType<SymbolIndexKeys> & {
  readonly Key: GeneratedType<SymbolIndexKeys.Key>;
};
