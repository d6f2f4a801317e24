import fc from 'fast-check';
import { parquetMetadata } from 'hyparquet';
import { beforeAll, expect, it } from 'vitest';
import type { FixedChunk } from '../../src/columnChunk.js';
import { columnTypeOf } from '../../src/columnType.js';
import { provenanceColumns } from '../../src/parquet/provenance.js';
import { parquetColumnOf } from '../../src/parquet/schema.js';
import { summarizeInt64 } from '../../src/parquet/statistics.js';
import { validityOf } from './cases.js';
import { makeFile, ready } from './files.js';

beforeAll(ready);

const chunkOf = (values: readonly (bigint | null)[]): FixedChunk => ({
  kind: 'fixed',
  byteWidth: 8,
  values: new Uint8Array(BigInt64Array.from(values, (value) => value ?? -1n).buffer),
  ...validityOf(values),
});
const int64 = fc.oneof(
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.bigInt({ min: -3n, max: 3n }),
  fc.bigInt({ min: 2n ** 32n - 2n, max: 2n ** 32n + 2n }),
);

it('bounds and order are those of plain comparison', () => {
  fc.assert(
    fc.property(fc.array(fc.option(int64, { nil: null, freq: 6 })), fc.boolean(), (values, sort) => {
      const list = sort ? values.filter((v) => v !== null).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)) : values;
      const present = list.filter((value) => value !== null);
      const ascending = [...present].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
      const { statistics, sorted } = summarizeInt64(chunkOf(list));
      expect(statistics.nullCount).toBe(list.length - present.length);
      expect(statistics.min).toBe(ascending[0]);
      expect(statistics.max).toBe(ascending.at(-1));
      expect(sorted).toBe(present.length === list.length && present.every((v, i) => i === 0 || v >= present[i - 1]!));
    }),
  );
});

it('only the designated timestamp, _txnSeq_ and _commit_ts carry them, exactly', () => {
  const long = columnTypeOf(6)!;
  const timestamp = columnTypeOf(8)!;
  const columns = [
    parquetColumnOf('l', long),
    parquetColumnOf('t', timestamp),
    parquetColumnOf('ts', timestamp, { designated: true }),
    ...provenanceColumns,
  ];
  const ts = chunkOf([1704067200000001n, 1704067200000003n, 1704067200000002n]);
  const runs = [7, 0, null, 9007199254740993n, 1704067200000009n, 'unapplied'].map((value) => ({
    kind: 'runs' as const,
    length: 3,
    nullCount: value === null ? 3 : 1,
    lengths: value === null ? [3] : [2, 1],
    values: value === null ? [null] : [value, null],
  }));
  const { bytes } = makeFile(columns, [[ts, ts, ts, ...runs]]);
  const raw = { timestampFromMicroseconds: (value: bigint) => value };
  const metadata = parquetMetadata(bytes, { parsers: raw as never, geoparquet: false });
  const found = metadata.row_groups[0]!.columns.map(({ meta_data: meta }) => {
    const s = meta?.statistics;
    return s === undefined ? undefined : [s.min_value, s.max_value, s.null_count];
  });
  expect(found).toEqual([
    undefined,
    undefined,
    [1704067200000001n, 1704067200000003n, 0n],
    undefined,
    undefined,
    undefined,
    [9007199254740993n, 9007199254740993n, 1n],
    [1704067200000009n, 1704067200000009n, 1n],
    undefined,
  ]);
});
