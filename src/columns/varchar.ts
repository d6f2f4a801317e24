import type { BytesChunk } from '../columnChunk.js';
import { isInMemory, reading, writing } from '../kernels/memory.js';
import { kernels } from '../kernels/module.js';
import { everyTile, inTiles } from '../kernels/tiles.js';
import { fitEntries, locateEntries } from './entries.js';
import { ENTRY_BYTES, type EntryFormat } from './entryFormat.js';
import { ValueState } from './storedValues.js';
import { reportNotUtf8 } from './text.js';
import { countNotUtf8 } from './utf8.js';
import { validityOf } from './validity.js';
import type { Values, VarFormat } from './varSize.js';
import { int32sOf } from './views.js';

const MAX_INLINED_BYTES = 9;
/** The first bytes of a value that is in `.d` are in its entry too, from byte 4 on. */
const PREFIX_BYTES = 6;
/** A place that no value has: what begins there does not follow anything. */
const NOWHERE = -1;

/** Entries as `VarcharTypeDriver` writes them. The ASCII flag is not looked at: writers do not agree on it. */
const ENTRY: EntryFormat = {
  expected: 'an entry that follows its neighbours and agrees with its data',
  headBytes: PREFIX_BYTES,
  provesSize: false,
  plainNull: false,
  decode(entries, count, { states, starts, sizes, positions }, at, start, position) {
    let next = start;
    let end = position;
    inTiles(count, (first, rows) => {
      const row = at + first;
      const begin = Number.isNaN(next) ? NOWHERE : next;
      next = kernels().decodeVarchar(
        reading(entries, first * ENTRY_BYTES, rows * ENTRY_BYTES),
        rows,
        begin,
        end,
        writing(states, row, rows),
        writing(starts, row, rows),
        writing(sizes, row, rows),
        writing(positions, row, rows),
      );
      end += next - begin;
    });
    return next;
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
  confirm({ table: { count, states, sizes, positions }, entries, bytes, storedAt }) {
    const stored = bytes.subarray(storedAt);
    const confirms = (row: number): boolean => {
      const head = stored.subarray(positions[row]!, positions[row]! + PREFIX_BYTES);
      return states[row] !== ValueState.STORED || ENTRY.proves(entries, row * ENTRY_BYTES, head, 0, sizes[row]!);
    };
    return everyTile(count, (first, rows) => {
      if (isInMemory(stored)) {
        const from = reading(entries, first * ENTRY_BYTES, rows * ENTRY_BYTES);
        const table = [reading(states, first, rows), reading(positions, first, rows)] as const;
        return kernels().confirmVarchar(from, ...table, rows, stored.byteOffset) !== 0;
      }
      let row = first;
      while (row < first + rows && confirms(row)) row++;
      return row === first + rows;
    });
  },
  emit(values, mask, losses, data, memory) {
    const { count } = values.table;
    const offsets = int32sOf(memory.bytes('values', (count + 1) * Int32Array.BYTES_PER_ELEMENT));
    pack(values, offsets);
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
 * Moves all values to the start of `bytes`, in the order of rows, and tells their offsets. What was read stands behind the room for
 * the inlined values, so nothing is overwritten before it is moved.
 */
function pack({ table, entries, bytes, storedAt, complete }: Values, offsets: Int32Array): void {
  const { count, states, sizes, positions } = table;
  offsets[0] = 0;
  if (storedAt === 0 && complete) {
    offsets.set(positions);
    offsets[count] = bytes.length;
    return;
  }
  if (isInMemory(bytes)) {
    let end = 0;
    inTiles(count, (first, rows) => {
      end = kernels().packVarchar(
        reading(entries, first * ENTRY_BYTES, rows * ENTRY_BYTES),
        reading(states, first, rows),
        reading(sizes, first, rows),
        reading(positions, first, rows),
        rows,
        bytes.byteOffset + storedAt,
        bytes.byteOffset,
        end,
        writing(offsets, first + 1, rows),
      );
    });
    return;
  }
  let to = 0;
  for (let row = 0; row < count; row++) {
    const from = states[row] === ValueState.INLINE ? row * ENTRY_BYTES + 1 : storedAt + positions[row]!;
    if (states[row] === ValueState.STORED) bytes.copyWithin(to, from, from + sizes[row]!);
    else if (states[row] === ValueState.INLINE) bytes.set(entries.subarray(from, from + sizes[row]!), to);
    if (states[row]! <= ValueState.INLINE) to += sizes[row]!;
    offsets[row + 1] = to;
  }
}
