/**
 * The last columns of every file: where each row came from.
 */
import { ColumnTag, columnTypeOf } from '../columnType.js';
import { type ColumnRole, type ParquetColumn, parquetColumnOf } from './schema.js';

/** Names and types in file order, as the seed tool has them. */
const PROVENANCE: readonly (readonly [string, ColumnTag, ColumnRole])[] = [
  ['_wal_id', ColumnTag.INT, {}],
  ['_segment_id', ColumnTag.INT, {}],
  ['_segment_txn', ColumnTag.INT, {}],
  ['_txnSeq_', ColumnTag.LONG, { statistics: true }],
  ['_commit_ts', ColumnTag.TIMESTAMP, { statistics: true }],
  ['_recovery_status_', ColumnTag.SYMBOL, {}],
];

/** The six provenance columns, all OPTIONAL: `_commit_ts` in microseconds UTC, `_recovery_status_` as text. */
export const provenanceColumns: readonly ParquetColumn[] = PROVENANCE.map(([name, tag, role]) => {
  const type = columnTypeOf(tag);
  if (type === undefined) throw new Error(`no column type has tag ${tag}`);
  return parquetColumnOf(name, type, role);
});
