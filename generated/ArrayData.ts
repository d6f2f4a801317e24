// Made by generator/main.ts from formats/array_data.ksy with kaitai-struct-compiler 0.11.0; do not edit.
import type { GeneratedType, KaitaiNode } from '../src/kaitai/types.js';
import { ArrayData as code } from './code/ArrayData.js';

/**
 * One value of an ARRAY column: the bytes that an entry of the `.i` file points to. Values start at multiples of 8. An empty array has a
 * dimension of 0 and no values.
 */
export interface ArrayData extends KaitaiNode {
  /** Number of dimensions, from the column's type. */
  readonly numDims: number;
  /** Length of each dimension. */
  readonly dims: readonly number[];
  readonly padding: Uint8Array;
  /** Row-major; NaN is null. */
  readonly values: readonly number[] | undefined;
  readonly surplus: Uint8Array;
}

export const ArrayData = code as unknown as GeneratedType<ArrayData, [numDims: number]>;
