/** The work of `walrescue export`. */
import { exportDatabase } from '../exportDatabase.js';
import type { ExportCommandOptions } from './export.js';
import { selectionOf } from './options.js';

/** Runs an export and tells how it went; gives the exit code. */
export async function runExport(root: string, options: ExportCommandOptions): Promise<number> {
  const result = await exportDatabase({ root, ...selectionOf(options) });
  return result.exitCode;
}
