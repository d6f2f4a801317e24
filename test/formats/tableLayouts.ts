/**
 * The layouts of a table's own files and of column files, written down a second time from the layout document (sections in comments), for the round trips.
 */
import {
  bytes,
  type Codec,
  columnType,
  constant,
  either,
  field,
  integer,
  s4,
  s8,
  str16,
  struct,
  times,
  u1,
  u2,
} from './writer.js';

/** 7 */
const area = struct(field('ofsRecord', s4), field('lenSymbols', s4), field('lenPartitions', s4));
export const txnHeader = struct(
  field('version', s8),
  field('areaA', area),
  field('paddingA', bytes(12)),
  field('areaB', area),
  field('paddingB', bytes(20)),
);
const PARTITION_BYTES = 32;
/** The record of a table with `symbols` symbol columns and `partitions` partitions. */
export function txnRecord(symbols: number, partitions: number): Codec<readonly unknown[]> {
  const names = [
    'txn',
    'transientRowCount',
    'fixedRowCount',
    'minTimestamp',
    'maxTimestamp',
    'structureVersion',
    'dataVersion',
    'partitionTableVersion',
    'columnVersion',
    'truncateVersion',
    'seqTxn',
  ];
  return struct(
    ...names.map((name) => field(name, s8)),
    field('lagChecksum', s4),
    field('lagTxnCount', s4),
    field('lagRowCount', s4),
    field('lagMinTimestamp', s8),
    field('lagMaxTimestamp', s8),
    field('reserved', bytes(12)),
    field('numSymbols', constant(s4, symbols)),
    field('symbols', times(struct(field('count', s4), field('transientCount', s4)), symbols)),
    field('lenPartitionSection', constant(s4, partitions * PARTITION_BYTES)),
    field(
      'partitions',
      times(
        struct(field('timestamp', s8), field('maskedSize', s8), field('nameTxn', s8), field('parquetFileSize', s8)),
        partitions,
      ),
    ),
  );
}

/** 8 */
const tableSlot = struct(
  field('type', columnType),
  field('flags', s8),
  field('indexBlockCapacity', s4),
  field('symbolCapacity', s4),
  field('parquetEncoding', s4),
  field('replacedSlotPlusOne', s4),
  field('reserved', s4),
);
const slotsAndNames: readonly Codec<readonly unknown[]>[] = [0, 1, 4].map((count) =>
  struct(
    field('numSlots', constant(s4, count)),
    field('partitionBy', s4),
    field('timestampIndex', s4),
    field('version', s4),
    field('tableId', s4),
    field('maxUncommittedRows', s4),
    field('o3MaxLagUs', s8),
    field('metadataVersion', s8),
    field('isWal', u1),
    field('minorChecksum', u2),
    field('minorVersion', u2),
    field('ttlHoursOrMonths', s4),
    field('reserved', bytes(79)),
    field('slots', times(tableSlot, count)),
    field('names', times(str16, count)),
  ),
);
export const tableMeta = either(...slotsAndNames);

/** Columns document, 1.5, 1.6 and 3.2 */
export const varcharEntry = struct(
  field('head', u1),
  field('inlined', bytes(9)),
  field('ofsLow', u2),
  field('ofsHigh', integer(4, false)),
);
export const arrayEntry = struct(
  field('ofsLow', integer(4, false)),
  field('ofsHigh', u2),
  field('reserved1', u2),
  field('lenValue', s4),
  field('reserved2', s4),
);
export const symbolOffsetsHeader = struct(
  field('symbolCapacity', s4),
  field('cached', u1),
  field('reserved1', bytes(3)),
  field('nullFlag', u1),
  field('reserved2', bytes(55)),
);
export const columnVersion = struct(
  field('partitionTimestamp', s8),
  field('columnIndex', s8),
  field('columnNameTxn', s8),
  field('columnTop', s8),
);
export const timestampEntry = struct(field('timestamp', s8), field('rowId', s8));
