// Made by generator/main.ts from formats/binary_data.ksy with kaitai-struct-compiler 0.11.0; do not edit.
import type { GeneratedType, KaitaiNode } from '../src/kaitai/types.js';
import { BinaryData as code } from './code/BinaryData.js';
import type { BinaryValue } from './BinaryValue.js';

/** The values of a BINARY column, packed. Bytes behind the last committed row are zero (which reads as empty values) or stale. */
export interface BinaryData extends KaitaiNode {
  readonly values: readonly BinaryValue[] | undefined;
}

export const BinaryData = code as unknown as GeneratedType<BinaryData>;
