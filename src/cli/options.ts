/** Values of command-line options; a bad one is a usage error that says what is right. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { MAX_ROW_GROUP_ROWS, MIN_ROW_GROUP_ROWS } from '../limits.js';
import type { SeqTxnRange } from '../logRecord.js';
import { grouped } from './text.js';

const MAX_SEQ_TXN = 2n ** 63n - 1n;
const MAX_TABLE_ID = 2 ** 31 - 1;

/** Text that is there: an empty one is a shell variable that was not set, one that begins with `--` the next option. */
export function textValue(value: string): string {
  if (value === '') throw new InvalidArgumentError('It is empty.');
  if (value.startsWith('--')) throw new InvalidArgumentError(`The value is missing (or write ./${value}).`);
  return value;
}

/** A whole number between two bounds, both included. */
export const wholeNumber =
  (least: number, most: number) =>
  (value: string): number => {
    const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
    if (number >= least && number <= most) return number;
    throw new InvalidArgumentError(`It must be a whole number from ${grouped(least)} to ${grouped(most)}.`);
  };

/** `LO-HI`, both included, or a single seqTxn. */
export function seqTxnRange(value: string): SeqTxnRange {
  const match = /^(\d{1,19})(?:-(\d{1,19}))?$/.exec(value);
  const from = BigInt(match?.[1] ?? 0);
  const to = BigInt(match?.[2] ?? from);
  if (from >= 1n && to >= from && to <= MAX_SEQ_TXN) return { from, to };
  throw new InvalidArgumentError('It must be LO-HI or one number: seqTxns count from 1, both ends are included.');
}

const collected = (value: string, earlier: readonly string[] = []): readonly string[] => [...earlier, textValue(value)];

/** Which tables are meant: options that every command over a database has. */
export interface SelectionOptions {
  readonly dbRoot?: string;
  readonly table?: readonly string[];
  readonly tableName?: string;
  readonly tableDir?: string;
  readonly tableId?: number;
  readonly includeSystem?: boolean;
  readonly includeEmpty?: boolean;
}

/** Adds the database root, as an argument or an option, and the options that select tables. */
export function addSelection(command: Command): Command {
  return command
    .argument('[db-root]', 'folder that holds the table folders: `db` of a QuestDB installation', textValue)
    .addOption(new Option('--db-root <dir>', 'the same as an option').argParser(textValue))
    .option('--table <glob>', 'only tables whose name matches (* and ?); may be given several times', collected)
    .option('--table-name <name>', 'only the table of this name', textValue)
    .option('--table-dir <name>', 'only the table in this folder', textValue)
    .option('--table-id <id>', 'only the table of this id', wholeNumber(0, MAX_TABLE_ID))
    .option('--include-system', "also the server's own tables and folders that begin with a dot")
    .option('--include-empty', 'also tables of which nothing is left in the WAL');
}

/** The database root that was given in one way or the other; a usage error when it was not, or in two different ways. */
export function rootOf(command: Command, argument: string | undefined, options: SelectionOptions): string {
  if (argument !== undefined && options.dbRoot !== undefined && argument !== options.dbRoot)
    command.error(`error: two database roots: ${argument} and --db-root ${options.dbRoot}`);
  const root = argument ?? options.dbRoot;
  return root ?? command.error("error: missing argument 'db-root': the folder that holds the table folders");
}

/** The library's selection. */
export function selectionOf(options: SelectionOptions) {
  const { table, tableName, tableDir, tableId, includeSystem, includeEmpty } = options;
  return {
    ...(table === undefined ? {} : { tables: table }),
    ...(tableName === undefined ? {} : { tableName }),
    ...(tableDir === undefined ? {} : { tableDir }),
    ...(tableId === undefined ? {} : { tableId }),
    includeSystem: includeSystem === true,
    includeEmpty: includeEmpty === true,
  };
}

/** More threads than any machine has are a slip of the finger. */
const MAX_JOBS = 256;
export const jobCount = wholeNumber(1, MAX_JOBS);
export const JOBS_HELP = 'threads to work in (default: one per core where the work is worth it)';

export const rowGroupRows = wholeNumber(MIN_ROW_GROUP_ROWS, MAX_ROW_GROUP_ROWS);

/** How a command tells what it did. */
export interface TellingOptions {
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** Adds `--json` and `--quiet`. */
export const addTelling = (command: Command): Command =>
  command
    .option('--json', 'one JSON document on stdout in place of text')
    .option('-q, --quiet', 'say nothing but errors');

export const tellingOf = ({ json, quiet }: TellingOptions) => ({ json: json === true, quiet: quiet === true });
