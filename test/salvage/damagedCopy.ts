/** A copy of a real folder, damaged, exported and held against what was inserted. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { type ExportOptions, type ExportResult, exportDatabase, type TableResult } from '../../src/index.js';
import { freshFixture, readTruth, type TruthTable } from '../helpers/fixtures.js';
import { compareWithTruth } from '../helpers/truthCheck.js';

/** A table folder to damage. */
export interface Place {
  readonly truth: TruthTable;
  /** The path of something in the table's folder; `../` leads to the root. */
  file(path: string): string;
}

export interface Outcome {
  readonly result: ExportResult;
  /** What became of the table; `undefined` when it was not found. */
  readonly table: TableResult | undefined;
  readonly truth: TruthTable;
  /** Of the whole case: rows that are not in the output, of those that the truth has on disk. */
  readonly missing: number;
  readonly wrong: number;
  readonly extra: number;
  /** Codes of the table's damage. */
  readonly codes: readonly string[];
  readonly outputDir: string;
  /** Names of the table's output files. */
  readonly files: readonly string[];
}

/** Rows of the truth's transactions that are on disk. */
export const rowsOf = (table: TruthTable, of: (t: TruthTable['transactions'][number]) => boolean): number =>
  table.transactions.filter((t) => t.onDisk && of(t)).reduce((sum, t) => sum + (t.rowCount ?? 0), 0);

/** Writes bytes over a file's own; what would lie past its end is left out. */
export function overwrite(file: string, offset: number, bytes: Uint8Array): void {
  const content = readFileSync(file);
  content.set(bytes.subarray(0, Math.max(0, content.length - offset)), offset);
  writeFileSync(file, content);
}

/** A number as an INT. */
export const int32 = (value: number): Uint8Array => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return bytes;
};

export const zero = (file: string, offset: number, length: number): void =>
  overwrite(file, offset, new Uint8Array(length));

export function flip(file: string, offset: number, bit = 0): void {
  const content = readFileSync(file);
  content[offset] = (content[offset] ?? 0) ^ (1 << bit);
  writeFileSync(file, content);
}

/** Exchanges two stretches of a file that follow each other: [a, b) and [b, c). */
export function exchange(file: string, a: number, b: number, c: number): void {
  const content = readFileSync(file);
  const both = Buffer.concat([content.subarray(b, c), content.subarray(a, b)]);
  overwrite(file, a, both);
}

/** Offsets of the records of an `_event`, as its own index has them. */
export function recordOffsets(event: string): number[] {
  const index = readFileSync(`${event}.i`);
  return Array.from({ length: Math.floor(index.length / 8) }, (_, i) => Number(index.readBigInt64LE(i * 8)));
}

/** For a test file: makes room for its copies, and removes them after its tests. */
export function damagedCopies() {
  let home = '';
  beforeAll(() => {
    home = mkdtempSync(join(tmpdir(), 'walrescue-damaged-'));
  });
  afterAll(() => rmSync(home, { recursive: true, force: true }));
  return async (
    name: string,
    tableName: string,
    harm: (place: Place) => void,
    options: Partial<ExportOptions> = {},
  ): Promise<Outcome> => {
    const caseDir = freshFixture(name, home);
    const truth = readTruth(caseDir).tables.find((t) => t.name === tableName);
    if (truth === undefined) throw new Error(`no table ${tableName}`);
    harm({ truth, file: (path) => join(caseDir, 'db', truth.dirName, path) });
    const outputDir = mkdtempSync(join(home, 'out-'));
    const result = await exportDatabase({ root: join(caseDir, 'db'), outputDir, ...options });
    const { missing, wrong, extra } = await compareWithTruth(caseDir, outputDir);
    const table = result.tables.find((t) => t.tableName === tableName);
    const codes = [...new Set((table?.damage ?? []).map((d) => d.code))].sort();
    const files = readdirSync(outputDir).filter((f) => f.startsWith(`${tableName}__`));
    return { result, table, truth, missing, wrong, extra, codes, outputDir, files };
  };
}
