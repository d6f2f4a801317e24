/**
 * The form of one exported file: its columns, their types in both engines, its metadata.
 */
import type { TruthColumn, TruthTable } from './fixtures.js';
import type { EngineTable, ParquetFile } from './parquetEngines.js';
import { type ExpectedColumn, expectedColumn } from './truthColumns.js';
import type { FileColumns, FileRows } from './truthRows.js';

/** Notes a kind of thing that is wrong, with a place where it is. */
export type Say = (kind: string, text: string) => void;

/** The provenance columns, last in each file. */
const PROVENANCE = [
  ['_wal_id', 'INT'],
  ['_segment_id', 'INT'],
  ['_segment_txn', 'INT'],
  ['_txnSeq_', 'LONG'],
  ['_commit_ts', 'TIMESTAMP'],
  ['_recovery_status_', 'SYMBOL'],
] as const;
const PROVENANCE_NAMES: ReadonlySet<string> = new Set(PROVENANCE.map(([name]) => name.toLowerCase()));

/** The columns that a file of `table` must have, once its form is checked; columns that it lacks are left out. */
export function checkFileForm(
  table: TruthTable,
  rows: FileRows,
  physical: ParquetFile,
  duckdb: EngineTable,
  say: Say,
): FileColumns {
  const { file } = rows;
  const data = schemaOf(table, rows).map(({ name, type }) => ({
    truthName: name,
    expected: expectedColumn(fileName(name, rows.provenance), type, name === table.designatedTimestamp),
  }));
  const provenance = rows.provenance ? PROVENANCE.map(([name, type]) => expectedColumn(name, type, false)) : [];
  const actual = physical.columnNames;
  const mayLack = table.lostColumns ?? [];
  const presentData = data
    .map(({ expected }) => expected)
    .filter(({ name }) => !mayLack.includes(name) || actual.includes(name));
  const byPlace = (columns: readonly ExpectedColumn[]): ExpectedColumn[] =>
    [...columns].sort((a, b) => actual.indexOf(a.name) - actual.indexOf(b.name));
  const present = [...presentData, ...provenance];
  const inOrder = anyOrder(table) ? [...byPlace(presentData), ...provenance] : present;
  const names = inOrder.map(({ name }) => name);
  if (names.join('\n') !== actual.join('\n')) {
    say('columns', `${file} has ${actual.join(', ')}; expected ${names.join(', ')}`);
  }
  if (physical.columnNames.join('\n') !== duckdb.columnNames.join('\n')) {
    say('columns in DuckDB', `${file} has ${duckdb.columnNames.join(', ')}`);
  }
  if (physical.rowCount !== duckdb.rowCount)
    say('rows in DuckDB', `${file}: ${duckdb.rowCount}, not ${physical.rowCount}`);
  for (const column of present) checkColumn(table, file, column, physical, duckdb, say);
  checkQuestdbMetadata(file, byPlace(present), physical, say);
  const place = ({ name }: ExpectedColumn): number => physical.columnNames.indexOf(name);
  return {
    data: data.map((column) => ({ ...column, place: place(column.expected) })),
    provenance: provenance.map((expected) => ({ expected, place: place(expected) })),
  };
}

/** The columns of the transactions in a file's segment. */
function schemaOf(table: TruthTable, { walId, segmentId }: FileRows): readonly TruthColumn[] {
  const first = table.transactions.find(
    (txn) => txn.walId === walId && txn.segmentId === segmentId && (txn.rowCount ?? 0) > 0,
  );
  return (first && table.schemas[String(first.structureVersion)]) ?? table.columns;
}

/** Whether a column changed its type: its new slot is the last one in `_meta`, its place in SQL is the old one. */
function anyOrder(table: TruthTable): boolean {
  return table.transactions.some(({ sql }) => sql !== undefined && /ALTER COLUMN \S+ TYPE/.test(sql));
}

function fileName(column: string, provenance: boolean): string {
  return provenance && PROVENANCE_NAMES.has(column.toLowerCase()) ? `${column}__user` : column;
}

function checkColumn(
  table: TruthTable,
  file: string,
  column: ExpectedColumn,
  physical: EngineTable,
  duckdb: EngineTable,
  say: Say,
): void {
  const { name, form, sqlType, duckdbType } = column;
  const place = physical.columnNames.indexOf(name);
  if (place < 0) return;
  const actual = physical.columnTypes[place] ?? '';
  // A column that lost cells has NULLs, whatever its type.
  const allowed = typeof table.damage === 'string' ? [form, form.replace(/^REQUIRED/, 'OPTIONAL')] : [form];
  if (!allowed.includes(actual)) say(`form of ${sqlType}`, `${file}: ${name} is ${actual}; expected ${form}`);
  const seen = duckdb.columnTypes[place];
  if (seen !== duckdbType) say(`${sqlType} in DuckDB`, `${file}: ${name} is ${seen}; expected ${duckdbType}`);
}

interface QuestdbMetadata {
  readonly version: number;
  readonly schema: readonly { readonly column_type: number; readonly column_top: number; readonly format?: number }[];
}

/** `questdb` metadata is ignored by `read_parquet()`, or fails the file, unless it has one right element a column. */
function checkQuestdbMetadata(file: string, columns: readonly ExpectedColumn[], physical: ParquetFile, say: Say): void {
  const text = physical.metadata.key_value_metadata?.find(({ key }) => key === 'questdb')?.value;
  if (text === undefined) {
    say('questdb metadata', `${file} has none`);
    return;
  }
  const { version, schema } = JSON.parse(text) as QuestdbMetadata;
  const codes = schema.map(({ column_type }) => column_type).join();
  const expected = columns.map(({ typeCode }) => typeCode).join();
  if (version !== 1 || codes !== expected) {
    say('questdb metadata', `${file}: version ${version}, types ${codes}; expected ${expected}`);
  }
  const odd = schema.find(
    ({ column_type, column_top, format }) =>
      column_top !== 0 || !(format === undefined || (format === 1 && column_type === 12)),
  );
  if (odd !== undefined) say('questdb metadata', `${file}: element ${JSON.stringify(odd)}`);
}
