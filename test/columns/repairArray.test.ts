/** ARRAY with damaged entries or shapes: what is proved is put right, the rest is lost row by row. */
import { describe, expect, it } from 'vitest';
import { readColumn, sourceOf } from './reading.js';
import { type Column, flip, lost, outcomes, REPAIRED, read, without, zero } from './repairing.js';
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
    // A NULL row whose size is 32 then claims the very bytes of row 5: nobody can tell whose they are.
    const claims = ['row 3 bit 69', 'row 4 bit 69'];
    for (let row = 0; row < count - 2; row++) {
      for (let bit = 0; bit < 128; bit++) {
        const seen = read(ARRAYS, { i: flip(row * 16 + (bit >> 3), bit & 7) });
        const at = `row ${row} bit ${bit}`;
        expect(seen.cells, at).toEqual(ARRAYS.cells);
        // Bits 48 to 63 are reserved.
        const isReserved = bit >= 48 && bit < 64;
        expect(outcomes(seen.damage), at).toEqual(claims.includes(at) ? lost(1n) : isReserved ? [] : REPAIRED);
      }
    }
  });

  it('of two rows that claim the same bytes the one without room of its own is lost, not NULL', () => {
    const [a, b] = [6 * 16, 7 * 16];
    const seen = read(ARRAYS, {
      i: (bytes) => {
        bytes.copyWithin(b, a, bytes.length - 16);
      },
    });
    expect(seen.cells.slice(0, 6)).toEqual(ARRAYS.cells.slice(0, 6));
    expect(seen.cells[6]).toBeNull();
    expect(outcomes(seen.damage)).toEqual(lost(1n));
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
