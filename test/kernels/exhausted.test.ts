/** Columns are read the same whether their bytes, tables and caches are in kernel memory or, where there is none left, elsewhere. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { borrowMemory } from '../../src/columns/chunkMemory.js';
import { giveRegionBack, isInMemory, takeRegion } from '../../src/kernels/memory.js';
import { TILE_ROWS } from '../../src/kernels/tiles.js';
import { ALL_KINDS, VARCHAR_KIND } from '../columns/kinds.js';
import { readColumn, sourceOf } from '../columns/reading.js';
import { varcharFiles } from '../columns/writer.js';
import { bytesCell } from '../helpers/truthColumns.js';
import { many, randomOf } from './random.js';

/** Regions to be given back: two of every size that a column of few rows asks for, and that one of many does. */
const small: Uint8Array[] = [];
const large: Uint8Array[] = [];

beforeAll(() => {
  for (let power = 6; power < 20; power++) {
    for (const quarters of [4, 5, 6, 7, 4, 5, 6, 7])
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
    const random = randomOf(1);
    while (large.length > 0) {
      for (let left = 6; left > 0; left--)
        for (const region of large.splice(random.below(large.length), 1)) giveRegionBack(region);
      expect(cellsRead(VARCHAR_KIND, files, cells.length)).toEqual(cells);
    }
  });
});
