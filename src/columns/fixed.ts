/** Fixed-size types: rows of equal width in the `.d` file. */
import type { ColumnChunk, FixedChunk } from '../columnChunk.js';
import { type ChunkMemory, FRESH_MEMORY } from './chunkMemory.js';
import type { ColumnReader, SegmentColumn } from './columnReader.js';
import type { ColumnFile } from './file.js';
import { type Losses, noLosses } from './losses.js';
import { nullDoubles, nullFloats, nullsOfPattern, nullsOfWord } from './nulls.js';
import { coalesce, countRows, type RowRange } from './rows.js';
import { type NullMask, nullMask, setNull, validityOf } from './validity.js';
import { bytesOf, int32sOf } from './views.js';

/** What a decoder of a fixed-size type gets: the rows as they are stored. */
export interface RawRows {
  readonly count: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly ranges: readonly RowRange[];
  /** Rows that could not be read are NULL already, their bytes 0. */
  readonly mask: NullMask;
  readonly losses: Losses;
  readonly file: ColumnFile;
  readonly memory: ChunkMemory;
}

/** Makes a chunk of stored rows. It may take over `bytes` and `mask`. */
export type FixedDecoder = (rows: RawRows) => ColumnChunk;

/** A reader of rows of `stride` bytes. */
export function fixedReader(
  column: SegmentColumn,
  file: ColumnFile,
  stride: number,
  decode: FixedDecoder,
): ColumnReader {
  return {
    read(asked, memory = FRESH_MEMORY) {
      const ranges = coalesce(asked);
      const count = countRows(ranges);
      const losses = noLosses(column.name);
      const rows: RawRows = {
        count,
        bytes: memory.bytes('rows', count * stride),
        ranges,
        mask: nullMask(count),
        losses,
        file,
        memory,
      };
      fillRows(rows, stride);
      const chunk = decode(rows);
      return { chunk, damage: losses.damage(), lostCells: losses.lostCells };
    },
    maxRows: (ranges) => countRows(ranges),
    close: () => file.close(),
  };
}

function fillRows({ bytes, ranges, mask, losses, file }: RawRows, stride: number): void {
  const needed = (ranges.at(-1)?.hi ?? 0) * stride;
  let first = 0;
  for (const { lo, hi } of ranges) {
    const part = bytes.subarray(first * stride, (first + hi - lo) * stride);
    for (const hole of file.fill(part, lo * stride)) {
      part.fill(0, hole.from, hole.to);
      let cells = 0;
      for (let row = Math.floor(hole.from / stride); row * stride < hole.to; row++)
        if (setNull(mask, first + row)) cells++;
      losses.add(hole.code, file.path, cells, () => ({
        byteOffset: lo * stride + hole.from,
        expected: `${needed} bytes`,
        actual: hole.actual,
      }));
    }
    first += hi - lo;
  }
}

/** A fixed chunk of the decoded `values`. */
export function fixedChunk(rows: RawRows, byteWidth: number, values: Uint8Array): FixedChunk {
  return { kind: 'fixed', length: rows.count, byteWidth, values, ...validityOf(rows.mask) };
}

/** BYTE, SHORT (signed) and CHAR (one UTF-16 code unit), which Parquet stores as int32. None has a NULL. */
export const decodeWidened =
  (viewOf: (bytes: Uint8Array<ArrayBuffer>) => ArrayLike<number>): FixedDecoder =>
  (rows) => {
    const values = int32sOf(rows.memory.bytes('values', 4 * rows.count));
    values.set(viewOf(rows.bytes));
    return fixedChunk(rows, 4, bytesOf(values));
  };

/** Values of one 32-bit word, with its NULL (INT, IPv4). */
export const decodeNullableWord =
  (nullWord: number): FixedDecoder =>
  (rows) => {
    nullsOfWord(rows.bytes, nullWord, rows.mask);
    return fixedChunk(rows, 4, rows.bytes);
  };

/** Values of several 32-bit words, with their NULL (LONG, DATE, TIMESTAMP, LONG128, LONG256). */
export const decodeNullable =
  (nullWords: readonly number[]): FixedDecoder =>
  (rows) => {
    nullsOfPattern(rows.bytes, nullWords, rows.mask);
    return fixedChunk(rows, nullWords.length * 4, rows.bytes);
  };

/** FLOAT: every NaN is NULL, infinities and -0 are values. */
export const decodeFloat: FixedDecoder = (rows) => {
  nullFloats(rows.bytes, rows.mask);
  return fixedChunk(rows, 4, rows.bytes);
};

/** DOUBLE: every NaN is NULL, infinities and -0 are values. */
export const decodeDouble: FixedDecoder = (rows) => {
  nullDoubles(rows.bytes, rows.mask);
  return fixedChunk(rows, 8, rows.bytes);
};
