// Made by generator/main.ts from formats/symbol_index_values.ksy with kaitai-struct-compiler 0.11.0; do not edit.
import type { GeneratedType, KaitaiNode } from '../src/kaitai/types.js';
import { SymbolIndexValues as code } from './code/SymbolIndexValues.js';

/** The blocks of values that the keys of the `.k` file point to. In the index of a symbol table a value is an offset in `.o`. */
export interface SymbolIndexValues extends KaitaiNode {
  /** Values in a block, from the header of the `.k` file. */
  readonly numBlockValues: number;
  readonly blocks: readonly SymbolIndexValues.Block[] | undefined;
}
export declare namespace SymbolIndexValues {
  /** Values of one key, in a list of blocks. */
  export interface Block extends KaitaiNode {
    readonly numValues: number;
    readonly values: readonly bigint[];
    readonly ofsPrevious: number;
    readonly ofsNext: number;
  }
}

export const SymbolIndexValues = code as unknown as GeneratedType<SymbolIndexValues, [numBlockValues: number]> & {
  readonly Block: GeneratedType<SymbolIndexValues.Block, [numValues: number]>;
};
