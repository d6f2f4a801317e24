/** Two versions of a file, field by field. */
import { RequestError } from '../requestError.js';
import { childPath, type Field } from './field.js';
import { type FileTree, fileText } from './inspectFile.js';

/** A field that is only in one of the versions, or not the same in both. */
export interface Change {
  readonly path: string;
  readonly kind: 'added' | 'removed' | 'changed';
  readonly before?: Field;
  readonly after?: Field;
}

const COMPARED_BYTES = 256 * 1024;

/** True when two fields have the same bytes. */
function sameBytes(a: Field, b: Field): boolean {
  if (a.length !== b.length || a.kind !== b.kind) return false;
  for (let at = 0; at < a.length; at += COMPARED_BYTES) {
    const length = Math.min(COMPARED_BYTES, a.length - at);
    const [left, right] = [a.file.bytes(a.offset + at, length), b.file.bytes(b.offset + at, length)];
    if (left.length !== right.length || left.some((byte, index) => byte !== right[index])) return false;
  }
  return true;
}

type Pair = readonly [before: Field | undefined, after: Field | undefined];

const numberOf = (field: Field | undefined): number => Number(field?.name.slice(1, -1) ?? Number.POSITIVE_INFINITY);

/** Elements of two lists by their numbers, of which damage may have taken some. */
function* elementPairs(a: Field, b: Field): Generator<Pair> {
  const [left, right] = [a.children, b.children];
  const at = (children: Field['children'], position: number): Field | undefined =>
    position < (children?.count ?? 0) ? children?.at(position) : undefined;
  for (let [i, j] = [0, 0]; ; ) {
    const [before, after] = [at(left, i), at(right, j)];
    if (before === undefined && after === undefined) return;
    const [first, second] = [numberOf(before), numberOf(after)];
    yield [first <= second ? before : undefined, second <= first ? after : undefined];
    if (first <= second) i += 1;
    if (second <= first) j += 1;
  }
}

/** Fields by name; those of one name (fillings) in their order. */
function keyed(field: Field): ReadonlyMap<string, Field> {
  const numbers = new Map<string, number>();
  const fields = new Map<string, Field>();
  for (let position = 0; position < (field.children?.count ?? 0); position++) {
    const child = field.children!.at(position);
    const number = numbers.get(child.name) ?? 0;
    numbers.set(child.name, number + 1);
    fields.set(`${child.name} ${number}`, child);
  }
  return fields;
}

/** Children of two fields that belong together; those that only the second has come last. */
function* pairs(a: Field, b: Field): Generator<Pair> {
  if (a.kind === 'list' && b.kind === 'list') {
    yield* elementPairs(a, b);
    return;
  }
  const [before, after] = [keyed(a), keyed(b)];
  for (const [key, field] of before) yield [field, after.get(key)];
  for (const [key, field] of after) if (!before.has(key)) yield [undefined, field];
}

/** Where a change is: fillings have no path of their own. */
const pathOf = (parent: string, field: Field): string =>
  field.path === '' ? childPath(parent, field.name) : field.path;

function* changes(a: Field, b: Field, path: string): Generator<Change> {
  const isOpen = a.children !== undefined && b.children !== undefined && a.collapsed !== true;
  if (a.kind === 'computed' || b.kind === 'computed') {
    if (a.value !== b.value || a.meaning !== b.meaning) yield { path, kind: 'changed', before: a, after: b };
    return;
  }
  if (sameBytes(a, b)) return;
  if (!isOpen) {
    yield { path, kind: 'changed', before: a, after: b };
    return;
  }
  for (const [before, after] of pairs(a, b)) {
    if (before !== undefined && after !== undefined) yield* changes(before, after, pathOf(path, before));
    else if (before !== undefined) yield { path: pathOf(path, before), kind: 'removed', before };
    else if (after !== undefined) yield { path: pathOf(path, after), kind: 'added', after };
  }
}

/** What changed from `before` to `after`. Throws a `RequestError` when they are not of one kind. */
export function* diffTrees(before: FileTree, after: FileTree): Generator<Change> {
  if (before.kind !== after.kind) {
    throw new RequestError(`--diff: files of two kinds: ${fileText(before)} and ${fileText(after)}`);
  }
  yield* changes(before.root, after.root, '');
}
