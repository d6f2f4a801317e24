/** Where the values of var-size rows are: the common ground of STRING, BINARY, VARCHAR and ARRAY. */
import type { ColumnFile } from './file.js';
import type { Losses } from './losses.js';

/** What is known of a row's value. Up to `NULL` the row is sound, from `INVALID` on its value is lost. */
export const ValueState = {
  /** In `.d`, at `starts[row]`, `sizes[row]` bytes. */
  STORED: 0,
  /** In the `.i` entry itself, `sizes[row]` bytes. */
  INLINE: 1,
  NULL: 2,
  /** The entry is not one that QuestDB writes, or contradicts its neighbours or the data. */
  INVALID: 3,
  /** The entry is sound but the data is not there: `.d` is too short, or missing. */
  BEYOND: 4,
  /** The entry itself could not be read. */
  NO_ENTRY: 5,
  /** The data could not be read. */
  NO_DATA: 6,
} as const;

/** One element a row. */
export interface ValueTable {
  readonly count: number;
  readonly states: Uint8Array;
  readonly starts: Float64Array;
  readonly sizes: Int32Array;
}

/** A table of `count` rows. */
export function valueTable(count: number): ValueTable {
  return { count, states: new Uint8Array(count), starts: new Float64Array(count), sizes: new Int32Array(count) };
}

/** Copies rows [from, from + count) to row `at` of `target`. */
export function copyRows(source: ValueTable, from: number, count: number, target: ValueTable, at: number): void {
  target.states.set(source.states.subarray(from, from + count), at);
  target.starts.set(source.starts.subarray(from, from + count), at);
  target.sizes.set(source.sizes.subarray(from, from + count), at);
}

/** The end of a row's bytes in `.d`; its start if it has none there. */
export function endOf(table: ValueTable, row: number): number {
  return table.starts[row]! + (table.states[row] === ValueState.STORED ? table.sizes[row]! : 0);
}

/** The sum of the sizes of rows in `state`. */
export function bytesIn({ count, states, sizes }: ValueTable, state: number): number {
  let sum = 0;
  for (let row = 0; row < count; row++) if (states[row] === state) sum += sizes[row]!;
  return sum;
}

/**
 * Reads the stored values into `target` from `at` on, one after another in the order of rows, and returns where each is. Values
 * that follow each other in the file are read at once. Rows whose bytes can't be read become `NO_DATA` and are counted.
 */
export function readStored(
  data: ColumnFile,
  table: ValueTable,
  target: Uint8Array,
  at: number,
  losses: Losses,
): Int32Array {
  const { count, states, starts, sizes } = table;
  const positions = new Int32Array(count);
  let position = at;
  for (let row = 0; row < count; ) {
    const first = row;
    const from = position;
    let start = 0;
    let next = -1;
    for (; row < count; row++) {
      positions[row] = position;
      if (states[row] !== ValueState.STORED) continue;
      if (next === -1) start = starts[row]!;
      else if (starts[row] !== next) break;
      next = starts[row]! + sizes[row]!;
      position += sizes[row]!;
    }
    if (next === -1) break;
    for (const hole of data.fill(target.subarray(from, position), start)) {
      const cells = loseOverlapping(table, positions, first, row, from + hole.from, from + hole.to);
      losses.add(hole.code, data.path, cells, {
        byteOffset: start + hole.from,
        expected: `${next} bytes`,
        actual: hole.actual,
      });
    }
  }
  return positions;
}

/** Of rows [first, end), those with bytes at positions [from, to) become `NO_DATA`; returns how many. */
function loseOverlapping(
  { states, sizes }: ValueTable,
  positions: Int32Array,
  first: number,
  end: number,
  from: number,
  to: number,
): number {
  let lost = 0;
  for (let row = first; row < end; row++) {
    const position = positions[row]!;
    if (states[row] === ValueState.STORED && position < to && position + sizes[row]! > from) {
      states[row] = ValueState.NO_DATA;
      lost++;
    }
  }
  return lost;
}
