/** `walrescue survey`: the options of the look before the rescue. */
import type { Command } from 'commander';
import { addSelection, rootOf, type SelectionOptions } from './options.js';

/** The options as commander gives them. */
export interface SurveyCommandOptions extends SelectionOptions {
  readonly quick?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

const AFTER_HELP = `
Nothing is written. Exit code 3 when something can't be saved.

Examples:
  walrescue survey /var/lib/questdb/db
  walrescue survey /var/lib/questdb/db --table trades --json | jq '.tables[].damage'`;

/** Adds `survey`. */
export function registerSurvey(program: Command): void {
  const command = program
    .command('survey')
    .summary('what is there, what is damaged, what can be saved, what to do next')
    .description(
      'Reads all that an export would read and tells, table by table, what is there, what is damaged, what can be saved ' +
        'and what to do next.',
    );
  addSelection(command)
    .option('--quick', 'read only the metadata: damage inside column files is not seen')
    .option('--json', 'one JSON document on stdout in place of text')
    .option('-q, --quiet', 'say nothing but errors')
    .addHelpText('after', AFTER_HELP)
    .action(async (argument: string | undefined, options: SurveyCommandOptions) => {
      const root = rootOf(command, argument, options);
      const { runSurvey } = await import('./runSurvey.js');
      process.exitCode = await runSurvey(root, options);
    });
}
