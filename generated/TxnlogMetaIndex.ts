// Made by generator/main.ts from formats/txnlog_meta_index.ksy with kaitai-struct-compiler 0.11.0; do not edit.
import type { GeneratedType, KaitaiNode } from '../src/kaitai/types.js';
import { TxnlogMetaIndex as code } from './code/TxnlogMetaIndex.js';

/**
 * Entry 0 is 0, entry k is the end offset of structural change k in `_txnlog.meta.d`: change k is at
 * [entry k - 1, entry k). Grows by pages, zero filled: an entry that is not above its predecessor ends the list.
 */
export interface TxnlogMetaIndex extends KaitaiNode {
  readonly entries: readonly bigint[];
}

export const TxnlogMetaIndex = code as unknown as GeneratedType<TxnlogMetaIndex>;
