/** Own pages and parquet-wasm's decode to the same values, in engines that are neither. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { COMPRESSIONS } from '../../src/parquet/compression.js';
import { byteLengthOf } from '../../src/parquet/encodedColumn.js';
import { createParquetLayout, parquetHead } from '../../src/parquet/file.js';
import { encodePlain, encodePlainBytes } from '../../src/parquet/pages.js';
import { type ParquetColumn, parquetColumnOf } from '../../src/parquet/schema.js';
import { lengthsColumn, withBytes } from '../../src/parquet/textPages.js';
import { encodeThroughWasm, type WasmChunk, type WasmColumn } from '../../src/parquet/wasmEncoder.js';
import { readWithDuckdb, readWithHyparquet } from '../helpers/parquetEngines.js';
import { expectedColumn } from '../helpers/truthColumns.js';
import { cellsOf, TYPE_CASES, type TypeCase, type Value } from './cases.js';
import { makeFile, ready, saveFile } from './files.js';

beforeAll(ready);

const NO_NULL_TYPES = new Set(['BOOLEAN', 'BYTE', 'SHORT', 'CHAR']);
const RUNS = 25;

/** Row groups of random values, NULLs in clusters and alone. */
function rowGroups(typeCase: TypeCase): fc.Arbitrary<(Value | null)[][]> {
  const nullShare = fc.constantFrom(0, 1, 3, 50);
  const group = nullShare.chain((freq) =>
    fc.array(freq === 0 ? typeCase.values : fc.option(typeCase.values, { nil: null, freq }), {
      minLength: 1,
      maxLength: 70,
    }),
  );
  return fc.array(group, { minLength: 1, maxLength: 3 });
}

describe.each(TYPE_CASES.map((typeCase) => [typeCase.sqlType, typeCase] as const))('%s', (sqlType, typeCase) => {
  const { kind } = expectedColumn('c', sqlType, false);

  it('random values come back from every engine', async () => {
    await fc.assert(
      fc.asyncProperty(rowGroups(typeCase), fc.constantFrom(...COMPRESSIONS), async (groups, compression) => {
        const column = parquetColumnOf('c', typeCase.type, { lossy: NO_NULL_TYPES.has(sqlType) });
        const { bytes } = makeFile(
          [column],
          groups.map((values) => [typeCase.chunk(values)]),
          compression,
        );
        const path = saveFile(bytes);
        const cells = cellsOf(typeCase, groups.flat());
        expect((await readWithHyparquet(path)).cells(0, kind)).toEqual(cells.hyparquet);
        expect((await readWithDuckdb(path)).cells(0, kind)).toEqual(cells.duckdb);
      }),
      { numRuns: RUNS },
    );
  });
});

/** A file of one column whose pages were made by `encode`. */
function fileOf(column: ParquetColumn, length: number, encode: () => ReturnType<typeof encodePlain>): Uint8Array {
  const { parts, layout } = encode();
  const file = createParquetLayout({ columns: [column] });
  file.place({ rows: length, byteLength: byteLengthOf(parts), chunks: [layout], utf8: [true], sorted: false });
  return Buffer.concat([parquetHead(), ...parts, file.close().footer]);
}

const COPIED = TYPE_CASES.filter(({ type, chunk }) => {
  const { kind } = chunk([]);
  return (kind === 'fixed' || kind === 'boolean') && type.dimensions === 0;
});

describe.each(COPIED.map((typeCase) => [typeCase.sqlType, typeCase] as const))('%s', (sqlType, typeCase) => {
  it('as copied pages and as parquet-wasm encodes it: the same values', async () => {
    const { kind } = expectedColumn('c', sqlType, false);
    await fc.assert(
      fc.asyncProperty(rowGroups(typeCase), async ([values = []]) => {
        const column = parquetColumnOf('c', typeCase.type, { lossy: true });
        const chunk = typeCase.chunk(values) as WasmChunk & { kind: 'fixed' | 'boolean' };
        const own = saveFile(fileOf(column, values.length, () => encodePlain(column, chunk)));
        const wasm = saveFile(
          fileOf(
            column,
            values.length,
            () => encodeThroughWasm([{ column, chunk, compression: 'none' }], values.length)[0]!,
          ),
        );
        const cells = cellsOf(typeCase, values);
        for (const path of [own, wasm]) {
          expect((await readWithHyparquet(path)).cells(0, kind)).toEqual(cells.hyparquet);
          expect((await readWithDuckdb(path)).cells(0, kind)).toEqual(cells.duckdb);
        }
      }),
      { numRuns: RUNS },
    );
  });
});

const BYTES = TYPE_CASES.filter(({ type, chunk }) => chunk([]).kind === 'bytes' && type.dimensions === 0);

describe.each(BYTES.map((typeCase) => [typeCase.sqlType, typeCase] as const))('%s', (sqlType, typeCase) => {
  it('as copied pages, with lengths that parquet-wasm encodes, and wholly through parquet-wasm: the same values', async () => {
    const { kind } = expectedColumn('c', sqlType, false);
    await fc.assert(
      fc.asyncProperty(rowGroups(typeCase), async ([values = []]) => {
        const column = parquetColumnOf('c', typeCase.type);
        const chunk = typeCase.chunk(values) as WasmChunk & { kind: 'bytes' };
        const throughWasm = (input: WasmColumn) => encodeThroughWasm([input], values.length)[0]!;
        const ways = [
          () => encodePlainBytes(column, chunk),
          () => withBytes(throughWasm(lengthsColumn(column, chunk)), chunk),
          () => throughWasm({ column, chunk, compression: 'none' }),
        ];
        const cells = cellsOf(typeCase, values);
        for (const encode of ways) {
          const path = saveFile(fileOf(column, values.length, encode));
          expect((await readWithHyparquet(path)).cells(0, kind)).toEqual(cells.hyparquet);
          expect((await readWithDuckdb(path)).cells(0, kind)).toEqual(cells.duckdb);
        }
      }),
      { numRuns: RUNS },
    );
  });
});
