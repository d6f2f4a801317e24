/** Meanings of a segment's `_event` and `_event.i`. */

import { Event } from '../../../generated/Event.js';
import { LONG_MAX, LONG_MIN } from '../../bigints.js';
import { cutToWidth, nameText } from '../escape.js';
import type { Facts } from '../facts.js';
import { timestampText, timeText } from '../time.js';
import { type Context, counted, type FieldMeanings, rowsText, type Summaries, type Told, words } from '../told.js';
import { stringOf, stringText } from './types.js';

/** Characters of a statement on the line of its record. */
const SQL_SHOWN = 60;

/** Who names the record `segmentTxn` of the segment. */
export function standingText(facts: Facts, segmentTxn: number): string {
  const transaction = facts.transaction(segmentTxn);
  if (transaction?.log !== undefined) {
    const { seqTxn, commitTimestampUs } = transaction.log;
    return `seqTxn ${seqTxn}, committed ${timeText(commitTimestampUs, 'us')}`;
  }
  if (transaction?.standing === 'orphan') return 'not in the log: never committed';
  return transaction?.standing === 'unnamed' && facts.place.tableDir !== undefined
    ? 'the log lost the record that may name it'
    : '';
}

function bodyText(record: Event.Record): string {
  const { body } = record;
  if (body instanceof Event.DataBody && body.rowHi !== undefined)
    return body.rowHi === body.rowLo ? 'no rows' : rowsText(body.rowLo, body.rowHi - 1n);
  if (body instanceof Event.SqlBody || body instanceof Event.ViewDefinitionBody) {
    const sql = stringOf(body.sql);
    return sql === undefined || sql === null ? '' : cutToWidth(stringText(body.sql), SQL_SHOWN);
  }
  if (body instanceof Event.MatViewInvalidateBody) return body.invalid === 0 ? 'state reset' : 'invalidated';
  return '';
}

export const eventTypeText = (type: number): string =>
  (Event.EventType as Readonly<Record<number, string>>)[type] ?? `unknown type ${type}`;

function recordSummary({ node, facts }: Context): Told {
  const record = node as Event.Record;
  if (record.lenRecord === -1) return { meaning: 'end mark' };
  if (record.type === undefined || record.txn === undefined) return {};
  const parts = [eventTypeText(record.type), bodyText(record), standingText(facts, Number(record.txn))];
  return { meaning: parts.filter((part) => part !== '').join(', ') };
}

/** The column of a slot with its type. */
export function columnText(facts: Facts, slot: number): string {
  const column = facts.column(slot);
  return column === undefined
    ? `slot ${slot}`
    : `${nameText(column.name)} ${column.type?.name ?? `type ${column.typeCode}`}`;
}

function diffSummary({ node, facts }: Context): Told {
  const { columnIndex, numEntries } = node as Event.SymbolDiff;
  if (columnIndex === -1) return { meaning: 'end mark' };
  if (columnIndex === undefined) return {};
  const entries = numEntries === undefined ? '' : `: ${counted(numEntries, 'new symbol')}`;
  return { meaning: `column ${columnText(facts, columnIndex)}${entries}` };
}

const lastPeriodText = (value: bigint, facts: Facts): string =>
  value === LONG_MIN ? 'null' : `end of the view's last period, ${timestampText(value, facts.unit())}`;

const refresh = words('of the base table, refreshed up to it', 'id');

export const EVENT_FIELDS: FieldMeanings = {
  'event.max_txn': (value) => ({
    role: 'id',
    meaning:
      value === 0
        ? 'last record is 0, or there is none'
        : value === -1
          ? 'record 0 was rolled back'
          : 'number of the last record',
  }),
  'event.format': () => ({ role: 'type' }),
  'event.format_low': (value) => ({
    role: 'type',
    meaning: value === 0 ? 'base format' : value === 1 ? 'with records of a materialised view' : 'not a known format',
  }),
  'event.format_high': () => ({ role: 'type' }),
  'event/types/record.len_record': (value) => ({ meaning: value === -1 ? 'end mark' : undefined }),
  'event/types/record_head.type': () => ({ role: 'type' }),
  'event/types/record.txn': (value, { facts }) => ({ role: 'id', meaning: standingText(facts, Number(value)) }),
  'event/types/record_head.txn': (value, { facts }) => ({ role: 'id', meaning: standingText(facts, Number(value)) }),
  'event/types/data_body.row_lo': words('first row'),
  'event/types/data_body.row_hi': (value, { node }) => ({
    meaning: `one past the last: ${counted((value as bigint) - (node as Event.DataBody).rowLo, 'row')}`,
  }),
  'event/types/data_body.is_mat_view': () => ({ role: 'flag' }),
  'event/types/data_body.min_timestamp': (value, { facts }) => ({
    meaning: value === LONG_MAX ? 'no rows' : timestampText(value as bigint, facts.unit()),
  }),
  'event/types/data_body.max_timestamp': (value, { facts, node }) => ({
    meaning:
      (node as Event.DataBody).minTimestamp === LONG_MAX ? 'no rows' : timestampText(value as bigint, facts.unit()),
  }),
  'event/types/data_body.out_of_order': (value) => ({
    meaning: value === 0 ? 'rows in order of time' : 'rows not in order of time',
  }),
  'event/types/data_body.last_refresh_base_txn': refresh,
  'event/types/symbol_diff.column_index': (value, { facts }) => ({
    role: 'id',
    meaning: value === -1 ? 'no more diffs' : `column ${columnText(facts, Number(value))}`,
  }),
  'event/types/symbol_diff.null_flag': (value) => ({ meaning: value === 0 ? 'no NULL' : 'may have NULL' }),
  'event/types/symbol_diff.clean_count': (value) => ({
    meaning: value === 0 ? 'all symbols are new' : 'keys below are in the symbol files',
  }),
  'event/types/symbol_diff.terminator': words('end of entries', 'raw'),
  'event/types/mat_view_invalidate_body.last_period_hi': (value, { facts }) => ({
    meaning: lastPeriodText(value as bigint, facts),
  }),
  'event/types/data_footer.extra': (value, { facts }) => ({
    role: 'time',
    meaning: lastPeriodText(value as bigint, facts),
  }),
  'event/types/data_footer.replace_range_lo': (value, { facts }) => ({
    meaning: `from ${timestampText(value as bigint, facts.unit())} on`,
  }),
  'event/types/data_footer.replace_range_hi': (value, { facts }) => ({
    meaning: `before ${timestampText(value as bigint, facts.unit())}`,
  }),
  'event/types/sql_body.command_type': (value) => ({
    role: 'type',
    meaning: value === 2 ? 'ALTER TABLE' : value === 3 ? 'UPDATE' : undefined,
  }),
  'event/types/sql_body.seed0': words('state of the random generator', 'raw'),
  'event/types/sql_body.seed1': () => ({ role: 'raw' }),
  'event/types/mat_view_invalidate_body.last_refresh_base_txn': refresh,
  'event/types/mat_view_invalidate_body.invalid': (value) => ({
    meaning: value === 0 ? 'a harmless reset of the state' : 'the view was invalidated',
  }),
  'event/types/refresh_intervals.num_intervals': (value) => ({ meaning: value === -1 ? 'no list' : undefined }),
  'event/types/refresh_intervals.intervals': (value, { facts }) => ({
    role: 'time',
    meaning: timestampText(value as bigint, facts.unit()),
  }),
  'event_index.entries': (_, { index = 0 }) => ({ role: 'size', meaning: `record ${index}` }),
};

export const EVENT_SUMMARIES: Summaries = {
  'event/types/record': recordSummary,
  'event/types/symbol_diff': diffSummary,
  'event/types/symbol_entry': ({ node }) => {
    const { key, symbol } = node as Event.SymbolEntry;
    return { role: 'text', meaning: key === undefined ? '' : `${key} → ${stringText(symbol)}` };
  },
  'event/types/named_bind_value': ({ node }) => ({
    role: 'value',
    meaning: stringText((node as Event.NamedBindValue).name),
  }),
  'event/types/data_footer': ({ node }) => {
    const { dedupMode } = node as Event.DataFooter;
    return { meaning: dedupMode === 3 ? 'replaces all rows of a range of time' : '' };
  },
  'event/types/view_table': ({ node }) => ({ meaning: stringText((node as Event.ViewTable).name) }),
};
