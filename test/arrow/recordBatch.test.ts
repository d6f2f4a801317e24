import { Table, tableToIPC } from 'apache-arrow';
import * as parquetWasm from 'parquet-wasm/esm';
import { beforeAll, describe, expect, it } from 'vitest';
import { QUESTDB_TYPE_KEY } from '../../src/arrow/arrowType.js';
import { toRecordBatch } from '../../src/arrow/recordBatch.js';
import type { ColumnChunk } from '../../src/columnChunk.js';
import { columnTypeOf } from '../../src/columnType.js';
import { provenanceColumns } from '../../src/parquet/provenance.js';
import { parquetColumnOf } from '../../src/parquet/schema.js';
import { readParquetWasm } from '../../src/source/nodeParquetWasm.js';
import { readWithHyparquet } from '../helpers/parquetEngines.js';
import { expectedColumn } from '../helpers/truthColumns.js';
import { byteStrings, cellsOf, TYPE_CASES } from '../parquet/cases.js';
import { ready, saveFile } from '../parquet/files.js';

beforeAll(async () => {
  await ready();
  parquetWasm.initSync({ module: readParquetWasm() });
});

/** As Arrow names them. */
const ARROW_TYPES: Readonly<Record<string, string>> = {
  BOOLEAN: 'Bool',
  BYTE: 'Int8',
  SHORT: 'Int16',
  CHAR: 'Uint16',
  INT: 'Int32',
  LONG: 'Int64',
  DATE: 'Timestamp<MILLISECOND, UTC>',
  TIMESTAMP: 'Timestamp<MICROSECOND, UTC>',
  TIMESTAMP_NS: 'Timestamp<NANOSECOND, UTC>',
  FLOAT: 'Float32',
  DOUBLE: 'Float64',
  STRING: 'Utf8',
  VARCHAR: 'Utf8',
  SYMBOL: 'Dictionary<Int32, Utf8>',
  BINARY: 'Binary',
  UUID: 'FixedSizeBinary[16]',
  LONG128: 'FixedSizeBinary[16]',
  LONG256: 'FixedSizeBinary[32]',
  IPv4: 'Uint32',
  'GEOHASH(1c)': 'Int8',
  'GEOHASH(7b)': 'Int8',
  'GEOHASH(3c)': 'Int16',
  'GEOHASH(31b)': 'Int32',
  'GEOHASH(12c)': 'Int64',
  'DECIMAL(2,1)': 'Decimal[2e+1]',
  'DECIMAL(4,2)': 'Decimal[4e+2]',
  'DECIMAL(9,3)': 'Decimal[9e+3]',
  'DECIMAL(18,3)': 'Decimal[18e+3]',
  'DECIMAL(38,10)': 'Decimal[38e+10]',
  'DECIMAL(76,20)': 'Decimal[76e+20]',
  'DOUBLE[]': 'List<Float64>',
  'DOUBLE[][]': 'List<List<Float64>>',
  'DOUBLE[][][]': 'List<List<List<Float64>>>',
};

describe.each(TYPE_CASES.map((typeCase) => [typeCase.sqlType, typeCase] as const))('%s', (sqlType, typeCase) => {
  const column = parquetColumnOf('c', typeCase.type, { lossy: true });
  const values = [null, ...typeCase.edges, null];

  it('has its Arrow type and names its QuestDB type', () => {
    const [field] = toRecordBatch([column], [typeCase.chunk(values)]).schema.fields;
    expect(String(field?.type)).toBe(ARROW_TYPES[sqlType]);
    expect(field?.metadata.get(QUESTDB_TYPE_KEY)).toBe(sqlType);
    expect(field?.nullable).toBe(true);
  });

  it('has its values, as another Arrow implementation reads the batch', async () => {
    const batch = toRecordBatch([column], [typeCase.chunk(values)]);
    expect(batch.getChildAt(0)?.nullCount).toBe(2);
    // parquet-wasm hands the batch to arrow-rs; decimals up to 18 digits become integers there.
    const ipc = tableToIPC(new Table([batch]), 'stream');
    const parquet = parquetWasm.writeParquet(parquetWasm.Table.fromIPCStream(ipc));
    const { kind } = expectedColumn('c', sqlType, false);
    const physical = kind === 'decimal' && typeCase.type.precision <= 18 ? 'integer' : kind;
    const file = await readWithHyparquet(saveFile(parquet));
    expect(file.cells(0, physical)).toEqual(cellsOf(typeCase, values).hyparquet);
  });

  it('can be lost altogether', () => {
    const lost: ColumnChunk = { kind: 'runs', length: 9, nullCount: 9, lengths: [9], values: [null] };
    const batch = toRecordBatch([column], [lost]);
    expect(String(batch.schema.fields[0]?.type)).toBe(ARROW_TYPES[sqlType]);
    expect([...batch.getChildAt(0)!]).toEqual(new Array(9).fill(null));
  });
});

it('provenance is row by row', () => {
  const runs = [7, 0, 3, 9n, 5n, 'in_lag'].map(
    (value): ColumnChunk => ({ kind: 'runs', length: 3, nullCount: 1, lengths: [2, 1], values: [value, null] }),
  );
  const batch = toRecordBatch(provenanceColumns, runs);
  expect(batch.schema.fields.map(({ name, type }) => `${name} ${type}`)).toEqual([
    '_wal_id Int32',
    '_segment_id Int32',
    '_segment_txn Int32',
    '_txnSeq_ Int64',
    '_commit_ts Timestamp<MICROSECOND, UTC>',
    '_recovery_status_ Dictionary<Int32, Utf8>',
  ]);
  const column = (index: number) => [...batch.getChildAt(index)!];
  expect([0, 1, 2, 3, 5].map(column)).toEqual([
    [7, 7, null],
    [0, 0, null],
    [3, 3, null],
    [9n, 9n, null],
    ['in_lag', 'in_lag', null],
  ]);
});

it('text that is not UTF-8 is Binary: no byte is replaced', () => {
  const column = parquetColumnOf('v', columnTypeOf(26)!);
  const text = byteStrings([Uint8Array.of(0x61, 0xff), Uint8Array.of(0x62)]);
  const batch = toRecordBatch([column], [{ kind: 'bytes', length: 2, nullCount: 0, ...text }]);
  expect(String(batch.schema.fields[0]?.type)).toBe('Binary');
  expect([...batch.getChildAt(0)!].map((value) => [...value])).toEqual([[0x61, 0xff], [0x62]]);
});

it('chunks of different lengths are a mistake', () => {
  const long = parquetColumnOf('l', columnTypeOf(6)!);
  const chunk = TYPE_CASES.find(({ sqlType }) => sqlType === 'LONG')!.chunk;
  expect(() => toRecordBatch([long, long], [chunk([1n]), chunk([1n, 2n])])).toThrow(/column l has not 1 rows/);
});
