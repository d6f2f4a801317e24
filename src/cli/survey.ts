/** `walrescue survey`: the options of the look before the rescue. */
import type { Command } from 'commander';
import {
  addSelection,
  addTelling,
  JOBS_HELP,
  jobCount,
  rootOf,
  type SelectionOptions,
  selectionOf,
  type TellingOptions,
  tellingOf,
} from './options.js';

/** The options as commander gives them. */
interface SurveyCommandOptions extends SelectionOptions, TellingOptions {
  readonly quick?: boolean;
  readonly jobs?: number;
}

const AFTER_HELP = `
Nothing is written. Exit code 3 when something can't be saved.

Examples:
  walrescue survey /var/lib/questdb/db
  walrescue survey /var/lib/questdb/db --table trades --json | jq '.tables[].damage'`;

/** Adds `survey`. */
export function registerSurvey(program: Command): void {
  const command = program.command('survey');
  command
    .summary('what is there, what is damaged, what can be saved, what to do next')
    .description(
      'Reads all that an export would read and tells, table by table, what is there, what is damaged, what can be saved ' +
        'and what to do next.',
    );
  addSelection(command)
    .option('--quick', 'read only the metadata: damage inside column files is not seen')
    .option('-j, --jobs <n>', JOBS_HELP, jobCount);
  addTelling(command)
    .addHelpText('after', AFTER_HELP)
    .action(async (argument: string | undefined, options: SurveyCommandOptions) => {
      const root = rootOf(command, argument, options);
      const { quick, jobs } = options;
      const { runSurvey } = await import('./runSurvey.js');
      process.exitCode = await runSurvey(
        root,
        { ...selectionOf(options), quick: quick === true, ...(jobs === undefined ? {} : { jobs }) },
        tellingOf(options),
      );
    });
}
