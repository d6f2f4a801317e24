/** Meanings of the types that several specifications share: strings, column types, bind values. */
import type { BinaryValue } from '../../../generated/BinaryValue.js';
import { BindValue } from '../../../generated/BindValue.js';
import type { ColumnSlot } from '../../../generated/ColumnSlot.js';
import type { ColumnType } from '../../../generated/ColumnType.js';
import type { Str16 } from '../../../generated/Str16.js';
import { ColumnTag, columnTypeOf } from '../../columnType.js';
import { text } from '../../kaitai/parse.js';
import { nameText, quote } from '../escape.js';
import type { Scalar } from '../field.js';
import { timeText } from '../time.js';
import { counted, type FieldMeanings, type Summaries, type Summary, words } from '../told.js';

/** The type that an i32 of `_meta` stands for, by name; deleted ones are marked. */
export function typeText(code: number): string {
  const name = columnTypeOf(Math.abs(code))?.name ?? 'a type that no table can store';
  return code < 0 ? `${name}, deleted` : name;
}

/** A string that may not have been wholly read. */
export const stringOf = (string: Str16 | undefined): string | null | undefined =>
  string?.lenUnits === undefined || (string.lenUnits > 0 && string.value === undefined) ? undefined : text(string);

/** A string for a line of text. */
export function stringText(string: Str16 | undefined): string {
  const found = stringOf(string);
  return found === undefined ? '(not read)' : found === null ? 'NULL' : quote(found);
}

function strSummary(string: Str16): Summary {
  const found = stringOf(string);
  if (found === undefined) return { role: 'text' };
  return { role: 'text', value: found, meaning: found === null ? 'null, not the empty string' : '' };
}

/** A number under a column type whose NULL is the smallest value of its width. */
const nullText = (value: Scalar, isNull: boolean): string | undefined =>
  isNull ? 'NULL' : value === null ? '' : undefined;

function bindMeaning(type: ColumnType, value: unknown): string | undefined {
  if (typeof value === 'bigint') {
    if (value === -(2n ** 63n)) return 'NULL';
    if (type.tag === ColumnTag.TIMESTAMP) return timeText(value, columnTypeOf(type.code)?.nanos === true ? 'ns' : 'us');
    if (type.tag === ColumnTag.DATE) return timeText(value, 'ms');
    return undefined;
  }
  if (typeof value === 'number') {
    if (type.tag === ColumnTag.INT) return nullText(value, value === -(2 ** 31));
    if (type.tag === ColumnTag.FLOAT || type.tag === ColumnTag.DOUBLE) return nullText(value, Number.isNaN(value));
    if (type.tag === ColumnTag.CHAR) return quote(String.fromCharCode(value));
    if (type.tag === ColumnTag.BOOLEAN) return value === 0 ? 'false' : 'true';
    if (type.tag === ColumnTag.IPV4)
      return value === 0 ? 'NULL' : [24, 16, 8, 0].map((shift) => (value >>> shift) & 0xff).join('.');
  }
  return undefined;
}

/** A bind value in one line. */
function bindText(bind: BindValue): string {
  const { type, value } = bind;
  if (type?.code === undefined || value === undefined) return '';
  const name = typeText(type.code);
  const told = bindMeaning(type, value);
  if (typeof value !== 'object') return `${name} ${told ?? String(value)}`;
  if ('lenUnits' in value) return `${name} ${stringText(value)}`;
  if (value instanceof BindValue.VarcharPlain)
    return `${name} ${value.header === -1 ? 'NULL' : quote(value.value ?? '')}`;
  if (value instanceof BindValue.ArrayValue)
    return `${name} ${value.value === undefined ? 'NULL' : arrayText(value.value)}`;
  return name;
}

const arrayText = (body: BindValue.ArrayBody): string =>
  `${(body.shape ?? []).join(' × ')}: ${(body.values ?? []).slice(0, 8).join(', ')}`;

const slotText = (slot: ColumnSlot): string => {
  const name = stringOf(slot.name);
  return `${name === undefined || name === null ? '(no name)' : nameText(name)} ${typeText(slot.type?.code ?? 0)}`;
};

export const TYPE_FIELDS: FieldMeanings = {
  'str16.len_units': (value) => ({ meaning: value === -1 ? 'null' : 'UTF-16 code units' }),
  'str16.value': () => ({ role: 'text' }),
  'column_type.code': (value) => ({ role: 'type', meaning: typeText(Number(value)) }),
  'column_type.tag': () => ({ role: 'type' }),
  'column_type.is_deleted': () => ({ role: 'flag' }),
  'bind_value.value': (value, { node }) => ({ meaning: bindMeaning((node as BindValue).type, value) }),
  'bind_value/types/varchar_plain.value': () => ({ role: 'text' }),
  'bind_value/types/varchar_plain.header': (value) => ({
    role: 'size',
    meaning:
      value === -1 ? 'null' : `${counted(Number(value) & 0x7fffffff, 'byte')}${Number(value) < 0 ? ', all ASCII' : ''}`,
  }),
  'binary_value.len_value': (value) => ({ meaning: value === -1 ? 'null' : undefined }),
  'binary_value.value': words('', 'value'),
};

export const TYPE_SUMMARIES: Summaries = {
  str16: ({ node }) => strSummary(node as Str16),
  column_type: ({ node }) => {
    const { code } = node as ColumnType;
    return code === undefined ? {} : { role: 'type', value: code, meaning: typeText(code) };
  },
  column_slot: ({ node }) => ({ meaning: slotText(node as ColumnSlot), role: 'type' }),
  bind_value: ({ node }) => ({ meaning: bindText(node as BindValue), role: 'value' }),
  binary_value: ({ node }) => {
    const { lenValue } = node as BinaryValue;
    return { meaning: lenValue === undefined ? '' : lenValue < 0 ? 'NULL' : counted(lenValue, 'byte'), role: 'value' };
  },
};
