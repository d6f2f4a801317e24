import type { ListChunk } from '../columnChunk.js';
import { MAX_CHUNK_BYTES } from './columnReader.js';
import { fitEntries, locateEntries } from './entries.js';
import { ENTRY_BYTES, type EntryFormat } from './entryFormat.js';
import type { ColumnFile } from './file.js';
import type { Losses } from './losses.js';
import { nullDoubles } from './nulls.js';
import { ValueState } from './storedValues.js';
import { type NullMask, nullMask, setNull, validityOf } from './validity.js';
import type { Values, VarFormat } from './varSize.js';
import { bytesOf, float64sOf, int32sOf } from './views.js';

const WORDS = ENTRY_BYTES / 4;
const ELEMENT_BYTES = 8;
/**
 * Lists that arrays without elements may have in one read: of a shape like (1000000000, 0) nothing is stored but its shape, so
 * the file's size does not bound it.
 */
export const MAX_EMPTY_LISTS = 1 << 24;

/** Entries as `ArrayTypeDriver` writes them: u48 place (the upper 16 bits are reserved), i32 size, i32 0. NULL has size 0. */
function entryFormat(dimensions: number): EntryFormat {
  return {
    expected: 'an entry that follows its neighbours and agrees with the shape in its data',
    headBytes: shapeBytes(dimensions),
    provesSize: true,
    plainNull: true,
    decode(entries, count, { states, starts, sizes, positions }, at, start, position) {
      const words = new Int32Array(entries.buffer, entries.byteOffset, count * WORDS);
      let next = start;
      let invalid = 0;
      for (let row = at, word = 0; row < at + count; row++, word += WORDS) {
        const place = (words[word]! >>> 0) + (words[word + 1]! & 0xffff) * 0x100000000;
        const size = words[word + 2]!;
        const sound = size >= 0 && size <= MAX_CHUNK_BYTES && ((size | place) & 7) === 0 && words[word + 3] === 0;
        states[row] = !sound ? ValueState.INVALID : size === 0 ? ValueState.NULL : ValueState.STORED;
        starts[row] = place;
        sizes[row] = size;
        positions[row] = next - start + position;
        if (!sound || place !== next) invalid++;
        next += size;
      }
      return invalid === 0 ? next : Number.NaN;
    },
    proves: (_entries, _at, head, _start, size) =>
      elementsOf(new DataView(head.buffer, head.byteOffset), 0, dimensions, size) >= 0,
  };
}

/** The shape is padded with zeros until the elements are 8-aligned; values themselves start 8-aligned. */
function shapeBytes(dimensions: number): number {
  return Math.ceil((dimensions * 4) / ELEMENT_BYTES) * ELEMENT_BYTES;
}

/** How many elements a value of `size` bytes with the shape at byte `at` has; -1 when the two disagree. */
function elementsOf(data: DataView, at: number, dimensions: number, size: number): number {
  const room = (size - shapeBytes(dimensions)) / ELEMENT_BYTES;
  if (room < 0) return -1;
  let elements = 1;
  for (let dimension = 0; dimension < dimensions; dimension++) {
    const length = data.getInt32(at + dimension * 4, true);
    if (length < 0) return -1;
    // Stays exact: both factors are below 2^31, and a product past the room is as good as any other.
    elements = Math.min(elements * length, 2 ** 31);
  }
  return elements === room ? elements : -1;
}

/**
 * ARRAY of DOUBLE as nested lists. NaN elements are NULL. Of an array without elements nested lists keep the lengths before the
 * first 0 only: (0, 2) becomes an empty list.
 */
export function arrayFormat(dimensions: number): VarFormat {
  const format = entryFormat(dimensions);
  return {
    locate: (files, ranges, careful, losses) => locateEntries(format, files, ranges, careful, losses),
    fit: (files, range, budgetBytes) => fitEntries(format, files, range, budgetBytes),
    keepsBytes: false,
    confirm({ table, bytes }) {
      const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      for (let row = 0; row < table.count; row++) {
        if (table.states[row] !== ValueState.STORED) continue;
        if (
          table.sizes[row]! < format.headBytes ||
          elementsOf(data, table.positions[row]!, dimensions, table.sizes[row]!) < 0
        )
          return false;
      }
      return true;
    },
    emit: (values, mask, losses, data) => emitLists(values, dimensions, mask, losses, data),
  };
}

function emitLists(values: Values, dimensions: number, mask: NullMask, losses: Losses, data: ColumnFile): ListChunk {
  const { table, bytes } = values;
  const { positions } = table;
  const words = int32sOf(bytes);
  const lengths = levelLengths(values, words, dimensions, mask, losses, data);
  const offsets = lengths.map((length) => new Int32Array(length + 1));
  const filled = new Int32Array(dimensions);
  const elements = new Float64Array(lengths[dimensions]!);
  const stored = float64sOf(bytes);
  let element = 0;
  const rowOffsets = offsets[0]!;
  for (let row = 0; row < table.count; row++) {
    rowOffsets[row + 1] = rowOffsets[row]!;
    if (table.states[row] !== ValueState.STORED) continue;
    const shape = positions[row]! / 4;
    rowOffsets[row + 1]! += words[shape]!;
    let lists = words[shape]!;
    for (let level = 1; level < dimensions; level++) {
      const length = words[shape + level]!;
      const levelOffsets = offsets[level]!;
      let at = filled[level]!;
      for (let list = 0; list < lists; list++, at++) levelOffsets[at + 1] = levelOffsets[at]! + length;
      filled[level] = at;
      lists *= length;
    }
    let from = (positions[row]! + shapeBytes(dimensions)) / ELEMENT_BYTES;
    for (let index = 0; index < lists; index++) elements[element++] = stored[from++]!;
  }
  const elementMask = nullMask(elements.length);
  nullDoubles(bytesOf(elements), elementMask);
  return {
    kind: 'list',
    length: table.count,
    offsets: offsets.slice(0, dimensions),
    values: elements,
    valuesNullCount: elementMask.count,
    ...(elementMask.bits === undefined ? {} : { valuesValidity: elementMask.bits }),
    ...validityOf(mask),
  };
}

/**
 * Rows, then lists at each level, then elements. Rows whose shape has more empty lists than `MAX_EMPTY_LISTS` allows are lost here:
 * `column_entry_invalid`.
 */
function levelLengths(
  { table }: Values,
  words: Int32Array,
  dimensions: number,
  mask: NullMask,
  losses: Losses,
  data: ColumnFile,
): number[] {
  const { positions } = table;
  const lengths = [table.count, ...Array<number>(dimensions).fill(0)];
  let emptyLists = 0;
  for (let row = 0; row < table.count; row++) {
    if (table.states[row] !== ValueState.STORED) continue;
    const shape = positions[row]! / 4;
    let lists = 1;
    let all = 0;
    for (let level = 0; level < dimensions; level++) {
      lists *= words[shape + level]!;
      all += lists;
    }
    if (lists === 0) emptyLists += all;
    if (emptyLists > MAX_EMPTY_LISTS) {
      emptyLists -= all;
      table.states[row] = ValueState.INVALID;
      setNull(mask, row);
      losses.add('column_entry_invalid', data.path, 1, () => ({
        byteOffset: table.starts[row]!,
        expected: `at most ${MAX_EMPTY_LISTS} lists without elements in a row group`,
        actual: `${all} in one value`,
      }));
      continue;
    }
    lists = 1;
    for (let level = 0; level < dimensions; level++) {
      lists *= words[shape + level]!;
      lengths[level + 1]! += lists;
    }
  }
  return lengths;
}
