// Made by generator/main.ts from formats/common/str16.ksy with kaitai-struct-compiler 0.11.0; do not edit.
import type { GeneratedType, KaitaiNode } from '../src/kaitai/types.js';
import { Str16 as code } from './code/Str16.js';

/**
 * Text as `MemoryA.putStr` writes it: the number of UTF-16 code units, then the units. -1 stands for null, 0 for the empty
 * string. There is neither a terminator nor padding. Unpaired surrogates are possible.
 */
export interface Str16 extends KaitaiNode {
  /** Number of UTF-16 code units, -1 for null. */
  readonly lenUnits: number;
  /** The text; absent for null and for the empty string. */
  readonly value: string | undefined;
}

export const Str16 = code as unknown as GeneratedType<Str16>;
