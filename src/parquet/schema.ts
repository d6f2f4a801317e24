/**
 * How a QuestDB column is declared in a Parquet file: physical type, annotation and repetition as QuestDB's own encoder
 * writes them (Rust `parquet_write/schema.rs`, `column_type_to_parquet_type`), so that every reader sees the same
 * types in both.
 */
import type { ConvertedType, LogicalType, SchemaElement } from 'hyparquet';
import { ColumnTag, type ColumnType } from '../columnType.js';

export type PhysicalType = 'BOOLEAN' | 'INT32' | 'INT64' | 'FLOAT' | 'DOUBLE' | 'BYTE_ARRAY' | 'FIXED_LEN_BYTE_ARRAY';

/** One top-level column of the file; it has exactly one leaf. */
export interface ParquetColumn {
  readonly name: string;
  /** `column_type` of the `questdb` metadata: the stored code; never has the designated bit 17. */
  readonly questdbCode: number;
  /** Of the leaf. */
  readonly type: PhysicalType;
  /** Bytes of a FIXED_LEN_BYTE_ARRAY value; else 0. */
  readonly typeLength: number;
  readonly logical?: LogicalType;
  readonly converted?: ConvertedType;
  /** REQUIRED: no value is ever NULL. */
  readonly required: boolean;
  /** Nesting of LISTs around the leaf; 0 for all but ARRAY. */
  readonly dimensions: number;
  /** Text: BYTE_ARRAY whose STRING annotation depends on the values of the whole file. */
  readonly text: boolean;
  /** What the encoder should make of values that are not constants, runs or dictionaries. */
  readonly encoding: 'PLAIN' | 'DELTA_BINARY_PACKED' | 'DELTA_LENGTH_BYTE_ARRAY';
  /** True where row groups carry min, max and null count. */
  readonly statistics: boolean;
  /** True for the table's designated timestamp. */
  readonly designated: boolean;
}

/** What the caller knows about a column beyond its type. */
export interface ColumnRole {
  /** The table's designated timestamp. */
  readonly designated?: boolean;
  /** Cells were lost: the column is OPTIONAL whatever its type. */
  readonly lossy?: boolean;
  /** Carries min, max and null count (the designated timestamp always does); only INT64 columns can. */
  readonly statistics?: boolean;
}

interface Storage {
  readonly type: PhysicalType;
  readonly typeLength?: number;
  readonly logical?: LogicalType;
  readonly converted?: ConvertedType;
  readonly required?: boolean;
  readonly text?: boolean;
  readonly encoding?: ParquetColumn['encoding'];
}

const integer = (bitWidth: number, isSigned: boolean): Pick<Storage, 'logical' | 'converted'> => ({
  logical: { type: 'INTEGER', bitWidth, isSigned },
  converted: `${isSigned ? 'INT' : 'UINT'}_${bitWidth}` as ConvertedType,
});
const timestamp = (unit: 'MILLIS' | 'MICROS' | 'NANOS'): Storage => ({
  type: 'INT64',
  encoding: 'DELTA_BINARY_PACKED',
  logical: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit },
  ...(unit === 'NANOS' ? {} : { converted: `TIMESTAMP_${unit}` as ConvertedType }),
});
const TEXT: Storage = { type: 'BYTE_ARRAY', text: true, encoding: 'DELTA_LENGTH_BYTE_ARRAY' };

const STORAGE: Partial<Record<ColumnTag, Storage>> = {
  [ColumnTag.BOOLEAN]: { type: 'BOOLEAN', required: true },
  [ColumnTag.BYTE]: { type: 'INT32', required: true, ...integer(8, true) },
  [ColumnTag.SHORT]: { type: 'INT32', required: true, ...integer(16, true) },
  [ColumnTag.CHAR]: { type: 'INT32', required: true, ...integer(16, false) },
  [ColumnTag.INT]: { type: 'INT32' },
  [ColumnTag.LONG]: { type: 'INT64' },
  [ColumnTag.DATE]: timestamp('MILLIS'),
  [ColumnTag.FLOAT]: { type: 'FLOAT' },
  [ColumnTag.DOUBLE]: { type: 'DOUBLE' },
  [ColumnTag.STRING]: TEXT,
  [ColumnTag.SYMBOL]: TEXT,
  [ColumnTag.VARCHAR]: TEXT,
  [ColumnTag.BINARY]: { type: 'BYTE_ARRAY', encoding: 'DELTA_LENGTH_BYTE_ARRAY' },
  [ColumnTag.LONG256]: { type: 'FIXED_LEN_BYTE_ARRAY', typeLength: 32 },
  [ColumnTag.GEOBYTE]: { type: 'INT32', ...integer(8, true) },
  [ColumnTag.GEOSHORT]: { type: 'INT32', ...integer(16, true) },
  [ColumnTag.GEOINT]: { type: 'INT32', ...integer(32, true) },
  [ColumnTag.GEOLONG]: { type: 'INT64', ...integer(64, true) },
  [ColumnTag.UUID]: { type: 'FIXED_LEN_BYTE_ARRAY', typeLength: 16, logical: { type: 'UUID' } },
  [ColumnTag.LONG128]: { type: 'FIXED_LEN_BYTE_ARRAY', typeLength: 16 },
  [ColumnTag.IPV4]: { type: 'INT32', ...integer(32, false) },
  [ColumnTag.ARRAY]: { type: 'DOUBLE' },
};

function storageOf(type: ColumnType): Storage {
  if (type.tag === ColumnTag.TIMESTAMP) return timestamp(type.nanos ? 'NANOS' : 'MICROS');
  if (type.tag >= ColumnTag.DECIMAL8) {
    return {
      type: 'FIXED_LEN_BYTE_ARRAY',
      typeLength: type.width,
      logical: { type: 'DECIMAL', precision: type.precision, scale: type.scale },
      converted: 'DECIMAL',
    };
  }
  const storage = STORAGE[type.tag];
  if (storage === undefined) throw new Error(`no Parquet form for column type ${type.name}`);
  return storage;
}

/**
 * The declaration of a column of type `type`: annotation and repetition as QuestDB 9.3.4 writes them, but every column
 * with lost cells is OPTIONAL. Arrays are nested LISTs of DOUBLE.
 */
export function parquetColumnOf(name: string, type: ColumnType, role: ColumnRole = {}): ParquetColumn {
  const { designated = false, lossy = false, statistics = false } = role;
  const storage = storageOf(type);
  return {
    name,
    questdbCode: type.code,
    type: storage.type,
    typeLength: storage.typeLength ?? 0,
    ...(storage.logical === undefined ? {} : { logical: storage.logical }),
    ...(storage.converted === undefined ? {} : { converted: storage.converted }),
    required: !lossy && (designated || storage.required === true),
    dimensions: type.dimensions,
    text: storage.text === true,
    encoding: storage.encoding ?? 'PLAIN',
    statistics: (designated || statistics) && storage.type === 'INT64',
    designated,
  };
}

const LIST = { logical_type: { type: 'LIST' }, converted_type: 'LIST' } as const;

/** The schema elements of one column, parents before children; `stringAnnotated`: its text is valid UTF-8 throughout. */
function columnElements(column: ParquetColumn, fieldId: number, stringAnnotated: boolean): SchemaElement[] {
  const repetition_type = column.required ? 'REQUIRED' : 'OPTIONAL';
  const annotation: Partial<SchemaElement> = stringAnnotated
    ? { logical_type: { type: 'STRING' }, converted_type: 'UTF8' }
    : {
        ...(column.logical === undefined ? {} : { logical_type: column.logical }),
        ...(column.converted === undefined ? {} : { converted_type: column.converted }),
        ...(column.logical?.type === 'DECIMAL'
          ? { precision: column.logical.precision, scale: column.logical.scale }
          : {}),
      };
  const leaf: SchemaElement = {
    name: column.name,
    type: column.type,
    ...(column.typeLength === 0 ? {} : { type_length: column.typeLength }),
    repetition_type,
    field_id: fieldId,
    ...annotation,
  };
  if (column.dimensions === 0) return [leaf];
  const elements: SchemaElement[] = [
    { name: column.name, repetition_type, num_children: 1, field_id: fieldId, ...LIST },
  ];
  for (let dimension = 1; dimension < column.dimensions; dimension += 1) {
    elements.push({ name: 'list', repetition_type: 'REPEATED', num_children: 1 });
    elements.push({ name: 'list', repetition_type: 'REQUIRED', num_children: 1, ...LIST });
  }
  elements.push({ name: 'list', repetition_type: 'REPEATED', num_children: 1 });
  elements.push({ name: 'element', repetition_type: 'OPTIONAL', type: 'DOUBLE' });
  return elements;
}

/** The whole schema in the order of the file; `field_id` is the position of the top-level column. */
export function schemaElements(columns: readonly ParquetColumn[], notUtf8: ReadonlySet<string>): SchemaElement[] {
  const root: SchemaElement = { name: 'schema', num_children: columns.length };
  return [
    root,
    ...columns.flatMap((column, index) => columnElements(column, index, column.text && !notUtf8.has(column.name))),
  ];
}

/** The path of a column's leaf, as column chunks name it; QuestDB calls the lists inside a list `list` too. */
export function leafPath(column: ParquetColumn): string[] {
  const path = [column.name];
  for (let dimension = 1; dimension < column.dimensions; dimension += 1) path.push('list', 'list');
  if (column.dimensions > 0) path.push('list', 'element');
  return path;
}
