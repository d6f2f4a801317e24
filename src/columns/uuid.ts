import { swap32 } from './byteOrder.js';
import { type FixedDecoder, fixedChunk } from './fixed.js';
import { nullsOfPattern } from './nulls.js';
import { NULL_UUID_WORDS } from './nullWords.js';
import { int32sOf } from './views.js';

/** UUID: stored as the 16 bytes of RFC 4122 in reverse; given in RFC order. */
export const decodeUuid: FixedDecoder = (rows) => {
  const words = int32sOf(rows.bytes);
  nullsOfPattern(rows.bytes, NULL_UUID_WORDS, rows.mask);
  for (let at = 0; at < words.length; at += 4) {
    const first = words[at]!;
    const second = words[at + 1]!;
    words[at] = swap32(words[at + 3]!);
    words[at + 1] = swap32(words[at + 2]!);
    words[at + 2] = swap32(second);
    words[at + 3] = swap32(first);
  }
  return fixedChunk(rows, 16, rows.bytes);
};
