/** Room that was made and never written to: zeros at the end of a file. */
import type { RandomAccess } from './source.js';

/** Bytes that are looked at together. */
const WINDOW_BYTES = 65_536;

/** Bytes up to the last one that is not zero. */
function lengthWithoutZeros(bytes: Uint8Array): number {
  const wordBytes = Uint32Array.BYTES_PER_ELEMENT;
  // A copy, as words have to lie at multiples of their size; zeros fill the last one.
  const words = new Uint32Array(Math.ceil(bytes.length / wordBytes));
  new Uint8Array(words.buffer).set(bytes);
  let count = words.length;
  while (count > 0 && words[count - 1] === 0) count -= 1;
  let length = Math.min(count * wordBytes, bytes.length);
  while (length > 0 && bytes[length - 1] === 0) length -= 1;
  return length;
}

/** Bytes of a file from `offset` up to the last one that is not zero. */
export function writtenLength(access: RandomAccess, offset: number): number {
  for (let end = access.size; end > offset; end -= WINDOW_BYTES) {
    const start = Math.max(offset, end - WINDOW_BYTES);
    const length = lengthWithoutZeros(access.read(start, end - start));
    if (length > 0) return start + length - offset;
  }
  return 0;
}
