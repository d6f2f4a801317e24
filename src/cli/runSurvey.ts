/** The work of `walrescue survey`. */
import { exportDatabase } from '../exportDatabase.js';
import { selectionOf } from './options.js';
import type { SurveyCommandOptions } from './survey.js';

/** Runs a survey and tells what it found; gives the exit code. */
export async function runSurvey(root: string, options: SurveyCommandOptions): Promise<number> {
  const result = await exportDatabase({ root, ...selectionOf(options) });
  return result.exitCode;
}
