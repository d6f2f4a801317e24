/**
 * NULL rows squeezed out of a column's values, as Parquet pages want them.
 */

/** The `count` values whose validity bit is set, of `width` bytes each (1, 2 or a multiple of 4), one after another. */
export function compactValues(
  values: Uint8Array,
  width: number,
  validity: Uint8Array,
  length: number,
  count: number,
): Uint8Array {
  if (width === 1) return compactWords(values, new Uint8Array(count + 1), validity, length).subarray(0, count);
  const bytes = aligned(values, width === 2 ? 2 : 4);
  if (width === 2)
    return bytesOf(
      compactWords(
        new Uint16Array(bytes.buffer, bytes.byteOffset, length),
        new Uint16Array(count + 1),
        validity,
        length,
      ),
      count * width,
    );
  const words = new Int32Array(bytes.buffer, bytes.byteOffset, (length * width) / 4);
  if (width === 4) return bytesOf(compactWords(words, new Int32Array(count + 1), validity, length), count * width);
  return bytesOf(compactRecords(words, width / 4, validity, length, count), count * width);
}

/** The same bytes at an address that is a multiple of `alignment`; a copy only where they are not. */
export function aligned(bytes: Uint8Array, alignment: number): Uint8Array {
  return bytes.byteOffset % alignment === 0 ? bytes : bytes.slice();
}

/** The `count` set bits of `bits` whose validity bit is set, one after another. */
export function compactBits(bits: Uint8Array, validity: Uint8Array, length: number, count: number): Uint8Array {
  const out = new Uint8Array((count + 7) >>> 3);
  let at = 0;
  for (let row = 0; row < length; row += 1) {
    if (((validity[row >>> 3]! >>> (row & 7)) & 1) === 0) continue;
    out[at >>> 3]! |= ((bits[row >>> 3]! >>> (row & 7)) & 1) << (at & 7);
    at += 1;
  }
  return out;
}

function bytesOf(words: Uint16Array | Int32Array, byteLength: number): Uint8Array {
  return new Uint8Array(words.buffer, words.byteOffset, byteLength);
}

/** Writes every value and moves on only past the valid ones: no branch to mispredict; `out` has room for one more. */
export function compactWords<T extends Uint8Array | Uint16Array | Int32Array>(
  values: T,
  out: T,
  validity: Uint8Array,
  length: number,
): T {
  let at = 0;
  for (let row = 0; row < length; row += 1) {
    out[at] = values[row]!;
    at += (validity[row >>> 3]! >>> (row & 7)) & 1;
  }
  return out;
}

function compactRecords(
  words: Int32Array,
  wordsPerValue: number,
  validity: Uint8Array,
  length: number,
  count: number,
): Int32Array {
  const out = new Int32Array((count + 1) * wordsPerValue);
  let at = 0;
  let from = 0;
  for (let row = 0; row < length; row += 1) {
    for (let word = 0; word < wordsPerValue; word += 1) out[at + word] = words[from + word]!;
    from += wordsPerValue;
    at += wordsPerValue * ((validity[row >>> 3]! >>> (row & 7)) & 1);
  }
  return out;
}
