/** The kinds of files that the inspector knows: by name and place, and by content where those don't tell. */
import { CheckpointTxn } from '../../../generated/CheckpointTxn.js';
import { SegmentMeta } from '../../../generated/SegmentMeta.js';
import { SequencerMeta } from '../../../generated/SequencerMeta.js';
import { TableIndex } from '../../../generated/TableIndex.js';
import { TableMeta } from '../../../generated/TableMeta.js';
import { TableName } from '../../../generated/TableName.js';
import { TableRegistry } from '../../../generated/TableRegistry.js';
import { Upgrade } from '../../../generated/Upgrade.js';
import { WalIndex } from '../../../generated/WalIndex.js';
import type { Env } from '../env.js';
import type { Place } from '../place.js';
import { columnVersionsFields, txnFields } from './areas.js';
import { columnFields } from './column.js';
import { eventFields } from './event.js';
import { eventIndexFields } from './eventIndex.js';
import type { KindFields } from './kind.js';
import { RAW_KINDS, type RawKind, rawFields } from './raw.js';
import { symbolCharsFields, symbolIndexKeysFields, symbolIndexValuesFields, symbolOffsetsFields } from './symbols.js';
import { txnlogFields, txnlogMetaFields, txnlogMetaIndexFields, txnlogPartFields } from './txnlog.js';
import { metaFields, nameFields, registryFields, tableMetaFields, wholeFields } from './whole.js';

/** How a kind of file is called and taken apart; ids are those of the specifications where there is one. */
export interface FileKind {
  readonly title: string;
  readonly fields: (env: Env) => KindFields;
}

const DESCRIBED = {
  txnlog: { title: 'sequencer transaction log', fields: txnlogFields },
  txnlog_part: { title: 'part of the sequencer transaction log', fields: txnlogPartFields },
  txnlog_meta: { title: 'structural changes', fields: txnlogMetaFields },
  txnlog_meta_index: { title: 'index of structural changes', fields: txnlogMetaIndexFields },
  sequencer_meta: { title: 'sequencer metadata', fields: (env) => metaFields(env, SequencerMeta) },
  segment_meta: { title: 'WAL segment metadata', fields: (env) => metaFields(env, SegmentMeta) },
  event: { title: 'WAL events', fields: eventFields },
  event_index: { title: 'WAL event index', fields: eventIndexFields },
  symbol_offsets: { title: 'symbol offsets', fields: symbolOffsetsFields },
  symbol_chars: { title: 'symbol texts', fields: symbolCharsFields },
  symbol_index_keys: { title: 'symbol index, keys', fields: symbolIndexKeysFields },
  symbol_index_values: { title: 'symbol index, values', fields: symbolIndexValuesFields },
  txn: { title: 'table transaction file', fields: txnFields },
  column_versions: { title: 'column versions', fields: columnVersionsFields },
  table_meta: { title: 'table metadata', fields: (env) => tableMetaFields(env, TableMeta) },
  table_name: { title: 'table name', fields: (env) => nameFields(env, TableName) },
  table_registry: { title: 'table name registry', fields: (env) => registryFields(env, TableRegistry) },
  table_index: { title: 'table ids', fields: (env) => wholeFields(env, TableIndex) },
  upgrade: { title: 'migration state', fields: (env) => wholeFields(env, Upgrade) },
  wal_index: { title: 'WAL ids', fields: (env) => wholeFields(env, WalIndex) },
  checkpoint_txn: { title: 'sequencer position of a checkpoint', fields: (env) => wholeFields(env, CheckpointTxn) },
  column: { title: 'WAL column', fields: columnFields },
} as const satisfies Readonly<Record<string, FileKind>>;

export type KindId = keyof typeof DESCRIBED | Exclude<RawKind, 'column'>;

/** Every id that `--as` takes. */
export const KIND_IDS: readonly KindId[] = [
  ...(Object.keys(DESCRIBED) as (keyof typeof DESCRIBED)[]),
  ...(Object.keys(RAW_KINDS) as RawKind[]).filter((id) => id !== 'column'),
];

const RAW_TITLES: Readonly<Record<Exclude<RawKind, 'column'>, string>> = {
  lock: 'lock file',
  todo: 'table to-do list',
  scoreboard: 'reader scoreboard',
  mat_view: 'materialised view definition',
  mat_view_state: 'materialised view state',
  view: 'view definition',
  data_id: 'database id',
  checkpoint_meta: 'checkpoint metadata',
  convert: 'conversion request',
  partition: 'partition column',
  parquet: 'partition in Parquet format',
  unknown: 'unknown file',
};

export function kindOf(id: KindId): FileKind {
  if (id in DESCRIBED) return DESCRIBED[id as keyof typeof DESCRIBED];
  const raw = id as Exclude<RawKind, 'column'>;
  return { title: RAW_TITLES[raw], fields: (env) => rawFields(env, raw) };
}

const SEQUENCER: Readonly<Record<string, KindId>> = {
  _txnlog: 'txnlog',
  _meta: 'sequencer_meta',
  '_meta.0': 'table_meta',
  '_txnlog.meta.d': 'txnlog_meta',
  '_txnlog.meta.i': 'txnlog_meta_index',
  '_wal_index.d': 'wal_index',
  _txn: 'checkpoint_txn',
};
const SEGMENT: Readonly<Record<string, KindId>> = { _event: 'event', '_event.i': 'event_index', _meta: 'segment_meta' };
/** Names that mean the same wherever they are. */
const ANYWHERE: readonly (readonly [name: RegExp, id: KindId])[] = [
  [/^tables\.d\.(?:\d+|tmp)$/, 'table_registry'],
  [/\.lock$/, 'lock'],
  [/^_event$/, 'event'],
  [/^_event\.i$/, 'event_index'],
  [/^_txnlog$/, 'txnlog'],
  [/^_txnlog\.meta\.d$/, 'txnlog_meta'],
  [/^_txnlog\.meta\.i$/, 'txnlog_meta_index'],
  [/^_wal_index\.d$/, 'wal_index'],
  [/^_tab_index\.d$/, 'table_index'],
  [/^_upgrade\.d$/, 'upgrade'],
  [/^_cv$/, 'column_versions'],
  [/^_name$/, 'table_name'],
  [/^_meta\.0$/, 'table_meta'],
  [/^_meta\.(?:prev|swp)(?:\.\d+)?$/, 'table_meta'],
  [/^_todo_$/, 'todo'],
  [/^_txn_scoreboard$/, 'scoreboard'],
  [/^_mv$/, 'mat_view'],
  [/^_mv\.s$/, 'mat_view_state'],
  [/^_view$/, 'view'],
  [/^_convert$/, 'convert'],
  [/^\.data_id$/, 'data_id'],
  [/^_checkpoint_meta\.d$|^_snapshot$/, 'checkpoint_meta'],
  [/\.parquet$/, 'parquet'],
];
const SYMBOLS: Readonly<Record<string, KindId>> = {
  c: 'symbol_chars',
  o: 'symbol_offsets',
  k: 'symbol_index_keys',
  v: 'symbol_index_values',
};

/** What a file is by its name and place; `undefined` when they don't tell. */
export function kindByPlace({ name, where }: Place): KindId | undefined {
  if (where === 'sequencer' && name in SEQUENCER) return SEQUENCER[name];
  if (where === 'log_part' && /^\d+$/.test(name)) return 'txnlog_part';
  if (where === 'segment' && name in SEGMENT) return SEGMENT[name];
  if (where === 'segment' && /\.[di]$/.test(name)) return 'column';
  const named = ANYWHERE.find(([pattern]) => pattern.test(name))?.[1];
  if (named !== undefined) return named;
  if (where === 'table' && name === '_meta') return 'table_meta';
  if (where === 'table' && name === '_txn') return 'txn';
  const letter = /\.([cokv])(?:\.\d+)?$/.exec(name)?.[1];
  if (letter !== undefined) return SYMBOLS[letter];
  const isTableColumn = where === 'partition' || where === 'table';
  return isTableColumn && /\.[di](?:\.\d+)?$/.test(name) ? 'partition' : undefined;
}
