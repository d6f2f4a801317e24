/**
 * Runs the library's export on a fixture and reads its sidecars.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ExportOptions, type ExportResult, exportDatabase } from '../../src/index.js';
import { fixture } from './fixtures.js';

export interface ExportedFolder {
  readonly caseDir: string;
  readonly outDir: string;
  readonly result: ExportResult;
  /** Names of the files that came out, sorted. */
  readonly files: readonly string[];
  /** A JSON file of `outDir`. */
  json<T>(name: string): T;
}

const folders: string[] = [];

/** Exports a case into a new folder, which `removeExports` removes. */
export async function exportFixture(name: string, options: Partial<ExportOptions> = {}): Promise<ExportedFolder> {
  const caseDir = fixture(name);
  const home = mkdtempSync(join(tmpdir(), 'walrescue-export-'));
  folders.push(home);
  const outDir = join(home, 'out');
  const result = await exportDatabase({ root: join(caseDir, 'db'), outputDir: outDir, ...options });
  return {
    caseDir,
    outDir,
    result,
    files: readdirSync(outDir).sort(),
    json: (file) => JSON.parse(readFileSync(join(outDir, file), 'utf8')),
  };
}

/** Removes the folders that `exportFixture` made; call it after all tests of a file. */
export function removeExports(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}
