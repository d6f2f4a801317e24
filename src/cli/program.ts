/** The program with all its commands. Only declarations: what a command needs to work is imported when it runs. */
import { Command } from 'commander';
import { COMMANDS } from './commands.js';
import { usageText } from './failure.js';
import { helpWidth } from './text.js';
import { VERSION } from './version.js';

const DESCRIPTION =
  'Saves what is in the write-ahead log (WAL) of a QuestDB database as Parquet files, also from damaged folders. ' +
  'The database is only read; QuestDB is not needed.';

const AFTER_HELP = `
Exit codes: 0 all recovered; 3 recovered with losses, every one named; 1 it could not be done; 2 usage.

Examples:
  walrescue survey /var/lib/questdb/db
  walrescue export /var/lib/questdb/db --output-dir /mnt/rescue
  walrescue export --help`;

/** Columns beside the option names that help text is still wrapped in. */
const MIN_HELP_TEXT_WIDTH = 20;

/** The program; parsing throws commander's `CommanderError` in place of ending the process. */
export function createProgram(): Command {
  const program = new Command('walrescue')
    .description(DESCRIPTION)
    .version(VERSION)
    .addHelpText('after', AFTER_HELP)
    .exitOverride()
    .configureHelp({ minWidthToWrap: MIN_HELP_TEXT_WIDTH })
    .configureOutput({
      outputError: (message, write) => write(`walrescue: ${usageText(message)}\n`),
      getOutHelpWidth: () => helpWidth(process.stdout),
      getErrHelpWidth: () => helpWidth(process.stderr),
    });
  for (const register of COMMANDS) register(program);
  return program;
}
