/** Marking the NULLs of fixed-size types, given as stored: `mask.length` values from the start of `values`. */
import { RESULT_ADDRESS, reading, resultBytes } from '../kernels/memory.js';
import { kernels } from '../kernels/module.js';
import { inTiles } from '../kernels/tiles.js';
import { addNulls, type NullMask, setNull } from './validity.js';
import { int32sOf } from './views.js';

type Bytes = Uint8Array<ArrayBuffer>;

/** A kernel that tells the NULLs of `count` values in bits, and how many there are. */
type Finder = (values: number, count: number, validity: number) => number;

function mark(values: Bytes, width: number, mask: NullMask, find: Finder): void {
  inTiles(mask.length, (first, rows) => {
    const nulls = find(reading(values, first * width, rows * width), rows, RESULT_ADDRESS);
    if (nulls > 0) addNulls(mask, first, resultBytes((rows + 7) >>> 3));
  });
}

/** Those of one word that are `nullWord`. */
export function nullsOfWord(values: Bytes, nullWord: number, mask: NullMask): void {
  mark(values, 4, mask, (at, count, bits) => kernels().nullInts(at, count, nullWord, bits));
}

/** Floats that are NaN. */
export function nullFloats(values: Bytes, mask: NullMask): void {
  mark(values, 4, mask, (at, count, bits) => kernels().nullFloats(at, count, bits));
}

/** Doubles that are NaN. */
export function nullDoubles(values: Bytes, mask: NullMask): void {
  mark(values, 8, mask, (at, count, bits) => kernels().nullDoubles(at, count, bits));
}

/** Those that are `pattern`, word for word. Its second word is the one that few values have. */
export function nullsOfPattern(values: Bytes, pattern: readonly number[], mask: NullMask): void {
  const width = pattern.length;
  const second = pattern[1]!;
  if (width === 2) {
    mark(values, 8, mask, (at, count, bits) => kernels().nullLongs(at, count, pattern[0]!, second, bits));
    return;
  }
  const words = int32sOf(values);
  for (let row = 0, at = 0; row < mask.length; row++, at += width) {
    if (words[at + 1] !== second) continue;
    let word = 0;
    while (word < width && words[at + word] === pattern[word]) word++;
    if (word === width) setNull(mask, row);
  }
}
