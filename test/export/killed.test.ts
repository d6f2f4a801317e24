/** What a killed server leaves that is no damage. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ExportResult, exportDatabase } from '../../src/index.js';
import { freshFixture, truth } from '../helpers/fixtures.js';

const CASE = '01-trades-v1';
const table = truth(CASE).tables[0];
let home: string;
let result: ExportResult;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'walrescue-killed-'));
  const db = join(freshFixture(CASE, home), 'db');
  const segment = join(db, table?.dirName ?? '', 'wal1', '1');
  mkdirSync(segment);
  writeFileSync(join(segment, 'ts.d'), new Uint8Array(4096));
  result = await exportDatabase({ root: db, outputDir: join(home, 'out') });
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

it('a segment without its events, which nothing in the log names, is a note', () => {
  const found = result.tables.flatMap(({ damage }) => damage);
  expect(found.map(({ code, severity }) => [code, severity])).toEqual([['event_missing', 'note']]);
  expect(result.exitCode).toBe(0);
  expect(result.tables[0]?.rowsWritten).toBe(table?.rows.length);
});
