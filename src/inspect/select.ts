/** The parts of a file's tree that were asked for: by path, transaction, row, column or byte. */
import { RequestError } from '../requestError.js';
import { nameText } from './escape.js';
import { chainAt, type Field, fixedChildren } from './field.js';
import { type FileTree, fileText } from './inspectFile.js';
import type { Indexes } from './kinds/kind.js';
import { parseQuery, resolveQuery, type Step } from './query.js';
import { rowsText } from './told.js';

/** What is asked for; all that is given must hold. */
export interface Selection {
  readonly query?: string;
  /** seqTxn in files of the sequencer, segmentTxn in those of a segment, structureVersion in `_txnlog.meta.*`. */
  readonly txn?: number;
  /** Both ends included. */
  readonly rows?: Indexes;
  readonly column?: string;
  readonly offset?: number;
}

const isEmpty = ({ txn, rows, column, offset }: Selection): boolean =>
  txn === undefined && rows === undefined && column === undefined && offset === undefined;

/** Elements of the file's list; `absent` says that they are not there. */
function* elementsAt(tree: FileTree, list: string, [from, to]: Indexes, absent: string): Generator<Field> {
  // A negative index would count from the end.
  if (from < 0) throw new RequestError(absent);
  const elements: Step = from === to ? { kind: 'index', index: from } : { kind: 'range', from, to };
  try {
    yield* resolveQuery(tree.root, [{ kind: 'name', name: list }, elements]);
  } catch (error) {
    throw error instanceof RequestError ? new RequestError(absent) : error;
  }
}

function* byTxn(tree: FileTree, txn: number): Generator<Field> {
  const { find } = tree;
  if (find?.txn === undefined) {
    const hint = tree.kind === 'txnlog' ? '; those of a V2 log are in _txn_parts' : '';
    throw new RequestError(`--txn: ${fileText(tree)} has no transactions${hint}`);
  }
  const found = find.txn(txn);
  if (found.length === 0) throw new RequestError(`--txn: transaction ${txn} has no rows in ${fileText(tree)}`);
  const absent = `--txn: transaction ${txn} is not in ${fileText(tree)}`;
  for (const indexes of found) yield* elementsAt(tree, find.list, indexes, absent);
}

function byRows(tree: FileTree, rows: Indexes): Generator<Field> {
  const { find } = tree;
  if (find?.hasRows !== true) throw new RequestError(`--row: ${fileText(tree)} has no rows`);
  const [from, to] = rows;
  return elementsAt(tree, find.list, rows, `--row: ${rowsText(from, to)} not in ${fileText(tree)}`);
}

/** Children of a field called `name`, made as they are asked for. */
function* elements(root: Field, name: string): Generator<Field> {
  const { children } = root;
  for (let position = 0; position < (children?.count ?? 0); position++) {
    const child = children!.at(position);
    if (child.name !== name || child.children === undefined) continue;
    for (let index = 0; index < child.children.count; index++) yield child.children.at(index);
  }
}

const noColumn = (tree: FileTree, column: string): never => {
  throw new RequestError(`--column: no column ${nameText(column)} in ${fileText(tree)}`);
};

/** The symbol diffs of a column in records of `_event`. */
function* diffsOf(tree: FileTree, records: Iterable<Field>, column: string): Generator<Field> {
  let found = false;
  for (const record of records) {
    for (const body of childrenNamed(record, 'body')) {
      for (const diff of elements(body, 'symbol_diffs')) {
        const slot = childrenNamed(diff, 'column_index')[0]?.value;
        if (tree.facts.column(Number(slot))?.name !== column) continue;
        found = true;
        yield diff;
      }
    }
  }
  if (!found) noColumn(tree, column);
}

/** The slots of a column in a `_meta`, and its names where they are in a list of their own. */
function* slotsOf(tree: FileTree, column: string): Generator<Field> {
  const slots = [...elements(tree.root, 'slots')];
  const names = [...elements(tree.root, 'names')];
  const positions = slots.flatMap((slot, index) => {
    const name = names[index] ?? childrenNamed(slot, 'name')[0];
    return name?.value === column ? [index] : [];
  });
  if (positions.length === 0) noColumn(tree, column);
  for (const index of positions) yield* [slots[index], names[index]].filter((field) => field !== undefined);
}

function byColumn(tree: FileTree, column: string, txn: number | undefined): Generator<Field> {
  if (tree.kind !== 'event') return slotsOf(tree, column);
  return diffsOf(tree, txn === undefined ? elements(tree.root, 'records') : byTxn(tree, txn), column);
}

function childrenNamed(field: Field, name: string): readonly Field[] {
  const { children } = field;
  const all = Array.from({ length: children?.count ?? 0 }, (_, position) => children!.at(position));
  return all.filter((child) => child.name === name);
}

/** Bytes that are shown around one that is asked for, where its field has many: as many as any terminal shows beside it. */
const AROUND_BYTES = 32;

/** The bytes around `offset` in a long field that has no parts of its own; nothing for others. */
function bytesAround(field: Field, offset: number): readonly Field[] {
  if (field.children !== undefined || field.length <= AROUND_BYTES) return [];
  const from = Math.max(field.offset, offset - (offset % AROUND_BYTES));
  const length = Math.min(AROUND_BYTES, field.offset + field.length - from);
  const { file } = field;
  return [{ name: 'around', path: `${field.path}.around`, kind: 'bytes', role: 'raw', file, offset: from, length }];
}

/** The fields around a byte as a tree of their own: each with the next one only, the last one with all below it. */
function byOffset(tree: FileTree, offset: number): Field {
  if (offset >= tree.root.length) {
    throw new RequestError(`--offset: ${fileText(tree)} has ${tree.root.length} bytes`);
  }
  const known = chainAt(tree.root, offset);
  const chain = [...known, ...bytesAround(known.at(-1) ?? tree.root, offset)];
  return chain.reduceRight((inner, field) => {
    const { collapsed: _, ...open } = field;
    return { ...open, children: fixedChildren([inner]) };
  });
}

function selected(tree: FileTree, { txn, rows, column }: Selection): Generator<Field> {
  if (column !== undefined) return byColumn(tree, column, txn);
  return rows === undefined ? byTxn(tree, txn ?? 0) : byRows(tree, rows);
}

/** The parts of a tree that are asked for; the root when nothing is. Throws a `RequestError` when there is no such part. */
export function* selectFields(tree: FileTree, selection: Selection): Generator<Field> {
  const { query, offset } = selection;
  const steps = query === undefined ? [] : parseQuery(query);
  if (isEmpty(selection)) {
    yield* resolveQuery(tree.root, steps);
    return;
  }
  if (offset !== undefined) {
    yield byOffset(tree, offset);
    return;
  }
  for (const field of selected(tree, selection)) yield* resolveQuery(field, steps);
}
