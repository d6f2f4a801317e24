/** The work of `walrescue export`. */
import type { ExportOptions } from '../exportDatabase.js';
import { CREATED_BY } from '../parquet/version.js';
import { runAndTell, type Telling } from './run.js';

/** Runs an export and tells how it went; gives the exit code. */
export function runExport(root: string, options: Omit<ExportOptions, 'root'>, telling: Telling): Promise<number> {
  const { outputDir } = options;
  return runAndTell({ ...options, root }, telling, {
    command: 'export',
    tool: CREATED_BY,
    dbRoot: root,
    root,
    outputDir: outputDir ?? null,
    mode: outputDir === undefined ? 'inspect' : 'export',
  });
}
