/** Row groups of the size that real exports have: several pages of text, long bit-packed runs, NULLs in clusters. */
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
