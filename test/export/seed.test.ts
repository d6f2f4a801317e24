/**
 * The test plan of the seed tool (WalToParquet), case by case, on folders that real servers left.
 */
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type ExportedFolder, exportFixture, removeExports } from '../helpers/exportRun.js';
import { type TruthTable, truth } from '../helpers/fixtures.js';
import { readWithDuckdb } from '../helpers/parquetEngines.js';
import { compareWithTruth } from '../helpers/truthCheck.js';

interface Segment {
  readonly walId: number;
  readonly segmentId: number;
  readonly status: string;
  readonly structureVersion: number;
  readonly rowsWritten: number;
  readonly outputFile: string | null;
}

interface Manifest {
  readonly appliedSeqTxn: number;
  readonly segments: readonly Segment[];
  readonly structuralChanges: readonly { readonly seqTxn: number; readonly commitTimestamp: number }[];
  readonly txnLog: { readonly status: string; readonly formatVersion: number; readonly maxTxn: number };
}

interface SqlLog {
  readonly statements: readonly {
    readonly seqTxn: number;
    readonly walId: number;
    readonly segmentId: number;
    readonly segmentTxn: number;
    readonly commitTimestamp: number;
    readonly type: string;
    readonly sql: string | null;
    readonly error: string | null;
  }[];
}

interface Schemas {
  readonly structureVersions: Readonly<
    Record<string, readonly { readonly name: string; readonly type: string; readonly isDesignatedTimestamp: boolean }[]>
  >;
}

const PROVENANCE = ['_wal_id', '_segment_id', '_segment_txn', '_txnSeq_', '_commit_ts', '_recovery_status_'];
const EVOLVING = '14-release-8.2.0';

afterAll(removeExports);

function tableOf(name: string, table: string): TruthTable {
  const found = truth(name).tables.find((each) => each.name === table);
  if (found === undefined) throw new Error(`no table ${table} in ${name}`);
  return found;
}

/** How many rows of a file have each status. */
async function statuses({ outDir }: ExportedFolder, file: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  const table = await readWithDuckdb(join(outDir, file));
  for (const cell of table.cells(table.columnNames.indexOf('_recovery_status_'), 'bytes')) {
    const status = Buffer.from((cell ?? 'x:').slice(2), 'hex').toString();
    counts[status] = (counts[status] ?? 0) + 1;
  }
  return counts;
}

async function columnsOf({ outDir }: ExportedFolder, file: string | null): Promise<readonly string[]> {
  return (await readWithDuckdb(join(outDir, file ?? ''))).columnNames;
}

const names = (columns: readonly { readonly name: string }[] | undefined): string[] =>
  (columns ?? []).map(({ name }) => name);

describe('the seed tool’s integration tests', () => {
  it('1: happy path, three transactions with provenance', async () => {
    const out = await exportFixture('01-trades-v1');
    expect(out.result.exitCode).toBe(0);
    expect(out.files).toEqual([
      'trades__ledger.json',
      'trades__manifest.json',
      'trades__schemas.json',
      'trades__wal1__seg0__seqTxn1-3.parquet',
    ]);
    const file = await readWithDuckdb(join(out.outDir, 'trades__wal1__seg0__seqTxn1-3.parquet'));
    expect(file.rowCount).toBe(74);
    expect(file.columnNames).toEqual(['ts', 'ticker', 'px', 'size', ...PROVENANCE]);
    const seqTxns = file.cells(file.columnNames.indexOf('_txnSeq_'), 'integer');
    expect(new Set(seqTxns)).toEqual(new Set(['1', '2', '3']));
    const [segment, ...others] = out.json<Manifest>('trades__manifest.json').segments;
    expect(others).toEqual([]);
    expect(segment).toMatchObject({ walId: 1, segmentId: 0, status: 'written', rowsWritten: 74 });
  });

  it.each(['02-all-types-v1', '03-all-types-ns', '04-all-types-v2'])('2: all data types, %s', async (name) => {
    const types = new Set(truth(name).tables.flatMap(({ columns }) => columns.map(({ type }) => type)));
    for (const type of [
      'TIMESTAMP',
      'TIMESTAMP_NS',
      'SYMBOL',
      'DECIMAL(18,6)',
      'DOUBLE',
      'DOUBLE[][]',
      'UUID',
      'FLOAT',
    ]) {
      expect(types).toContain(type);
    }
    for (const type of ['LONG', 'BINARY', 'VARCHAR']) expect(types).toContain(type);
    const out = await exportFixture(name);
    const report = await compareWithTruth(out.caseDir, out.outDir);
    expect(report).toMatchObject({ missing: 0, extra: 0, wrong: 0, provenanceWrong: 0, problems: [] });
    expect(report.found).toBe(report.expected);
  });

  it('3: UPDATE is in the SQL log with its full text', async () => {
    const out = await exportFixture('06-sql-events');
    const { statements } = out.json<SqlLog>('upd__sql_log.json');
    const update = tableOf('06-sql-events', 'upd').transactions.find(({ seqTxn }) => seqTxn === 3);
    expect(statements.find(({ seqTxn }) => seqTxn === 3)).toEqual({
      seqTxn: 3,
      walId: 1,
      segmentId: 0,
      segmentTxn: 2,
      commitTimestamp: update?.commitTs,
      type: 'SQL',
      sql: `UPDATE "upd" SET "px" = 1.5 WHERE "ticker" = 'AAPL'`,
      error: null,
    });
    const kinds = tableOf('06-sql-events', 'upd').transactions.filter(
      ({ kind }) => kind === 'sql' || kind === 'truncate',
    );
    expect(statements.map(({ seqTxn }) => seqTxn)).toEqual(kinds.map(({ seqTxn }) => seqTxn));
    expect(statements.filter(({ type }) => type === 'TRUNCATE').map(({ seqTxn }) => seqTxn)).toEqual([8]);
    const plain = kinds.filter(({ sql, kind }) => kind === 'sql' && sql?.includes('-- bind') === false);
    for (const { seqTxn, sql } of plain) expect(statements.find((each) => each.seqTxn === seqTxn)?.sql).toBe(sql);
  });

  it('4: never applied, so every row is unapplied', async () => {
    const out = await exportFixture('01-trades-v1');
    expect(await statuses(out, 'trades__wal1__seg0__seqTxn1-3.parquet')).toEqual({ unapplied: 74 });
  });

  it('5: applied and not purged, the watermark is that of _txn', async () => {
    const out = await exportFixture('09-watermark');
    const fully = tableOf('09-watermark', 'fully');
    const manifest = out.json<Manifest>('fully__manifest.json');
    expect(manifest.appliedSeqTxn).toBe(fully.appliedSeqTxn);
    const counts = await Promise.all(
      manifest.segments.flatMap(({ outputFile }) => (outputFile === null ? [] : [statuses(out, outputFile)])),
    );
    const applied = counts.reduce((sum, count) => sum + (count.applied_unpurged ?? 0), 0);
    expect(applied).toBe(fully.rowsOnDisk);
    expect(counts.every((count) => Object.keys(count).join() === 'applied_unpurged')).toBe(true);
  });

  it('6: NULL beside values in LONG, DOUBLE, SYMBOL and VARCHAR', async () => {
    const out = await exportFixture('02-all-types-v1');
    const { rows } = tableOf('02-all-types-v1', 'alltypes');
    const file = out.files.find((each) => each.startsWith('alltypes__wal1__seg0__')) ?? '';
    const table = await readWithDuckdb(join(out.outDir, file));
    for (const [column, kind] of [
      ['c_long', 'integer'],
      ['c_double', 'double'],
      ['c_symbol', 'bytes'],
      ['c_varchar', 'bytes'],
    ] as const) {
      const nulls = table.cells(table.columnNames.indexOf(column), kind).map((cell) => cell === null);
      expect(nulls).toContain(true);
      expect(nulls).toContain(false);
      expect(nulls).toEqual(rows.map(({ values }) => values[column] === null));
    }
  });

  it('7: the schemas sidecar', async () => {
    const out = await exportFixture('01-trades-v1');
    expect(out.json<Schemas>('trades__schemas.json').structureVersions).toEqual({
      0: [
        { name: 'ts', type: 'TIMESTAMP', writerIndex: 0, isDesignatedTimestamp: true },
        { name: 'ticker', type: 'SYMBOL', writerIndex: 1, isDesignatedTimestamp: false },
        { name: 'px', type: 'DOUBLE', writerIndex: 2, isDesignatedTimestamp: false },
        { name: 'size', type: 'LONG', writerIndex: 3, isDesignatedTimestamp: false },
      ],
    });
  });

  it('8: ADD COLUMN gives a version, and segments point at theirs', async () => {
    const out = await exportFixture('05-multi-segment');
    const { structureVersions } = out.json<Schemas>('two_writers__schemas.json');
    expect(Object.keys(structureVersions)).toEqual(['0', '1']);
    expect(names(structureVersions['0'])).toEqual(['ts', 'sym', 'price', 'qty']);
    expect(names(structureVersions['1'])).toEqual(['ts', 'sym', 'price', 'qty', 'late']);
    const manifest = out.json<Manifest>('two_writers__manifest.json');
    expect(manifest.structuralChanges.map(({ seqTxn }) => seqTxn)).toEqual([4]);
    for (const { segmentId, structureVersion, outputFile } of manifest.segments) {
      expect(structureVersion).toBe(segmentId);
      expect(await columnsOf(out, outputFile)).toEqual([...names(structureVersions[String(segmentId)]), ...PROVENANCE]);
    }
    expect(manifest.segments).toHaveLength(4);
  });

  it('9: DROP COLUMN, absent from the later schema and the later file', async () => {
    const out = await exportFixture(EVOLVING);
    const { structureVersions } = out.json<Schemas>('evolving__schemas.json');
    expect(names(structureVersions['1'])).toEqual(['ts', 's', 'x', 'y']);
    expect(names(structureVersions['2'])).toEqual(['ts', 's', 'y']);
    const last = out.json<Manifest>('evolving__manifest.json').segments.find(({ segmentId }) => segmentId === 2);
    expect(await columnsOf(out, last?.outputFile ?? null)).toEqual(['ts', 's', 'y', ...PROVENANCE]);
  });

  it('10: RENAME COLUMN, each name in its own version and file', async () => {
    const out = await exportFixture('05-multi-segment');
    const { structureVersions } = out.json<Schemas>('evolve__schemas.json');
    expect(names(structureVersions['4'])).toContain('price');
    expect(names(structureVersions['4'])).not.toContain('px');
    expect(names(structureVersions['5'])).toContain('px');
    expect(names(structureVersions['5'])).not.toContain('price');
    for (const { structureVersion, outputFile } of out.json<Manifest>('evolve__manifest.json').segments) {
      expect((await columnsOf(out, outputFile)).includes('price')).toBe(structureVersion <= 4);
    }
  });

  it('11: two ALTERs make three segments', async () => {
    const out = await exportFixture(EVOLVING);
    expect(out.files.filter((file) => file.startsWith('evolving__') && file.endsWith('.parquet'))).toEqual([
      'evolving__wal1__seg0__seqTxn1-1.parquet',
      'evolving__wal1__seg1__seqTxn3-5.parquet',
      'evolving__wal1__seg2__seqTxn7-7.parquet',
    ]);
    const { segments } = out.json<Manifest>('evolving__manifest.json');
    expect(segments.map(({ rowsWritten }) => rowsWritten)).toEqual([3, 5, 2]);
    expect(segments.map(({ structureVersion }) => structureVersion)).toEqual([0, 1, 2]);
    const files = await Promise.all(
      segments.map(({ outputFile }) => readWithDuckdb(join(out.outDir, outputFile ?? ''))),
    );
    expect(files.map(({ rowCount }) => rowCount)).toEqual([3, 5, 2]);
  });

  it('13: a table whose folder begins with an underscore', async () => {
    const out = await exportFixture('12-names');
    const file = out.files.find((each) => each.startsWith('_leading__wal') && each.endsWith('.parquet')) ?? '';
    expect((await readWithDuckdb(join(out.outDir, file))).rowCount).toBe(5);
  });

  it('14: no provenance columns when asked', async () => {
    const out = await exportFixture('01-trades-v1', { shoulder: false });
    expect(await columnsOf(out, 'trades__wal1__seg0__seqTxn1-3.parquet')).toEqual(['ts', 'ticker', 'px', 'size']);
    const report = await compareWithTruth(out.caseDir, out.outDir, { provenance: false });
    expect(report).toMatchObject({ expected: 74, found: 74, extra: 0, problems: [] });
  });

  it('15: the format of the V2 sequencer is recorded', async () => {
    const v2 = await exportFixture('04-all-types-v2');
    expect(v2.json<Manifest>('alltypes__manifest.json').txnLog).toMatchObject({
      status: 'ok',
      formatVersion: 1,
      maxTxn: 11,
    });
    const v1 = await exportFixture('02-all-types-v1');
    expect(v1.json<Manifest>('alltypes__manifest.json').txnLog).toMatchObject({
      status: 'ok',
      formatVersion: 0,
      maxTxn: 6,
    });
  });
});
