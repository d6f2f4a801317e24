import { parquetMetadata } from 'hyparquet';
import { beforeAll, describe, expect, it } from 'vitest';
import { COMPRESSIONS } from '../../src/parquet/compression.js';
import { provenanceColumns } from '../../src/parquet/provenance.js';
import { parquetColumnOf } from '../../src/parquet/schema.js';
import { readWithDuckdb, readWithHyparquet } from '../helpers/parquetEngines.js';
import { expectedColumn } from '../helpers/truthColumns.js';
import { cellsOf, TYPE_CASES, type Value } from './cases.js';
import { makeFile, ready, saveFile } from './files.js';

beforeAll(ready);

const NO_NULL_TYPES = new Set(['BOOLEAN', 'BYTE', 'SHORT', 'CHAR']);

describe.each(TYPE_CASES.map((typeCase) => [typeCase.sqlType, typeCase] as const))('%s', (sqlType, typeCase) => {
  const expected = expectedColumn('c', sqlType, false);
  const nullable = !NO_NULL_TYPES.has(sqlType);
  const edges: (Value | null)[] = nullable ? [null, ...typeCase.edges, null, null] : [...typeCase.edges];

  it('is declared as QuestDB declares it', async () => {
    const { bytes } = makeFile([parquetColumnOf('c', typeCase.type)], [[typeCase.chunk(edges)]]);
    const path = saveFile(bytes);
    const hyparquet = await readWithHyparquet(path);
    expect(hyparquet.columnTypes).toEqual([expected.form]);
    expect(hyparquet.metadata.schema[1]?.field_id).toBe(0);
    expect((await readWithDuckdb(path)).columnTypes).toEqual([expected.duckdbType]);
    const questdb = hyparquet.metadata.key_value_metadata?.find(({ key }) => key === 'questdb')?.value ?? '';
    expect(JSON.parse(questdb)).toEqual({
      version: 1,
      schema: [{ column_type: expected.typeCode, column_top: 0 }],
    });
  });

  it('is OPTIONAL where cells were lost', async () => {
    const column = parquetColumnOf('c', typeCase.type, { lossy: true, designated: sqlType.startsWith('TIMESTAMP') });
    const values = [null, ...typeCase.edges];
    const path = saveFile(makeFile([column], [[typeCase.chunk(values)]]).bytes);
    const hyparquet = await readWithHyparquet(path);
    expect(hyparquet.columnTypes).toEqual([expected.form.replace(/^REQUIRED/, 'OPTIONAL')]);
    const cells = cellsOf(typeCase, values);
    expect(hyparquet.cells(0, expected.kind)).toEqual(cells.hyparquet);
    expect((await readWithDuckdb(path)).cells(0, expected.kind)).toEqual(cells.duckdb);
  });

  it.each(COMPRESSIONS)('keeps its edge values, compression %s', async (compression) => {
    const column = parquetColumnOf('c', typeCase.type);
    const groups = [edges, typeCase.edges, ...(nullable ? [[null, null, null]] : []), edges.slice(-1)];
    const { bytes, summary } = makeFile(
      [column],
      groups.map((values) => [typeCase.chunk(values)]),
      compression,
    );
    const path = saveFile(bytes);
    const cells = cellsOf(typeCase, groups.flat());
    expect(summary).toEqual({ bytes: bytes.byteLength, rows: cells.duckdb.length, notUtf8: [] });
    expect((await readWithHyparquet(path)).cells(0, expected.kind)).toEqual(cells.hyparquet);
    expect((await readWithDuckdb(path)).cells(0, expected.kind)).toEqual(cells.duckdb);
  });
});

describe('columns with a role', () => {
  it.each(['TIMESTAMP', 'TIMESTAMP_NS'])('the designated %s is REQUIRED and has no bit of its own', async (sqlType) => {
    const typeCase = TYPE_CASES.find((other) => other.sqlType === sqlType)!;
    const expected = expectedColumn('ts', sqlType, true);
    const column = parquetColumnOf('ts', typeCase.type, { designated: true });
    const file = await readWithHyparquet(saveFile(makeFile([column], [[typeCase.chunk(typeCase.edges)]]).bytes));
    expect(file.columnTypes).toEqual([expected.form]);
    expect(JSON.parse(file.metadata.key_value_metadata?.[0]?.value ?? '').schema).toEqual([
      { column_type: expected.typeCode, column_top: 0 },
    ]);
  });

  it('provenance comes last, in six OPTIONAL columns of the fixed names', async () => {
    const { bytes } = makeFile(provenanceColumns, []);
    const file = await readWithHyparquet(saveFile(bytes));
    const types = ['INT', 'INT', 'INT', 'LONG', 'TIMESTAMP', 'SYMBOL'];
    const names = ['_wal_id', '_segment_id', '_segment_txn', '_txnSeq_', '_commit_ts', '_recovery_status_'];
    expect(file.columnNames).toEqual(names);
    expect(file.columnTypes).toEqual(types.map((type, i) => expectedColumn(names[i]!, type, false).form));
    expect(parquetMetadata(bytes, { geoparquet: false }).created_by).toMatch(/^walrescue version \d+\.\d+\.\d+$/);
  });
});
