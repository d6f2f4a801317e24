import { type FixedDecoder, fixedChunk, type RawRows } from './fixed.js';
import { rowAt } from './rows.js';
import { isNull, setNull } from './validity.js';
import { bytesOf, int32sOf } from './views.js';

/**
 * GEOHASH of up to 31 bits (GEOBYTE, GEOSHORT, GEOINT), as int32: the hash right-aligned, -1 for NULL. Storage has bits to
 * spare; a hash with one of them set is damage: `column_entry_invalid`.
 */
export const decodeGeohash =
  (viewOf: (bytes: Uint8Array<ArrayBuffer>) => Int8Array | Int16Array | Int32Array, geoBits: number): FixedDecoder =>
  (rows) => {
    const stored = viewOf(rows.bytes);
    const values = int32sOf(rows.memory.bytes('values', 4 * rows.count));
    values.set(stored);
    for (let row = 0; row < rows.count; row++) {
      const value = values[row]!;
      if (value >>> geoBits === 0) continue;
      if (value === -1) setNull(rows.mask, row);
      else loseHash(rows, row, stored.BYTES_PER_ELEMENT, geoBits);
    }
    return fixedChunk(rows, 4, bytesOf(values));
  };

/** GEOHASH of 32 to 60 bits (GEOLONG), as int64; else as `decodeGeohash`. */
export const decodeLongGeohash =
  (geoBits: number): FixedDecoder =>
  (rows) => {
    const words = int32sOf(rows.bytes);
    const highBits = geoBits - 32;
    for (let row = 0; row < rows.count; row++) {
      const high = words[2 * row + 1]!;
      if (high >>> highBits === 0) continue;
      if (high === -1 && words[2 * row] === -1) setNull(rows.mask, row);
      else loseHash(rows, row, 8, geoBits);
    }
    return fixedChunk(rows, 8, rows.bytes);
  };

function loseHash(rows: RawRows, row: number, stride: number, geoBits: number): void {
  if (isNull(rows.mask, row)) return;
  setNull(rows.mask, row);
  const stored = rows.bytes.subarray(row * stride, (row + 1) * stride);
  rows.losses.add('column_entry_invalid', rows.file.path, 1, () => ({
    byteOffset: rowAt(rows.ranges, row) * stride,
    expected: `a hash of ${geoBits} bits`,
    actual: `0x${Array.from(stored, (byte) => byte.toString(16).padStart(2, '0'))
      .reverse()
      .join('')}`,
  }));
}
