// Made by generator/main.ts from formats/checkpoint_txn.ksy with kaitai-struct-compiler 0.11.0; do not edit.
import type { GeneratedType, KaitaiNode } from '../src/kaitai/types.js';
import { CheckpointTxn as code } from './code/CheckpointTxn.js';

/** The transaction of the sequencer at which a checkpoint took its copy of the table. The file is called `_txn` but is not a `txn`. */
export interface CheckpointTxn extends KaitaiNode {
  readonly seqTxn: bigint;
}

export const CheckpointTxn = code as unknown as GeneratedType<CheckpointTxn>;
