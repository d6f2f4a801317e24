// Made by generator/main.ts from formats/sequencer_meta.ksy with kaitai-struct-compiler 0.11.0; do not edit.
import type { GeneratedType, KaitaiNode } from '../src/kaitai/types.js';
import { SequencerMeta as code } from './code/SequencerMeta.js';
import type { ColumnSlot } from './ColumnSlot.js';

/**
 * The columns of a WAL table as the sequencer knows them: the structure after the last structural change. Rewritten in place;
 * bytes past `len_valid` are zero or stale. `len_valid` is not checked here, so that the slots of a torn file can
 * still be read: the reader compares it with the bytes that the slots took.
 */
export interface SequencerMeta extends KaitaiNode {
  /**
   * Bytes of the file that count; 0 while the file is being rewritten.
   * QuestDB: size
   */
  readonly lenValid: number;
  /**
   * 0 in every release.
   * QuestDB: WAL_FORMAT_VERSION
   */
  readonly version: number;
  /** Number of structural changes; -2 after DROP TABLE. */
  readonly structureVersion: bigint;
  /**
   * Column slots, those of deleted columns too.
   * QuestDB: columnCount
   */
  readonly numSlots: number;
  /** Slot of the designated timestamp, -1 for none. */
  readonly timestampIndex: number;
  readonly tableId: number;
  /** Up to 8.2.0 1 when the table is suspended; later always 0. */
  readonly suspended: number;
  readonly slots: readonly ColumnSlot[];
  /** Since 8.1. */
  readonly readOrder: SequencerMeta.ReadOrder | undefined;
}
export declare namespace SequencerMeta {
  /** The order in which columns are listed. The server ignores it when the checksum is wrong. */
  export interface ReadOrder extends KaitaiNode {
    /** c = number of slots; for each slot c = 31 c + type, c = 31 c + Java hash of the name; wrapping. */
    readonly checksum: bigint;
    readonly numEntries: number;
    /** For each slot the number of the slot whose place it takes, its own normally. */
    readonly entries: readonly number[];
  }
}

export const SequencerMeta = code as unknown as GeneratedType<SequencerMeta> & {
  readonly ReadOrder: GeneratedType<SequencerMeta.ReadOrder>;
};
