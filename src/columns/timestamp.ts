import { reading, writing } from '../kernels/memory.js';
import { kernels } from '../kernels/module.js';
import { inTiles } from '../kernels/tiles.js';
import { type FixedDecoder, fixedChunk, type RawRows } from './fixed.js';
import type { LossDetail } from './losses.js';
import { rowAt } from './rows.js';
import { isNull, setNull } from './validity.js';
import { int32sOf } from './views.js';

/** A designated timestamp's row: the int64 value, then its int64 row number in the segment. */
export const DESIGNATED_STRIDE = 16;
const VALUE_BYTES = 8;
const WORDS = DESIGNATED_STRIDE / 4;
const TWO_32 = 2 ** 32;
/** Of a row that can't be read: it proves nothing beside it, whether it is among the rows that are asked for or next to them. */
const UNREAD = DESIGNATED_STRIDE - VALUE_BYTES;
/** Upper half of LONG's NULL; the lower one is 0. */
const NULL_HIGH = -0x80000000;

/**
 * The designated timestamp: the values without the row ids behind them. The row id is the only proof that the 16 bytes are
 * this row's, so where it is wrong the value is lost (`timestamp_row_id_mismatch`): a page of zeros, a page written to the
 * wrong place and a stale page all look like good timestamps. One case is not like these: a single wrong byte in the id of a
 * row between rows whose ids are right, where the id is not 0 as zeroed bytes leave it. That value is kept, and the damage
 * is a note. NULL is no value of a designated timestamp (`column_entry_invalid`).
 */
export function designatedDecoder(rowCount: number | undefined): FixedDecoder {
  return (rows) => {
    const values = rows.memory.bytes('values', VALUE_BYTES * rows.count);
    let first = 0;
    for (const { lo, hi } of rows.ranges) {
      if (!gather(rows.bytes, values, first, hi - lo, lo)) {
        loseUnproved(rows, int32sOf(rows.bytes), first, lo, hi, rowCount);
        loseNulls(rows, int32sOf(values), first, first + hi - lo);
      }
      first += hi - lo;
    }
    return fixedChunk(rows, VALUE_BYTES, values);
  };
}

/** Copies the values of rows [lo, lo + count), stored from index `first` on; true when all their row ids are right and none is NULL. */
function gather(bytes: Uint8Array, values: Uint8Array, first: number, count: number, lo: number): boolean {
  let isSound = true;
  inTiles(count, (row, rows) => {
    const from = reading(bytes, (first + row) * DESIGNATED_STRIDE, rows * DESIGNATED_STRIDE);
    const to = writing(values, (first + row) * VALUE_BYTES, rows * VALUE_BYTES);
    if (kernels().gatherTimestamps(from, rows, lo + row, to) === 0) isSound = false;
  });
  return isSound;
}

/** Loses what the row ids of rows [lo, hi) do not prove. */
function loseUnproved(
  rows: RawRows,
  words: Int32Array,
  first: number,
  lo: number,
  hi: number,
  rowCount?: number,
): void {
  const wrongAt = (row: number): number => {
    if (row < 0 || (rowCount !== undefined && row >= rowCount)) return 0;
    if (row >= lo && row < hi) {
      const index = first + row - lo;
      return isNull(rows.mask, index) ? UNREAD : wrongBytes(words, index * WORDS, row);
    }
    const outside = new Uint8Array(DESIGNATED_STRIDE);
    const isRead = rows.file.fill(outside, row * DESIGNATED_STRIDE).length === 0;
    // Where nobody knows how many rows there are, they may end here.
    if (!isRead) return rowCount === undefined ? 0 : UNREAD;
    return wrongBytes(new Int32Array(outside.buffer), 0, row);
  };
  let before = wrongAt(lo - 1);
  let here = wrongAt(lo);
  for (let row = lo; row < hi; row++) {
    const after = wrongAt(row + 1);
    if (here > 0 && !isNull(rows.mask, first + row - lo)) {
      const at = (first + row - lo) * WORDS;
      const zeroed = words[at + 2] === 0 && words[at + 3] === 0;
      const kept = here === 1 && before === 0 && after === 0 && !zeroed;
      if (!kept) setNull(rows.mask, first + row - lo);
      const describe = (): LossDetail => ({
        byteOffset: row * DESIGNATED_STRIDE + 8,
        expected: `row id ${row}`,
        actual: `row id ${(BigInt(words[at + 3]!) << 32n) | BigInt(words[at + 2]! >>> 0)}`,
        ...(kept ? { severity: 'note' } : {}),
      });
      rows.losses.add('timestamp_row_id_mismatch', rows.file.path, kept ? 0 : 1, describe, kept ? 'kept' : 'lost');
    }
    before = here;
    here = after;
  }
}

/** How many bytes of the row id at word `at` are not those of `row`. */
function wrongBytes(words: Int32Array, at: number, row: number): number {
  const low = words[at + 2]! ^ (row | 0);
  const high = words[at + 3]! ^ Math.floor(row / TWO_32);
  if ((low | high) === 0) return 0;
  let wrong = 0;
  for (let shift = 0; shift < 32; shift += 8) {
    if (((low >>> shift) & 0xff) !== 0) wrong++;
    if (((high >>> shift) & 0xff) !== 0) wrong++;
  }
  return wrong;
}

/** Loses the NULLs at indices [from, to): values behind them are not there yet. */
function loseNulls(rows: RawRows, values: Int32Array, from: number, to: number): void {
  for (let row = from; row < to; row++) {
    if (values[2 * row + 1] !== NULL_HIGH || values[2 * row] !== 0 || !setNull(rows.mask, row)) continue;
    rows.losses.add('column_entry_invalid', rows.file.path, 1, () => ({
      byteOffset: rowAt(rows.ranges, row) * DESIGNATED_STRIDE,
      expected: 'a timestamp',
      actual: 'NULL',
    }));
  }
}
