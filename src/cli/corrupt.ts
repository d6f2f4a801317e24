/** `walrescue corrupt`: the options of making a damaged copy. */
import type { Command } from 'commander';
import { type CorruptCommandOptions, seedValue, severalNames } from './harnessOptions.js';
import { textValue } from './options.js';

const AFTER_HELP = `
The copy is in DIR/db, what was done to it in DIR/note.json: kind, file, byte
ranges. The same folder, seed and kinds give the same copy. Kinds that only
reads show (i/o errors, files that shrink) can't be written to a disk;
\`walrescue fuzz\` has them.

Examples:
  walrescue corrupt /var/lib/questdb/db --output-dir damaged --seed 7
  walrescue corrupt db --output-dir damaged --seed 7 --kind truncate_any --kind flip_bit`;

/** Adds `corrupt`. */
export function registerCorrupt(program: Command): void {
  program
    .command('corrupt')
    .summary('make a reproducibly damaged copy of a database folder, for rehearsals')
    .description('Copies a database folder and does one thing to the copy that disks, crashes and people do.')
    .argument('<db-root>', 'folder that holds the table folders: `db` of a QuestDB installation', textValue)
    .requiredOption('-o, --output-dir <dir>', 'where the copy goes; made when it is not there', textValue)
    .requiredOption('--seed <n>', 'which damage: any whole number', seedValue)
    .option('--kind <name>', 'only this kind of damage; may be given several times', severalNames)
    .addHelpText('after', AFTER_HELP)
    .action(async (root: string, options: CorruptCommandOptions) => {
      const { runCorrupt } = await import('./runCorrupt.js');
      process.exitCode = runCorrupt(root, options);
    });
}
