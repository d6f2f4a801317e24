// Made by generator/main.ts from formats/string_data.ksy with kaitai-struct-compiler 0.11.0; do not edit.
import type { GeneratedType, KaitaiNode } from '../src/kaitai/types.js';
import { StringData as code } from './code/StringData.js';
import type { Str16 } from './Str16.js';

/** The values of a STRING column, packed. Bytes behind the last committed row are zero (which reads as empty texts) or stale. */
export interface StringData extends KaitaiNode {
  readonly values: readonly Str16[] | undefined;
}

export const StringData = code as unknown as GeneratedType<StringData>;
