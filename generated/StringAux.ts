// Made by generator/main.ts from formats/string_aux.ksy with kaitai-struct-compiler 0.11.0; do not edit.
import type { GeneratedType, KaitaiNode } from '../src/kaitai/types.js';
import { StringAux as code } from './code/StringAux.js';

/**
 * Where the value of each row is in the `.d` file: that of row r is at [entry r, entry r + 1). One entry more than there are rows;
 * the first is 0.
 */
export interface StringAux extends KaitaiNode {
  readonly entries: readonly bigint[];
}

export const StringAux = code as unknown as GeneratedType<StringAux>;
