/**
 * Damage as a value: what a step found wrong, where, and what it cost. Steps return damage beside their result; nothing
 * here is thrown. This file is the complete list of codes; docs/damage.md explains each to operators.
 */

/**
 * What damage costs:
 * `loss` – rows, cells or provenance are gone (or can't be told from garbage); the run ends with exit code 3;
 * `repaired` – the same facts were had from elsewhere, nothing is missing from the output;
 * `note` – worth knowing, no consequence for the rows that the log names.
 */
export type Severity = 'loss' | 'repaired' | 'note';

/** Every damage code, with the severity that it has unless the step knows better. */
export const DAMAGE_CODES = {
  // Files and folders
  file_missing: 'loss',
  file_unreadable: 'loss',
  folder_unreadable: 'loss',
  // Names
  registry_unreadable: 'repaired',
  registry_conflict: 'repaired',
  name_unreadable: 'repaired',
  table_missing: 'loss',
  // The sequencer
  txnlog_missing: 'loss',
  txnlog_unreadable: 'loss',
  txnlog_format_unknown: 'loss',
  txnlog_record_invalid: 'loss',
  txnlog_record_missing: 'loss',
  txnlog_part_missing: 'loss',
  txnlog_max_txn_low: 'loss',
  txnlog_duplicate_record: 'loss',
  structure_log_unreadable: 'repaired',
  sequencer_meta_unreadable: 'repaired',
  // The watermark
  txn_missing: 'loss',
  txn_unreadable: 'loss',
  txn_previous_version_used: 'note',
  watermark_ahead_of_log: 'loss',
  // A segment
  segment_missing: 'loss',
  event_missing: 'loss',
  event_unreadable: 'loss',
  event_header_invalid: 'repaired',
  event_record_invalid: 'loss',
  event_record_missing: 'loss',
  event_index_invalid: 'repaired',
  event_index_missing: 'repaired',
  event_log_disagree: 'loss',
  event_rows_disagree: 'loss',
  event_record_unknown: 'loss',
  segment_meta_missing: 'repaired',
  segment_meta_invalid: 'repaired',
  schema_substituted: 'repaired',
  schema_unknown: 'loss',
  // Symbols
  symbol_table_missing: 'loss',
  symbol_table_invalid: 'loss',
  symbol_key_unresolved: 'loss',
  // Columns
  column_missing: 'loss',
  column_short: 'loss',
  column_unreadable: 'loss',
  column_entry_invalid: 'loss',
  column_type_unknown: 'loss',
  column_name_unusable: 'loss',
  timestamp_row_id_mismatch: 'loss',
  text_not_utf8: 'note',
  // Our own output
  output_failed: 'loss',
} as const satisfies Record<string, Severity>;

export type DamageCode = keyof typeof DAMAGE_CODES;

/** One thing found wrong. Absent fields are unknown or do not apply. */
export interface Damage {
  readonly code: DamageCode;
  readonly severity: Severity;
  /** Path below the database root. */
  readonly file: string;
  /** Bytes from the start of `file`. */
  readonly byteOffset?: number;
  readonly expected?: string;
  readonly actual?: string;
  readonly walId?: number;
  readonly segmentId?: number;
  readonly segmentTxn?: number;
  readonly seqTxn?: bigint;
  /** Column name, as the segment's schema has it. */
  readonly column?: string;
  /** Rows lost by it. */
  readonly rows?: bigint;
  /** Cells lost by it (NULL in the output though a value was stored). */
  readonly cells?: bigint;
}

/** The fields of a damage that a step fills in; the severity comes from the code unless given. */
export type DamageDetail = Omit<Damage, 'code' | 'severity' | 'file'> & { readonly severity?: Severity };

/** A damage of `code` in `file`. */
export function damage(code: DamageCode, file: string, detail: DamageDetail = {}): Damage {
  const { severity = DAMAGE_CODES[code], ...rest } = detail;
  return { code, severity, file, ...rest };
}

/** Why a file could not be had, as the detail of the damage that this is to the step that needed it. */
export function cause(unreadable: Damage): DamageDetail {
  return { actual: unreadable.actual ?? unreadable.code.replaceAll('_', ' ') };
}

/** A value that a step could make, with all that it found wrong on the way. */
export interface Result<T> {
  readonly value: T;
  readonly damage: readonly Damage[];
}

/** One line of plain text for people: the code in words, the place, what was expected and found. */
export function describeDamage(d: Damage): string {
  const place = d.byteOffset === undefined ? d.file : `${d.file} at byte ${d.byteOffset}`;
  const seen = [
    d.expected === undefined ? '' : `expected ${d.expected}`,
    d.actual === undefined ? '' : `found ${d.actual}`,
  ];
  const cost = [
    d.rows === undefined ? '' : `${d.rows} rows lost`,
    d.cells === undefined ? '' : `${d.cells} cells lost`,
  ];
  const about = [...seen, ...cost].filter((text) => text !== '').join(', ');
  const column = d.column === undefined ? '' : ` (column ${d.column})`;
  return `${d.code.replaceAll('_', ' ')}${column}: ${place}${about === '' ? '' : `: ${about}`}`;
}
