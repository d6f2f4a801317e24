/** Every damage code in words for operators. docs/damage.md says more about each. */
import type { DamageCode } from '../damage.js';

export interface DamageWords {
  /** What is wrong and what it costs, as a sentence without its full stop. */
  readonly what: string;
  /** The same where it cost nothing this time, if that needs other words. */
  readonly harmless?: string;
  /** What to do about it where it cost something; empty where there is nothing to do. */
  readonly todo: string;
}

const RESTORE = 'look for the file in a backup or snapshot, put it back and run again';
const RESTORE_FOLDER = 'look for the folder in a backup or snapshot, put it back and run again';
const MAKE_READABLE = 'check the permissions and the disk, then run again';
const COMPARE = 'compare these rows with the table before you load them: some may be in it already, or never committed';
const CHECK_STATEMENTS = 'check in your own records what was written then; nothing on disk tells';

/** One entry for each code of `DAMAGE_CODES`. */
export const DAMAGE_WORDS: Readonly<Record<DamageCode, DamageWords>> = {
  file_missing: { what: 'A file is missing', todo: RESTORE },
  file_unreadable: { what: "A file can't be read", todo: MAKE_READABLE },
  folder_unreadable: { what: "A folder can't be read; what is in it is not saved", todo: MAKE_READABLE },

  registry_unreadable: {
    what: 'The table registry is damaged; names come from the table folders',
    todo: 'check that the names of the tables are right',
  },
  registry_conflict: {
    what: "The registry and the table's own folder disagree about its name; the registry's is used",
    todo: 'check that the name of the table is right',
  },
  name_unreadable: {
    what: "The file with the table's name is damaged; the name comes from the registry or the folder",
    todo: 'check that the name of the table is right',
  },

  table_missing: {
    what: 'A table that the registry lists has no folder, or none with a WAL in it',
    todo: 'look for the folder in a backup or snapshot; if it is a link to another volume, mount that',
  },

  txnlog_missing: {
    what: 'The transaction log is missing; rows come from the WAL folders, without seqTxn and commit time',
    todo: `${RESTORE}; without it, ${COMPARE}`,
  },
  txnlog_unreadable: {
    what: 'The transaction log is damaged; rows that it no longer names come from the WAL folders, without seqTxn and commit time',
    harmless: 'The head of the transaction log is damaged in a place that was not needed',
    todo: `${RESTORE}; without it, ${COMPARE}`,
  },
  txnlog_format_unknown: {
    what: "The transaction log's format number is wrong; the format that its files have is used",
    todo: RESTORE,
  },
  txnlog_record_invalid: {
    what: 'Records of the transaction log are damaged; their rows come out without seqTxn and commit time',
    todo: `${RESTORE}; without it, ${COMPARE}`,
  },
  txnlog_record_missing: {
    what: 'The transaction log ends before the transaction that it counts as the last',
    todo: `${RESTORE}; without it, ${COMPARE}`,
  },
  txnlog_part_missing: {
    what: "A part of the transaction log can't be read; its rows come out without seqTxn and commit time",
    todo: `${RESTORE}; without it, ${COMPARE}`,
  },
  txnlog_max_txn_low: {
    what: 'The transaction log counts fewer transactions than it has; all that are there are taken',
    todo: 'compare the last transaction with the table before you load it: it may never have been committed',
  },
  txnlog_duplicate_record: {
    what: 'The transaction log names one place on disk twice; only the record that fits the others is taken',
    todo: CHECK_STATEMENTS,
  },
  structure_log_unreadable: {
    what: "The log of structural changes is damaged; the segments' own column lists are used",
    todo: '',
  },
  sequencer_meta_unreadable: {
    what: "The sequencer's column list is damaged; the segments' own column lists are used",
    todo: '',
  },

  txn_missing: {
    what: 'The table\'s _txn is missing: nobody can tell which rows the table has already; all come out as "unknown"',
    todo: 'compare the rows with the table before you load them: it may have them already',
  },
  txn_unreadable: {
    what: "The table's _txn is damaged: it does not tell for sure which rows the table has already",
    todo: 'compare rows of status "unknown" with the table before you load them: it may have them already',
  },
  txn_previous_version_used: {
    what: 'How far the table is comes from the commit before its last one; later rows come out as "unknown"',
    todo: '',
  },
  watermark_ahead_of_log: {
    what: 'The table says that it has applied more than the log holds: one of them is damaged; all rows come out as "unknown"',
    todo: 'compare the rows with the table before you load them: it may have them already',
  },

  segment_missing: { what: 'A WAL segment that the log names is missing; its rows are lost', todo: RESTORE_FOLDER },
  event_missing: { what: "A segment's list of transactions (_event) is missing", todo: RESTORE },
  event_unreadable: { what: "A segment's list of transactions (_event) can't be read", todo: RESTORE },
  event_header_invalid: { what: "The head of a segment's _event is damaged; its records are all there", todo: '' },
  event_record_invalid: {
    what: "A transaction's record in _event is damaged; those before and after it are saved",
    harmless: "A transaction's record in _event is damaged; what it said could be told from the rest",
    todo: RESTORE,
  },
  event_record_missing: {
    what: 'A transaction that the log names has no record in _event',
    todo: RESTORE,
  },
  event_index_invalid: {
    what: "The index of a segment's _event is damaged; the records were found without it",
    todo: '',
  },
  event_index_missing: {
    what: "The index of a segment's _event is missing; the records were found without it",
    todo: '',
  },
  event_log_disagree: {
    what: 'The log and _event tell different things of one transaction; _event, which holds its rows, is believed',
    harmless:
      'The log and _event tell different numbers of one transaction; those of _event, which holds its rows, are taken',
    todo: "compare the transaction's rows with your own records",
  },
  event_rows_disagree: {
    what: 'Transactions claim the same rows, leave rows to nobody, or claim rows that the column files do not have',
    harmless: 'Two transactions claim the same rows; the log or the timestamps settle whose they are',
    todo: 'compare the rows of these transactions with your own records',
  },
  event_record_unknown: {
    what: 'A record in _event is of a kind that this walrescue does not know; it is in the SQL log',
    todo: 'look for a newer walrescue',
  },
  segment_meta_missing: { what: "A segment's column list (_meta) is missing", todo: '' },
  segment_meta_invalid: { what: "A segment's column list (_meta) is damaged", todo: '' },
  schema_substituted: {
    what: "A segment's columns come from elsewhere, and fit its column files",
    todo: 'look at the names and types of its columns before you load it',
  },
  schema_unknown: {
    what: 'Nothing tells which columns a segment has; its rows are not saved',
    todo: RESTORE,
  },

  symbol_table_missing: {
    what: "The file with a SYMBOL column's texts is missing; cells whose text is only there are NULL",
    todo: RESTORE,
  },
  symbol_table_invalid: {
    what: "The file with a SYMBOL column's texts is damaged; cells whose text can't be read are NULL",
    todo: RESTORE,
  },
  symbol_key_unresolved: {
    what: 'Cells of a SYMBOL column have a key without a text; they are NULL',
    todo: `${RESTORE}: the texts are in _event of the segment or in the column's .c and .o files`,
  },

  column_missing: { what: 'A column file is missing; its cells are NULL', todo: RESTORE },
  column_short: { what: 'A column file is too short; the cells past its end are NULL', todo: RESTORE },
  column_unreadable: { what: "Part of a column file can't be read; its cells are NULL", todo: MAKE_READABLE },
  column_entry_invalid: {
    what: 'Entries of a column of variable length lead nowhere; their cells are NULL',
    harmless: 'Entries of a column of variable length were wrong and could be put right from its data',
    todo: RESTORE,
  },
  column_type_unknown: {
    what: 'A column has a type that this walrescue does not know; it is left out',
    todo: 'look for a newer walrescue',
  },
  column_name_unusable: { what: 'A column has a name that no file can have; it is left out', todo: RESTORE },
  timestamp_row_id_mismatch: {
    what: 'The numbers beside the designated timestamps are wrong, and with them perhaps the timestamps; those cells are NULL',
    harmless: 'A number beside a designated timestamp has one wrong byte; the timestamp is kept',
    todo: RESTORE,
  },
  text_not_utf8: {
    what: 'A text is not valid UTF-8; its bytes are saved as they are, and the column is BYTE_ARRAY without a text annotation',
    todo: 'look at these bytes before you load the column as text',
  },

  output_failed: {
    what: 'An output file could not be written',
    todo: 'make room or choose another folder, then run again',
  },
};
