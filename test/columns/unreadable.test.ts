/** Files that are missing, short or can't be read: what that costs, to the cell. */
import { describe, expect, it } from 'vitest';
import { openColumn } from '../../src/columns/openColumn.js';
import { columnTypeOf } from '../../src/columnType.js';
import type { Damage } from '../../src/damage.js';
import { memorySource } from '../../src/source/memory.js';
import { bytesCell, type Cell } from '../helpers/truthColumns.js';
import { type Faults, faultySource } from './faulty.js';
import { readColumn, type Seen, sourceOf } from './reading.js';
import { fixedFiles, littleEndian, stringFiles, varcharFiles } from './writer.js';

const INT = { name: 'INT', code: 5 };
const STRING = { name: 'STRING', code: 11 };
const VARCHAR = { name: 'VARCHAR', code: 26 };

const ROWS = 5000;
const INTS = fixedFiles(
  Array.from({ length: ROWS }, (_, row) => littleEndian([row, 4])),
  4,
);
const INT_CELLS: readonly Cell[] = Array.from({ length: ROWS }, (_, row) => String(row));
const ALL = [{ lo: 0, hi: ROWS }];

const texts = Array.from({ length: ROWS }, (_, row) => (row % 3 === 0 ? 'short' : `a longer text, number ${row}`));
const TEXT_CELLS = texts.map((text) => bytesCell(new TextEncoder().encode(text)));
const STRINGS = stringFiles(texts);
const VARCHARS = varcharFiles(texts.map((text) => new TextEncoder().encode(text)));

const outcomes = (damage: readonly Damage[]): unknown[] => damage.map(({ code, file, cells }) => [code, file, cells]);

/** The cells but for those of the rows that `isLost` says. */
const without = (cells: readonly Cell[], isLost: (row: number) => boolean): Cell[] =>
  cells.map((cell, row) => (isLost(row) ? null : cell));

function withFaults(
  files: { d: Uint8Array; i?: Uint8Array },
  kind: { name: string; code: number },
  faults: Record<string, Faults>,
): Seen {
  const all: [string, Uint8Array][] = [['s/c.d', files.d]];
  if (files.i !== undefined) all.push(['s/c.i', files.i]);
  return readColumn(faultySource(all, faults), kind, ALL, { rowCount: ROWS });
}

it('rows side by side are read at once', () => {
  const source = faultySource([['s/c.d', INTS.d]], { 's/c.d': {} });
  readColumn(source, INT, [
    { lo: 0, hi: 5 },
    { lo: 5, hi: 9 },
    { lo: 9, hi: 9 },
    { lo: 9, hi: 1000 },
    { lo: 2000, hi: 2001 },
  ]);
  expect(source.reads.count).toBe(2);
});

describe('a missing file', () => {
  it('costs all cells asked for, no more', () => {
    const seen = readColumn(sourceOf({}), INT, [
      { lo: 10, hi: 20 },
      { lo: 30, hi: 35 },
    ]);
    expect(seen.cells).toEqual(new Array(15).fill(null));
    expect(outcomes(seen.damage)).toEqual([['column_missing', 's/c.d', 15n]]);
  });

  it('is told by name, of the two that a text has', () => {
    expect(outcomes(readColumn(sourceOf({ i: STRINGS.i }), STRING, ALL).damage)).toEqual([
      ['column_missing', 's/c.d', BigInt(ROWS)],
    ]);
    expect(outcomes(readColumn(sourceOf({ d: STRINGS.d }), STRING, ALL).damage)).toEqual([
      ['column_missing', 's/c.i', BigInt(ROWS)],
    ]);
    expect(outcomes(readColumn(sourceOf({ d: VARCHARS.d }), VARCHAR, ALL).damage)).toEqual([
      ['column_missing', 's/c.i', BigInt(ROWS)],
    ]);
  });

  it('is no damage where no rows are asked for', () => {
    for (const kind of [INT, STRING, VARCHAR]) expect(readColumn(sourceOf({}), kind, []).damage).toEqual([]);
  });

  it('that is a folder, or that may not be opened, is called unreadable', () => {
    const folder = memorySource([], { folders: ['s/c.d'] });
    expect(outcomes(readColumn(folder, INT, ALL).damage)).toEqual([['column_unreadable', 's/c.d', BigInt(ROWS)]]);
    for (const open of ['denied', 'io', 'link-loop'] as const) {
      const seen = withFaults(INTS, INT, { 's/c.d': { open } });
      expect(outcomes(seen.damage)).toEqual([['column_unreadable', 's/c.d', BigInt(ROWS)]]);
      expect(seen.damage[0]?.actual).toContain(open);
    }
  });
});

describe('a short file', () => {
  it('costs the rows past its end, half ones too', () => {
    for (const size of [0, 1, 3, 4, 5, 399, 400, 401]) {
      const seen = readColumn(sourceOf({ d: INTS.d.slice(0, size) }), INT, [
        { lo: 0, hi: 50 },
        { lo: 90, hi: 120 },
      ]);
      const rows = [...INT_CELLS.slice(0, 50), ...INT_CELLS.slice(90, 120)];
      expect(seen.cells).toEqual(rows.map((cell) => (Number(cell) * 4 + 4 <= size ? cell : null)));
      const lost = rows.filter((cell) => Number(cell) * 4 + 4 > size).length;
      expect(outcomes(seen.damage)).toEqual([['column_short', 's/c.d', BigInt(lost)]]);
      expect(seen.damage[0]).toMatchObject({ expected: '480 bytes', actual: `${size} bytes` });
    }
  });

  it('is one that shrinks while it is read, too', () => {
    const seen = withFaults(INTS, INT, { 's/c.d': { shrinksTo: 1001 } });
    expect(seen.cells).toEqual(without(INT_CELLS, (row) => row >= 250));
    expect(seen.damage[0]).toMatchObject({ code: 'column_short', actual: '1001 bytes', cells: BigInt(ROWS - 250) });
    for (const [kind, files] of [
      [STRING, STRINGS],
      [VARCHAR, VARCHARS],
    ] as const) {
      const shrinksTo = 40_000;
      const text = withFaults({ d: files.d, i: files.i! }, kind, { 's/c.d': { shrinksTo } });
      const past = (row: number): boolean =>
        files.dataSpans[row]![1] > shrinksTo && files.dataSpans[row]![0] < files.dataSpans[row]![1];
      expect(text.cells).toEqual(without(TEXT_CELLS, past));
      expect(text.lostCells).toBe(texts.filter((_, row) => past(row)).length);
      expect(text.damage.map(({ code }) => code)).toEqual(['column_short']);
    }
  });

  it('costs no memory for rows that it never had', () => {
    const far = 2 ** 40;
    const seen = readColumn(sourceOf({ d: INTS.d }), INT, [{ lo: far, hi: far + 3 }]);
    expect(seen.cells).toEqual([null, null, null]);
    expect(seen.damage[0]).toMatchObject({ code: 'column_short', actual: `${ROWS * 4} bytes` });
  });
});

describe('bytes that can not be read', () => {
  it('cost the rows in their 4 KiB', () => {
    const seen = withFaults(INTS, INT, {
      's/c.d': {
        unreadable: [
          [4100, 4101],
          [12_000, 12_300],
        ],
      },
    });
    expect(seen.cells).toEqual(without(INT_CELLS, (row) => row >= 1024 && row < 4096));
    expect(seen.damage.map(({ code, byteOffset, actual }) => [code, byteOffset, actual])).toEqual([
      ['column_unreadable', 4096, 'EIO: i/o error'],
    ]);
  });

  it('cost texts that have bytes among them, and no others', () => {
    for (const [kind, files] of [
      [STRING, STRINGS],
      [VARCHAR, VARCHARS],
    ] as const) {
      const seen = withFaults({ d: files.d, i: files.i! }, kind, { 's/c.d': { unreadable: [[9000, 9010]] } });
      const inPage = (row: number): boolean =>
        files.dataSpans[row]![0] < 12_288 &&
        files.dataSpans[row]![1] > 8192 &&
        files.dataSpans[row]![0] < files.dataSpans[row]![1];
      expect(seen.cells).toEqual(without(TEXT_CELLS, inPage));
      expect(outcomes(seen.damage)).toEqual([
        ['column_unreadable', 's/c.d', BigInt(texts.filter((_, row) => inPage(row)).length)],
      ]);
    }
  });

  it('in entries cost VARCHAR these rows; STRING finds its way by the lengths in the data', () => {
    const faults = { 's/c.i': { unreadable: [[8192, 8193]] } } as const;
    const varchar = withFaults({ d: VARCHARS.d, i: VARCHARS.i! }, VARCHAR, faults);
    expect(varchar.cells).toEqual(without(TEXT_CELLS, (row) => row >= 512 && row < 768));
    expect(outcomes(varchar.damage)).toEqual([['column_unreadable', 's/c.i', 256n]]);
    const string = withFaults({ d: STRINGS.d, i: STRINGS.i! }, STRING, faults);
    expect(string.cells).toEqual(TEXT_CELLS);
    expect(string.damage).toMatchObject([{ code: 'column_entry_invalid', severity: 'repaired', file: 's/c.i' }]);
  });

  it('leave nothing of a lost text behind', () => {
    const long = Array.from({ length: 300 }, (_, row) =>
      new TextEncoder().encode(`value of thirty bytes ${row + 10_000_000}`),
    );
    const files = varcharFiles(long);
    const seen = readColumn(
      faultySource(
        [
          ['s/c.d', files.d],
          ['s/c.i', files.i!],
        ],
        { 's/c.d': { unreadable: [[0, 1]] } },
      ),
      VARCHAR,
      [{ lo: 0, hi: 300 }],
    );
    const lost = files.dataSpans.filter(([from]) => from < 4096).length;
    expect(seen.cells).toEqual(long.map((bytes, row) => (row < lost ? null : bytesCell(bytes))));
    expect(seen.chunk.kind === 'bytes' && seen.chunk.data.length).toBe((300 - lost) * 30);
  });

  it('are lost in each look at them, also in one that could avoid them', () => {
    const source = faultySource([['s/c.d', INTS.d]], { 's/c.d': { unreadable: [[4100, 4101]] } });
    const reader = openColumn(source, { path: 's/c', name: 'c', type: columnTypeOf(INT.code)!, designated: false });
    expect(reader.read(ALL).lostCells).toBe(1024);
    expect(reader.read([{ lo: 1024, hi: 1025 }]).lostCells).toBe(1);
    expect(reader.read([{ lo: 1023, hi: 1024 }]).lostCells).toBe(0);
    expect(reader.read([{ lo: 2048, hi: 2049 }]).lostCells).toBe(0);
  });

  it('do not make for endless tries', () => {
    const d = new Uint8Array(4 * 1024 * 1024);
    const source = faultySource([['s/c.d', d]], { 's/c.d': { unreadable: [[0, d.length]] } });
    const seen = readColumn(source, INT, [{ lo: 0, hi: d.length / 4 }]);
    expect(seen.lostCells).toBe(d.length / 4);
    expect(source.reads.count).toBeLessThan(100);
  });
});
