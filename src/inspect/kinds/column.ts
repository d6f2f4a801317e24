/** Column files of a segment: rows decoded by the segment's own `_meta`, each with its transaction. */
import { ArrayAux } from '../../../generated/ArrayAux.js';
import { StringAux } from '../../../generated/StringAux.js';
import { TimestampData } from '../../../generated/TimestampData.js';
import { VarcharAux } from '../../../generated/VarcharAux.js';
import { DESIGNATED_STRIDE } from '../../columns/timestamp.js';
import { ColumnTag } from '../../columnType.js';
import { join, SEGMENT_FILES } from '../../files.js';
import { parse } from '../../kaitai/parse.js';
import { addProblem, type Env } from '../env.js';
import { nameText } from '../escape.js';
import type { SegmentFacts } from '../facts.js';
import { childPath, type Field, problemOf } from '../field.js';
import { preallocated, withGaps } from '../fill.js';
import { openRowReader, ownerText, type Rows, rowProblem, rowText, stretchOf } from '../rowReader.js';
import { counted } from '../told.js';
import { type Finder, type Indexes, int64List, type KindFields, recordList, stridedList } from './kind.js';
import { rawFields } from './raw.js';
import { varDataList } from './varData.js';

/** Rows that are decoded to find damage, unless all of the file is asked for. */
const MAX_CHECKED_ROWS = 65_536;

const TAIL = preallocated(['stale', 'behind the last row: of rows that were rolled back, or of no meaning']);
const TAIL_IN_DOUBT = preallocated([
  'unread',
  'behind the last row that _event tells of: the rows of its lost records may be here',
]);

/** True when records of the segment's `_event` are lost: then nobody knows how many rows there are. */
const isInDoubt = ({ opened, folder }: SegmentFacts): boolean =>
  opened.damage.some(({ file, severity }) => severity === 'loss' && file === join(folder, SEGMENT_FILES.event));

/** `<column>.d` of a fixed-size type. */
function fixedRows(env: Env, rows: Rows): Field {
  const stride = rows.type.width;
  const count = Math.min(rows.count, Math.floor(env.file.size / stride));
  return stridedList(env, { name: 'rows', offset: 0, stride, count, one: 'row' }, (row) => {
    const cell = rows.cell(row);
    const problem = rowProblem(cell);
    return {
      name: `[${row}]`,
      path: childPath('rows', `[${row}]`),
      kind: 'leaf',
      role: rows.type.tag === ColumnTag.TIMESTAMP || rows.type.tag === ColumnTag.DATE ? 'time' : 'value',
      file: env.file,
      offset: row * stride,
      length: stride,
      value: cell.value,
      meaning: rowText(rows, row, cell),
      ...(problem === undefined ? {} : { problem }),
    };
  });
}

/** Adds a row's transaction, and its problem, to its field. */
function withRow(rows: Rows, row: number, field: Field): Field {
  const cell = rows.cell(row);
  const problem = rowProblem(cell) ?? field.problem;
  const owner = ownerText(stretchOf(rows.stretches, row));
  const meaning = field.meaning === undefined ? owner : `${field.meaning}, ${owner}`;
  return { ...field, meaning, ...(problem === undefined ? {} : { problem }) };
}

function mapList(list: Field, map: (row: number, field: Field) => Field): Field {
  const { children } = list;
  if (children === undefined) return list;
  return { ...list, children: { ...children, at: (position) => map(position, children.at(position)) } };
}

/** The designated timestamp's `.d`: a time and a row number for each row. */
function timestampRows(env: Env, rows: Rows): Field {
  const count = Math.min(rows.count, Math.floor(env.file.size / DESIGNATED_STRIDE));
  const list = recordList(env, TimestampData.Entry, { name: 'entries', offset: 0, count, one: 'row' });
  return mapList(list, (row, field) => withRow(rows, row, field));
}

/** `<column>.i`. */
function auxRows(env: Env, rows: Rows): Field {
  if (rows.type.tag === ColumnTag.STRING || rows.type.tag === ColumnTag.BINARY) {
    const root = parse(StringAux, new Uint8Array(0)).value;
    const count = Math.min(rows.count + 1, Math.floor(env.file.size / BigInt64Array.BYTES_PER_ELEMENT));
    const place = { name: 'entries', offset: 0, count, one: 'entry' };
    const list = int64List(env, root, place, (_, index) =>
      index === rows.count
        ? 'end of the last row'
        : `start of row ${index}, ${ownerText(stretchOf(rows.stretches, index))}`,
    );
    return { ...list, meaning: counted(count, 'entry', 'entries') };
  }
  const type = rows.type.tag === ColumnTag.VARCHAR ? VarcharAux.Entry : ArrayAux.Entry;
  const count = Math.min(rows.count, Math.floor(env.file.size / (type.byteSize ?? 1)));
  const list = recordList<VarcharAux.Entry | ArrayAux.Entry>(env, type, {
    name: 'entries',
    offset: 0,
    count,
    one: 'row',
  });
  return mapList(list, (row, field) => withRow(rows, row, field));
}

/** How many rows are looked at to tell what is wrong. */
function checkedRows(env: Env, rows: Rows): number {
  return env.limitBytes === Number.POSITIVE_INFINITY ? rows.count : Math.min(rows.count, MAX_CHECKED_ROWS);
}

function columnText({ column, type, count }: Rows, checked: number, inDoubt: boolean): string {
  const role = column.designated ? ', designated timestamp' : '';
  const known = inDoubt && count === 0 ? 'rows of which nothing is known' : counted(count, 'row');
  const more = inDoubt && count > 0 ? ' and those of lost records' : '';
  const rest = checked < count ? ` (the first ${checked} were checked)` : '';
  return `${nameText(column.name)} ${type.name}${role}, ${known}${more}${rest}`;
}

/** Why a column file is shown as bytes. */
function rawText(segment: SegmentFacts | undefined): string | undefined {
  if (segment === undefined) return 'a column file; what it holds is not told by the files around it';
  return segment.opened.schema === undefined
    ? 'a column file; its segment has no _meta that tells what it holds'
    : undefined;
}

function finder(rows: Rows, list: string): Finder {
  return {
    list,
    hasRows: true,
    txn: (txn) =>
      rows.stretches
        .filter(({ transactions }) => transactions.some((each) => each.segmentTxn === txn))
        .map(({ lo, hi }): Indexes => [lo, hi - 1]),
  };
}

/** `<column>.d` or `<column>.i` in a segment. */
export function columnFields(env: Env): KindFields {
  const match = /^(.*)\.([di])$/su.exec(env.place.name);
  const [, name = '', letter = ''] = match ?? [];
  const segment = env.facts.segment();
  const column = segment?.opened.columns.findLast((each) => each.name === name);
  const rows = segment === undefined || column === undefined ? undefined : openRowReader(segment, column);
  if (rows === undefined || segment === undefined || (letter === 'i' && !rows.type.hasAux))
    return rawFields(env, 'column', rawText(segment));
  const checked = checkedRows(env, rows);
  const ownName = `${segment.folder}/${env.place.name}`;
  for (const one of rows.check(0, checked)) {
    if (one.file === ownName) addProblem(env, problemOf({ ...one, file: env.file.path }, env.file.path));
    else if (/\.[di]$/.test(one.file)) addProblem(env, problemOf(one, env.file.path));
  }
  const list =
    letter === 'i'
      ? auxRows(env, rows)
      : rows.type.hasAux
        ? varDataList(env, rows)
        : rows.column.designated
          ? timestampRows(env, rows)
          : fixedRows(env, rows);
  const short = env.problems.all.find(({ byteOffset }) => byteOffset !== undefined && byteOffset >= env.file.size);
  const known = short === undefined ? list : { ...list, problem: short };
  const inDoubt = isInDoubt(segment);
  const tail = inDoubt ? TAIL_IN_DOUBT : TAIL;
  const fields = withGaps(env, '', list.length === 0 && short === undefined ? [] : [known], [0, env.file.size], tail);
  return { fields, meaning: columnText(rows, checked, inDoubt), find: finder(rows, list.name) };
}
