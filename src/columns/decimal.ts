import { swap32 } from './byteOrder.js';
import { type FixedDecoder, fixedChunk } from './fixed.js';
import { nullsOfPattern, nullsOfWord } from './nulls.js';
import { NULL_INT_WORD, NULL_LONG_WORDS, nullDecimalWords, oddNullDecimalWords } from './nullWords.js';
import { setNull } from './validity.js';
import { int32sOf, uint16sOf } from './views.js';

/**
 * DECIMAL of any width: the unscaled number as big-endian two's complement. QuestDB stores 64-bit limbs, each little-endian, the
 * most significant first. Numbers that exceed the precision are kept: nothing proves that no release ever stored one.
 */
export function decimalDecoder(width: number): FixedDecoder {
  if (width === 1) return decodeDecimal8;
  if (width === 2) return decodeDecimal16;
  return width === 4 ? decodeDecimal32 : decodeLimbs(width);
}

const decodeDecimal8: FixedDecoder = (rows) => {
  for (let row = 0; row < rows.count; row++) if (rows.bytes[row] === 0x80) setNull(rows.mask, row);
  return fixedChunk(rows, 1, rows.bytes);
};

const decodeDecimal16: FixedDecoder = (rows) => {
  const values = uint16sOf(rows.bytes);
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (value === 0x8000) setNull(rows.mask, row);
    values[row] = (value << 8) | (value >>> 8);
  }
  return fixedChunk(rows, 2, rows.bytes);
};

const decodeDecimal32: FixedDecoder = (rows) => {
  const words = int32sOf(rows.bytes);
  nullsOfWord(rows.bytes, NULL_INT_WORD, rows.mask);
  for (let row = 0; row < words.length; row++) words[row] = swap32(words[row]!);
  return fixedChunk(rows, 4, rows.bytes);
};

/** DECIMAL64, DECIMAL128 and DECIMAL256. */
const decodeLimbs =
  (width: number): FixedDecoder =>
  (rows) => {
    const words = int32sOf(rows.bytes);
    const wordsPerRow = width / 4;
    nullsOfPattern(rows.bytes, wordsPerRow === 2 ? NULL_LONG_WORDS : nullDecimalWords(wordsPerRow), rows.mask);
    if (wordsPerRow > 2) nullsOfPattern(rows.bytes, oddNullDecimalWords(wordsPerRow), rows.mask);
    for (let at = 0; at < words.length; at += 2) {
      const low = words[at]!;
      words[at] = swap32(words[at + 1]!);
      words[at + 1] = swap32(low);
    }
    return fixedChunk(rows, width, rows.bytes);
  };
