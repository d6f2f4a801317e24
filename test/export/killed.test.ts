/** What a killed server leaves that is no damage. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ExportResult, exportDatabase } from '../../src/index.js';
import { freshFixture, truth } from '../helpers/fixtures.js';

const CASE = '10-empty-segments';
const table = truth(CASE).tables.find(({ name }) => name === 'empties');
let home: string;
let result: ExportResult;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'walrescue-killed-'));
  const db = join(freshFixture(CASE, home), 'db');
  const wal = join(db, table?.dirName ?? '', 'wal1');
  mkdirSync(join(wal, '8'));
  writeFileSync(join(wal, '8', 'ts.d'), new Uint8Array(4096));
  mkdirSync(join(wal, '10'));
  writeFileSync(join(wal, '10', '_event'), '');
  mkdirSync(join(wal, '11'));
  writeFileSync(join(wal, '11', '_event'), new Uint8Array(4096));
  // Its only record is the one that a server dies over before the log gets it.
  cpSync(join(wal, '2'), join(wal, '9'), { recursive: true });
  truncateSync(join(wal, '9', '_meta'), 0);
  result = await exportDatabase({ root: db, outputDir: join(home, 'out') });
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

const saved = () => result.tables.find(({ tableName }) => tableName === table?.name);
const foundIn = (segment: string): string[] =>
  result.tables
    .flatMap(({ damage }) => damage)
    .filter(({ file }) => file.startsWith(`${table?.dirName}/wal1/${segment}/`))
    .map(({ code, severity }) => `${code} ${severity}`);

it('a segment without its events, which nothing in the log names, is a note', () => {
  expect(foundIn('8')).toEqual(['event_missing note']);
});

it('nor is one whose events are not written yet damaged', () => {
  expect(foundIn('10')).toEqual(['event_unreadable note']);
  expect(foundIn('11')).toEqual(['event_index_missing note']);
});

it('rows that never came into the log, of a segment whose columns were not written yet, are notes', () => {
  expect(foundIn('9')).toEqual(['segment_meta_invalid note', 'schema_substituted note']);
  expect(saved()?.segments.find(({ segmentId }) => segmentId === 9)).toMatchObject({ rowsWritten: 0 });
});

it('all else is saved, and nothing is lost', () => {
  expect(result.exitCode).toBe(0);
  expect(saved()?.rowsWritten).toBe(table?.rows.length);
});
