import { ColumnTag, type ColumnType } from '../columnType.js';
import type { Source } from '../source/source.js';
import { arrayFormat } from './array.js';
import { BINARY_FORMAT } from './binary.js';
import { decodeBoolean } from './boolean.js';
import type { ColumnReader, SegmentColumn } from './columnReader.js';
import { decimalDecoder } from './decimal.js';
import { openColumnFile } from './file.js';
import {
  decodeDouble,
  decodeFloat,
  decodeNullable,
  decodeNullableWord,
  decodeWidened,
  type FixedDecoder,
  fixedReader,
} from './fixed.js';
import { decodeGeohash, decodeLongGeohash } from './geohash.js';
import { NULL_INT_WORD, NULL_IPV4_WORD, NULL_LONG_WORDS, NULL_LONG256_WORDS, NULL_UUID_WORDS } from './nullWords.js';
import { STRING_FORMAT } from './string.js';
import { symbolDecoder } from './symbol.js';
import { DESIGNATED_STRIDE, designatedDecoder } from './timestamp.js';
import { decodeUuid } from './uuid.js';
import { VARCHAR_FORMAT } from './varchar.js';
import { type VarFormat, varSizeReader } from './varSize.js';
import { int8sOf, int16sOf, int32sOf, uint16sOf } from './views.js';

export type { ColumnRead, ColumnReader, SegmentColumn } from './columnReader.js';
export type { RowRange } from './rows.js';

/**
 * Opens one column of one WAL segment. Files that are missing or can't be opened are no error: reading tells what that costs
 * (`column_missing`, `column_unreadable`). What a chunk holds is described in `columnChunk.ts`; values are as Parquet stores
 * them: UUID in RFC order, DECIMAL big-endian, types below 32 bits as int32, LONG128 and LONG256 as QuestDB has them.
 */
export function openColumn(source: Source, column: SegmentColumn): ColumnReader {
  const { path, type } = column;
  const data = openColumnFile(source, `${path}.d`);
  const varFormat = varFormatOf(type);
  if (varFormat !== undefined) {
    return varSizeReader(
      column,
      { data, aux: openColumnFile(source, `${path}.i`), rowCount: column.rowCount },
      varFormat,
    );
  }
  if (column.designated) return fixedReader(column, data, DESIGNATED_STRIDE, designatedDecoder(column.rowCount));
  return fixedReader(column, data, type.width, fixedDecoderOf(column));
}

function varFormatOf({ tag, dimensions }: ColumnType): VarFormat | undefined {
  switch (tag) {
    case ColumnTag.STRING:
      return STRING_FORMAT;
    case ColumnTag.BINARY:
      return BINARY_FORMAT;
    case ColumnTag.VARCHAR:
      return VARCHAR_FORMAT;
    case ColumnTag.ARRAY:
      return arrayFormat(dimensions);
    default:
      return undefined;
  }
}

function fixedDecoderOf({ type, symbols }: SegmentColumn): FixedDecoder {
  switch (type.tag) {
    case ColumnTag.BOOLEAN:
      return decodeBoolean;
    case ColumnTag.BYTE:
      return decodeWidened(int8sOf);
    case ColumnTag.SHORT:
      return decodeWidened(int16sOf);
    case ColumnTag.CHAR:
      return decodeWidened(uint16sOf);
    case ColumnTag.INT:
      return decodeNullableWord(NULL_INT_WORD);
    case ColumnTag.LONG:
    case ColumnTag.DATE:
    case ColumnTag.TIMESTAMP:
      return decodeNullable(NULL_LONG_WORDS);
    case ColumnTag.FLOAT:
      return decodeFloat;
    case ColumnTag.DOUBLE:
      return decodeDouble;
    case ColumnTag.SYMBOL:
      return symbolDecoder(symbols);
    case ColumnTag.LONG256:
      return decodeNullable(NULL_LONG256_WORDS);
    case ColumnTag.GEOBYTE:
      return decodeGeohash(int8sOf, type.geoBits);
    case ColumnTag.GEOSHORT:
      return decodeGeohash(int16sOf, type.geoBits);
    case ColumnTag.GEOINT:
      return decodeGeohash(int32sOf, type.geoBits);
    case ColumnTag.GEOLONG:
      return decodeLongGeohash(type.geoBits);
    case ColumnTag.UUID:
      return decodeUuid;
    case ColumnTag.LONG128:
      return decodeNullable(NULL_UUID_WORDS);
    case ColumnTag.IPV4:
      return decodeNullableWord(NULL_IPV4_WORD);
    case ColumnTag.STRING:
    case ColumnTag.BINARY:
    case ColumnTag.VARCHAR:
    case ColumnTag.ARRAY:
      throw new Error(`${type.name} is not a fixed-size type`);
    default:
      return decimalDecoder(type.width);
  }
}
