/** ARRAY with damaged entries or shapes: what is proved is put right, the rest is lost row by row. */
import { describe, expect, it } from 'vitest';
import { readColumn, sourceOf } from './reading.js';
import {
  type Column,
  copy,
  exchange,
  flip,
  lost,
  outcomes,
  REPAIRED,
  read,
  twice,
  without,
  zero,
} from './repairing.js';
import { type ArrayValue, arrayCell, arrayFiles } from './writer.js';

const ARRAY_VALUES: (ArrayValue | null)[] = [
  null,
  { shape: [2, 2], elements: [1, 2, 3, 4] },
  { shape: [0, 2], elements: [] },
  null,
  null,
  { shape: [1, 3], elements: [5, Number.NaN, 7] },
  { shape: [2, 2], elements: [8, 9, 10, 11] },
  { shape: [2, 2], elements: [12, 13, 14, 15] },
  null,
  { shape: [1, 1], elements: [16] },
];
const ARRAYS: Column = {
  name: 'DOUBLE[][]',
  code: 18971,
  files: arrayFiles(ARRAY_VALUES),
  cells: ARRAY_VALUES.map((value) => (value === null ? null : arrayCell(value))),
};

describe('ARRAY', () => {
  const count = ARRAYS.cells.length;

  it('any bit of an entry that two more follow is put right, or never mattered', () => {
    for (let row = 0; row < count - 2; row++) {
      for (let bit = 0; bit < 128; bit++) {
        // The entry of the next row: see "a value that two rows claim".
        if (row === 4 && bit === 64 + 5) continue;
        const seen = read(ARRAYS, { i: flip(row * 16 + (bit >> 3), bit & 7) });
        expect(seen.cells, `row ${row} bit ${bit}`).toEqual(ARRAYS.cells);
        // Bits 48 to 63 are reserved.
        expect(outcomes(seen.damage), `row ${row} bit ${bit}`).toEqual(bit >= 48 && bit < 64 ? [] : REPAIRED);
      }
    }
  });

  it("a value that two rows claim is neither row's, and both are counted", () => {
    // One bit makes the entry of a NULL that of the value behind it.
    const flipped = read(ARRAYS, { i: flip(4 * 16 + 8, 5) });
    expect(flipped.cells).toEqual(without(ARRAYS.cells, 4, 5));
    expect(outcomes(flipped.damage)).toEqual(lost(2n));
    // The value's entry over the NULL behind it makes the same of another row.
    const copied = read(ARRAYS, { i: copy(7, 8) });
    expect(copied.cells).toEqual(without(ARRAYS.cells, 7, 8));
    expect(outcomes(copied.damage)).toEqual(lost(2n));
  });

  it('an entry that is there twice does not become NULL in silence', () => {
    for (const row of [1, 2, 5, 6, 7]) {
      const seen = read(ARRAYS, { i: twice(row) });
      expect(seen.cells.slice(0, row), `row ${row}`).toEqual(ARRAYS.cells.slice(0, row));
      expect([seen.cells[row], seen.cells[row + 1]]).toEqual([null, null]);
      expect(outcomes(seen.damage)).toEqual(lost(2n));
    }
  });

  it("entries in each other's place go back", () => {
    for (const [one, other] of [
      [5, 6],
      [5, 7],
      [1, 2],
    ] as const) {
      const seen = read(ARRAYS, { i: exchange(one, other) });
      expect({ one, other, cells: seen.cells }).toEqual({ one, other, cells: ARRAYS.cells });
      expect(outcomes(seen.damage)).toEqual(REPAIRED);
    }
  });

  it("a value and a NULL in each other's place are lost, and counted", () => {
    for (const [one, other] of [
      [7, 8],
      [8, 9],
    ] as const) {
      const seen = read(ARRAYS, { i: exchange(one, other) });
      expect(seen.cells).toEqual(without(ARRAYS.cells, one, other));
      expect(outcomes(seen.damage)).toEqual(lost(2n));
    }
  });

  it('an entry of NULL over that of a value does not give the value to the row before', () => {
    const seen = read(ARRAYS, { i: copy(8, 7) });
    expect(seen.cells).toEqual(ARRAYS.cells);
    expect(outcomes(seen.damage)).toEqual(REPAIRED);
    // Before a NULL, nothing tells which of the two has the value.
    const files = arrayFiles([ARRAY_VALUES[1]!, null, ARRAY_VALUES[6]!, null, ARRAY_VALUES[7]!]);
    const cells = [1, 0, 6, 0, 7].map((row) => ARRAYS.cells[row]!);
    const ambiguous = read({ ...ARRAYS, files, cells }, { i: copy(3, 2) });
    expect(ambiguous.cells[1]).toBeNull();
    expect(ambiguous.cells[2]).toBeNull();
    expect(ambiguous.lostCells).toBe(2);
  });

  it('the last NULL is so, wherever its entry says that it is', () => {
    const files = arrayFiles([ARRAY_VALUES[1]!, ARRAY_VALUES[5]!, null, null]);
    const cells = [ARRAYS.cells[1]!, ARRAYS.cells[5]!, null, null];
    for (let bit = 0; bit < 48; bit++) {
      const seen = read({ ...ARRAYS, files, cells }, { i: flip(3 * 16 + (bit >> 3), bit & 7) });
      expect(seen.cells).toEqual(cells);
      expect(seen.lostCells, `bit ${bit}`).toBe(bit < 3 ? 1 : 0);
    }
  });

  it('zeros at the start that values belong to are counted', () => {
    for (const to of [2, 3, 5, count]) {
      const seen = read(ARRAYS, { i: zero(0, to * 16) });
      // With one value only before the next entry, it is known to be the last of the rows.
      expect(seen.cells.slice(0, to), `${to} rows`).toEqual(Array.from({ length: to }, () => null));
      expect(seen.lostCells, `${to} rows`).toBe(to);
    }
  });

  it('values behind the rows do not make NULLs of zeros a loss', () => {
    const files = arrayFiles([null, null, null, null, ARRAY_VALUES[1]!]);
    const seen = readColumn(sourceOf(files), ARRAYS, [{ lo: 0, hi: 3 }], { rowCount: 3 });
    expect(seen.cells).toEqual([null, null, null]);
    expect(seen.damage).toEqual([]);
  });

  it('zeroed entries are not taken for NULL', () => {
    for (let from = 2; from < count; from++) {
      const seen = read(ARRAYS, { i: zero(from * 16, Math.min(count, from + 3) * 16) });
      const changed = seen.cells.flatMap((cell, row) => (cell === ARRAYS.cells[row] ? [] : [row]));
      expect({ from, changed: changed.filter((row) => row < from || row >= from + 3) }).toEqual({ from, changed: [] });
      expect(seen.lostCells).toBeGreaterThanOrEqual(changed.length);
    }
  });

  it('zeroed entries that make up a whole read are not taken for NULL', () => {
    const i = ARRAYS.files.i!.slice();
    zero(5 * 16, 9 * 16)(i);
    const seen = readColumn(sourceOf({ d: ARRAYS.files.d, i }), ARRAYS, [{ lo: 6, hi: 8 }], { rowCount: count });
    expect(seen.cells).toEqual([null, null]);
    expect(seen.lostCells).toBe(2);
  });

  it('a NULL does not become the value of an entry that is gone with its bytes, so that all behind it move', () => {
    const values = [ARRAY_VALUES[5]!, null, ARRAY_VALUES[9]!, ARRAY_VALUES[6]!, ARRAY_VALUES[7]!];
    const { d, i } = arrayFiles(values);
    const moved = Uint8Array.from([...i!.subarray(0, 2 * 16), ...i!.subarray(3 * 16)]);
    const seen = readColumn(sourceOf({ d, i: moved }), ARRAYS, [{ lo: 0, hi: 5 }], { rowCount: 5 });
    expect(seen.cells.slice(0, 2)).toEqual([arrayCell(ARRAY_VALUES[5]!), null]);
  });

  it('all rows NULL from the start are no damage', () => {
    const files = arrayFiles(Array.from({ length: 9 }, () => null));
    for (const lo of [0, 4]) {
      const seen = readColumn(sourceOf(files), ARRAYS, [{ lo, hi: 9 }], { rowCount: 9 });
      expect(seen.cells.every((cell) => cell === null)).toBe(true);
      expect(seen.damage).toEqual([]);
    }
  });

  it('a wrong shape loses its row only', () => {
    for (const [row, value] of ARRAY_VALUES.entries()) {
      if (value === null || value.elements.length === 0) continue;
      const seen = read(ARRAYS, { d: flip(ARRAYS.files.dataSpans[row]![0], 2) });
      expect(seen.cells).toEqual(without(ARRAYS.cells, row));
      expect(outcomes(seen.damage)).toEqual(lost(1n));
    }
  });

  it('shapes without elements do not allocate what they pretend to have', () => {
    const shapes = [
      [2_000_000_000, 0],
      [50_000, 0],
      [0, 2_000_000_000],
      [3, 0],
    ];
    const files = arrayFiles(shapes.map((shape) => ({ shape, elements: [] })));
    const seen = readColumn(sourceOf(files), ARRAYS, [{ lo: 0, hi: shapes.length }]);
    expect(seen.cells).toEqual([null, '[]', '[]', '[]']);
    expect(outcomes(seen.damage)).toEqual(lost(1n));
  });

  it('keeps the lists of an array without elements, up to the first length of 0', () => {
    const files = arrayFiles(
      [
        [2, 0],
        [0, 2],
        [0, 0],
        [3, 0],
      ].map((shape) => ({ shape, elements: [] })),
    );
    const { chunk } = readColumn(sourceOf(files), ARRAYS, [{ lo: 0, hi: 4 }]);
    if (chunk.kind !== 'list') throw new Error(chunk.kind);
    expect(chunk.offsets.map((offsets) => [...offsets])).toEqual([
      [0, 2, 2, 2, 5],
      [0, 0, 0, 0, 0, 0],
    ]);
  });
});
