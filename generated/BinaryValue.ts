// Made by generator/main.ts from formats/common/binary_value.ksy with kaitai-struct-compiler 0.11.0; do not edit.
import type { GeneratedType, KaitaiNode } from '../src/kaitai/types.js';
import { BinaryValue as code } from './code/BinaryValue.js';

/** Bytes as `MemoryA.putBin` writes them. */
export interface BinaryValue extends KaitaiNode {
  /** Number of bytes, -1 for null. */
  readonly lenValue: number;
  /** The bytes; absent for null and for no bytes. */
  readonly value: Uint8Array | undefined;
}

export const BinaryValue = code as unknown as GeneratedType<BinaryValue>;
