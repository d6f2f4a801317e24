/** The work of `walrescue survey`. */
import type { ExportOptions } from '../exportDatabase.js';
import { nowhere } from '../output.js';
import { CREATED_BY } from '../parquet/version.js';
import { runAndTell, type Telling } from './run.js';

/**
 * Runs a survey and tells what it found; gives the exit code. What it reads goes all the way that an export's rows go, but
 * onto no disk; `quick`: only the metadata is read.
 */
export function runSurvey(
  root: string,
  options: Omit<ExportOptions, 'root'> & { readonly quick: boolean },
  telling: Telling,
): Promise<number> {
  const { quick, ...selection } = options;
  return runAndTell({ ...selection, root, ...(quick ? {} : { output: nowhere }) }, telling, {
    command: 'survey',
    tool: CREATED_BY,
    dbRoot: root,
    root,
    outputDir: null,
    mode: quick ? 'inspect' : 'survey',
  });
}
