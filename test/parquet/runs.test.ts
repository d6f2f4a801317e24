/** Values that repeat over runs: provenance. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RunsChunk } from '../../src/columnChunk.js';
import { columnTypeOf } from '../../src/columnType.js';
import { parquetColumnOf } from '../../src/parquet/schema.js';
import { readWithDuckdb, readWithHyparquet } from '../helpers/parquetEngines.js';
import { bytesCell, type Cell } from '../helpers/truthColumns.js';
import { TYPE_CASES } from './cases.js';
import { makeFile, ready, saveFile } from './files.js';

beforeAll(ready);

interface Run {
  readonly length: number;
  readonly value: number | bigint | string | null;
}

const chunkOf = (runs: readonly Run[]): RunsChunk => ({
  kind: 'runs',
  length: runs.reduce((sum, run) => sum + run.length, 0),
  nullCount: runs.reduce((sum, run) => sum + (run.value === null ? run.length : 0), 0),
  lengths: runs.map((run) => run.length),
  values: runs.map((run) => run.value),
});

const cellOf = (value: Run['value']): Cell => {
  if (value === null) return null;
  return typeof value === 'string' ? bytesCell(new TextEncoder().encode(value)) : String(value);
};

const VALUES = {
  INT: { code: 5, kind: 'integer', values: fc.integer() },
  LONG: { code: 6, kind: 'integer', values: fc.bigInt({ min: -(2n ** 63n) + 1n, max: 2n ** 63n - 1n }) },
  TIMESTAMP: { code: 8, kind: 'integer', values: fc.bigInt({ min: 0n, max: 4n * 10n ** 15n }) },
  SYMBOL: { code: 12, kind: 'bytes', values: fc.constantFrom('unapplied', 'in_lag', 'ünknown', '') },
} as const;

describe.each(Object.entries(VALUES))('runs of %s', (_, { code, kind, values }) => {
  it.each([
    ['short', 3],
    ['long', 5000],
  ])('%s ones come back row by row', async (_length, maxLength) => {
    const run = fc.record({
      length: fc.integer({ min: 0, max: maxLength }),
      value: fc.option(values as fc.Arbitrary<Run['value']>, { nil: null, freq: 5 }),
    });
    const runs = fc.array(run, { minLength: 1, maxLength: 40 }).filter((list) => list.some(({ length }) => length > 0));
    await fc.assert(
      fc.asyncProperty(runs, async (list) => {
        const column = parquetColumnOf('c', columnTypeOf(code)!, { statistics: kind === 'integer' });
        const path = saveFile(makeFile([column], [[chunkOf(list)]]).bytes);
        const cells = list.flatMap(({ length, value }) => Array.from({ length }, () => cellOf(value)));
        expect((await readWithHyparquet(path)).cells(0, kind)).toEqual(cells);
        expect((await readWithDuckdb(path)).cells(0, kind)).toEqual(cells);
      }),
      { numRuns: 30 },
    );
  });
});

it.each(TYPE_CASES.map(({ sqlType, type }) => [sqlType, type] as const))(
  'a run of NULLs stands for a lost %s',
  async (_, type) => {
    const column = parquetColumnOf('c', type, { lossy: true });
    const path = saveFile(makeFile([column], [[chunkOf([{ length: 1000, value: null }])]]).bytes);
    const cells = Array.from({ length: 1000 }, () => null);
    expect((await readWithHyparquet(path)).cells(0, 'bytes')).toEqual(cells);
    expect((await readWithDuckdb(path)).cells(0, 'bytes')).toEqual(cells);
  },
);
