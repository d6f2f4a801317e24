/**
 * The `questdb` key-value metadata by which QuestDB's `read_parquet()` gives native types back
 * (Rust `parquet/qdb_metadata.rs`, `QdbMeta`).
 */
import { ColumnTag } from '../columnType.js';
import type { ParquetColumn } from './schema.js';

/** The metadata key that QuestDB reads. */
export const QUESTDB_KEY = 'questdb';
const QUESTDB_METADATA_VERSION = 1;

/**
 * The JSON value of the `questdb` key: one element per top-level column, in file order. One element more or less makes
 * QuestDB ignore all of it.
 */
export function questdbMetadata(columns: readonly ParquetColumn[], notUtf8: ReadonlySet<string> = new Set()): string {
  const schema = columns.map((column) => ({
    column_type: notUtf8.has(column.name) ? ColumnTag.BINARY : column.questdbCode,
    column_top: 0,
  }));
  return JSON.stringify({ version: QUESTDB_METADATA_VERSION, schema });
}
