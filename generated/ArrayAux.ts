// Made by generator/main.ts from formats/array_aux.ksy with kaitai-struct-compiler 0.11.0; do not edit.
import type { GeneratedType, KaitaiNode } from '../src/kaitai/types.js';
import { ArrayAux as code } from './code/ArrayAux.js';

/** One entry for each row of an ARRAY column. */
export interface ArrayAux extends KaitaiNode {
  readonly entries: readonly ArrayAux.Entry[];
}
export declare namespace ArrayAux {
  /** Where the array of a row is in the `.d` file. */
  export interface Entry extends KaitaiNode {
    readonly ofsLow: number;
    readonly ofsHigh: number;
    readonly reserved1: number;
    /** Bytes of the array with its shape; 0 is null. Not checked here. */
    readonly lenValue: number;
    readonly reserved2: number;
    /** Where the array starts; of a null, where the file ended then. */
    readonly ofsValue: number;
  }
}

export const ArrayAux = code as unknown as GeneratedType<ArrayAux> & {
  readonly Entry: GeneratedType<ArrayAux.Entry>;
};
