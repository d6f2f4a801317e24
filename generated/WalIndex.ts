// Made by generator/main.ts from formats/wal_index.ksy with kaitai-struct-compiler 0.11.0; do not edit.
import type { GeneratedType, KaitaiNode } from '../src/kaitai/types.js';
import { WalIndex as code } from './code/WalIndex.js';

/** The last id that was given to a WAL of the table. */
export interface WalIndex extends KaitaiNode {
  readonly maxWalId: bigint;
}

export const WalIndex = code as unknown as GeneratedType<WalIndex>;
