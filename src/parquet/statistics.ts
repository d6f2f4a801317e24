/**
 * Bounds and order of INT64 columns, for the columns by which readers skip row groups.
 */
import type { FixedChunk, RunsChunk } from '../columnChunk.js';
import { reading } from '../kernels/memory.js';
import { kernels } from '../kernels/module.js';
import { everyTile } from '../kernels/tiles.js';
import { aligned } from './compact.js';
import type { ChunkStatistics } from './footer.js';

export interface Int64Summary {
  readonly statistics: ChunkStatistics;
  /** No value is less than the one before; false when there are NULLs. */
  readonly sorted: boolean;
}

function toBigInt(words: Int32Array, row: number): bigint {
  return (BigInt(words[2 * row + 1]!) << 32n) | BigInt(words[2 * row]! >>> 0);
}

/** The two halves of each value, low half first: comparing bigints is several times slower. */
function halvesOf(chunk: FixedChunk): Int32Array {
  const bytes = aligned(chunk.values, Int32Array.BYTES_PER_ELEMENT);
  return new Int32Array(bytes.buffer, bytes.byteOffset, 2 * chunk.length);
}

/** True when no value is less than the one before it. */
const isRising = (words: Int32Array, length: number): boolean =>
  everyTile(length, (first, rows) => {
    // The last value of the tile before is the first to be compared with.
    const from = Math.max(0, first - 1);
    const count = first + rows - from;
    return kernels().isRising(reading(words, 2 * from, 2 * count), count) !== 0;
  });

/** Rows of the least and the greatest of the values that are there; `undefined` when all are NULL. */
function boundRows(words: Int32Array, chunk: FixedChunk): [min: number, max: number] | undefined {
  const { validity, nullCount } = chunk;
  let min = -1;
  let max = -1;
  for (let row = 0; row < chunk.length; row += 1) {
    if (validity !== undefined && nullCount > 0 && ((validity[row >>> 3]! >>> (row & 7)) & 1) === 0) continue;
    if (min < 0 || less(words, row, min)) min = row;
    if (max < 0 || less(words, max, row)) max = row;
  }
  return min < 0 ? undefined : [min, max];
}

function summarizeFixed(chunk: FixedChunk): Int64Summary {
  const words = halvesOf(chunk);
  const { length, nullCount } = chunk;
  const sorted = nullCount === 0 && isRising(words, length);
  const rows = sorted && length > 0 ? [0, length - 1] : boundRows(words, chunk);
  const bounds = rows === undefined ? {} : { min: toBigInt(words, rows[0]!), max: toBigInt(words, rows[1]!) };
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
  for (let run = 0; run < chunk.values.length; run += 1) {
    const value = chunk.values[run]!;
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
