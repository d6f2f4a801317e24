/**
 * Memory that is needed during one read of one column only. Reads do not overlap, so all of a thread share it: new memory would
 * cost more than what is done with it. What is handed out is not cleared.
 */
import { reusedMemory } from '../kernels/memory.js';
import type { ValueTable } from './storedValues.js';
import { float64sOf, int32sOf } from './views.js';

const tables = { states: reusedMemory(), starts: reusedMemory(), sizes: reusedMemory(), positions: reusedMemory() };
const bytes = { entries: reusedMemory(), bytes: reusedMemory() };

const codes = { base: reusedMemory(), diff: reusedMemory() };

/** A table of `count` rows, until the next call. */
export function scratchTable(count: number): ValueTable {
  return {
    count,
    states: tables.states(count),
    starts: float64sOf(tables.starts(count * Float64Array.BYTES_PER_ELEMENT)),
    sizes: int32sOf(tables.sizes(count * Int32Array.BYTES_PER_ELEMENT)),
    positions: int32sOf(tables.positions(count * Int32Array.BYTES_PER_ELEMENT)),
  };
}

/** `length` bytes at an address that suits every type, until the next call for the same use. */
export const scratchBytes = (use: keyof typeof bytes, length: number): Uint8Array<ArrayBuffer> => bytes[use](length);

/** `count` codes of symbol keys, until the next call for the same keys. */
export const scratchCodes = (keys: keyof typeof codes, count: number): Int32Array<ArrayBuffer> =>
  int32sOf(codes[keys](count * Int32Array.BYTES_PER_ELEMENT));
