/** VARCHAR with damaged entries: what its data and the neighbours prove is put right, the rest is lost row by row. */
import { describe, expect, it } from 'vitest';
import { bytesCell } from '../helpers/truthColumns.js';
import { readColumn, sourceOf } from './reading.js';
import {
  type Column,
  copy,
  encode,
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
import { varcharFiles } from './writer.js';

/** A column of these texts, and its entries. */
function columnOf(texts: readonly (string | null)[]): { column: Column; i: Uint8Array } {
  const values = texts.map((text) => (text === null ? null : encode(text)));
  const files = varcharFiles(values);
  const cells = values.map((value) => (value === null ? null : bytesCell(value)));
  return { column: { name: 'VARCHAR', code: 26, files, cells }, i: files.i! };
}

/** Rows of all layouts: stored ones have the same first bytes and lengths that are powers of two, to be as confusable as can be. */
const VARCHAR_TEXTS = [
  ...Array.from({ length: 12 }, (_, row) => `prefix-${String(row).padStart(9, '0')}`),
  'short',
  null,
  '',
  'nine byte',
  'ten bytes!',
  'prefix-0123456789012345678901234',
  null,
  'prefix-000000099',
  'end',
];
const VARCHARS: Column = {
  name: 'VARCHAR',
  code: 26,
  files: varcharFiles(VARCHAR_TEXTS.map((text) => (text === null ? null : encode(text)))),
  cells: VARCHAR_TEXTS.map((text) => (text === null ? null : bytesCell(encode(text)))),
};

describe('VARCHAR', () => {
  const count = VARCHARS.cells.length;
  const isStored = (row: number): boolean => (VARCHAR_TEXTS[row]?.length ?? 0) >= 10;
  /** Rows that are followed by others, so that their size is proved. */
  const stored = VARCHAR_TEXTS.flatMap((_, row) => (isStored(row) && row < count - 2 ? [row] : []));

  it('any bit of the size, the flags or the place of a stored value is put right', () => {
    for (const row of stored) {
      for (const byte of [0, 1, 2, 3, 10, 11, 12, 13, 14, 15]) {
        for (let bit = 0; bit < 8; bit++) {
          const seen = read(VARCHARS, { i: flip(row * 16 + byte, bit) });
          expect(seen.cells, `row ${row} byte ${byte} bit ${bit}`).toEqual(VARCHARS.cells);
          expect(outcomes(seen.damage)).toEqual(byte === 0 && bit === 1 ? [] : REPAIRED);
        }
      }
    }
  });

  it('a prefix that is not that of the data loses the value: one of the two is wrong', () => {
    for (const row of stored) {
      for (let byte = 0; byte < 6; byte++) {
        const inEntry = read(VARCHARS, { i: flip(row * 16 + 4 + byte, 3) });
        const inData = read(VARCHARS, { d: flip(VARCHARS.files.dataSpans[row]![0] + byte, 3) });
        for (const seen of [inEntry, inData]) {
          expect(seen.cells).toEqual(without(VARCHARS.cells, row));
          expect(outcomes(seen.damage)).toEqual(lost(1n));
          expect(seen.damage[0]).toMatchObject({ file: 's/c.i', byteOffset: row * 16 });
        }
      }
    }
  });

  it("a value that two rows claim is neither row's, and both are counted", () => {
    for (const row of [0, 3, 11]) {
      const seen = read(VARCHARS, { i: twice(row) });
      expect(seen.cells.slice(0, row), `row ${row}`).toEqual(VARCHARS.cells.slice(0, row));
      expect([seen.cells[row], seen.cells[row + 1]]).toEqual([null, null]);
      expect(outcomes(seen.damage)).toEqual(lost(2n));
    }
  });

  it("entries in each other's place go back", () => {
    for (const [one, other] of [
      [2, 3],
      [2, 4],
      [10, 11],
    ] as const) {
      const seen = read(VARCHARS, { i: exchange(one, other) });
      expect({ one, other, cells: seen.cells }).toEqual({ one, other, cells: VARCHARS.cells });
      expect(outcomes(seen.damage)).toEqual(REPAIRED);
    }
  });

  it('a value does not grow over that of an entry that is gone', () => {
    const texts = ['the first text', 'the second text', null, null, 'the last of the texts'];
    const files = varcharFiles(texts.map((text) => (text === null ? null : encode(text))));
    const cells = texts.map((text) => (text === null ? null : bytesCell(encode(text))));
    const seen = read({ ...VARCHARS, files, cells }, { i: copy(2, 1) });
    expect(seen.cells).toEqual(without(cells, 0, 1));
    expect(outcomes(seen.damage)).toEqual(lost(2n));
    const moved = read({ ...VARCHARS, files, cells }, { i: (bytes) => bytes.copyWithin(16, 32) });
    expect(moved.cells[0]).toBeNull();
    expect(moved.lostCells).toBeGreaterThan(0);
  });

  it('a value does not grow over that of an entry that is gone with its bytes, so that all behind it move', () => {
    for (const texts of [
      ['10 letters', 'sixteen letters.', 'the last of the texts'],
      ['10 letters', 'sixteen letters.', 'short', 'more than nine letters', 'the last of the texts'],
    ]) {
      const { column, i } = columnOf(texts);
      const moved = [...i.subarray(0, 16), ...i.subarray(32)];
      const preallocated = [...moved, ...new Uint8Array(4096 - i.length)];
      for (const entries of [moved, preallocated]) {
        const source = sourceOf({ d: column.files.d, i: Uint8Array.from(entries) });
        const seen = readColumn(source, column, [{ lo: 0, hi: texts.length }], { rowCount: texts.length });
        expect(seen.cells[0]).toBeNull();
      }
    }
  });

  it('a value does not grow over that of an entry that stands further on', () => {
    const { column } = columnOf(['10 letters', 'sixteen letters.', null, 'short']);
    const seen = read(column, { i: exchange(1, 3) });
    expect(seen.cells).toEqual(without(column.cells, 1, 2, 3));
    expect(outcomes(seen.damage)).toEqual(lost(3n));
  });

  it('entries of a longer column do not outweigh the rows behind them, which lie where .d ends', () => {
    const { column } = columnOf(['the first text', 'the second text', 'one more text', 'a', 'b', 'the end', null]);
    const { i: longer } = columnOf(['a text that is longer than all of the other ones together', 'd', 'e', 'f']);
    const seen = read(column, { i: (bytes) => bytes.set(longer.subarray(16), 2 * 16) });
    expect(seen.cells).toEqual(without(column.cells, 2, 3, 4));
    expect(outcomes(seen.damage)).toEqual(lost(3n));
  });

  it('entries of a longer column do not cut short the value before them', () => {
    const { column } = columnOf(['sixteen letters.', 'and sixteen more', 'short', null]);
    const { i: longer } = columnOf(['a text of 28 letters, no more', 'sixteen letters.', null]);
    const seen = read(column, { i: (bytes) => bytes.set(longer.subarray(16), 2 * 16) });
    expect(seen.cells).toEqual(without(column.cells, 2));
  });

  it('a last value is not lost for a size before it that leaves the file, nor for a place that does', () => {
    const texts = ['short', 'the second text', 'the last of the texts'];
    const files = varcharFiles(texts.map(encode));
    const column = { ...VARCHARS, files, cells: texts.map((text) => bytesCell(encode(text))) };
    const grown = read(column, {
      i: (bytes) => {
        bytes[16 + 2] = 98;
      },
    });
    expect(grown.cells).toEqual(column.cells);
    expect(outcomes(grown.damage)).toEqual(REPAIRED);
    const away = read(column, { i: flip(2 * 16 + 13, 4) });
    expect(away.cells).toEqual(column.cells);
    expect(outcomes(away.damage)).toEqual(REPAIRED);
  });

  it('the place in an entry that has its own value does not matter', () => {
    const row = VARCHAR_TEXTS.indexOf('short');
    for (let bit = 0; bit < 48; bit++) {
      const seen = read(VARCHARS, { i: flip(row * 16 + 10 + (bit >> 3), bit & 7) });
      expect(seen.cells).toEqual(VARCHARS.cells);
      expect(outcomes(seen.damage)).toEqual(REPAIRED);
    }
  });

  it('zeroed entries are lost one by one, wherever they are', () => {
    for (let from = 0; from < count; from++) {
      for (const length of [1, 2, 5]) {
        const rows = Array.from({ length: Math.min(length, count - from) }, (_, index) => from + index);
        const seen = read(VARCHARS, { i: zero(from * 16, (from + rows.length) * 16) });
        expect(seen.cells).toEqual(without(VARCHARS.cells, ...rows));
        expect(outcomes(seen.damage)).toEqual(lost(BigInt(rows.length)));
      }
    }
  });

  it('entries copied from elsewhere in the file are lost, and only they', () => {
    for (const [from, to] of [
      [6, 1],
      [1, 6],
    ] as const) {
      const seen = read(VARCHARS, { i: (bytes) => bytes.copyWithin(to * 16, from * 16, (from + 3) * 16) });
      expect(seen.cells).toEqual(without(VARCHARS.cells, to, to + 1, to + 2));
      expect(outcomes(seen.damage)).toEqual(lost(3n));
    }
  });

  it('the last row of a read is checked against the one behind it', () => {
    const i = VARCHARS.files.i!.slice();
    flip(3 * 16, 5)(i);
    const source = sourceOf({ d: VARCHARS.files.d, i });
    const seen = readColumn(source, VARCHARS, [{ lo: 2, hi: 4 }], { rowCount: count });
    expect(seen.cells).toEqual(VARCHARS.cells.slice(2, 4));
    expect(outcomes(seen.damage)).toEqual(REPAIRED);
    // Where rows end at 4 as far as is known, what is behind them may be stale.
    expect(readColumn(source, VARCHARS, [{ lo: 2, hi: 4 }], { rowCount: 4 }).damage).toEqual([]);
  });

  it('a gap too small for a value that is not inlined is none', () => {
    const files = varcharFiles(['twenty bytes of text', 'eight by', 'twenty more bytes...'].map(encode));
    const d = Uint8Array.from([...files.d.subarray(0, 20), ...encode('eight by'), ...files.d.subarray(20)]);
    const i = files.i!.slice();
    i.set([0, 0, 0, 0, ...encode('eight ')], 16);
    i[2 * 16 + 10]! += 8;
    const seen = readColumn(sourceOf({ d, i }), VARCHARS, [{ lo: 0, hi: 3 }], { rowCount: 3 });
    expect(seen.cells[1]).toBeNull();
    expect(outcomes(seen.damage)).toEqual(lost(1n));
  });

  it('without its data only what is in the entries is left', () => {
    const seen = readColumn(sourceOf({ i: VARCHARS.files.i }), VARCHARS, [{ lo: 0, hi: count }]);
    const gone = VARCHAR_TEXTS.flatMap((_, row) => (isStored(row) ? [row] : []));
    expect(seen.cells).toEqual(without(VARCHARS.cells, ...gone));
    expect(outcomes(seen.damage)).toEqual([['column_missing', 'loss', BigInt(gone.length)]]);
  });

  it('an inlined value shorter than what is in its entry is no value', () => {
    const row = VARCHAR_TEXTS.indexOf('nine byte');
    const seen = read(VARCHARS, {
      i: (bytes) => {
        bytes[row * 16]! -= 0x20;
      },
    });
    expect(seen.cells).toEqual(without(VARCHARS.cells, row));
  });
});
