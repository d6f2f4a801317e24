/** `walrescue export`: the options of the main job. */
import { type Command, Option } from 'commander';
import { DEFAULT_ROW_GROUP_ROWS } from '../limits.js';
import type { SeqTxnRange } from '../logRecord.js';
import type { CompressionName } from '../parquet/compression.js';
import {
  addSelection,
  addTelling,
  JOBS_HELP,
  jobCount,
  rootOf,
  rowGroupRows,
  type SelectionOptions,
  selectionOf,
  seqTxnRange,
  type TellingOptions,
  tellingOf,
  textValue,
} from './options.js';
import { grouped } from './text.js';

/** The codecs; a test holds them against the library's. */
export const CODEC_CHOICES = ['none', 'snappy', 'lz4', 'zstd'] as const satisfies readonly CompressionName[];

/** The options as commander gives them. */
interface ExportCommandOptions extends SelectionOptions, TellingOptions {
  readonly outputDir?: string;
  readonly shoulder: boolean;
  readonly unappliedOnly?: boolean;
  readonly seqTxn?: SeqTxnRange;
  readonly orphans?: boolean;
  readonly compression?: CompressionName;
  readonly rowGroupRows?: number;
  readonly jobs?: number;
  readonly dryRun?: boolean;
  readonly force?: boolean;
  readonly spaceCheck: boolean;
}

const AFTER_HELP = `
Without --output-dir nothing is written: the WAL is only inspected (the same as --dry-run).

Examples:
  walrescue export /var/lib/questdb/db --output-dir /mnt/rescue
  walrescue export /var/lib/questdb/db --output-dir out --table 'trades*' --unapplied-only
  walrescue export /var/lib/questdb/db --output-dir out --seq-txn 1200-1300 --compression zstd
  walrescue export /var/lib/questdb/db --dry-run --json | jq '.tables[].rowsCommitted'`;

/** The library's options. */
function toLibrary(options: ExportCommandOptions) {
  const { outputDir, dryRun, seqTxn, compression, rowGroupRows: rows, jobs } = options;
  return {
    ...selectionOf(options),
    ...(outputDir === undefined || dryRun === true ? {} : { outputDir }),
    ...(seqTxn === undefined ? {} : { seqTxns: seqTxn }),
    ...(compression === undefined ? {} : { compression }),
    ...(rows === undefined ? {} : { rowGroupRows: rows }),
    ...(jobs === undefined ? {} : { jobs }),
    shoulder: options.shoulder,
    unappliedOnly: options.unappliedOnly === true,
    orphans: options.orphans === true,
    force: options.force === true,
    checkSpace: options.spaceCheck,
  };
}

/** Adds `export`. */
export function registerExport(program: Command): void {
  const command = program.command('export');
  command
    .summary('save WAL segments as Parquet files, with a JSON account of every transaction')
    .description(
      "Saves every WAL segment of every table as a Parquet file. Four JSON files beside a table's Parquet files account for every " +
        'transaction and name every loss. The database is never written to; a running server does not mind.',
    );
  addSelection(command);
  command
    .option('-o, --output-dir <dir>', 'where the files go; made when it is not there', textValue)
    .option('--dry-run', 'write nothing, only tell what would be written')
    .option('--unapplied-only', 'leave out rows that the table has applied')
    .option('--seq-txn <lo-hi>', 'only transactions from LO to HI, or a single one', seqTxnRange)
    .option('--orphans', 'also save complete records that were never committed, in files of their own')
    .option('--no-shoulder', 'leave out the columns that say where each row came from')
    .addOption(new Option('--compression <codec>', 'of the Parquet files').choices(CODEC_CHOICES))
    .option('--row-group-rows <n>', `rows of a row group (default: ${grouped(DEFAULT_ROW_GROUP_ROWS)})`, rowGroupRows)
    .option('-j, --jobs <n>', JOBS_HELP, jobCount)
    .option('--force', "replace another run's files in the output folder")
    .option('--no-space-check', 'write even where the output may not fit');
  addTelling(command);
  command
    .addHelpText('after', AFTER_HELP)
    .action(async (argument: string | undefined, options: ExportCommandOptions) => {
      const root = rootOf(command, argument, options);
      const { runExport } = await import('./runExport.js');
      process.exitCode = await runExport(root, toLibrary(options), tellingOf(options));
    });
}
