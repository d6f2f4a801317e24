// Made by generator/main.ts from formats/varchar_aux.ksy with kaitai-struct-compiler 0.11.0; do not edit.
import type { GeneratedType, KaitaiNode } from '../src/kaitai/types.js';
import { VarcharAux as code } from './code/VarcharAux.js';

/** One entry for each row of a VARCHAR column; short values are wholly in it. An entry of zeros was never written. */
export interface VarcharAux extends KaitaiNode {
  readonly entries: readonly VarcharAux.Entry[];
}
export declare namespace VarcharAux {
  /** A value of up to 9 bytes, or the place of a longer one in the `.d` file. */
  export interface Entry extends KaitaiNode {
    /** Bit 0 inlined, bit 1 all ASCII (may be unset for ASCII too), bit 2 null; above them the lowest 4 bits of the length. */
    readonly head: number;
    /** Inlined: the text, zero padded. Else the higher 24 bits of the length (3 bytes) and the first 6 bytes of the text. */
    readonly inlined: Uint8Array;
    readonly ofsLow: number;
    readonly ofsHigh: number;
    readonly isInlined: boolean;
    /** True promises that all bytes are ASCII; false promises nothing. */
    readonly isAscii: boolean;
    readonly isNull: boolean;
    /** Bytes of the text. */
    readonly lenValue: number;
    /** Where the text is in the `.d` file; of a null or inlined value, where the file ended then. */
    readonly ofsValue: number;
  }
}

export const VarcharAux = code as unknown as GeneratedType<VarcharAux> & {
  readonly Entry: GeneratedType<VarcharAux.Entry>;
};
