/** STRING and BINARY with damaged offsets: what the lengths in the data prove is put right, the rest is lost row by row. */
import { describe, expect, it } from 'vitest';
import { bytesCell } from '../helpers/truthColumns.js';
import { readColumn, sourceOf } from './reading.js';
import { type Column, encode, flip, lost, outcomes, REPAIRED, read, without, zero } from './repairing.js';
import { binaryFiles, stringFiles } from './writer.js';

const TEXTS = [
  'first',
  null,
  '',
  'second value',
  'ünï',
  'a value of some length',
  'x',
  null,
  'another long value',
  'last',
];
const STRINGS: Column = {
  name: 'STRING',
  code: 11,
  files: stringFiles(TEXTS),
  cells: TEXTS.map((text) => (text === null ? null : bytesCell(encode(text)))),
};
const BINARIES: Column = {
  name: 'BINARY',
  code: 18,
  files: binaryFiles(TEXTS.map((text) => (text === null ? null : encode(text)))),
  cells: STRINGS.cells,
};

describe.each([STRINGS, BINARIES])('$name', (column) => {
  const count = column.cells.length;

  it('any bit of any offset but the last is put right from the lengths in the data', () => {
    for (let at = 0; at < count * 8; at++) {
      for (let bit = 0; bit < 8; bit++) {
        const seen = read(column, { i: flip(at, bit) });
        expect(seen.cells, `bit ${bit} of byte ${at}`).toEqual(column.cells);
        expect(outcomes(seen.damage)).toEqual(REPAIRED);
      }
    }
  });

  it('the last offset has nothing behind it that proves it: the last row is lost', () => {
    for (let bit = 0; bit < 64; bit++) {
      const seen = read(column, { i: flip(count * 8 + (bit >> 3), bit & 7) });
      expect(seen.cells).toEqual(without(column.cells, count - 1));
      expect(seen.lostCells).toBe(1);
    }
  });

  it('any run of zeroed offsets before the last is put right', () => {
    for (let from = 0; from < count; from++) {
      for (let to = from + 1; to <= count; to++) {
        const seen = read(column, { i: zero(from * 8, to * 8) });
        expect(seen.cells).toEqual(column.cells);
        expect(outcomes(seen.damage)).toEqual(from === 0 && to === 1 ? [] : REPAIRED);
      }
    }
  });

  it('a wrong length in the data loses its row only', () => {
    column.files.dataSpans.forEach(([from], row) => {
      const seen = read(column, { d: flip(from, 1) });
      expect(seen.cells).toEqual(without(column.cells, row));
      expect(outcomes(seen.damage)).toEqual(lost(1n));
      expect(seen.damage[0]).toMatchObject({ file: 's/c.i', byteOffset: row * 8, column: 'c' });
    });
  });

  it('an offset far behind the file is wrong, not a sign that the file is short', () => {
    const seen = read(column, {
      d: flip(column.files.dataSpans[4]![0], 1),
      i: flip(5 * 8 + 5, 0),
    });
    expect(seen.cells).toEqual(without(column.cells, 4, 5));
    expect(outcomes(seen.damage)).toEqual(lost(2n));
  });

  it('offsets copied from elsewhere in the file are put right', () => {
    for (const [from, to] of [
      [4, 1],
      [1, 5],
    ] as const) {
      const seen = read(column, { i: (bytes) => bytes.copyWithin(to * 8, from * 8, (from + 3) * 8) });
      expect(seen.cells).toEqual(column.cells);
      expect(outcomes(seen.damage)).toEqual(REPAIRED);
    }
  });

  it('a truncated file loses the rows past its end, and tells which', () => {
    for (let size = 0; size < column.files.d.length; size++) {
      const d = column.files.d.slice(0, size);
      const seen = readColumn(sourceOf({ d, i: column.files.i }), column, [{ lo: 0, hi: count }]);
      const first = column.files.dataSpans.findIndex(([, to]) => to > size);
      expect(seen.cells).toEqual(column.cells.map((cell, row) => (row < first ? cell : null)));
      expect(outcomes(seen.damage)).toEqual([['column_short', 'loss', BigInt(count - first)]]);
      expect(seen.damage[0]).toMatchObject({
        file: 's/c.d',
        expected: `${column.files.d.length} bytes`,
        actual: `${size} bytes`,
      });
    }
    for (let size = 0; size < column.files.i!.length; size++) {
      const i = column.files.i!.slice(0, size);
      const seen = readColumn(sourceOf({ d: column.files.d, i }), column, [{ lo: 0, hi: count }]);
      const kept = Math.max(0, Math.floor(size / 8) - 1);
      expect(seen.cells).toEqual(column.cells.map((cell, row) => (row < kept ? cell : null)));
      expect(outcomes(seen.damage)).toEqual([['column_short', 'loss', BigInt(count - kept)]]);
      expect(seen.damage[0]).toMatchObject({
        file: 's/c.i',
        expected: `${count * 8 + 8} bytes`,
        actual: `${size} bytes`,
      });
    }
  });
});
