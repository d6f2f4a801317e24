import { describe, expect, it } from 'vitest';
import { readColumn, type Seen, sourceOf } from './reading.js';
import { designatedFiles } from './writer.js';

const TS = { name: 'TIMESTAMP', code: 8, designated: true };
const ROWS = 1000;
const VALUES = Array.from({ length: ROWS }, (_, row) => 1_700_000_000_000_000n + BigInt(row) * 1_000_003n);
const FILES = designatedFiles(VALUES);
const CELLS = VALUES.map(String);

/** Reads all rows, or those given, after a change. */
function read(change: (bytes: Uint8Array) => void, lo = 0, hi = ROWS, rowCount = ROWS): Seen {
  const d = FILES.d.slice();
  change(d);
  return readColumn(sourceOf({ d }), TS, [{ lo, hi }], { rowCount });
}

const flip = (at: number, bit: number) => (bytes: Uint8Array) => {
  bytes[at]! ^= 1 << bit;
};
const lostRows = (seen: Seen, lo = 0): number[] => seen.cells.flatMap((cell, row) => (cell === null ? [lo + row] : []));

describe('the designated timestamp', () => {
  it('with one wrong byte in a row id keeps its value, and says so', () => {
    for (const [row, byte, bit] of [
      [500, 0, 7],
      [500, 3, 0],
      [500, 7, 7],
      [999, 0, 0],
      [0, 5, 2],
    ] as const) {
      const seen = read(flip(row * 16 + 8 + byte, bit));
      expect(seen.cells).toEqual(CELLS);
      expect(seen.damage).toHaveLength(1);
      expect(seen.damage[0]).toMatchObject({
        code: 'timestamp_row_id_mismatch',
        severity: 'note',
        byteOffset: row * 16 + 8,
        expected: `row id ${row}`,
      });
      expect(seen.damage[0]?.cells).toBeUndefined();
    }
  });

  it('with more wrong bytes in a row id is lost', () => {
    const seen = read((bytes) => {
      flip(500 * 16 + 8, 1)(bytes);
      flip(500 * 16 + 9, 1)(bytes);
    });
    expect(lostRows(seen)).toEqual([500]);
    expect(seen.damage).toMatchObject([
      { code: 'timestamp_row_id_mismatch', severity: 'loss', cells: 1n, actual: `row id ${500 ^ 0x202}` },
    ]);
  });

  it('of zeros is lost, one row or many; those at row 0 can not be told from 1970', () => {
    for (const [from, to] of [
      [1, 2],
      [700, 701],
      [900, 1000],
      [3, 300],
    ] as const) {
      const seen = read((bytes) => bytes.fill(0, from * 16, to * 16));
      expect(lostRows(seen)).toEqual(Array.from({ length: to - from }, (_, index) => from + index));
      expect(seen.lostCells).toBe(to - from);
      expect(seen.damage).toHaveLength(1);
    }
    expect(read((bytes) => bytes.fill(0, 0, 16)).cells[0]).toBe('0');
  });

  it('of a page from elsewhere in the file is lost, though ids differ in one byte only', () => {
    const seen = read((bytes) => bytes.copyWithin(256 * 16, 0, 256 * 16));
    expect(lostRows(seen)).toEqual(Array.from({ length: 256 }, (_, index) => 256 + index));
  });

  it('looks at the rows beside those that were asked for', () => {
    const change = (bytes: Uint8Array): void => {
      flip(499 * 16 + 8, 0)(bytes);
      flip(500 * 16 + 8, 0)(bytes);
    };
    for (const [lo, hi] of [
      [0, ROWS],
      [500, 510],
      [490, 500],
      [499, 500],
    ] as const) {
      const wrong = [499, 500].filter((row) => row >= lo && row < hi);
      expect(lostRows(read(change, lo, hi), lo)).toEqual(wrong);
    }
    const stale = (bytes: Uint8Array): void => {
      flip(99 * 16 + 8, 0)(bytes);
      bytes.fill(0, 100 * 16);
    };
    expect(lostRows(read(stale, 0, 100, 100))).toEqual([]);
    expect(lostRows(read(stale, 0, 100, 200))).toEqual([99]);
  });

  it('beside a row that can not be read is lost, whether that one was asked for or not', () => {
    const d = FILES.d.slice(0, 500 * 16 + 3);
    flip(499 * 16 + 8, 0)(d);
    for (const hi of [500, 501])
      expect(lostRows(readColumn(sourceOf({ d }), TS, [{ lo: 490, hi }], { rowCount: ROWS }), 490)).toContain(499);
  });

  it('is never NULL: that pattern is damage', () => {
    const seen = read((bytes) => bytes.set([0, 0, 0, 0, 0, 0, 0, 0x80], 33 * 16));
    expect(lostRows(seen)).toEqual([33]);
    expect(seen.damage).toMatchObject([{ code: 'column_entry_invalid', cells: 1n, byteOffset: 33 * 16 }]);
  });

  it('has row ids past 32 bits', () => {
    const lo = 2 ** 32 - 2;
    const d = designatedFiles(
      VALUES.slice(0, 5),
      Array.from({ length: 5 }, (_, row) => BigInt(lo + row)),
    ).d;
    const far = {
      ...sourceOf({}),
      open: (path: string) => ({
        path,
        size: (lo + 5) * 16,
        read: () => d,
        readInto: (target: Uint8Array, offset: number) => {
          target.set(d.subarray(offset - lo * 16, offset - lo * 16 + target.length));
          return target.length;
        },
        close: () => undefined,
      }),
    };
    expect(readColumn(far, TS, [{ lo, hi: lo + 5 }])).toMatchObject({ cells: CELLS.slice(0, 5), damage: [] });
    d[3 * 16 + 13] = 9;
    const seen = readColumn(far, TS, [{ lo, hi: lo + 5 }]);
    expect(seen.damage).toMatchObject([
      { severity: 'note', expected: `row id ${lo + 3}`, actual: `row id ${lo + 3 + 9 * 2 ** 40}` },
    ]);
  });
});
