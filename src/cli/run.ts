/** One run over a database with everything around it: progress, signals, the account at its end. */
import { type ExportOptions, type ExportResult, exportDatabase } from '../exportDatabase.js';
import { toJson } from '../json.js';
import { removeTemporaryFiles } from '../source/nodeOutput.js';
import { sourceDate } from './clock.js';
import { type RunFacts, runDocument } from './document.js';
import { interruptible } from './interrupt.js';
import { render } from './lines.js';
import { writeOut } from './stdio.js';
import { type SummaryFacts, summaryLines } from './summary.js';

/** How a run tells what it does. */
export interface Telling {
  readonly json: boolean;
  readonly quiet: boolean;
}

/** Runs an export; on a terminal with a progress bar, which is off the screen when this returns or throws. */
async function runWithProgress(options: ExportOptions, telling: Telling): Promise<ExportResult> {
  const isSilent = telling.json || telling.quiet || !process.stderr.isTTY;
  const bar = isSilent ? undefined : (await import('./progressBar.js')).startProgressBar();
  const generatedAt = sourceDate();
  const stamped = generatedAt === undefined ? options : { ...options, generatedAt };
  try {
    return await interruptible(
      (signal) => exportDatabase({ ...stamped, signal, ...(bar === undefined ? {} : { onProgress: bar.update }) }),
      removeTemporaryFiles,
    );
  } finally {
    bar?.stop();
  }
}

/** Runs an export and tells how it went; gives the exit code. */
export async function runAndTell(
  options: ExportOptions,
  telling: Telling,
  facts: RunFacts & SummaryFacts,
): Promise<number> {
  const result = await runWithProgress(options, telling);
  if (telling.json) writeOut(toJson(runDocument(result, facts)));
  else if (!telling.quiet) writeOut(render(summaryLines(result, facts), process.stdout));
  return result.exitCode;
}
