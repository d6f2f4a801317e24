/** `walrescue fuzz`: the options of the harness. */
import { availableParallelism } from 'node:os';
import { type Command, Option } from 'commander';
import { type FuzzCommandOptions, seedValue, severalNames } from './harnessOptions.js';
import { addTelling, tellingOf, textValue, wholeNumber } from './options.js';
import { grouped } from './text.js';

/** Cases when neither their number nor a time is given. */
const DEFAULT_CASES = 10_000;
const MAX_CASES = 1_000_000_000;
const MAX_SECONDS = 31_536_000;
const MAX_WORKERS = 256;

const AFTER_HELP = `
Each case damages the folder in memory, exports what is left, reads it back and
holds every invariant against it; nothing on the disk changes. Exit code 1 when
one is broken; the seed that is printed then makes the same case again.

Examples:
  walrescue fuzz /var/lib/questdb/db --cases 1000
  walrescue fuzz db --seed 4711 --cases 1
  walrescue fuzz db other/db --time 3600 --kind two_at_once --json`;

/** Adds `fuzz`. */
export function registerFuzz(program: Command): void {
  const command = program
    .command('fuzz')
    .summary('damage a database folder in memory in thousands of ways and check what is saved each time')
    .description('Proves on a folder of yours that a rescue invents nothing, loses nothing in silence and ends.')
    .argument('<db-root...>', 'folders that hold the table folders; each gets its share of the cases', severalNames)
    .option('--cases <n>', `how many cases (default: ${grouped(DEFAULT_CASES)})`, wholeNumber(1, MAX_CASES))
    .option('--seed <n>', 'seed of the first case', seedValue, 0)
    .option('--time <seconds>', 'begin no new case after that', wholeNumber(1, MAX_SECONDS))
    .option('--kind <name>', 'only this kind of damage; may be given several times', severalNames)
    .option('--workers <n>', 'threads', wholeNumber(1, MAX_WORKERS), Math.min(availableParallelism(), MAX_WORKERS))
    .addOption(
      new Option('--canary <name>', 'break the tool on purpose: the harness must notice').argParser(textValue),
    );
  addTelling(command)
    .addHelpText('after', AFTER_HELP)
    .action(async (roots: readonly string[], options: FuzzCommandOptions) => {
      const { runFuzz } = await import('./runFuzz.js');
      const isUnbounded = options.cases === undefined && options.time === undefined;
      const cases = options.cases ?? (isUnbounded ? DEFAULT_CASES : undefined);
      process.exitCode = await runFuzz(
        roots,
        { ...options, ...(cases === undefined ? {} : { cases }) },
        tellingOf(options),
      );
    });
}
