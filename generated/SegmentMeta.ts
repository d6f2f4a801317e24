// Made by generator/main.ts from formats/segment_meta.ksy with kaitai-struct-compiler 0.11.0; do not edit.
import type { GeneratedType, KaitaiNode } from '../src/kaitai/types.js';
import { SegmentMeta as code } from './code/SegmentMeta.js';
import type { ColumnSlot } from './ColumnSlot.js';

/**
 * The columns of a WAL segment. As `sequencer_meta`, without the read order. Zero filled behind `len_valid` until the
 * segment is closed. `len_valid` is not checked here, so that the slots of a torn file can still be read: the reader
 * compares it with the bytes that the slots took.
 */
export interface SegmentMeta extends KaitaiNode {
  /**
   * Bytes of the file that count; 0 with 0 slots is a torn first write.
   * QuestDB: size
   */
  readonly lenValid: number;
  /**
   * 0 in every release.
   * QuestDB: WAL_FORMAT_VERSION
   */
  readonly version: number;
  /** Structure version when this file was written; changes that need no file change do not raise it. */
  readonly structureVersion: bigint;
  /**
   * Column slots, those of deleted columns too.
   * QuestDB: columnCount
   */
  readonly numSlots: number;
  /** Slot of the designated timestamp, -1 for none. */
  readonly timestampIndex: number;
  readonly tableId: number;
  /** Not used. */
  readonly suspended: number;
  readonly slots: readonly ColumnSlot[];
}

export const SegmentMeta = code as unknown as GeneratedType<SegmentMeta>;
