/** STRING and BINARY: `.i` has one offset more than rows, where each starts in `.d` and the last one ends. */
import type { ColumnFile, Hole } from './file.js';

export const OFFSET_BYTES = 8;

/** What STRING and BINARY differ in. */
export interface PrefixFormat {
  /** Bytes of the length in front of a value: all that NULL and an empty value take. */
  readonly prefixBytes: number;
  /** Bytes that the value with the prefix at byte `at` takes, prefix included; -1 when there can't be such a prefix. */
  sizeOf(data: DataView, at: number): number;
}

/** Offsets of `.i`: NaN for those that can't be read (`hole` is the first reason), infinite for those that are no offset. */
export interface Offsets {
  readonly offsets: Float64Array;
  readonly hole: Hole | undefined;
}

/** Where rows lo to hi start. */
export function readOffsets(aux: ColumnFile, lo: number, hi: number): Offsets {
  const count = hi - lo + 1;
  const bytes = new Uint8Array(count * OFFSET_BYTES);
  const holes = aux.fill(bytes, lo * OFFSET_BYTES);
  const words = new Int32Array(bytes.buffer);
  const offsets = new Float64Array(count);
  for (let row = 0; row < count; row++) {
    const high = words[2 * row + 1]!;
    offsets[row] = high < 0 ? Number.POSITIVE_INFINITY : (words[2 * row]! >>> 0) + high * 0x100000000;
  }
  for (const { from, to } of holes) {
    offsets.fill(Number.NaN, Math.floor(from / OFFSET_BYTES), Math.ceil(to / OFFSET_BYTES));
  }
  return { offsets, hole: holes[0] };
}
