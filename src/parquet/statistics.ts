/**
 * Bounds and order of INT64 columns, for the columns by which readers skip row groups.
 */
import type { FixedChunk, RunsChunk } from '../columnChunk.js';
import { aligned } from './compact.js';
import type { ChunkStatistics } from './footer.js';

export interface Int64Summary {
  readonly statistics: ChunkStatistics;
  /** No value is less than the one before; false when there are NULLs. */
  readonly sorted: boolean;
}

const LOW_BITS = 0x1_0000_0000;

function toBigInt(words: Int32Array, row: number): bigint {
  return (BigInt(words[2 * row + 1]!) << 32n) | BigInt(words[2 * row]! >>> 0);
}

/**
 * One pass over the two halves of each value: comparing bigints is several times slower. High and low half together are
 * compared as a high number and, where equal, a low one.
 */
function summarizeFixed(chunk: FixedChunk): Int64Summary {
  const bytes = aligned(chunk.values, Int32Array.BYTES_PER_ELEMENT);
  const words = new Int32Array(bytes.buffer, bytes.byteOffset, 2 * chunk.length);
  const { validity, nullCount } = chunk;
  const hasNulls = validity !== undefined && nullCount > 0;
  let min = -1;
  let max = -1;
  let previousHigh = -LOW_BITS;
  let previousLow = 0;
  let sorted = !hasNulls;
  for (let row = 0; row < chunk.length; row += 1) {
    if (hasNulls && ((validity[row >>> 3]! >>> (row & 7)) & 1) === 0) continue;
    const high = words[2 * row + 1]!;
    const low = words[2 * row]! >>> 0;
    if (min < 0) {
      min = row;
      max = row;
    } else if (high > previousHigh || (high === previousHigh && low >= previousLow)) {
      if (!less(words, row, max)) max = row;
    } else {
      sorted = false;
      if (less(words, row, min)) min = row;
    }
    previousHigh = high;
    previousLow = low;
  }
  const bounds = min < 0 ? {} : { min: toBigInt(words, min), max: toBigInt(words, max) };
  return { statistics: { ...bounds, nullCount }, sorted };
}

function less(words: Int32Array, left: number, right: number): boolean {
  const high = words[2 * left + 1]!;
  const otherHigh = words[2 * right + 1]!;
  return high < otherHigh || (high === otherHigh && words[2 * left]! >>> 0 < words[2 * right]! >>> 0);
}

function summarizeRuns(chunk: RunsChunk): Int64Summary {
  let min: bigint | undefined;
  let max: bigint | undefined;
  let previous: bigint | undefined;
  let sorted = chunk.nullCount === 0;
  for (const [run, value] of chunk.values.entries()) {
    if (value === null || chunk.lengths[run] === 0) continue;
    const number = BigInt(value);
    if (min === undefined || number < min) min = number;
    if (max === undefined || number > max) max = number;
    if (previous !== undefined && number < previous) sorted = false;
    previous = number;
  }
  const bounds = min === undefined || max === undefined ? {} : { min, max };
  return { statistics: { ...bounds, nullCount: chunk.nullCount }, sorted };
}

/** Least and greatest value, NULLs, and whether the values never decrease. */
export function summarizeInt64(chunk: FixedChunk | RunsChunk): Int64Summary {
  return chunk.kind === 'fixed' ? summarizeFixed(chunk) : summarizeRuns(chunk);
}
