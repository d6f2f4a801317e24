/** How the entries of a column's files are laid out, by the column's type. */
import { ArrayAux } from '../../generated/ArrayAux.js';
import { StringAux } from '../../generated/StringAux.js';
import { TimestampData } from '../../generated/TimestampData.js';
import { VarcharAux } from '../../generated/VarcharAux.js';
import { ColumnTag } from '../columnType.js';
import { sizeOf } from '../kaitai/parse.js';
import type { GeneratedType, KaitaiNode } from '../kaitai/types.js';
import { rowWidth } from '../rowEvidence.js';
import { type LiveColumn, liveColumns, readSegmentSchema } from '../schema.js';
import type { Source } from '../source/source.js';

/** Bytes of an entry of `.i` for STRING and BINARY: one int64. */
const OFFSET_BYTES = BigInt64Array.BYTES_PER_ELEMENT;

/** The column whose file stands at `path` in a segment, by the segment's own `_meta`. */
export function columnOfFile(source: Source, path: string): LiveColumn | undefined {
  const cut = path.lastIndexOf('/');
  const name = path.slice(cut + 1).replace(/\.[di]$/, '');
  const schema = readSegmentSchema(source, path.slice(0, cut)).value;
  return schema === undefined ? undefined : liveColumns(schema).find((column) => column.name === name);
}

/** The specification of a column's `.i`, or of its `.d` where that has one of rows; `undefined` where it has none. */
export function columnSpec(column: LiveColumn, file: 'aux' | 'data'): GeneratedType<KaitaiNode> | undefined {
  if (file === 'data') return column.designated ? TimestampData : undefined;
  switch (column.type?.tag) {
    case ColumnTag.VARCHAR:
      return VarcharAux;
    case ColumnTag.ARRAY:
      return ArrayAux;
    default:
      return column.type?.hasAux === true ? StringAux : undefined;
  }
}

/** Bytes of one row's entry in a file; 0 for a `.d` of values of different sizes. */
export function entryBytes(column: LiveColumn, file: 'aux' | 'data'): number {
  if (file === 'data') return rowWidth(column);
  switch (column.type?.tag) {
    case ColumnTag.VARCHAR:
      return sizeOf(VarcharAux.Entry);
    case ColumnTag.ARRAY:
      return sizeOf(ArrayAux.Entry);
    default:
      return OFFSET_BYTES;
  }
}
