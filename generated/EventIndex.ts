// Made by generator/main.ts from formats/event_index.ksy with kaitai-struct-compiler 0.11.0; do not edit.
import type { GeneratedType, KaitaiNode } from '../src/kaitai/types.js';
import { EventIndex as code } from './code/EventIndex.js';

/**
 * Entry k is the offset of record k in `_event`, the entry behind the last record's is the offset of the end mark. A rolled back
 * record leaves an entry behind; while the segment is open the file may have a tail of zeros (9.0 and later).
 */
export interface EventIndex extends KaitaiNode {
  readonly entries: readonly bigint[];
}

export const EventIndex = code as unknown as GeneratedType<EventIndex>;
