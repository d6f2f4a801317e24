/** Parts of several files that belong together, as one tree. */
import { attempt, join, SEGMENT_FILES } from '../files.js';
import type { OpenedSegment } from '../openSegment.js';
import { RequestError } from '../requestError.js';
import type { Source } from '../source/source.js';
import { type Field, fixedChildren, type Problem, problemOf, sliceChildren } from './field.js';
import { noBytes } from './folder.js';
import { type FileTree, type InspectOptions, inspectFile } from './inspectFile.js';
import { selectFields } from './select.js';
import { rowsText, unreadableText } from './told.js';

/** A group of fields of several files. */
export function section(name: string, meaning: string, fields: readonly Field[], problem?: Problem): Field {
  return {
    name,
    path: '',
    kind: 'folder',
    role: 'structure',
    file: noBytes(name),
    offset: 0,
    length: 0,
    meaning,
    ...(problem === undefined ? {} : { problem }),
    children: fixedChildren(fields),
  };
}

/** A statement without bytes. */
export const fact = (name: string, meaning: string, problem?: Problem): Field => ({
  name,
  path: '',
  kind: 'computed',
  role: 'value',
  file: noBytes(name),
  offset: 0,
  length: 0,
  meaning,
  ...(problem === undefined ? {} : { problem }),
});

/** A file with nothing but the fields that matter. */
export function filePart(tree: FileTree, name: string, fields: readonly Field[]): Field {
  const named = fields.map((field) => (field.path === '' ? field : { ...field, name: field.path }));
  return { ...tree.root, name, children: fixedChildren(named) };
}

/** A line for a part that can't be had. */
export function missing(name: string, problem: string): Field {
  return fact(name, '', { severity: 'loss', message: problem });
}

/** The part of a file that belongs to the transaction; a line that says why when there is none. */
export function part(source: Source, path: string, name: string, options: InspectOptions, txn: number): Field {
  const opened = attempt(path, () => inspectFile(source, path, options));
  if (opened.damage !== undefined) return missing(name, unreadableText(opened.damage));
  try {
    return filePart(opened.value, name, [...selectFields(opened.value, { txn })]);
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    return missing(name, 'the record is not in the file');
  }
}

/** Rows [lo, hi) of a column file as one stretch of bytes. */
function rowsField(tree: FileTree, [lo, hi]: readonly [lo: number, hi: number]): Field | undefined {
  const list = tree.root.children?.at(0);
  const children = list?.children;
  if (list === undefined || children === undefined || children.count <= lo) return undefined;
  const end = Math.min(hi, children.count);
  const [first, last] = [children.at(lo), children.at(end - 1)];
  return {
    ...list,
    offset: first.offset,
    length: Math.max(0, last.offset + last.length - first.offset),
    meaning: `${rowsText(lo, end - 1)}, bytes ${first.offset} to ${last.offset + last.length}`,
    children: sliceChildren(children, lo, end),
  };
}

/** The files of a column with nothing but the given rows. */
export function columnParts(
  source: Source,
  folder: string,
  name: string,
  hasAux: boolean,
  rows: readonly (readonly [number, number])[],
  options: InspectOptions,
): Field[] {
  return (hasAux ? [`${name}.d`, `${name}.i`] : [`${name}.d`]).map((file) => {
    const opened = attempt(join(folder, file), () => inspectFile(source, join(folder, file), options));
    if (opened.damage !== undefined) return missing(file, unreadableText(opened.damage));
    const fields = rows.map((range) => rowsField(opened.value, range)).filter((field) => field !== undefined);
    return filePart(opened.value, file, fields);
  });
}

/** The new symbols of the transaction, by column. */
function symbolsPart(event: Field): Field | undefined {
  const record = event.children?.at(0);
  const find = (field: Field | undefined, name: string): Field | undefined =>
    Array.from({ length: field?.children?.count ?? 0 }, (_, i) => field!.children!.at(i)).find(
      (each) => each.name === name,
    );
  const diffs = find(find(record, 'body'), 'symbol_diffs')?.children;
  const columns = Array.from({ length: diffs?.count ?? 0 }, (_, position) => diffs!.at(position)).flatMap((diff) => {
    const entries = find(diff, 'entries');
    const column = find(diff, 'column_index')?.meaning?.replace(/^column /, '');
    return entries === undefined || column === undefined ? [] : [{ ...entries, name: column, path: '' }];
  });
  return columns.length === 0 ? undefined : section('symbols', 'defined by this transaction', columns);
}

/** A segment as the export opens it, and what it is called. */
export interface SegmentAt {
  /** Path of its folder in the source. */
  readonly folder: string;
  /** What leads the names of its files. */
  readonly name: string;
  readonly opened: OpenedSegment;
}

/** What a segment holds of its transaction `segmentTxn`: event, new symbols, rows of each column, damage. */
export function transactionParts(
  source: Source,
  { folder, name, opened }: SegmentAt,
  segmentTxn: number,
  options: InspectOptions,
): readonly Field[] {
  const stretches = opened.transactions.rows.filter(({ transactions }) =>
    transactions.some((each) => each.segmentTxn === segmentTxn),
  );
  const ranges = stretches.map(({ lo, hi }) => [lo, hi] as const);
  const event = part(source, join(folder, SEGMENT_FILES.event), name + SEGMENT_FILES.event, options, segmentTxn);
  const symbols = symbolsPart(event);
  const columns = ranges.length === 0 ? [] : opened.columns;
  const parts = columns.flatMap((column) =>
    columnParts(source, folder, column.name, column.type?.hasAux === true, ranges, options),
  );
  const rows = ranges.map(([lo, hi]) => rowsText(lo, hi - 1)).join(' and ');
  const found = opened.damage.filter((one) => one.segmentTxn === segmentTxn);
  return [
    event,
    ...(symbols === undefined ? [] : [symbols]),
    ...(parts.length === 0 ? [] : [section('columns', rows, parts)]),
    ...found.map((one) => fact('damage', one.file.split('/').at(-1) ?? '', problemOf(one, ''))),
  ];
}
