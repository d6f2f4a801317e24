import type { BytesChunk } from '../columnChunk.js';
import { fitEntries, locateEntries } from './entries.js';
import { ENTRY_BYTES, type EntryFormat } from './entryFormat.js';
import { ValueState } from './storedValues.js';
import { reportNotUtf8 } from './text.js';
import { countNotUtf8 } from './utf8.js';
import { validityOf } from './validity.js';
import type { Values, VarFormat } from './varSize.js';

const WORDS = ENTRY_BYTES / 4;
const INLINED = 1;
const NULL_HEADER = 4;
/** Header bits 2 (NULL) and 3 (unused) must be 0 in an entry with a value. */
const NEVER_SET = 0b1100;
const MAX_INLINED_BYTES = 9;
/** The first bytes of a value that is in `.d` are in its entry too, from byte 4 on. */
const PREFIX_BYTES = 6;
/** Below this a copy byte by byte is faster. */
const BULK_COPY_BYTES = 48;

/** For inlined values of n bytes: the bits of the entry's words that must be 0 behind them (text is in bytes 1 to 9). */
const PADDING_0 = Int32Array.of(0xffffff00, 0xffff0000, 0xff000000, 0, 0, 0, 0, 0, 0, 0);
const PADDING_1 = Int32Array.of(-1, -1, -1, -1, 0xffffff00, 0xffff0000, 0xff000000, 0, 0, 0);
const PADDING_2 = Int32Array.of(0xffff, 0xffff, 0xffff, 0xffff, 0xffff, 0xffff, 0xffff, 0xffff, 0xff00, 0);

/** Entries as `VarcharTypeDriver` writes them. The ASCII flag is not looked at: writers do not agree on it. */
const ENTRY: EntryFormat = {
  expected: 'an entry that follows its neighbours and agrees with its data',
  headBytes: PREFIX_BYTES,
  provesSize: false,
  plainNull: false,
  decode(entries, count, { states, starts, sizes, positions }, at, start, position) {
    const words = new Int32Array(entries.buffer, entries.byteOffset, count * WORDS);
    let next = start;
    let invalid = 0;
    for (let row = at, word = 0; row < at + count; row++, word += WORDS) {
      const header = words[word]!;
      const third = words[word + 2]!;
      const place = (third >>> 16) + (words[word + 3]! >>> 0) * 0x10000;
      let state: number = ValueState.STORED;
      let size = header >>> 4;
      if ((header & INLINED) !== 0) {
        state = ValueState.INLINE;
        size &= 0xf;
        if (
          (header & NEVER_SET) !== 0 ||
          size > MAX_INLINED_BYTES ||
          ((header & PADDING_0[size]!) | (words[word + 1]! & PADDING_1[size]!) | (third & PADDING_2[size]!)) !== 0
        ) {
          state = ValueState.INVALID;
        }
      } else if (header === NULL_HEADER) {
        state = ValueState.NULL;
        size = 0;
      } else if ((header & NEVER_SET) !== 0 || size <= MAX_INLINED_BYTES) {
        state = ValueState.INVALID;
      }
      states[row] = state;
      starts[row] = place;
      sizes[row] = size;
      positions[row] = next - start + position;
      if (state > ValueState.NULL || place !== next) invalid++;
      if (state === ValueState.STORED) next += size;
    }
    return invalid === 0 ? next : Number.NaN;
  },
  proves(entries, at, head, _start, size) {
    if (size <= MAX_INLINED_BYTES) return false;
    for (let index = 0; index < PREFIX_BYTES; index++) if (head[index] !== entries[at + 4 + index]) return false;
    return true;
  },
};

/** VARCHAR: text in UTF-8, up to 9 bytes of it in the entry itself. Text that is not UTF-8 is kept: `text_not_utf8`. */
export const VARCHAR_FORMAT: VarFormat = {
  locate: (files, ranges, careful, losses) => locateEntries(ENTRY, files, ranges, careful, losses),
  fit: (files, range, budgetBytes) => fitEntries(ENTRY, files, range, budgetBytes),
  keepsBytes: true,
  confirm({ table: { count, states, positions }, entries, bytes, storedAt }) {
    const words = new Int32Array(entries.buffer, 0, count * WORDS);
    const data = new DataView(bytes.buffer, storedAt);
    for (let row = 0, word = 0; row < count; row++, word += WORDS) {
      if (states[row] !== ValueState.STORED) continue;
      const position = positions[row]!;
      const tail = data.getUint16(position + 4, true) ^ (words[word + 2]! & 0xffff);
      if ((tail | (data.getInt32(position, true) ^ words[word + 1]!)) !== 0) return false;
    }
    return true;
  },
  emit(values, mask, losses, data) {
    const { count } = values.table;
    const offsets = pack(values);
    const text = values.bytes.subarray(0, offsets[count]!);
    const notUtf8 = countNotUtf8({ offsets, data: text }, count);
    reportNotUtf8(notUtf8, data, losses);
    const chunk: BytesChunk = {
      kind: 'bytes',
      length: count,
      offsets,
      data: text,
      utf8: notUtf8 === 0,
      ...validityOf(mask),
    };
    return chunk;
  },
};

/**
 * Moves all values to the start of `bytes`, in the order of rows, and returns their offsets. What was read stands behind the room for
 * the inlined values, so nothing is overwritten before it is moved.
 */
function pack({ table, entries, bytes, storedAt, complete }: Values): Int32Array {
  const { count, states, sizes, positions } = table;
  const offsets = new Int32Array(count + 1);
  if (storedAt === 0 && complete) {
    offsets.set(positions);
    offsets[count] = bytes.length;
    return offsets;
  }
  let to = 0;
  for (let row = 0; row < count; row++) {
    const state = states[row]!;
    const size = sizes[row]!;
    if (state === ValueState.STORED) {
      let from = storedAt + positions[row]!;
      const end = from + size;
      if (size > BULK_COPY_BYTES) {
        bytes.copyWithin(to, from, end);
        to += size;
      } else {
        while (from < end) bytes[to++] = bytes[from++]!;
      }
    } else if (state === ValueState.INLINE) {
      const from = row * ENTRY_BYTES + 1;
      for (let index = 0; index < size; index++) bytes[to++] = entries[from + index]!;
    }
    offsets[row + 1] = to;
  }
  return offsets;
}
