/** A summary of very much damage is short, and made in no time. */
import { expect, it } from 'vitest';
import { summaryLines } from '../../src/cli/summary.js';
import type { TableResult } from '../../src/collect.js';
import { damage } from '../../src/damage.js';
import type { SegmentReport } from '../../src/report.js';

const COUNT = 50_000;

const segment = (segmentId: number): SegmentReport => ({
  walId: 1,
  segmentId,
  status: 'written_with_losses',
  reason: 'see damage',
  outputFile: `big__wal1__seg${segmentId}__seqTxn${segmentId + 1}-${segmentId + 1}.parquet`,
  orphansFile: null,
  bytesWritten: 10,
  rowsCommitted: 2,
  rowsWritten: 2,
  txnCount: 1,
  firstSeqTxn: BigInt(segmentId + 1),
  lastSeqTxn: BigInt(segmentId + 1),
  firstCommitTs: 1n,
  lastCommitTs: 1n,
  lastSegmentTxn: 0,
  structureVersion: 0n,
  columnsWritten: 1,
  columnsSkipped: 1,
  skippedColumns: [],
  renamedColumns: {},
  plan: null,
  unattributedRows: 0,
  statements: [],
  unnamedRecords: [],
  ledger: [],
  schema: undefined,
  damage: [],
});

it('50,000 damaged segments', () => {
  const numbers = Array.from({ length: COUNT }, (_, i) => i);
  const table: TableResult = {
    tableName: 'big',
    dirName: 'big~1',
    outputName: 'big',
    maxTxn: BigInt(2 * COUNT),
    watermark: undefined,
    rowsWritten: 2 * COUNT,
    bytesWritten: 10 * COUNT,
    segments: numbers.map(segment),
    ledger: numbers.map((i) => ({
      from: BigInt(2 * i + 1),
      to: BigInt(2 * i + 1),
      state: i % 2 === 0 ? 'lost' : 'recovered_in_part',
      rowsExpected: 2n,
      rowsWritten: 0n,
    })),
    damage: numbers.map((i) => damage('column_missing', `big~1/wal1/${i}/price.d`, { column: 'price', cells: 2n })),
    hasLosses: true,
    dropped: false,
    isEmpty: false,
  };
  const begun = performance.now();
  const lines = summaryLines(
    { exitCode: 3, tables: [table], damage: [] },
    { mode: 'export', root: 'db', outputDir: 'out' },
  );
  expect(performance.now() - begun).toBeLessThan(5_000);
  const text = lines.map((line) => line.text).join('\n');
  expect(lines.length).toBeLessThan(30);
  expect(text).toContain('big: 100,000 rows saved in 50,000 files, 500 kB, WITH LOSSES');
  expect(text).toContain('and 49,992 more segments with 99,984 rows');
  expect(text).toContain('column price, 100,000 cells. [column_missing]');
  expect(text).toContain('and in 49,997 more places');
  expect(text).toMatch(/^seqTxn 1, 5, 9, 13, 17, 21 and 24,994 more stretches: LOST \(50,000 rows\)$/m);
});
