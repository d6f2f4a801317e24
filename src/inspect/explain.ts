/** What the values of fields mean. Tables by specification, and rules for names that say it themselves. */
import type { Role, Scalar } from './field.js';
import { COLUMN_FIELDS, COLUMN_SUMMARIES } from './meanings/columns.js';
import { EVENT_FIELDS, EVENT_SUMMARIES } from './meanings/event.js';
import { SEQUENCER_FIELDS, SEQUENCER_SUMMARIES } from './meanings/sequencer.js';
import { TABLE_FIELDS, TABLE_SUMMARIES } from './meanings/table.js';
import { TYPE_FIELDS, TYPE_SUMMARIES } from './meanings/types.js';
import { timeText } from './time.js';
import type { Context, FieldMeanings, Summaries, Summary, Told } from './told.js';

const FIELDS: FieldMeanings = {
  ...SEQUENCER_FIELDS,
  ...EVENT_FIELDS,
  ...TABLE_FIELDS,
  ...COLUMN_FIELDS,
  ...TYPE_FIELDS,
};

const SUMMARIES: Summaries = {
  ...SEQUENCER_SUMMARIES,
  ...EVENT_SUMMARIES,
  ...TABLE_SUMMARIES,
  ...COLUMN_SUMMARIES,
  ...TYPE_SUMMARIES,
};

/** Structures of which one line says all. */
const ONE_LINE: ReadonlySet<string> = new Set([
  'str16',
  'column_type',
  'column_slot',
  'bind_value',
  'binary_value',
  'event/types/symbol_entry',
  'event/types/named_bind_value',
  'txn/types/symbol_count',
  'symbol_index_values/types/block',
  'varchar_aux/types/entry',
  'array_aux/types/entry',
  'array_data',
  'timestamp_data/types/entry',
  'column_versions/types/entry',
  'symbol_index_keys/types/key',
]);

/** What checks that are expressions expect, by their place in the specification. */
export const EXPECTED: Readonly<Record<string, string>> = {
  'event/types/record/seq/0': '-1, or at least 13 and no more than the file has left',
  'txn/types/txn_record/seq/17': 'as many symbol counts as the header has bytes for, 8 each',
  'txn/types/txn_record/seq/19': 'as many bytes of partitions as the header says, 32 each',
  'bind_value/seq/0': 'a type that a bind variable can have',
  'bind_value/types/varchar_plain/seq/0': '-1, or a length that is left in the record',
};

const RULES: readonly (readonly [name: RegExp, role: Role])[] = [
  [/^(?:reserved|padding|zero$|suspended$)/, 'raw'],
  [/(?:^|_)timestamp$|_us$|_period_hi$|^replace_range_/, 'time'],
  [/^(?:len|num|ofs)_|_count$|_capacity$|_size$|^row_(?:lo|hi)$|_rows$/, 'size'],
  [/(?:^|_)(?:txn|id|version|index|slot|key)s?$|^value_count$|^sequence/, 'id'],
  [/^(?:is_|cached$|null_flag$|out_of_order$|invalid$|flags$)/, 'flag'],
];

const roleOf = (field: string): Role => RULES.find(([name]) => name.test(field))?.[1] ?? 'value';

/** The role of a field and what its value means; nothing is said of a value that could not be read. */
export function explain(
  specPath: string,
  field: string,
  value: Scalar | undefined,
  context: Context,
): Told & { role: Role } {
  if (value === undefined) return { role: roleOf(field) };
  const told = FIELDS[`${specPath}.${field}`]?.(value, context);
  const role = told?.role ?? roleOf(field);
  if (told !== undefined) return told.meaning === undefined ? { role } : { role, meaning: told.meaning };
  if (field.endsWith('_us') && typeof value === 'bigint' && role === 'time')
    return { role, meaning: timeText(value, 'us') };
  return { role };
}

/** The line of a structure. */
export const summarize = (specPath: string, context: Context): Summary => SUMMARIES[specPath]?.(context) ?? {};

export const isOneLine = (specPath: string): boolean => ONE_LINE.has(specPath);
