import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SchemaElement } from 'hyparquet';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fixture, truth } from './fixtures.js';
import { compareWithTruth } from './truthCheck.js';

/** Values in the order of `COLUMNS`. */
type Row = (bigint | number | string | null)[];

const COLUMNS: readonly (Omit<SchemaElement, 'name'> & { name: string; code: number })[] = [
  { name: 'ts', ...timestamp(), repetition_type: 'REQUIRED', code: 8 },
  { name: 'ticker', ...text(), code: 12 },
  { name: 'px', type: 'DOUBLE', repetition_type: 'OPTIONAL', code: 10 },
  { name: 'size', type: 'INT64', repetition_type: 'OPTIONAL', code: 6 },
  { name: '_wal_id', type: 'INT32', repetition_type: 'OPTIONAL', code: 5 },
  { name: '_segment_id', type: 'INT32', repetition_type: 'OPTIONAL', code: 5 },
  { name: '_segment_txn', type: 'INT32', repetition_type: 'OPTIONAL', code: 5 },
  { name: '_txnSeq_', type: 'INT64', repetition_type: 'OPTIONAL', code: 6 },
  { name: '_commit_ts', ...timestamp(), code: 8 },
  { name: '_recovery_status_', ...text(), code: 12 },
];
const PLACE = Object.fromEntries(COLUMNS.map(({ name }, place) => [name, place]));
const FILE = 'trades__wal1__seg0__seqTxn1-3.parquet';
const CLEAN = { expected: 74, found: 74, missing: 0, extra: 0, wrong: 0, provenanceWrong: 0, lost: 0, lostCells: 0 };

function timestamp(): Omit<SchemaElement, 'name'> {
  const logical_type = { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MICROS' } as const;
  return { type: 'INT64', converted_type: 'TIMESTAMP_MICROS', logical_type, repetition_type: 'OPTIONAL' };
}

function text(): Omit<SchemaElement, 'name'> {
  return { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' }, repetition_type: 'OPTIONAL' };
}

/** The rows that an export of the table must hold, made from the truth by hand. */
function rightRows(): Row[] {
  const table = truth('01-trades-v1').tables[0];
  return (table?.rows ?? []).map(({ seqTxn, values }) => {
    const txn = table?.transactions.find((each) => each.seqTxn === seqTxn);
    const number = (value: string | null | undefined): bigint | null => (value == null ? null : BigInt(value));
    const px = values.px == null ? null : Number(values.px);
    const data = [number(values.ts), values.ticker ?? null, px, number(values.size)];
    const place = [txn?.walId ?? -1, txn?.segmentId ?? -1, txn?.segmentTxn ?? -1];
    return [...data, ...place, BigInt(seqTxn), BigInt(txn?.commitTs ?? -1), 'unapplied'];
  });
}

describe('the comparison with the truth', () => {
  let outDir: string;

  beforeEach(() => {
    outDir = mkdtempSync(join(tmpdir(), 'walrescue-oracle-'));
    writeManifest([FILE]);
  });

  afterEach(() => rmSync(outDir, { recursive: true }));

  function writeManifest(files: readonly string[]): void {
    const manifest = { tableDir: 'trades~6', segments: files.map((outputFile) => ({ outputFile })) };
    writeFileSync(join(outDir, 'trades__manifest.json'), JSON.stringify(manifest));
  }

  function write(rows: readonly Row[], columns = COLUMNS, file = FILE): void {
    const elements = columns.map(({ code, ...element }) => element);
    const questdb = { version: 1, schema: columns.map(({ code }) => ({ column_type: code, column_top: 0 })) };
    const buffer = parquetWriteBuffer({
      columnData: columns.map(({ name }) => ({ name, data: rows.map((row) => row[PLACE[name] ?? -1]) })),
      schema: [{ name: 'root', num_children: columns.length }, ...elements],
      kvMetadata: [{ key: 'questdb', value: JSON.stringify(questdb) }],
      rowGroupSize: 50,
    });
    writeFileSync(join(outDir, file), new Uint8Array(buffer));
  }

  /** The rows with one cell changed. */
  function withCell(row: number, column: string, value: Row[number]): Row[] {
    return rightRows().map((cells, r) => cells.map((cell, c) => (r === row && c === PLACE[column] ? value : cell)));
  }

  const compare = () => compareWithTruth(fixture('01-trades-v1'), outDir);

  it('finds nothing wrong where nothing is', async () => {
    write(rightRows());
    expect(await compare()).toEqual({ ...CLEAN, problems: [] });
  });

  it.each([
    ['px', 9, 1.5],
    ['px', 9, null],
    ['ticker', 0, 'x'],
    ['ticker', 73, null],
    ['size', 40, 1n],
    ['ts', 40, 1n],
  ])('finds a wrong %s in row %i (%s)', async (column, row, value) => {
    write(withCell(row, column, value));
    const report = await compare();
    expect(report).toMatchObject({ ...CLEAN, found: 73, wrong: 1 });
    expect(report.problems).toHaveLength(2);
    expect(report.problems.join('\n')).toContain(column);
  });

  it('tells a timestamp a microsecond off and a double a bit off', async () => {
    const rows = rightRows();
    write(withCell(5, 'ts', (rows[5]?.[0] as bigint) + 1n));
    expect(await compare()).toMatchObject({ ...CLEAN, found: 73, wrong: 1 });
    write(withCell(5, 'px', (rows[5]?.[2] as number) * (1 + Number.EPSILON)));
    expect(await compare()).toMatchObject({ ...CLEAN, found: 73, wrong: 1 });
  });

  it.each([0, 20, 36, 37, 73])('finds row %i missing', async (row) => {
    write(rightRows().filter((_, r) => r !== row));
    expect(await compare()).toMatchObject({ ...CLEAN, found: 73, missing: 1 });
  });

  it.each([0, 20, 73])('finds an extra row after row %i', async (row) => {
    const rows = rightRows();
    write([...rows.slice(0, row + 1), rows[row] ?? [], ...rows.slice(row + 1)]);
    expect(await compare()).toMatchObject({ ...CLEAN, extra: 1 });
  });

  it('finds an extra row of a transaction that is not there', async () => {
    const last = rightRows()[73]?.map(
      (cell, c) => ({ [PLACE._segment_txn ?? -1]: 9, [PLACE._txnSeq_ ?? -1]: 9n })[c] ?? cell,
    );
    write([...rightRows(), last ?? []]);
    expect(await compare()).toMatchObject({ ...CLEAN, extra: 1 });
  });

  it('finds two rows exchanged', async () => {
    const rows = rightRows();
    write([rows[1] ?? [], rows[0] ?? [], ...rows.slice(2)]);
    expect(await compare()).toMatchObject({ ...CLEAN, found: 72, wrong: 2 });
  });

  it.each([
    ['_wal_id', 2],
    ['_wal_id', null],
    ['_segment_id', 1],
    ['_segment_txn', 1],
    ['_txnSeq_', 2n],
    ['_txnSeq_', null],
    ['_txnSeq_', 77n],
    ['_commit_ts', 1n],
    ['_commit_ts', null],
    ['_recovery_status_', 'applied_unpurged'],
    ['_recovery_status_', 'unknown'],
    ['_recovery_status_', null],
  ] as const)('finds a wrong %s (%s), and that the row is right', async (column, value) => {
    write(withCell(10, column, value));
    const report = await compare();
    expect(report).toMatchObject({ ...CLEAN, provenanceWrong: 1 });
    expect(report.problems).toHaveLength(2);
    expect(report.problems[0]).toContain(`provenance ${column}`);
  });

  it('finds columns of another form, place or name', async () => {
    write(
      rightRows(),
      COLUMNS.map((column) => (column.name === 'ts' ? { ...column, repetition_type: 'OPTIONAL' } : column)),
    );
    expect((await compare()).problems).toEqual([
      'form of TIMESTAMP: trades__wal1__seg0__seqTxn1-3.parquet: ts is OPTIONAL INT64 TIMESTAMP(MICROS,true)/TIMESTAMP_MICROS; expected REQUIRED INT64 TIMESTAMP(MICROS,true)/TIMESTAMP_MICROS',
    ]);
    const [first, second, ...others] = COLUMNS;
    write(
      rightRows(),
      [second, first, ...others].filter((column) => column !== undefined),
    );
    expect((await compare()).problems.join('\n')).toContain('columns: ');
    write(
      rightRows(),
      COLUMNS.filter(({ name }) => name !== 'size'),
    );
    const report = await compare();
    expect(report).toMatchObject({ missing: 0, extra: 0 });
    expect(report.wrong).toBeGreaterThan(0);
  });

  it('finds text without its annotation and wrong questdb metadata', async () => {
    const plain = { name: 'ticker', type: 'BYTE_ARRAY', repetition_type: 'OPTIONAL', code: 26 } as const;
    write(
      rightRows(),
      COLUMNS.map((column) => (column.name === 'ticker' ? plain : column)),
    );
    const problems = (await compare()).problems.join('\n');
    expect(problems).toContain('form of SYMBOL');
    expect(problems).toContain('SYMBOL in DuckDB');
    expect(problems).toContain('questdb metadata');
  });

  it('finds a file that no manifest lists, one that is not there, and one that is broken', async () => {
    write(rightRows());
    writeManifest([]);
    expect(await compare()).toMatchObject({ ...CLEAN, found: 0, missing: 74, extra: 74 });
    writeManifest([FILE, 'trades__wal2__seg0__seqTxn4-4.parquet']);
    const gone = await compare();
    expect(gone).toMatchObject(CLEAN);
    expect(gone.problems).toEqual(['a file that is not there: trades__wal2__seg0__seqTxn4-4.parquet']);
    writeManifest([FILE]);
    writeFileSync(join(outDir, FILE), 'PAR1');
    const broken = await compare();
    expect(broken).toMatchObject({ ...CLEAN, found: 0, missing: 74 });
    expect(broken.problems[0]).toContain('unreadable');
  });

  it('finds a name that gives the wrong range or segment', async () => {
    const wrongRange = 'trades__wal1__seg0__seqTxn1-4.parquet';
    write(rightRows(), COLUMNS, wrongRange);
    writeManifest([wrongRange]);
    expect((await compare()).problems.join('\n')).toContain('file name');
    rmSync(join(outDir, wrongRange));
    const wrongSegment = 'trades__wal1__seg7__seqTxn1-3.parquet';
    write(rightRows(), COLUMNS, wrongSegment);
    writeManifest([wrongSegment]);
    expect((await compare()).problems.join('\n')).toContain('holds rows of another segment');
  });

  it('compares a file without provenance by the order of its segment', async () => {
    write(rightRows(), COLUMNS.slice(0, 4));
    const report = await compareWithTruth(fixture('01-trades-v1'), outDir, { provenance: false });
    expect(report).toEqual({ ...CLEAN, problems: [] });
    write(rightRows().slice(0, 70), COLUMNS.slice(0, 4));
    const short = await compareWithTruth(fixture('01-trades-v1'), outDir, { provenance: false });
    expect(short).toMatchObject({ ...CLEAN, found: 70, missing: 4 });
  });
});
