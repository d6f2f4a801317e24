/** Rows of a fixed-size column as its decoder gets them, at any place. */
import { openColumnFile } from '../../src/columns/file.js';
import type { RawRows } from '../../src/columns/fixed.js';
import { noLosses } from '../../src/columns/losses.js';
import { nullMask } from '../../src/columns/validity.js';
import { sourceOf } from '../columns/reading.js';
import type { Put } from './placing.js';

/** The rows from `lo` on of a column, all of them sound so far; the file has no others. */
export function rawRows(bytes: Uint8Array, stride: number, put: Put, lo = 0): RawRows {
  const count = bytes.length / stride;
  return {
    count,
    bytes: put.bytes(bytes),
    ranges: count === 0 ? [] : [{ lo, hi: lo + count }],
    mask: nullMask(count),
    losses: noLosses('c'),
    file: openColumnFile(sourceOf({}), 's/c.d'),
    memory: { bytes: (_use, length) => put.bytes(new Uint8Array(length)) },
  };
}
