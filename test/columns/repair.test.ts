/** Exact outcomes where entries of `.i` are damaged: what the rest of the files proves is put right, the rest is lost row by row. */
import { describe, expect, it } from 'vitest';
import type { Damage } from '../../src/damage.js';
import { bytesCell, type Cell } from '../helpers/truthColumns.js';
import { readColumn, type Seen, sourceOf } from './reading.js';
import {
  type ArrayValue,
  arrayCell,
  arrayFiles,
  binaryFiles,
  type ColumnFiles,
  stringFiles,
  varcharFiles,
} from './writer.js';

interface Column {
  readonly name: string;
  readonly code: number;
  readonly files: ColumnFiles;
  readonly cells: readonly Cell[];
}

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
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

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

/** Reads all rows with changed files. */
function read(column: Column, change: { d?: (bytes: Uint8Array) => void; i?: (bytes: Uint8Array) => void }): Seen {
  const d = column.files.d.slice();
  const i = column.files.i!.slice();
  change.d?.(d);
  change.i?.(i);
  const rowCount = column.cells.length;
  return readColumn(sourceOf({ d, i }), column, [{ lo: 0, hi: rowCount }], { rowCount });
}

const flip = (at: number, bit: number) => (bytes: Uint8Array) => {
  bytes[at]! ^= 1 << bit;
};
const zero = (from: number, to: number) => (bytes: Uint8Array) => {
  bytes.fill(0, from, to);
};
const outcomes = (damage: readonly Damage[]): unknown[] =>
  damage.map(({ code, severity, cells }) => [code, severity, cells]);
const REPAIRED = [['column_entry_invalid', 'repaired', undefined]];
const lost = (cells: bigint): unknown[] => [['column_entry_invalid', 'loss', cells]];
/** The cells with those of `rows` gone. */
const without = (cells: readonly Cell[], ...rows: number[]): Cell[] =>
  cells.map((cell, row) => (rows.includes(row) ? null : cell));

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

describe('ARRAY', () => {
  const count = ARRAYS.cells.length;

  it('any bit of an entry that two more follow is put right, or never mattered', () => {
    for (let row = 0; row < count - 2; row++) {
      for (let bit = 0; bit < 128; bit++) {
        const seen = read(ARRAYS, { i: flip(row * 16 + (bit >> 3), bit & 7) });
        expect(seen.cells, `row ${row} bit ${bit}`).toEqual(ARRAYS.cells);
        // Bits 48 to 63 are reserved.
        expect(outcomes(seen.damage), `row ${row} bit ${bit}`).toEqual(bit >= 48 && bit < 64 ? [] : REPAIRED);
      }
    }
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
