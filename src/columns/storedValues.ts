/** Where the values of var-size rows are: the common ground of STRING, BINARY, VARCHAR and ARRAY. */
import { RESULT_ADDRESS, reading, resultNumbers } from '../kernels/memory.js';
import { kernels } from '../kernels/module.js';
import { inTiles } from '../kernels/tiles.js';
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
  /** Where the value is among the bytes of all STORED rows, put one after another; also set where there is none. */
  readonly positions: Int32Array;
}

/** A table of `count` rows. */
export function valueTable(count: number): ValueTable {
  return {
    count,
    states: new Uint8Array(count),
    starts: new Float64Array(count),
    sizes: new Int32Array(count),
    positions: new Int32Array(count),
  };
}

/** Copies `count` rows, but for their positions. */
export function copyRows(source: ValueTable, from: number, count: number, target: ValueTable, at: number): void {
  target.states.set(source.states.subarray(from, from + count), at);
  target.starts.set(source.starts.subarray(from, from + count), at);
  target.sizes.set(source.sizes.subarray(from, from + count), at);
}

/** The end of a row's bytes in `.d`; its start if it has none there. */
export function endOf(table: ValueTable, row: number): number {
  return table.starts[row]! + (table.states[row] === ValueState.STORED ? table.sizes[row]! : 0);
}

/** Sums over a table. */
export interface Tally {
  readonly storedBytes: number;
  readonly inlineBytes: number;
  /** Rows without a value. */
  readonly nulls: number;
}

export function tally({ count, states, sizes }: ValueTable): Tally {
  const total = { storedBytes: 0, inlineBytes: 0, nulls: 0 };
  inTiles(count, (first, rows) => {
    kernels().tallyValues(reading(states, first, rows), reading(sizes, first, rows), rows, RESULT_ADDRESS);
    const [stored = 0, inline = 0, others = 0] = resultNumbers(3);
    total.storedBytes += stored;
    total.inlineBytes += inline;
    total.nulls += others;
  });
  return total;
}

/** Rows [first, end) whose values follow each other in `.d` from byte `start` on, and are to stand from `position` on. */
export interface Span {
  readonly first: number;
  readonly end: number;
  readonly start: number;
  readonly position: number;
  readonly bytes: number;
}

/** The spans of all STORED rows; sets the positions of all rows. */
export function spansOf({ count, states, starts, sizes, positions }: ValueTable): readonly Span[] {
  const spans: Span[] = [];
  let position = 0;
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
    if (next !== -1) spans.push({ first, end: row, start, position: from, bytes: position - from });
  }
  return spans;
}

/**
 * Reads the spans into `target`. Rows whose bytes can't be read become `NO_DATA` and are counted in `losses`; returns how many.
 */
export function fillSpans(
  data: ColumnFile,
  spans: readonly Span[],
  table: ValueTable,
  target: Uint8Array,
  losses: Losses,
): number {
  let lost = 0;
  for (const span of spans) {
    const { start, position, bytes } = span;
    for (const hole of data.fill(target.subarray(position, position + bytes), start)) {
      const cells = loseOverlapping(table, span, position + hole.from, position + hole.to);
      const expected = `${start + bytes} bytes`;
      losses.add(hole.code, data.path, cells, () => ({ byteOffset: start + hole.from, expected, actual: hole.actual }));
      lost += cells;
    }
  }
  return lost;
}

/** Of the rows of a span, those with bytes at positions [from, to) become `NO_DATA`; returns how many. */
function loseOverlapping({ states, sizes, positions }: ValueTable, span: Span, from: number, to: number): number {
  let lost = 0;
  for (let row = span.first; row < span.end; row++) {
    const position = positions[row]!;
    if (states[row] === ValueState.STORED && position < to && position + sizes[row]! > from) {
      states[row] = ValueState.NO_DATA;
      lost++;
    }
  }
  return lost;
}
