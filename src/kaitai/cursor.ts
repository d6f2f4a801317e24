/**
 * Walking through files that are larger than what should be in memory at once.
 */

import type { RandomAccess } from '../source/source.js';
import { sizeOf } from './parse.js';
import { KaitaiError, KaitaiStream } from './stream.js';
import type { GeneratedType, KaitaiNode } from './types.js';

/** Bytes that a cursor holds at once unless told otherwise. */
export const DEFAULT_WINDOW_BYTES = 1 << 20;

/** Which records to walk over. */
export interface RecordRange {
  /** Byte offset of the first one. */
  readonly offset: number;
  /** How many at most; all that the file holds if absent. */
  readonly count?: number;
  /** Bytes from the start of one record to that of the next; the size of the type if absent. */
  readonly recordSize?: number;
  readonly windowBytes?: number;
}

/**
 * The records of a fixed-size `type` from `offset` on, read without places. Ends early where the file ends or shrank, or where
 * a record does not fit its specification: who needs them all counts them. Record k starts at `offset + k * recordSize`.
 */
export function* records<T extends KaitaiNode>(
  access: RandomAccess,
  type: GeneratedType<T>,
  range: RecordRange,
): Generator<T, void, undefined> {
  const recordSize = Math.max(range.recordSize ?? 0, sizeOf(type));
  const perWindow = Math.max(1, Math.floor((range.windowBytes ?? DEFAULT_WINDOW_BYTES) / recordSize));
  let left = Math.min(range.count ?? Number.POSITIVE_INFINITY, Math.floor((access.size - range.offset) / recordSize));
  let windowOffset = range.offset;
  while (left > 0) {
    const wanted = Math.min(left, perWindow);
    const bytes = access.read(windowOffset, wanted * recordSize);
    const held = Math.floor(bytes.length / recordSize);
    const io = new KaitaiStream(bytes);
    for (let index = 0; index < held; index++) {
      io.pos = index * recordSize;
      const record = readRecord(type, io);
      if (record === undefined) return;
      yield record;
    }
    if (held < wanted) return;
    windowOffset += held * recordSize;
    left -= held;
  }
}

/** The next record, `undefined` when its bytes don't fit. */
function readRecord<T extends KaitaiNode>(type: GeneratedType<T>, io: KaitaiStream): T | undefined {
  const record = new type(io);
  try {
    record._read();
    return record;
  } catch (error) {
    if (error instanceof KaitaiError) return undefined;
    throw error;
  }
}

/** Reads pieces of a file, mostly in rising order, through a buffer. */
export interface Window {
  readonly size: number;
  /**
   * Bytes [offset, offset + length), fewer where the file ends; empty for an offset or length that makes no sense. They
   * stay what they are when the window moves.
   */
  bytes(offset: number, length: number): Uint8Array;
  /** The record of a fixed-size `type` at `offset`, read without places; `undefined` where its bytes are not all there or don't fit. */
  record<T extends KaitaiNode>(type: GeneratedType<T>, offset: number): T | undefined;
}

const NO_BYTES = new Uint8Array(0);

/** A window over `access`. A piece larger than `windowBytes` is read by itself. */
export function openWindow(
  access: Pick<RandomAccess, 'size' | 'read'>,
  windowBytes: number = DEFAULT_WINDOW_BYTES,
): Window {
  let held: Uint8Array = NO_BYTES;
  let heldOffset = 0;
  /** Over the bytes that are held, once it is wanted. */
  let io: KaitaiStream | undefined;
  const isHeld = (offset: number, end: number): boolean => offset >= heldOffset && end <= heldOffset + held.length;
  const bytes = (offset: number, length: number): Uint8Array => {
    if (!Number.isSafeInteger(offset) || offset < 0 || !(length > 0) || offset >= access.size) return NO_BYTES;
    const end = Math.min(offset + length, access.size);
    if (end - offset > windowBytes) return access.read(offset, end - offset);
    if (!isHeld(offset, end)) {
      held = access.read(offset, Math.min(windowBytes, access.size - offset));
      heldOffset = offset;
      io = undefined;
    }
    return held.subarray(offset - heldOffset, end - heldOffset);
  };
  return {
    size: access.size,
    bytes,
    record(type, offset) {
      const size = sizeOf(type);
      if (!isHeld(offset, offset + size)) {
        const piece = bytes(offset, size);
        if (piece.length < size) return undefined;
        if (!isHeld(offset, offset + size)) return readRecord(type, new KaitaiStream(piece));
      }
      io ??= new KaitaiStream(held);
      io.pos = offset - heldOffset;
      return readRecord(type, io);
    },
  };
}

/**
 * `count` little-endian int64 values from `offset` on, fewer where the file ends: for the files that are nothing but offsets
 * (`entries` of `event_index`, `txnlog_meta_index`, `symbol_offsets`, `string_aux`).
 */
export function readInt64s(access: RandomAccess, offset: number, count: number): BigInt64Array {
  const available = Math.max(0, Math.floor((access.size - offset) / BigInt64Array.BYTES_PER_ELEMENT));
  const values = new BigInt64Array(Math.max(0, Math.min(count, available)));
  const filled = access.readInto(new Uint8Array(values.buffer), offset);
  return values.subarray(0, Math.floor(filled / BigInt64Array.BYTES_PER_ELEMENT));
}
