/**
 * Memory that is needed during one read of one column only. Reads do not overlap, so all of a thread share it: new memory would
 * cost more than what is done with it. What is handed out is not cleared.
 */
import { type ValueTable, valueTable } from './storedValues.js';

/** Up to this much is kept between reads, for each of the two. */
const MAX_KEPT_BYTES = 16 * 1024 * 1024;
const MAX_KEPT_ROWS = 1 << 19;

let table = valueTable(0);
const kept = { entries: new Uint8Array(0), bytes: new Uint8Array(0) };

/** A table of `count` rows, until the next call. */
export function scratchTable(count: number): ValueTable {
  if (count > MAX_KEPT_ROWS) return valueTable(count);
  if (table.count < count) table = valueTable(count);
  return {
    count,
    states: table.states.subarray(0, count),
    starts: table.starts.subarray(0, count),
    sizes: table.sizes.subarray(0, count),
    positions: table.positions.subarray(0, count),
  };
}

/** `length` bytes from the start of a buffer whose size is a multiple of 8, until the next call for the same use. */
export function scratchBytes(use: keyof typeof kept, length: number): Uint8Array<ArrayBuffer> {
  const size = Math.ceil(length / 8) * 8;
  if (size > MAX_KEPT_BYTES) return new Uint8Array(size).subarray(0, length);
  if (kept[use].length < size) kept[use] = new Uint8Array(size);
  return kept[use].subarray(0, length);
}
