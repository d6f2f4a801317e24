// Made by generator/main.ts from formats/txnlog_part.ksy with kaitai-struct-compiler 0.11.0; do not edit.
import type { GeneratedType, KaitaiNode } from '../src/kaitai/types.js';
import { TxnlogPart as code } from './code/TxnlogPart.js';
import type { Txnlog } from './Txnlog.js';

/**
 * A part file of a transaction log of format V2: nothing but records, `num_part_txns` (of `_txnlog`) of them, those that
 * are not written yet all zero. Part n holds transactions n * num_part_txns + 1 and following.
 */
export interface TxnlogPart extends KaitaiNode {
  readonly records: readonly Txnlog.RecordV2[];
}

export const TxnlogPart = code as unknown as GeneratedType<TxnlogPart>;
