/**
 * Values that repeat over runs of rows, made ready for pages: equal neighbours joined, each value once.
 */
import type { FixedChunk, RunsChunk } from '../columnChunk.js';
import type { ParquetColumn } from './schema.js';

export type RunValue = number | bigint | string;

/** Runs without their NULLs: run i is `lengths[i]` times `values[indices[i]]`. */
export interface DistinctRuns {
  /** Each value once, in the order of first occurrence. */
  readonly values: readonly RunValue[];
  readonly indices: readonly number[];
  readonly lengths: readonly number[];
}

/** Gives each distinct value the next index. Values that rise, as transactions do, are new without a look-up. */
function createIndex(values: RunValue[]): (value: RunValue) => number {
  let known: Map<RunValue, number> | undefined;
  let greatest: RunValue | undefined;
  const append = (value: RunValue): number => {
    known?.set(value, values.length);
    return values.push(value) - 1;
  };
  return (value) => {
    if (greatest === undefined || value > greatest) {
      greatest = value;
      return append(value);
    }
    known ??= new Map(values.map((other, index) => [other, index]));
    return known.get(value) ?? append(value);
  };
}

/** How many runs are left when equal neighbours are joined; NULLs count as a value. */
export function countRuns(chunk: RunsChunk): number {
  let count = 0;
  let last: RunValue | null | undefined;
  for (let run = 0; run < chunk.values.length; run += 1) {
    const value = chunk.values[run]!;
    if (value === last || chunk.lengths[run] === 0) continue;
    last = value;
    count += 1;
  }
  return count;
}

/** The runs that hold values, joined where the value goes on. */
export function distinctRuns(chunk: RunsChunk): DistinctRuns {
  const values: RunValue[] = [];
  const indices: number[] = [];
  const lengths: number[] = [];
  const indexOf = createIndex(values);
  let last: RunValue | null = null;
  for (let run = 0; run < chunk.values.length; run += 1) {
    const value = chunk.values[run]!;
    const length = chunk.lengths[run]!;
    if (value === null || length === 0) continue;
    if (value === last) {
      lengths[lengths.length - 1]! += length;
      continue;
    }
    last = value;
    indices.push(indexOf(value));
    lengths.push(length);
  }
  return { values, indices, lengths };
}

/** Definition levels in runs: 1 where there is a value, 0 where there is NULL. */
export function presenceRuns(chunk: RunsChunk): { lengths: number[]; levels: number[] } {
  if (chunk.nullCount === 0) return { lengths: [chunk.length], levels: [1] };
  const lengths: number[] = [];
  const levels: number[] = [];
  for (let run = 0; run < chunk.values.length; run += 1) {
    const level = chunk.values[run] === null ? 0 : 1;
    if (levels.at(-1) === level) lengths[lengths.length - 1]! += chunk.lengths[run]!;
    else {
      levels.push(level);
      lengths.push(chunk.lengths[run]!);
    }
  }
  return { lengths, levels };
}

/** The same values row by row, for runs so short that they save nothing. */
export function expandRuns(column: ParquetColumn, chunk: RunsChunk): FixedChunk {
  const { length, nullCount, lengths } = chunk;
  const values = column.type === 'INT32' ? new Int32Array(length) : new BigInt64Array(length);
  const validity = new Uint8Array((length + 7) >>> 3);
  let row = 0;
  for (let run = 0; run < chunk.values.length; run += 1) {
    const value = chunk.values[run]!;
    const end = row + lengths[run]!;
    for (; row < end; row += 1) {
      if (value === null) continue;
      if (values instanceof Int32Array) values[row] = Number(value);
      else values[row] = BigInt(value);
      validity[row >>> 3]! |= 1 << (row & 7);
    }
  }
  const base = { kind: 'fixed', length, nullCount, byteWidth: values.BYTES_PER_ELEMENT } as const;
  const bytes = new Uint8Array(values.buffer);
  return nullCount === 0 ? { ...base, values: bytes } : { ...base, values: bytes, validity };
}
