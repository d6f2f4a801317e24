/**
 * Parquet files read by two engines that are not our encoder, cell by cell, nothing rounded (cells: truthColumns.ts).
 */
import { readFileSync } from 'node:fs';
import {
  DuckDBBlobValue,
  type DuckDBConnection,
  DuckDBDecimalValue,
  DuckDBInstance,
  DuckDBListValue,
  DuckDBTimestampTZValue,
  DuckDBUUIDValue,
  type DuckDBValue,
} from '@duckdb/node-api';
import {
  type FileMetaData,
  parquetMetadata,
  parquetRead,
  parquetSchema,
  type SchemaElement,
  type SchemaTree,
} from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import {
  bytesCell,
  type Cell,
  type CellKind,
  doubleCell,
  floatCell,
  listCell,
  type NestedNumbers,
  roundedCell,
} from './truthColumns.js';

/** A file as an engine shows it. */
export interface EngineTable {
  readonly rowCount: number;
  /** In the order of the file. */
  readonly columnNames: readonly string[];
  /** The engine's own words for each column's type. */
  readonly columnTypes: readonly string[];
  /** The cells of a column, one a row, read as `kind`; a value that is not of that kind gives a cell that says so. */
  cells(column: number, kind: CellKind): readonly Cell[];
}

export interface ParquetFile extends EngineTable {
  readonly metadata: FileMetaData;
}

/** A file through hyparquet: physical values, with all annotations taken away so that nothing is converted. */
export async function readWithHyparquet(path: string): Promise<ParquetFile> {
  const bytes = readFileSync(path);
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const metadata = parquetMetadata(file, { geoparquet: false });
  const tree = parquetSchema(metadata);
  const columns: unknown[][] = tree.children.map(() => []);
  const columnNames = tree.children.map((child) => child.element.name);
  if (new Set(columnNames).size !== columnNames.length) throw new Error(`${path} has two columns of one name`);
  await parquetRead({
    file,
    metadata: { ...metadata, schema: metadata.schema.map(withoutAnnotations) },
    compressors,
    utf8: false,
    geoparquet: false,
    onChunk: ({ columnName, columnData, rowStart }) => {
      const column = columns[columnNames.indexOf(columnName)];
      for (let i = 0; i < columnData.length; i++) if (column) column[rowStart + i] = columnData[i];
    },
  });
  return {
    metadata,
    rowCount: Number(metadata.num_rows),
    columnNames,
    columnTypes: tree.children.map(describeColumn),
    cells: (column, kind) => {
      const element = tree.children[column]?.element;
      const values = columns[column] ?? [];
      if (values.length !== Number(metadata.num_rows)) throw new Error(`${path}: column ${column} lacks rows`);
      return values.map((value) => physicalCell(value, kind, element));
    },
  };
}

function withoutAnnotations(element: SchemaElement): SchemaElement {
  if (element.type === undefined) return element;
  const { logical_type, converted_type, ...physical } = element;
  return physical;
}

function physicalCell(value: unknown, kind: CellKind, element: SchemaElement | undefined): Cell {
  if (value === null || value === undefined) return null;
  if (kind === 'boolean' && typeof value === 'boolean') return String(value);
  if (kind === 'integer' && typeof value === 'bigint') return value.toString();
  if (kind === 'integer' && typeof value === 'number') {
    return String(element?.converted_type === 'UINT_32' ? value >>> 0 : value);
  }
  if (kind === 'float' && typeof value === 'number') return floatCell(value);
  if (kind === 'double' && typeof value === 'number') return doubleCell(value);
  if (kind === 'bytes' && value instanceof Uint8Array) return bytesCell(value);
  if (kind === 'decimal' && value instanceof Uint8Array) return bigEndian(value).toString();
  if (kind === 'list' && Array.isArray(value)) return listCell(withNulls(value));
  return `not ${kind}: ${String(value)}`;
}

function withNulls(list: readonly unknown[]): NestedNumbers {
  return list.map((item) => (Array.isArray(item) ? withNulls(item) : ((item ?? null) as number | null)));
}

function bigEndian(bytes: Uint8Array): bigint {
  const value = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  return BigInt.asIntN(bytes.length * 8, value);
}

/** The form of a column: repetition, physical type, logical type `/` converted type; `LIST<…>` for a list. */
export function describeColumn(node: SchemaTree): string {
  const { element, children } = node;
  const repetition = element.repetition_type ?? '?';
  const annotations = [logicalText(element), element.converted_type ?? ''].filter((text) => text !== '').join('/');
  if (element.type === undefined) {
    const repeated = children[0];
    const item = repeated?.children[0];
    const isList = annotations === 'LIST/LIST' && children.length === 1 && repeated?.children.length === 1;
    if (isList && repeated?.element.repetition_type === 'REPEATED' && item) {
      return `${repetition} LIST<${describeColumn(item)}>`;
    }
    return `${repetition} group ${annotations}`;
  }
  const length = element.type === 'FIXED_LEN_BYTE_ARRAY' ? `(${element.type_length})` : '';
  return `${repetition} ${element.type}${length}${annotations === '' ? '' : ` ${annotations}`}`;
}

function logicalText({ logical_type: logical, precision, scale }: SchemaElement): string {
  if (logical === undefined) return '';
  switch (logical.type) {
    case 'INTEGER':
      return `INTEGER(${logical.bitWidth},${logical.isSigned})`;
    case 'TIMESTAMP':
      return `TIMESTAMP(${logical.unit},${logical.isAdjustedToUTC})`;
    case 'DECIMAL': {
      const text = `DECIMAL(${logical.precision},${logical.scale})`;
      return precision === logical.precision && (scale ?? 0) === logical.scale
        ? text
        : `${text} but ${precision},${scale}`;
    }
    default:
      return logical.type;
  }
}

let connection: Promise<DuckDBConnection> | undefined;

/** A file through DuckDB. Its timestamps end at µs and its decimals at 38 digits: `ExpectedColumn.duckdbCell`. */
export async function readWithDuckdb(path: string): Promise<EngineTable> {
  connection ??= DuckDBInstance.create(':memory:').then((instance) => instance.connect());
  const name = path.replaceAll("'", "''");
  const sql = `SELECT * FROM read_parquet('${name.replaceAll(/[*?[\]]/g, '[$&]')}', hive_partitioning = false)`;
  const reader = await (await connection).runAndReadAll(sql);
  const columns = reader.getColumns();
  return {
    rowCount: reader.currentRowCount,
    columnNames: reader.columnNames(),
    columnTypes: reader.columnTypes().map(String),
    cells: (column, kind) => (columns[column] ?? []).map((value) => duckdbCell(value, kind)),
  };
}

function duckdbCell(value: DuckDBValue, kind: CellKind): Cell {
  if (value === null) return null;
  if (kind === 'boolean' && typeof value === 'boolean') return String(value);
  if (kind === 'integer' && (typeof value === 'number' || typeof value === 'bigint')) return value.toString();
  if (kind === 'integer' && value instanceof DuckDBTimestampTZValue) return value.micros.toString();
  if (kind === 'float' && typeof value === 'number') return floatCell(value);
  if (kind === 'double' && typeof value === 'number') return doubleCell(value);
  if (kind === 'decimal' && typeof value === 'number') return roundedCell(value);
  if (kind === 'bytes' && value instanceof DuckDBBlobValue) return bytesCell(value.bytes);
  if (kind === 'bytes' && value instanceof DuckDBUUIDValue) return `x:${value.toString().replaceAll('-', '')}`;
  if (kind === 'bytes' && typeof value === 'string') return bytesCell(new TextEncoder().encode(value));
  if (kind === 'decimal' && value instanceof DuckDBDecimalValue) return value.value.toString();
  if (kind === 'list' && value instanceof DuckDBListValue) return listCell(listItems(value));
  return `not ${kind}: ${String(value)}`;
}

function listItems(list: DuckDBListValue): NestedNumbers {
  return list.items.map((item) => (item instanceof DuckDBListValue ? listItems(item) : (item as number | null)));
}
