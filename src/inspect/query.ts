/** Paths into a tree: `records[3].symbol_diffs[0].entries`, `records[2-5].body`, `slots[-1]`, `records[*].txn`. */
import { RequestError } from '../requestError.js';
import { escapeText } from './escape.js';
import type { Field } from './field.js';
import { counted } from './told.js';

/** One step of a path: a name, an index (from the end if negative), a range with both ends, or all. */
export type Step =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'range'; readonly from: number; readonly to: number }
  | { readonly kind: 'all' };

const STEP = /\.?([\p{L}_][\p{L}\p{N}_-]*)|\[(?:(-?\d{1,15})|(\d{1,15})-(\d{1,15})|\*?)\]/uy;
/** Names that an error lists. */
const MAX_NAMES = 12;

/** The steps of a path. Throws a `RequestError` that says where it is wrong. */
export function parseQuery(text: string): readonly Step[] {
  const steps: Step[] = [];
  let at = 0;
  while (at < text.length) {
    STEP.lastIndex = at;
    const match = STEP.exec(text);
    if (match === null) {
      throw new RequestError(
        `${escapeText(text)} is no path: ${JSON.stringify(text.slice(at, at + 10))} at character ${at + 1}; ` +
          'paths look like records[3].symbol_diffs[0].entries',
      );
    }
    const [whole, name, index, from, to] = match;
    if (name !== undefined) steps.push({ kind: 'name', name });
    else if (index !== undefined) steps.push({ kind: 'index', index: Number(index) });
    else if (from !== undefined) steps.push({ kind: 'range', from: Number(from), to: Number(to) });
    else steps.push({ kind: 'all' });
    at += whole.length;
  }
  return steps;
}

function* childrenOf(field: Field): Generator<Field> {
  const { children } = field;
  for (let position = 0; position < (children?.count ?? 0); position++) yield children!.at(position);
}

const placeOf = (field: Field): string => (field.path === '' ? escapeText(field.name) : field.path);

/** What a record is about. A path may leave it out: `records[3].symbol_diffs` for `records[3].body.symbol_diffs`. */
const BODY = 'body';

function byName(field: Field, name: string): Field {
  const names: string[] = [];
  for (const child of childrenOf(field)) {
    if (child.name === name) return child;
    if (child.name === BODY) for (const inner of childrenOf(child)) if (inner.name === name) return inner;
    if (names.length < MAX_NAMES) names.push(child.name);
    else if (field.kind === 'list') break;
  }
  const has = names.length === 0 ? 'it has none' : `there is ${names.map(escapeText).join(', ')}`;
  throw new RequestError(`no field ${escapeText(name)} in ${placeOf(field)}: ${has}`);
}

function byIndex(field: Field, index: number): Field {
  const { children } = field;
  const count = children?.count ?? 0;
  const position = index < 0 ? count + index : (children?.positionOf?.(index) ?? (index < count ? index : undefined));
  const isThere = position !== undefined && position >= 0 && position < count;
  if (children !== undefined && isThere) return children.at(position);
  throw new RequestError(`no element ${index} in ${placeOf(field)}: it has ${counted(count, 'element')}`);
}

/** Elements of a list from one index to another; without those that damage took. */
function* byRange(field: Field, from: number, to: number): Generator<Field> {
  const { children } = field;
  if (children === undefined || children.count === 0 || to < from) {
    throw new RequestError(
      `no elements ${from} to ${to} in ${placeOf(field)}: it has ${counted(children?.count ?? 0, 'element')}`,
    );
  }
  let found = false;
  for (let index = from; index <= to && index <= from + children.count; index++) {
    const position = children.positionOf === undefined ? index : children.positionOf(index);
    if (position === undefined || position >= children.count) continue;
    found = true;
    yield children.at(position);
  }
  if (!found)
    throw new RequestError(
      `no elements ${from} to ${to} in ${placeOf(field)}: it has ${counted(children.count, 'element')}`,
    );
}

/** What a path leads to from each of several fields. Those from which it leads nowhere are left out, unless all are. */
function* resolveEach(fields: Iterable<Field>, steps: readonly Step[]): Generator<Field> {
  let failure: RequestError | undefined;
  let found = false;
  for (const field of fields) {
    try {
      for (const each of resolveQuery(field, steps)) {
        found = true;
        yield each;
      }
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      failure ??= error;
    }
  }
  if (!found && failure !== undefined) throw failure;
}

/**
 * The fields that a path leads to, in order, made as they are asked for. Not all elements of a list have the same fields (an
 * end mark has next to none): of several it gives those that do. Throws a `RequestError` where it leads nowhere.
 */
export function* resolveQuery(root: Field, steps: readonly Step[]): Generator<Field> {
  const [step, ...rest] = steps;
  if (step === undefined) {
    yield root;
    return;
  }
  switch (step.kind) {
    case 'name':
      yield* resolveQuery(byName(root, step.name), rest);
      return;
    case 'index':
      yield* resolveQuery(byIndex(root, step.index), rest);
      return;
    case 'range':
      yield* resolveEach(byRange(root, step.from, step.to), rest);
      return;
    case 'all':
      yield* resolveEach(childrenOf(root), rest);
  }
}
