/**
 * How a QuestDB column shows itself to Arrow users.
 */
import {
  Binary,
  Bool,
  type DataType,
  Decimal,
  Dictionary,
  Field,
  FixedSizeBinary,
  Float32,
  Float64,
  Int8,
  Int16,
  Int32,
  Int64,
  List,
  TimestampMicrosecond,
  TimestampMillisecond,
  TimestampNanosecond,
  Uint16,
  Uint32,
  Utf8,
} from 'apache-arrow';
import { ColumnTag, type ColumnType, columnTypeOf } from '../columnType.js';
import type { ParquetColumn } from '../parquet/schema.js';

/** Field metadata: the column's type as QuestDB's SQL writes it. */
export const QUESTDB_TYPE_KEY = 'questdb:type';
const UTC = 'UTC';
/** Digits that a 128-bit decimal holds. */
const MAX_DECIMAL128_PRECISION = 38;

const SIMPLE: Partial<Record<ColumnTag, () => DataType>> = {
  [ColumnTag.BOOLEAN]: () => new Bool(),
  [ColumnTag.BYTE]: () => new Int8(),
  [ColumnTag.SHORT]: () => new Int16(),
  [ColumnTag.CHAR]: () => new Uint16(),
  [ColumnTag.INT]: () => new Int32(),
  [ColumnTag.LONG]: () => new Int64(),
  [ColumnTag.DATE]: () => new TimestampMillisecond(UTC),
  [ColumnTag.FLOAT]: () => new Float32(),
  [ColumnTag.DOUBLE]: () => new Float64(),
  [ColumnTag.STRING]: () => new Utf8(),
  [ColumnTag.VARCHAR]: () => new Utf8(),
  [ColumnTag.LONG256]: () => new FixedSizeBinary(32),
  [ColumnTag.GEOBYTE]: () => new Int8(),
  [ColumnTag.GEOSHORT]: () => new Int16(),
  [ColumnTag.GEOINT]: () => new Int32(),
  [ColumnTag.GEOLONG]: () => new Int64(),
  [ColumnTag.BINARY]: () => new Binary(),
  [ColumnTag.UUID]: () => new FixedSizeBinary(16),
  [ColumnTag.LONG128]: () => new FixedSizeBinary(16),
  [ColumnTag.IPV4]: () => new Uint32(),
};

/** The Arrow type of a column; `dictionaryId` tells the SYMBOL columns of a schema apart. */
export function arrowTypeOf(type: ColumnType, dictionaryId: number): DataType {
  if (type.tag === ColumnTag.TIMESTAMP)
    return type.nanos ? new TimestampNanosecond(UTC) : new TimestampMicrosecond(UTC);
  if (type.tag === ColumnTag.SYMBOL) return new Dictionary(new Utf8(), new Int32(), dictionaryId);
  if (type.tag === ColumnTag.ARRAY) return listType(type.dimensions);
  if (type.tag >= ColumnTag.DECIMAL8) {
    return new Decimal(type.scale, type.precision, type.precision > MAX_DECIMAL128_PRECISION ? 256 : 128);
  }
  const make = SIMPLE[type.tag];
  if (make === undefined) throw new Error(`no Arrow form for column type ${type.name}`);
  return make();
}

function listType(dimensions: number): DataType {
  let inner: DataType = new Float64();
  for (let dimension = dimensions; dimension > 0; dimension -= 1) {
    inner = new List(new Field('element', inner, dimension === dimensions));
  }
  return inner;
}

/** The field of a column, with its QuestDB type as metadata; UUIDs also bear Arrow's own extension name. */
export function arrowFieldOf(column: ParquetColumn, index: number): Field {
  const type = columnTypeOf(column.questdbCode);
  if (type === undefined) throw new Error(`column ${column.name} has no QuestDB type`);
  const metadata = new Map([[QUESTDB_TYPE_KEY, type.name]]);
  if (type.tag === ColumnTag.UUID) metadata.set('ARROW:extension:name', 'arrow.uuid');
  return new Field(column.name, arrowTypeOf(type, index), !column.required, metadata);
}
