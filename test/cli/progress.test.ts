import { describe, expect, it } from 'vitest';
import { progressLine, shareDone } from '../../src/cli/progressBar.js';
import { exportDatabase } from '../../src/exportDatabase.js';
import type { ExportProgress } from '../../src/exportProgress.js';
import { fixture, truth } from '../helpers/fixtures.js';

const halfway: ExportProgress = {
  tableName: 'tra\u001bdes',
  tablesDone: 0,
  tablesTotal: 1,
  segmentsDone: 2,
  segmentsTotal: 8,
  rowsWritten: 2_000_000,
  bytesWritten: 45_200_000,
  inputBytesTotal: 200,
  inputBytesDone: 100,
};

describe('the progress line', () => {
  it('tells share, time left, rows, bytes and speed', () => {
    expect(progressLine(halfway, 10_000, 200)).toBe(
      '[============            ]  50%  ETA 10s  2,000,000 rows  45.2 MB  200,000 rows/s  segment 3/8  tra\\x1bdes',
    );
  });

  it('promises nothing in the first second', () => {
    expect(progressLine(halfway, 999, 200)).toContain('ETA -');
    expect(progressLine(halfway, 999, 200)).not.toContain('rows/s');
  });

  it.each([20, 40, 60, 80])('is narrower than %i columns', (width) => {
    expect(progressLine(halfway, 10_000, width).length).toBeLessThan(width);
  });

  it('goes by segments where no size is known, and is never past the end', () => {
    expect(shareDone({ ...halfway, inputBytesTotal: 0, inputBytesDone: 0 })).toBe(0.25);
    expect(shareDone({ ...halfway, inputBytesDone: 300 })).toBe(1);
    expect(shareDone({ ...halfway, inputBytesTotal: 0, segmentsDone: 0, segmentsTotal: 0 })).toBe(1);
  });
});

it('an export tells how far it is: never back, and all at its end', async () => {
  const seen: ExportProgress[] = [];
  const nowhere = { create: () => ({ write: () => undefined, commit: () => undefined, abort: () => undefined }) };
  await exportDatabase({
    root: `${fixture('05-multi-segment')}/db`,
    output: nowhere,
    onProgress: (progress) => seen.push(progress),
  });
  const last = seen.at(-1);
  const rows = truth('05-multi-segment').tables.reduce((sum, table) => sum + table.rowsOnDisk, 0);
  expect(last).toMatchObject({
    rowsWritten: rows,
    segmentsDone: last?.segmentsTotal,
    tablesDone: last?.tablesTotal,
    inputBytesDone: last?.inputBytesTotal,
  });
  expect(last?.inputBytesTotal).toBeGreaterThan(0);
  const shares = seen.map(shareDone);
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
});
