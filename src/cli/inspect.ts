/** `walrescue inspect`: the options of the hex inspector. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { textValue, wholeNumber } from './options.js';
import type { InspectCommandOptions } from './runInspect.js';

const MAX_NUMBER = Number.MAX_SAFE_INTEGER;
const MAX_DEPTH = 1000;

const AFTER_HELP = `
Nothing is written. Exit code 3 when something is BAD.

A query is a path in the tree of a file: records[3].symbol_diffs[0].entries, slots[2-5], records[-1].
In a folder it names a file below it first: wal1/0/_event:records[3].

Examples:
  walrescue inspect db/trades~7/wal1/0/_event
  walrescue inspect db/trades~7/wal1/0/price.d --row 100-120
  walrescue inspect db/trades~7 --seq-txn 17
  walrescue inspect db/trades~7/txn_seq/_txnlog 'records_v1[0-9]' --depth 1
  walrescue inspect --diff backup/_meta db/trades~7/_meta`;

/** `N` or `A-B`, both included. */
function rowRange(value: string): readonly [number, number] {
  const match = /^(\d{1,15})(?:-(\d{1,15}))?$/.exec(value);
  const from = Number(match?.[1] ?? Number.NaN);
  const to = Number(match?.[2] ?? from);
  if (match !== null && to >= from) return [from, to];
  throw new InvalidArgumentError('It must be a row or A-B: rows count from 0, both ends are included.');
}

/** A byte offset, decimal or 0x…. */
function byteOffset(value: string): number {
  const offset = /^(?:0x[0-9a-f]{1,13}|\d{1,15})$/i.test(value) ? Number(value) : Number.NaN;
  if (Number.isSafeInteger(offset)) return offset;
  throw new InvalidArgumentError('It must be a number of bytes: 0x4c or 76.');
}

/** Adds `inspect`. */
export function registerInspect(program: Command): void {
  program
    .command('inspect')
    .summary('every byte of a file explained: tree and hex, whole or broken')
    .description(
      'Shows any file of a database, or of a folder every file, as a tree of fields beside their bytes: names, values, what ' +
        'they mean, what is wrong, what no field explains.',
    )
    .argument('<path>', 'a file, a segment, a table folder or a database root', textValue)
    .argument('[query]', 'path of the fields to show; with --diff the second file', textValue)
    .addOption(
      new Option('--txn <n>', 'only transaction n: seqTxn in txn_seq, number of the record in a segment')
        .argParser(wholeNumber(0, MAX_NUMBER))
        .conflicts(['row', 'offset', 'seqTxn']),
    )
    .addOption(new Option('--row <n|a-b>', 'only these rows of a column file').argParser(rowRange).conflicts('offset'))
    .addOption(new Option('--column <name>', 'only this column').argParser(textValue).conflicts('offset'))
    .addOption(new Option('--offset <0x…>', 'only the fields that have this byte').argParser(byteOffset))
    .addOption(
      new Option('--seq-txn <n>', 'transaction n of a table through all its files').argParser(
        wholeNumber(1, MAX_NUMBER),
      ),
    )
    .option('--depth <n>', 'levels of the tree', wholeNumber(0, MAX_DEPTH))
    .option('--limit <n>', 'elements of a list that are shown (32; all with --json)', wholeNumber(1, MAX_NUMBER))
    .addOption(new Option('--hex', 'nothing but the bytes').conflicts('json'))
    .option('--json', 'the tree as JSON')
    .addOption(
      new Option('--diff', 'what changed between two versions of a file, field by field').conflicts(['seqTxn', 'hex']),
    )
    .option('--as <kind>', 'take the file for one of this kind, whatever its name', textValue)
    .option('--all', 'look at all of a file, however large it is')
    .option('--no-pager', 'do not page on a terminal')
    .addHelpText('after', AFTER_HELP)
    .action(async (path: string, query: string | undefined, options: InspectCommandOptions, command: Command) => {
      if (options.diff === true && query === undefined)
        command.error('error: --diff needs two files: walrescue inspect --diff A B');
      const { runInspect } = await import('./runInspect.js');
      process.exitCode = await runInspect(path, query, options);
    });
}
