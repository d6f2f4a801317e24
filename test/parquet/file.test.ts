import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { parquetMetadata } from 'hyparquet';
import { beforeAll, describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import type { ColumnChunk } from '../../src/columnChunk.js';
import { columnTypeOf } from '../../src/columnType.js';
import { createParquetLayout, createParquetWriter, parquetHead } from '../../src/parquet/file.js';
import { provenanceColumns } from '../../src/parquet/provenance.js';
import { encodeRowGroup } from '../../src/parquet/rowGroup.js';
import { type ParquetColumn, parquetColumnOf } from '../../src/parquet/schema.js';
import { readWithDuckdb, readWithHyparquet } from '../helpers/parquetEngines.js';
import { byteStrings, TYPE_CASES, validityOf } from './cases.js';
import { makeFile, ready, saveFile } from './files.js';

beforeAll(ready);

const type = (code: number) => columnTypeOf(code)!;
const longs = (values: readonly bigint[]): ColumnChunk => ({
  kind: 'fixed',
  byteWidth: 8,
  values: new Uint8Array(BigInt64Array.from(values).buffer),
  ...validityOf(values),
});
const texts = (values: readonly (Uint8Array | null)[]): ColumnChunk => ({
  kind: 'bytes',
  ...validityOf(values),
  ...byteStrings(values),
});
const INVALID = Uint8Array.of(0x61, 0xff);
const VALID = Uint8Array.of(0xc3, 0xa9);
const footerOf = (bytes: Uint8Array) => parquetMetadata(bytes, { geoparquet: false });

describe('a file without rows', () => {
  it.each([
    ['no row group', []],
    ['an empty row group', [TYPE_CASES.map(({ chunk }) => chunk([]))]],
  ])('%s: every column, no rows', async (_, rowGroups) => {
    const columns = TYPE_CASES.map(({ type, sqlType }) => parquetColumnOf(sqlType, type));
    const path = saveFile(makeFile(columns, rowGroups).bytes);
    for (const table of [await readWithHyparquet(path), await readWithDuckdb(path)]) {
      expect(table.rowCount).toBe(0);
      expect(table.columnNames).toEqual(columns.map(({ name }) => name));
    }
  });
});

describe('text that is not UTF-8', () => {
  const columns = [
    parquetColumnOf('good', type(26)),
    parquetColumnOf('bad', type(26)),
    parquetColumnOf('sym', type(12)),
  ];
  const symbols: ColumnChunk = {
    kind: 'dictionary',
    length: 2,
    nullCount: 0,
    keys: Int32Array.of(1, 0),
    dictionary: { length: 2, ...byteStrings([INVALID, VALID]) },
  };

  it('leaves the whole column BYTE_ARRAY, declared BINARY, and is named', async () => {
    const groups = [
      [texts([VALID, VALID]), texts([VALID, null]), symbols],
      [texts([VALID, VALID]), texts([INVALID, null]), symbols],
    ];
    const { bytes, summary } = makeFile(columns, groups);
    expect(summary.notUtf8).toEqual(['bad', 'sym']);
    const file = await readWithHyparquet(saveFile(bytes));
    expect(file.columnTypes).toEqual(['OPTIONAL BYTE_ARRAY STRING/UTF8', 'OPTIONAL BYTE_ARRAY', 'OPTIONAL BYTE_ARRAY']);
    expect(file.cells(1, 'bytes')).toEqual(['x:c3a9', null, 'x:61ff', null]);
    expect(file.cells(2, 'bytes')).toEqual(['x:c3a9', 'x:61ff', 'x:c3a9', 'x:61ff']);
    const codes = JSON.parse(footerOf(bytes).key_value_metadata?.[0]?.value ?? '').schema;
    expect(codes.map((column: { column_type: number }) => column.column_type)).toEqual([26, 18, 18]);
    expect((await readWithDuckdb(saveFile(bytes))).columnTypes).toEqual(['VARCHAR', 'BLOB', 'BLOB']);
  });
});

describe('mistakes of the caller', () => {
  const long = parquetColumnOf('l', type(6));
  it.each<[string, ParquetColumn[], ColumnChunk[], RegExp]>([
    [
      'NULLs in a REQUIRED column',
      [parquetColumnOf('ts', type(8), { designated: true })],
      [{ kind: 'runs', length: 1, nullCount: 1, lengths: [1], values: [null] }],
      /column ts: 1 NULLs in a REQUIRED column/,
    ],
    [
      'chunks of different lengths',
      [long, long],
      [longs([1n]), longs([1n, 2n])],
      /column l: 2 rows in a row group of 1/,
    ],
    ['a chunk too few', [long, long], [longs([1n])], /1 chunks for 2 columns/],
    ['a chunk of another kind', [long], [texts([VALID])], /column l: a bytes chunk does not fit/],
    [
      'text in runs of a LONG',
      [parquetColumnOf('d', type(10))],
      [{ kind: 'runs', length: 1, nullCount: 0, lengths: [1], values: [1] }],
      /column d: a runs chunk does not fit/,
    ],
  ])('%s throw', (_, columns, chunks, message) => {
    expect(() => makeFile(columns, [chunks])).toThrow(message);
  });
});

describe('layout', () => {
  const columns = [
    parquetColumnOf('ts', type(8), { designated: true }),
    ...TYPE_CASES.map(({ sqlType, type: other }) => parquetColumnOf(sqlType, other)),
    ...provenanceColumns,
  ];
  const group = (first: bigint): ColumnChunk[] => [
    longs([first, first + 1n, first + 1n]),
    ...TYPE_CASES.map(({ chunk, edges }) => chunk([edges[0]!, edges[1]!, edges[0]!])),
    ...[1, 2, 3, 4n, 5n, 'unapplied'].map(
      (value): ColumnChunk => ({ kind: 'runs', length: 3, nullCount: 0, lengths: [3], values: [value] }),
    ),
  ];

  it('is the same, byte for byte, whether row groups are encoded in order, out of order or twice', () => {
    const straight = makeFile(columns, [group(0n), group(10n), group(20n)]).bytes;
    expect(makeFile(columns, [group(0n), group(10n), group(20n)]).bytes).toEqual(straight);
    const encoded = [20n, 0n, 10n].map((first) => {
      const { parts, layout } = encodeRowGroup(columns, group(first), 'none');
      return { parts: parts.map((part) => part.slice()), layout: structuredClone(layout) };
    });
    const parts: Uint8Array[] = [];
    const writer = createParquetWriter({ columns, sink: { write: (written) => parts.push(...written) } });
    for (const index of [1, 2, 0]) writer.appendRowGroup(encoded[index]!);
    writer.finish();
    expect(Buffer.concat(parts)).toEqual(straight);
  });

  it('puts row groups beyond 4 GiB where the footer says', async () => {
    const gap = 5 * 2 ** 30;
    const two = [parquetColumnOf('l', type(6)), parquetColumnOf('v', type(26))];
    const encoded = encodeRowGroup(two, [longs([7n, -7n]), texts([VALID, null])], 'none');
    const file = createParquetLayout({ columns: two });
    const first = file.place({ ...encoded.layout, byteLength: gap });
    const second = file.place(encoded.layout);
    expect([first, second]).toEqual([4, gap + 4]);
    const { footer, summary } = file.close();
    const path = saveFile(parquetHead());
    const fd = openSync(path, 'r+');
    ftruncateSync(fd, summary.bytes);
    const bytes = Buffer.concat(encoded.parts);
    writeSync(fd, bytes, 0, bytes.byteLength, first);
    writeSync(fd, bytes, 0, bytes.byteLength, second);
    writeSync(fd, footer, 0, footer.byteLength, second + bytes.byteLength);
    closeSync(fd);
    const table = await readWithDuckdb(path);
    expect(table.cells(0, 'integer')).toEqual(['7', '-7', '7', '-7']);
    expect(table.cells(1, 'bytes')).toEqual(['x:c3a9', null, 'x:c3a9', null]);
  });

  it('names a sorting column only when all rows are sorted by the designated timestamp', () => {
    const ts = [parquetColumnOf('x', type(6)), parquetColumnOf('ts', type(8), { designated: true })];
    const rows = (...groups: bigint[][]): ColumnChunk[][] => groups.map((values) => [longs(values), longs(values)]);
    const sortingOf = (...groups: bigint[][]) =>
      footerOf(makeFile(ts, rows(...groups)).bytes).row_groups.map((rowGroup) => rowGroup.sorting_columns);
    const byTs = [{ column_idx: 1, descending: false, nulls_first: false }];
    expect(sortingOf([1n, 2n, 2n], [2n, 9n])).toEqual([byTs, byTs]);
    expect(sortingOf([1n, 3n, 2n])).toEqual([undefined]);
    expect(sortingOf([1n, 5n], [4n, 9n])).toEqual([undefined, undefined]);
    expect(sortingOf([-(2n ** 40n), -1n, 0n, 2n ** 40n])).toEqual([byTs]);
  });

  it('carries its own metadata beside `questdb`, and no Arrow schema', () => {
    const { bytes } = makeFile(columns, [group(0n)], 'zstd', new Map([['walrescue', '{"version":1}']]));
    const { key_value_metadata: pairs, created_by: createdBy } = footerOf(bytes);
    expect(pairs?.map(({ key }) => key)).toEqual(['questdb', 'walrescue']);
    expect(JSON.parse(pairs?.[0]?.value ?? '').schema).toHaveLength(columns.length);
    expect(pairs?.[1]?.value).toBe('{"version":1}');
    expect(createdBy).toBe(`walrescue version ${packageJson.version}`);
  });
});
