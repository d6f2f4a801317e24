/** The work of `walrescue survey`. */
import type { ExportOptions } from '../exportDatabase.js';
import type { OutputFolder } from '../output.js';
import { CREATED_BY } from '../parquet/version.js';
import { runAndTell, type Telling } from './run.js';

/** Takes files and keeps none of them: what a survey reads goes all the way that an export's rows go, but onto no disk. */
const nowhere: OutputFolder = {
  create: () => ({ write: () => undefined, commit: () => undefined, abort: () => undefined }),
};

/** Runs a survey and tells what it found; gives the exit code. `quick`: only the metadata is read. */
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
