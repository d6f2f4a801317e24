/** `<column>.d` of STRING, BINARY, VARCHAR and ARRAY columns: values at the places that the `.i` file tells. */
import { ArrayAux } from '../../../generated/ArrayAux.js';
import { ArrayData } from '../../../generated/ArrayData.js';
import { BinaryValue } from '../../../generated/BinaryValue.js';
import { Str16 } from '../../../generated/Str16.js';
import { VarcharAux } from '../../../generated/VarcharAux.js';
import { ColumnTag } from '../../columnType.js';
import { attempt } from '../../files.js';
import { openWindow, readInt64s } from '../../kaitai/cursor.js';
import { parse, parseLean, sizeOf } from '../../kaitai/parse.js';
import type { Env } from '../env.js';
import { type Children, childPath, type Field } from '../field.js';
import { nodeField } from '../node.js';
import { ownerText, type Rows, rowProblem, rowText, stretchOf } from '../rowReader.js';
import { counted } from '../told.js';
import { sibling } from './symbols.js';

/** Where a row's value is in `.d`; length 0 for NULL and for what is wholly in the entry. */
interface ValuePlace {
  readonly offset: number;
  readonly length: number;
}

const NOWHERE: ValuePlace = { offset: Number.NaN, length: 0 };
const OFFSET_BYTES = BigInt64Array.BYTES_PER_ELEMENT;

/** The places of values, from the `.i` file. */
function placesOf(env: Env, tag: number): (row: number) => ValuePlace {
  const path = sibling(env.file.path, 'i');
  const opened = attempt(path, () => env.facts.source.open(path));
  if (opened.damage !== undefined) return () => NOWHERE;
  const window = openWindow(opened.value, 64 * 1024);
  const bytesAt = (offset: number, length: number): Uint8Array =>
    attempt(path, () => window.bytes(offset, length)).value ?? new Uint8Array(0);
  if (tag === ColumnTag.STRING || tag === ColumnTag.BINARY) {
    return (row) => {
      const [start, end] = attempt(path, () => readInt64s(opened.value, row * OFFSET_BYTES, 2)).value ?? [];
      return start === undefined || end === undefined
        ? NOWHERE
        : { offset: Number(start), length: Number(end - start) };
    };
  }
  if (tag === ColumnTag.VARCHAR) {
    return (row) => {
      const { value, failure } = parseLean(
        VarcharAux.Entry,
        bytesAt(row * sizeOf(VarcharAux.Entry), sizeOf(VarcharAux.Entry)),
      );
      if (failure !== undefined) return NOWHERE;
      return { offset: value.ofsValue, length: value.isNull || value.isInlined ? 0 : value.lenValue };
    };
  }
  return (row) => {
    const { value, failure } = parseLean(ArrayAux.Entry, bytesAt(row * sizeOf(ArrayAux.Entry), sizeOf(ArrayAux.Entry)));
    return failure === undefined ? { offset: value.ofsValue, length: value.lenValue } : NOWHERE;
  };
}

const isInside = ({ offset, length }: ValuePlace, size: number): boolean =>
  offset >= 0 && length > 0 && offset + length <= size;

/** The name of the list in the specification of the type. */
const listName = (tag: number): string => (tag === ColumnTag.VARCHAR ? 'texts' : 'values');

function valueField(env: Env, rows: Rows, row: number, place: ValuePlace): Field {
  const { tag, dimensions } = rows.type;
  const list = listName(tag);
  const name = `[${row}]`;
  const path = childPath(list, name);
  const cell = rows.cell(row);
  const problem = rowProblem(cell);
  const inside = isInside(place, env.file.size);
  const common = {
    name,
    path,
    file: env.file,
    role: tag === ColumnTag.ARRAY || tag === ColumnTag.BINARY ? 'value' : 'text',
    value: cell.value,
    meaning: rowText(rows, row, cell),
    ...(problem === undefined ? {} : { problem }),
  } as const;
  if (!inside) {
    const where = cell.value === null ? '' : ', wholly in the .i file';
    const offset = Number.isFinite(place.offset) ? Math.min(Math.max(place.offset, 0), env.file.size) : 0;
    return { ...common, kind: 'computed', offset, length: 0, meaning: common.meaning + where };
  }
  const { offset, length } = place;
  if (tag === ColumnTag.VARCHAR) return { ...common, kind: 'leaf', offset, length };
  const bytes = env.file.bytes(offset, length);
  const parsed =
    tag === ColumnTag.STRING
      ? parse(Str16, bytes)
      : tag === ColumnTag.BINARY
        ? parse(BinaryValue, bytes)
        : parse(ArrayData, bytes, dimensions);
  const piece = { name, path, start: 0, end: length, index: row };
  const field = nodeField(parsed.value, piece, { env, base: offset, path: list });
  return { ...field, ...common };
}

/** The values of a column as a list over its rows. */
export function varDataList(env: Env, rows: Rows): Field {
  const { tag } = rows.type;
  const places = placesOf(env, tag);
  const last = rows.count === 0 ? NOWHERE : places(rows.count - 1);
  const end = Number.isNaN(last.offset)
    ? 0
    : Math.min(env.file.size, Math.max(0, last.offset + Math.max(0, last.length)));
  const children: Children = {
    count: rows.count,
    at: (row) => valueField(env, rows, row, places(row)),
    positionOf: (row) => (row >= 0 && row < rows.count ? row : undefined),
    covering(offset) {
      let [low, high] = [0, rows.count];
      while (low < high) {
        const middle = (low + high) >>> 1;
        const { offset: start, length } = places(middle);
        if (start + length <= offset) low = middle + 1;
        else high = middle;
      }
      const place = places(low);
      return low < rows.count && isInside(place, env.file.size) && place.offset <= offset ? low : undefined;
    },
  };
  return {
    name: listName(tag),
    path: listName(tag),
    kind: 'list',
    role: 'structure',
    file: env.file,
    offset: 0,
    length: end,
    meaning: `${counted(rows.count, 'row')}${ownersText(rows)}`,
    children,
  };
}

function ownersText({ stretches }: Rows): string {
  const [first] = stretches;
  return first === undefined || stretches.length > 1 ? '' : `, all of ${ownerText(stretchOf(stretches, first.lo))}`;
}
