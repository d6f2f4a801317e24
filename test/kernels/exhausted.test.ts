/** Columns are read the same whether their bytes, tables and caches are in kernel memory or, where there is none left, elsewhere. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { borrowMemory } from '../../src/columns/chunkMemory.js';
import { giveRegionBack, isInMemory, takeRegion } from '../../src/kernels/memory.js';
import { TILE_ROWS } from '../../src/kernels/tiles.js';
import { ALL_KINDS, VARCHAR_KIND } from '../columns/kinds.js';
import { readColumn, sourceOf } from '../columns/reading.js';
import { cellOf, readSymbols, scope, tableOf } from '../columns/symbols.js';
import { varcharFiles } from '../columns/writer.js';
import { bytesCell } from '../helpers/truthColumns.js';
import { many, randomOf } from './random.js';

/** Regions to be given back: two of every size that a column of few rows asks for, and that one of many does. */
const small: Uint8Array[] = [];
const large: Uint8Array[] = [];
/** Rows, symbols of the table and of the transaction: each with memory of a size that nothing else has. */
const SYMBOLS = { rows: 2500, base: 3000, diff: 1000 };
const symbolRegions: Uint8Array[] = [];

beforeAll(() => {
  for (const count of Object.values(SYMBOLS)) symbolRegions.push(takeRegion(4 * count)!);
  for (let power = 6; power < 20; power++) {
    for (const quarters of [4, 4, 5, 5, 6, 6, 7, 7])
      (power < 14 ? small : large).push(takeRegion((quarters * 2 ** power) / 4)!);
  }
  for (let length = 2 ** 25; length >= 64; length /= 2) while (takeRegion(length) !== undefined);
});

/** The cells of all rows of a column, read into memory that is used again. */
function cellsRead(kind: (typeof ALL_KINDS)[number], files: { d: Uint8Array; i?: Uint8Array }, count: number): unknown {
  const memory = borrowMemory();
  const seen = readColumn(sourceOf(files), kind, [{ lo: 0, hi: count }], { rowCount: count }, memory.of(0));
  memory.giveBack();
  return seen.cells;
}

const values = many(2 * TILE_ROWS + 5, (row) => {
  const random = randomOf(row);
  const size = random.of([0, 3, 8, 9, 10, 40, 120, -1]);
  return size < 0 ? null : random.bytes(size);
});
const VARCHARS = {
  files: varcharFiles(values),
  cells: values.map((value) => (value === null ? null : bytesCell(value))),
};

describe('with no memory left', () => {
  it('there is none', () => {
    const memory = borrowMemory();
    expect(isInMemory(memory.of(0).bytes('rows', 100))).toBe(false);
    memory.giveBack();
  });

  it.each(ALL_KINDS)('$name is read', (kind) => {
    fc.assert(
      fc.property(kind.stored(0, 40), ({ files, cells }) => {
        expect(cellsRead(kind, files, cells.length)).toEqual(cells);
      }),
      { numRuns: 20 },
    );
  });

  it('VARCHAR of more rows than a call takes is read, and what is wrong in it is found', () => {
    const { files, cells } = VARCHARS;
    expect(cellsRead(VARCHAR_KIND, files, cells.length)).toEqual(cells);
    const row = values.findIndex((value, at) => at > TILE_ROWS && value?.length === 40);
    const i = files.i!.slice();
    i[16 * row + 4]! ^= 1;
    const seen = readColumn(sourceOf({ ...files, i }), VARCHAR_KIND, [{ lo: 0, hi: cells.length }]);
    expect(seen.cells).toEqual(cells.with(row, null));
  });
});

describe('with some memory left', () => {
  it('SYMBOL is read wherever its keys and codes are', () => {
    const clean = SYMBOLS.base;
    const base = tableOf(many(clean, (key) => `base ${key}`));
    const diff = new Map(many(SYMBOLS.diff, (key) => [clean + key, `own ${key}`]));
    const random = randomOf(1);
    const keys = many(SYMBOLS.rows, () => random.below(clean + SYMBOLS.diff));
    const scopes = [scope({ hi: keys.length, cleanCount: clean, base, diff })];
    const cells = keys.map((key) => cellOf(key < clean ? `base ${key}` : `own ${key - clean}`));
    const memory = borrowMemory();
    for (const region of [undefined, ...symbolRegions]) {
      if (region !== undefined) giveRegionBack(region);
      expect(readSymbols(keys, scopes, [{ lo: 0, hi: keys.length }], memory.of(0)).cells).toEqual(cells);
    }
    memory.giveBack();
  });

  it('columns are read', () => {
    const kinds = ALL_KINDS.flatMap((kind) => [kind, kind]);
    const cases = fc.constantFrom(...kinds).chain((kind) => fc.tuple(fc.constant(kind), kind.stored(0, 200)));
    fc.assert(
      fc.property(cases, fc.nat(2), ([kind, { files, cells }], spare) => {
        for (const region of small.splice(0, spare)) giveRegionBack(region);
        expect(cellsRead(kind, files, cells.length)).toEqual(cells);
      }),
      { numRuns: 100 },
    );
  });

  it('VARCHAR is read wherever its parts are', () => {
    const { files, cells } = VARCHARS;
    // From the smallest on: the states of values are the first to be in kernel memory, their bytes the last.
    while (large.length > 0) {
      for (const region of large.splice(0, 2)) giveRegionBack(region);
      expect(cellsRead(VARCHAR_KIND, files, cells.length)).toEqual(cells);
    }
  });
});
