/** Meanings of the sequencer's files: `_txnlog`, its parts, the structural changes, `_meta`. */

import type { SegmentMeta } from '../../../generated/SegmentMeta.js';
import type { SequencerMeta } from '../../../generated/SequencerMeta.js';
import type { Txnlog } from '../../../generated/Txnlog.js';
import { TxnlogMeta } from '../../../generated/TxnlogMeta.js';
import { LONG_MAX } from '../../bigints.js';
import { LOG_KIND } from '../../logRecord.js';

import { timestampText, timeText } from '../time.js';
import { type Context, counted, type Explain, type FieldMeanings, type Summaries, type Told, words } from '../told.js';
import { stringText, typeText } from './types.js';

type AnyRecord = Txnlog.RecordV1 | Txnlog.RecordV2;

/** Where a record of the log leads. */
function target({ walId, segmentId, segmentTxn }: AnyRecord): string {
  if (walId === LOG_KIND.structural) return 'structural change';
  if (walId === LOG_KIND.drop) return 'DROP TABLE';
  return walId > 0 ? `wal${walId}/${segmentId} record ${segmentTxn}` : `walId ${walId}`;
}

/** Whether the segment that a record names is there, as far as the plan tells. */
function standing({ facts }: Context, record: AnyRecord): string {
  const plan = facts.plan();
  if (record.walId <= 0 || plan === undefined) return '';
  const isThere = plan.context.segments.some(
    (segment) => segment.walId === record.walId && segment.segmentId === record.segmentId,
  );
  return isThere ? '' : ', not on disk (any more)';
}

const isStructural = (context: Context): boolean => (context.node as AnyRecord).walId === LOG_KIND.structural;

const commandText = (code: number): string =>
  (TxnlogMeta.AlterCommand as Readonly<Record<number, string>>)[code]?.toLowerCase() ?? `command ${code}`;

const minTimestamp: Explain = (value, context) => {
  if (isStructural(context))
    return { meaning: `${commandText(Number(value))}: the command of the change`, role: 'type' };
  if (value === LONG_MAX) return { meaning: 'no rows' };
  return { meaning: timestampText(value as bigint, context.facts.unit()) };
};

const maxTimestamp: Explain = (value, context) => {
  if (isStructural(context) || (context.node as AnyRecord).walId === LOG_KIND.drop) return {};
  return { meaning: value === -1n ? 'no rows' : timestampText(value as bigint, context.facts.unit()) };
};

const RECORD_FIELDS: FieldMeanings = {
  structure_version: (_, context) => (isStructural(context) ? { meaning: 'the version that it makes' } : {}),
  wal_id: (value) => ({
    meaning:
      value === LOG_KIND.structural
        ? 'structural change'
        : value === LOG_KIND.drop
          ? 'DROP TABLE'
          : Number(value) > 0
            ? `wal${value}`
            : 'no WAL has this id',
  }),
  segment_id: (value, { node }) =>
    (node as AnyRecord).walId > 0 ? { meaning: `wal${(node as AnyRecord).walId}/${value}` } : {},
  segment_txn: (value, { node }) =>
    (node as AnyRecord).walId > 0
      ? {
          meaning: `record ${value} of wal${(node as AnyRecord).walId}/${(node as AnyRecord).segmentId}/_event`,
          role: 'id',
        }
      : { role: 'id' },
  min_timestamp: minTimestamp,
  max_timestamp: maxTimestamp,
};

const of = (type: string, fields: FieldMeanings): FieldMeanings =>
  Object.fromEntries(Object.entries(fields).map(([field, explain]) => [`${type}.${field}`, explain]));

/** Six numbers for each column of ADD_COLUMN and CHANGE_COLUMN_TYPE (`AlterOperation`). */
const LONGS: readonly ((value: number) => Told)[] = [
  (value) => ({ meaning: `type ${typeText(value)}`, role: 'type' }),
  () => ({ meaning: 'symbol capacity', role: 'size' }),
  (value) => ({ meaning: value === 1 ? 'symbols cached' : 'symbols not cached', role: 'flag' }),
  (value) => ({ meaning: value > 0 && (value & 1) === 1 ? 'indexed' : 'not indexed', role: 'flag' }),
  () => ({ meaning: 'index block capacity', role: 'size' }),
  () => ({ meaning: "position of the column's name in the SQL text", role: 'size' }),
];

const longMeaning: Explain = (value, { node, index = 0, facts }) => {
  const { command } = node as TxnlogMeta.ChangeBody;
  const { ADD_COLUMN, CHANGE_COLUMN_TYPE, SET_DEDUP_ENABLE } = TxnlogMeta.AlterCommand;
  if (command === ADD_COLUMN || command === CHANGE_COLUMN_TYPE)
    return LONGS[index % LONGS.length]?.(Number(value)) ?? {};
  if (command !== SET_DEDUP_ENABLE) return {};
  return { meaning: `dedup key: column ${facts.column(Number(value))?.name ?? `in slot ${value}`}`, role: 'id' };
};

type Meta = SegmentMeta | SequencerMeta;

const META_FIELDS: FieldMeanings = {
  structure_version: (value) => ({ meaning: value === -2n ? 'the table was dropped' : undefined }),
  timestamp_index: (value, { node }) => {
    const slot = (node as Meta).slots?.[Number(value)];
    return {
      meaning: value === -1 ? 'no designated timestamp' : slot && `designated timestamp ${stringText(slot.name)}`,
    };
  },
  suspended: (value) => ({ meaning: value === 1 ? 'suspended' : undefined, role: 'flag' }),
};

export const SEQUENCER_FIELDS: FieldMeanings = {
  'txnlog.format': (value) => ({
    role: 'type',
    meaning:
      value === 0 ? 'V1, records in this file' : value === 1 ? 'V2, records in _txn_parts' : 'not a known format',
  }),
  'txnlog.max_txn': words('transactions committed; the last seqTxn'),
  'txnlog.create_timestamp_us': (value) => ({
    meaning: value === 0n ? 'not stored (before 7.3.10)' : timeText(value as bigint, 'us'),
  }),
  'txnlog.num_part_txns': (value) => ({ meaning: value === 0 ? undefined : 'transactions in each part' }),
  ...of('txnlog/types/record_v1', RECORD_FIELDS),
  ...of('txnlog/types/record_v2', RECORD_FIELDS),
  'txnlog_meta_index.entries': (_, { index = 0 }) => ({
    role: 'size',
    meaning: index === 0 ? 'start of change 1' : `end of change ${index}`,
  }),
  'txnlog_meta/types/change_body.command': () => ({ role: 'type' }),
  'txnlog_meta/types/change_body.table_name_position': words('in the SQL text', 'size'),
  'txnlog_meta/types/change_body.longs': longMeaning,
  ...of('sequencer_meta', META_FIELDS),
  ...of('segment_meta', META_FIELDS),
  'sequencer_meta/types/read_order.checksum': () => ({ role: 'raw' }),
  'sequencer_meta/types/read_order.entries': (value, { index }) => ({
    role: 'id',
    meaning: value === index ? undefined : `slot ${index} takes the place of slot ${value}`,
  }),
  'wal_index.max_wal_id': words('the last wal id that was given', 'id'),
  'checkpoint_txn.seq_txn': words('seqTxn that the checkpoint holds', 'id'),
};

const recordSummary = (context: Context): Told => {
  const record = context.node as AnyRecord;
  if (record.commitTimestampUs === undefined) return {};
  return { meaning: `${target(record)}${standing(context, record)}, ${timeText(record.commitTimestampUs, 'us')}` };
};

function changeSummary({ node, index = 0 }: Context): Told {
  const { lenChange, body } = node as TxnlogMeta.Change;
  if (lenChange === 0) return { meaning: 'end mark' };
  if (body?.command === undefined) return { meaning: `structureVersion ${index + 1}` };
  const names = (body.strings ?? []).map(stringText).join(', ');
  return { meaning: `structureVersion ${index + 1}: ${commandText(body.command)} ${names}`.trimEnd() };
}

export const SEQUENCER_SUMMARIES: Summaries = {
  'txnlog/types/record_v1': recordSummary,
  'txnlog/types/record_v2': recordSummary,
  'txnlog_meta/types/change': changeSummary,
  'sequencer_meta/types/read_order': ({ node }) => {
    const { numEntries } = node as SequencerMeta.ReadOrder;
    return { meaning: numEntries === undefined ? '' : `order in which ${counted(numEntries, 'slot')} are listed` };
  },
};
