/** Row groups of the size that real exports have: several pages of text, long bit-packed runs, NULLs in clusters. */
import { parquetMetadata, parquetRead } from 'hyparquet';
import { beforeAll, expect, it } from 'vitest';
import { parquetColumnOf } from '../../src/parquet/schema.js';
import { readWithDuckdb, readWithHyparquet } from '../helpers/parquetEngines.js';
import { expectedColumn } from '../helpers/truthColumns.js';
import { cellsOf, TYPE_CASES, type TypeCase, type Value } from './cases.js';
import { makeFile, ready, saveFile } from './files.js';

beforeAll(ready);

/** parquet-wasm ends a page after 20,000 rows: two pages and a bit, and no multiple of eight. */
const ROWS = 47_003;
const NO_NULL_TYPES = new Set(['BOOLEAN', 'BYTE', 'SHORT', 'CHAR']);

/** No NULLs, then NULLs here and there, then a long stretch of nothing else. */
function values(typeCase: TypeCase): (Value | null)[] {
  const { edges, sqlType } = typeCase;
  const small = edges.filter((value) => !(value instanceof Uint8Array) || value.byteLength < 1000);
  return Array.from({ length: ROWS }, (_, row) => {
    const isNull = row > 36_000 || (row > 10_000 && row % 7 === 3);
    return isNull && !NO_NULL_TYPES.has(sqlType) ? null : small[(row * 7 + (row >> 5)) % small.length]!;
  });
}

const columns = TYPE_CASES.map(({ sqlType, type }) => parquetColumnOf(sqlType, type));
const rows = TYPE_CASES.map(values);
const kinds = TYPE_CASES.map(({ sqlType }) => expectedColumn('c', sqlType, false).kind);

it.each(['none', 'zstd'] as const)('every type, compression %s', { timeout: 120_000 }, async (compression) => {
  const chunks = TYPE_CASES.map((typeCase, index) => typeCase.chunk(rows[index]!));
  const path = saveFile(makeFile(columns, [chunks], compression).bytes);
  const hyparquet = await readWithHyparquet(path);
  const duckdb = await readWithDuckdb(path);
  for (const [index, typeCase] of TYPE_CASES.entries()) {
    const cells = cellsOf(typeCase, rows[index]!);
    const kind = kinds[index]!;
    // Whole columns as one text: a list of 47,003 differences helps nobody.
    expect(firstDifference(hyparquet.cells(index, kind), cells.hyparquet), `${typeCase.sqlType}, hyparquet`).toBe(
      'none',
    );
    expect(firstDifference(duckdb.cells(index, kind), cells.duckdb), `${typeCase.sqlType}, DuckDB`).toBe('none');
  }
});

function firstDifference(actual: readonly unknown[], wanted: readonly unknown[]): string {
  if (actual.length !== wanted.length) return `${actual.length} rows, not ${wanted.length}`;
  const row = actual.findIndex((cell, index) => cell !== wanted[index]);
  return row < 0 ? 'none' : `row ${row}: ${actual[row]}, not ${wanted[row]}`;
}

it('more columns than one image holds', async () => {
  const timestamp = TYPE_CASES.find(({ sqlType }) => sqlType === 'TIMESTAMP')!;
  const rowCount = 131_072;
  const wide = Array.from({ length: 40 }, (_, index) => index);
  const chunks = wide.map((column) => ({
    kind: 'fixed' as const,
    length: rowCount,
    nullCount: 0,
    byteWidth: 8,
    values: new Uint8Array(BigInt64Array.from({ length: rowCount }, (_, row) => BigInt(row * 1000 + column)).buffer),
  }));
  const declared = wide.map((column) => parquetColumnOf(`c${column}`, timestamp.type));
  const table = await readWithHyparquet(saveFile(makeFile(declared, [chunks]).bytes));
  for (const column of [0, 31, 32, 39]) {
    const wanted = Array.from({ length: rowCount }, (_, row) => String(row * 1000 + column));
    expect(firstDifference(table.cells(column, 'integer'), wanted), `column ${column}`).toBe('none');
  }
});

it('text too large to be compressed in memory is stored as it is', async () => {
  const varchar = TYPE_CASES.find(({ sqlType }) => sqlType === 'VARCHAR')!;
  const width = 100_000;
  const rowCount = 1400;
  const data = new Uint8Array(width * rowCount).map((_, at) => 0x61 + (at % 23));
  const chunk = {
    kind: 'bytes' as const,
    length: rowCount,
    nullCount: 0,
    offsets: Int32Array.from({ length: rowCount + 1 }, (_, row) => row * width),
    data,
    utf8: true,
  };
  const { bytes } = makeFile([parquetColumnOf('v', varchar.type)], [[chunk]], 'zstd');
  const metadata = parquetMetadata(bytes, { geoparquet: false });
  expect(metadata.row_groups[0]?.columns[0]?.meta_data?.codec).toBe('UNCOMPRESSED');
  const found: unknown[][] = [];
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  await parquetRead({
    file,
    metadata,
    utf8: false,
    rowStart: 0,
    rowEnd: rowCount,
    onComplete: (read) => found.push(...read),
  });
  expect(found).toHaveLength(rowCount);
  for (const row of [0, 1, rowCount - 1]) {
    const wanted = new TextDecoder().decode(data.subarray(row * width, (row + 1) * width));
    expect(found[row]?.[0] === wanted, `row ${row}`).toBe(true);
  }
});
