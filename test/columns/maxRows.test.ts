/** How many rows one read may ask for. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_CHUNK_BYTES } from '../../src/columns/columnReader.js';
import { type ColumnReader, openColumn } from '../../src/columns/openColumn.js';
import { columnTypeOf } from '../../src/columnType.js';
import { memoryAccess } from '../../src/source/memory.js';
import type { RandomAccess, Source } from '../../src/source/source.js';
import { ALL_KINDS, VAR_KINDS } from './kinds.js';
import { sourceOf } from './reading.js';
import { littleEndian } from './writer.js';

const MIB = 2 ** 20;
const open = (source: Source, code: number, designated = false): ColumnReader =>
  openColumn(source, { path: 's/c', name: 'c', type: columnTypeOf(code)!, designated });

describe('maxRows', () => {
  it.each(VAR_KINDS)('of $name is what fits into the budget, and at least one row', ({ code, stored }) => {
    const cases = stored(1, 30).chain((column) =>
      fc.record({
        column: fc.constant(column),
        budget: fc.nat(column.files.d.length + 5),
        cuts: fc.array(fc.nat(column.cells.length), { maxLength: 4 }),
      }),
    );
    fc.assert(
      fc.property(cases, ({ column, budget, cuts }) => {
        const { d, dataSpans } = column.files;
        const rising = [0, column.cells.length, ...cuts].sort((a, b) => a - b);
        const ranges = rising.flatMap((lo, index) =>
          index % 2 === 0 && index + 1 < rising.length ? [{ lo, hi: rising[index + 1]! }] : [],
        );
        const sizes = ranges.flatMap(({ lo, hi }) => dataSpans.slice(lo, hi).map(([from, to]) => to - from));
        const bytesOf = (rows: number): number => sizes.slice(0, rows).reduce((sum, size) => sum + size, 0);
        const rows = open(sourceOf(column.files), code).maxRows(ranges, budget);
        if (d.length <= budget) expect(rows).toBe(sizes.length);
        else if (rows !== Math.min(1, sizes.length)) expect(bytesOf(rows)).toBeLessThanOrEqual(budget);
        // A range that does not fit ends the count, though later values may be empty.
        if (rows < sizes.length) expect(bytesOf(rows + 1) + 1).toBeGreaterThan(ranges.length === 1 ? budget : 0);
      }),
      { numRuns: 200 },
    );
  });

  it('of fixed-size types is all rows', () => {
    for (const { code, designated } of ALL_KINDS) {
      if (VAR_KINDS.some((kind) => kind.code === code)) continue;
      const reader = open(sourceOf({}), code, designated);
      expect(
        reader.maxRows(
          [
            { lo: 5, hi: 10 },
            { lo: 20, hi: 21 },
          ],
          1,
        ),
      ).toBe(6);
    }
  });
});

/** A `.d` file of zeros, `size` bytes long, and a real `.i` file. */
function largeColumn(size: number, i: Uint8Array): Source {
  const d: RandomAccess = {
    path: 's/c.d',
    size,
    read: (_offset, length) => new Uint8Array(length),
    readInto: (target, offset) => Math.min(target.length, size - offset),
    close: () => undefined,
  };
  return { ...sourceOf({}), open: (path) => (path === 's/c.d' ? d : memoryAccess(path, i)) };
}

describe('columns larger than a read', () => {
  const values = 10;
  const each = 200 * MIB;
  const rows = Array.from({ length: values + 1 }, (_, row) => row);
  const columns = [
    { name: 'STRING', code: 11, i: rows.flatMap((row) => littleEndian([row * each, 8])) },
    { name: 'BINARY', code: 18, i: rows.flatMap((row) => littleEndian([row * each, 8])) },
    {
      name: 'VARCHAR',
      code: 26,
      i: rows.slice(1).flatMap((row) => littleEndian([each * 16, 4], [0, 6], [(row - 1) * each, 6])),
    },
    {
      name: 'DOUBLE[]',
      code: 2587,
      i: rows.slice(1).flatMap((row) => littleEndian([(row - 1) * each, 8], [each, 4], [0, 4])),
    },
  ];

  it.each(columns)('$name is cut before its offsets overflow', ({ code, i }) => {
    const reader = open(largeColumn(values * each, Uint8Array.from(i)), code);
    expect(reader.maxRows([{ lo: 0, hi: values }], Number.MAX_SAFE_INTEGER)).toBe(5);
    expect(reader.maxRows([{ lo: 2, hi: values }], 450 * MIB)).toBe(2);
    expect(reader.maxRows([{ lo: 2, hi: values }], 1)).toBe(1);
    expect(
      reader.maxRows(
        [
          { lo: 0, hi: 1 },
          { lo: 3, hi: 4 },
          { lo: 6, hi: 9 },
        ],
        MAX_CHUNK_BYTES,
      ),
    ).toBe(5);
    expect(() => reader.read([{ lo: 0, hi: values }])).toThrow(/ask maxRows first/);
  });

  it('a value over the limit is lost, and told', () => {
    const i = Uint8Array.from(littleEndian([0, 8], [3 * 1024 * MIB, 8], [3 * 1024 * MIB + 8, 8]));
    const reader = open(largeColumn(3 * 1024 * MIB + 8, i), 18);
    const { chunk, damage, lostCells } = reader.read([{ lo: 0, hi: 2 }]);
    expect([chunk.length, chunk.nullCount, lostCells]).toEqual([2, 1, 1]);
    expect(damage).toMatchObject([{ code: 'column_entry_invalid', cells: 1n }]);
  });

  it('entries that all claim the same bytes do not multiply them', () => {
    const size = 64 * MIB;
    const entry = littleEndian([size * 16, 4], [0, 6], [0, 6]);
    const i = Uint8Array.from(Array.from({ length: 1000 }, () => entry).flat());
    const reader = open(largeColumn(size, i), 26);
    const { chunk, lostCells } = reader.read([{ lo: 0, hi: 1000 }]);
    expect(chunk.kind === 'bytes' && chunk.data.length).toBeLessThanOrEqual(size);
    expect(lostCells).toBeGreaterThanOrEqual(999);
  });
});
