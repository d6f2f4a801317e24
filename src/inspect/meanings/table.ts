/** Meanings of a table's own files: `_txn`, `_meta`, `_cv`, `_name`, and of those of the database root. */

import type { ColumnVersions } from '../../../generated/ColumnVersions.js';
import type { TableMeta } from '../../../generated/TableMeta.js';
import { TableRegistry } from '../../../generated/TableRegistry.js';
import type { Txn } from '../../../generated/Txn.js';
import { LONG_MAX, LONG_MIN } from '../../bigints.js';

import type { Facts } from '../facts.js';
import { timestampText } from '../time.js';
import { counted, type Explain, type FieldMeanings, type Summaries, words } from '../told.js';
import { columnText } from './event.js';
import { stringText, typeText } from './types.js';

/** What `_meta` and `_upgrade.d` say in every release. */
const TABLE_VERSION = 426;

/** Masks of `TxReader`: the rows of a partition, and what the bits above them say. */
const ROWS_MASK = (1n << 44n) - 1n;
const SQUASH_MASK = 0xffffn;
const PARTITION_FLAGS: readonly (readonly [bit: bigint, text: string])[] = [
  [61n, 'Parquet'],
  [62n, 'read-only'],
];

export function partitionSizeText(masked: bigint): string {
  const squashed = (masked >> 44n) & SQUASH_MASK;
  const flags = PARTITION_FLAGS.filter(([bit]) => ((masked >> bit) & 1n) === 1n).map(([, text]) => text);
  const squashes = squashed === 0n ? [] : [`squashed ${counted(squashed, 'time')}`];
  return [counted(masked & ROWS_MASK, 'row'), ...squashes, ...flags].join(', ');
}

/** Names of the bits of a slot's flags (`TableUtils.META_FLAG_*`). */
const SLOT_FLAGS: readonly (readonly [mask: bigint, text: string])[] = [
  [1n, 'indexed'],
  [2n, 'sequential'],
  [4n, 'symbols cached'],
  [8n, 'dedup key'],
];

export function slotFlagsText(flags: bigint): string {
  const known = SLOT_FLAGS.filter(([mask]) => (flags & mask) !== 0n);
  const rest = known.reduce((left, [mask]) => left & ~mask, flags);
  const texts = known.map(([, text]) => text);
  return (
    [...texts, ...(rest === 0n ? [] : [`unknown bits 0x${BigInt.asUintN(64, rest).toString(16)}`])].join(', ') || 'none'
  );
}

/** The checksum over which the minor version and the TTL count (`TableUtils.calculateMetaFormatMinorVersionField`). */
export function minorChecksum(metadataVersion: bigint, numSlots: number): number {
  const x = (Math.imul(13, Number(BigInt.asIntN(32, metadataVersion))) + Math.imul(37, numSlots)) | 0;
  const folded = ((x >>> 16) ^ x) & 0xffff;
  return folded === 0 ? -1337 & 0xffff : folded;
}

const timestamp =
  (empty: bigint): Explain =>
  (value, { facts }) => ({
    role: 'time',
    meaning: value === empty ? 'none' : timestampText(value as bigint, facts.unit()),
  });

const structureVersion: Explain = (value) => {
  const low = BigInt.asIntN(32, value as bigint);
  const high = BigInt.asIntN(32, (value as bigint) >> 32n);
  const columns = high === 0n ? low : high === -(2n ** 31n) ? 0n : high;
  return { role: 'id', meaning: `metadata version ${low}, column structure version ${columns}` };
};

function ttlText(hoursOrMonths: number): string {
  if (hoursOrMonths === 0) return 'none';
  return hoursOrMonths > 0 ? counted(hoursOrMonths, 'hour') : counted(-hoursOrMonths, 'month');
}

const TXN_FIELDS: FieldMeanings = {
  'txn.version': (value) => ({
    role: 'id',
    meaning: `${(value as bigint) % 2n === 0n ? 'even: area_a' : 'odd: area_b'} is current`,
  }),
  'txn/types/txn_record.txn': words('must be the version in the header'),
  'txn/types/txn_record.transient_row_count': words('rows of the last partition'),
  'txn/types/txn_record.fixed_row_count': words('rows of all others'),
  'txn/types/txn_record.min_timestamp': timestamp(LONG_MAX),
  'txn/types/txn_record.max_timestamp': timestamp(LONG_MIN),
  'txn/types/txn_record.structure_version': structureVersion,
  'txn/types/txn_record.column_version': words('the version of _cv'),
  'txn/types/txn_record.seq_txn': words('the log is applied up to here', 'id'),
  'txn/types/txn_record.lag_checksum': () => ({ role: 'raw' }),
  'txn/types/txn_record.lag_txn_count': (value) => ({
    role: 'size',
    meaning:
      value === 0
        ? 'no lag'
        : `${Math.abs(Number(value))} behind seq_txn, invisible${Number(value) < 0 ? '; rows not sorted' : ''}`,
  }),
  'txn/types/txn_record.lag_min_timestamp': timestamp(LONG_MAX),
  'txn/types/txn_record.lag_max_timestamp': timestamp(LONG_MIN),
  'txn/types/txn_record.symbols': (value, { index }) => ({ meaning: `symbol column ${index}: ${value}` }),
  'txn/types/partition.timestamp': (value, { facts }) => ({ meaning: timestampText(value as bigint, facts.unit()) }),
  'txn/types/partition.masked_size': (value) => ({ meaning: partitionSizeText(value as bigint) }),
  'txn/types/partition.name_txn': (value) => ({
    role: 'id',
    meaning: value === -1n ? 'folder without suffix' : `folder's suffix .${value}`,
  }),
  'txn/types/partition.parquet_file_size': (value) => ({
    role: 'size',
    meaning: (value as bigint) > 0n ? 'bytes of the Parquet file' : 'no Parquet file',
  }),
};

const META_FIELDS: FieldMeanings = {
  'table_meta.timestamp_index': (value, { node }) => {
    const name = (node as TableMeta).names?.[Number(value)];
    return {
      role: 'id',
      meaning: value === -1 ? 'no designated timestamp' : name && `designated timestamp ${stringText(name)}`,
    };
  },
  'table_meta.o3_max_lag_us': (value) => ({ role: 'time', meaning: `${Number(value) / 1e6} s` }),
  'table_meta.version': (value) => ({
    meaning: value === TABLE_VERSION ? undefined : `${TABLE_VERSION} in every release`,
  }),
  'table_meta.metadata_version': words('counts every ALTER'),
  'table_meta.is_wal': (value) => ({ meaning: value === 0 ? 'not a WAL table' : 'WAL table' }),
  'table_meta.minor_checksum': (value, { node }) => {
    const { metadataVersion, numSlots, minorVersion } = node as TableMeta;
    const isRight = value === minorChecksum(metadataVersion, numSlots);
    return {
      role: 'raw',
      meaning:
        isRight && minorVersion > 0 ? 'right: minor version and TTL count' : 'minor version and TTL do not count',
    };
  },
  'table_meta.ttl_hours_or_months': (value) => ({ role: 'time', meaning: ttlText(Number(value)) }),
  'table_meta/types/slot.flags': (value) => ({ meaning: slotFlagsText(value as bigint) }),
  'table_meta/types/slot.parquet_encoding': () => ({ role: 'type' }),
  'table_meta/types/slot.replaced_slot_plus_one': (value) => ({
    role: 'id',
    meaning: value === 0 ? 'none' : `takes the place of slot ${Number(value) - 1}`,
  }),
};

function partitionText(value: bigint, facts: Facts): string {
  if (value === LONG_MIN) return 'wherever there is no entry of its own';
  if (value === LONG_MIN + 1n) return 'the symbol table';
  return `partition ${timestampText(value, facts.unit())}`;
}

const OTHER_FIELDS: FieldMeanings = {
  'column_versions.version': (value) => ({
    role: 'id',
    meaning: `${(value as bigint) % 2n === 0n ? 'even: area_a' : 'odd: area_b'} is current`,
  }),
  'column_versions/types/entry.partition_timestamp': (value, { facts }) => ({
    role: 'time',
    meaning: partitionText(value as bigint, facts),
  }),
  'column_versions/types/entry.column_index': (value, { facts }) => ({ meaning: columnText(facts, Number(value)) }),
  'column_versions/types/entry.column_name_txn': (value) => ({
    role: 'id',
    meaning: value === -1n ? 'files without suffix' : `files' suffix .${value}`,
  }),
  'column_versions/types/entry.column_top': (value, { node, facts }) => {
    const isDefault = (node as ColumnVersions.Entry).partitionTimestamp === LONG_MIN;
    if (!isDefault) return { role: 'size', meaning: 'rows before the first of the column' };
    return {
      role: 'time',
      meaning:
        value === LONG_MIN
          ? 'there from the start'
          : `added in partition ${timestampText(value as bigint, facts.unit())}`,
    };
  },
  'table_name.zero': () => ({ role: 'raw' }),
  'table_registry.ofs_end': words('just past the last entry'),
  'table_index.max_table_id': words('the last table id that was given', 'id'),
  'table_index.instance_id': words('random id of the database', 'id'),
  'upgrade.table_version': (value) => ({
    meaning: value === TABLE_VERSION ? undefined : `${TABLE_VERSION} in every release`,
  }),
  'upgrade.migration_version': () => ({ role: 'id' }),
};

export const TABLE_FIELDS: FieldMeanings = { ...TXN_FIELDS, ...META_FIELDS, ...OTHER_FIELDS };

const areaText = (ofs: number, len: number): string => (ofs === 0 && len === 0 ? 'never written' : '');

export const TABLE_SUMMARIES: Summaries = {
  'txn/types/area': ({ node }) => {
    const { ofsRecord, lenSymbols, lenPartitions } = node as Txn.Area;
    return { meaning: areaText(ofsRecord, (lenSymbols ?? 0) + (lenPartitions ?? 0)) };
  },
  'txn/types/symbol_count': ({ node }) => {
    const { count, transientCount } = node as Txn.SymbolCount;
    return { role: 'size', meaning: count === transientCount ? `${count}` : `${count}, transient ${transientCount}` };
  },
  'txn/types/partition': ({ node, facts }) => {
    const { timestamp: start, maskedSize } = node as Txn.Partition;
    if (start === undefined || maskedSize === undefined) return {};
    return { meaning: `${timestampText(start, facts.unit())}, ${partitionSizeText(maskedSize)}` };
  },
  'table_meta/types/slot': ({ node }) => {
    const { type, flags } = node as TableMeta.Slot;
    if (type?.code === undefined) return {};
    return {
      meaning: `${typeText(type.code)}${flags === undefined || flags === 0n ? '' : `, ${slotFlagsText(flags)}`}`,
    };
  },
  'column_versions/types/area': ({ node }) => {
    const { ofsEntries, lenEntries } = node as ColumnVersions.Area;
    return { meaning: areaText(Number(ofsEntries), Number(lenEntries)) };
  },
  'column_versions/types/entry': ({ node, facts }) => {
    const { partitionTimestamp, columnIndex, columnNameTxn } = node as ColumnVersions.Entry;
    if (columnNameTxn === undefined) return {};
    const suffix = columnNameTxn === -1n ? '' : `, files .${columnNameTxn}`;
    return {
      meaning: `${columnText(facts, Number(columnIndex))}: ${partitionText(partitionTimestamp, facts)}${suffix}`,
    };
  },
  'table_registry/types/entry': ({ node }) => {
    const { operation, tableName, dirName } = node as TableRegistry.Entry;
    if (dirName === undefined) return {};
    const what = operation === TableRegistry.Operation.ADD ? 'add' : 'remove';
    return { meaning: `${what} ${stringText(tableName)} in folder ${stringText(dirName)}` };
  },
};
