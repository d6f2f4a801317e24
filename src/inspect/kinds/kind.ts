/** What a kind of file gives the inspector, and pieces that several kinds are made of. */
import { parse, sizeOf } from '../../kaitai/parse.js';
import type { GeneratedType, KaitaiNode } from '../../kaitai/types.js';
import { addFailure, type Env, problemIn } from '../env.js';
import { explain } from '../explain.js';
import { childPath, type Field, stridedChildren } from '../field.js';
import { expectedOf, nodeField, typeOf } from '../node.js';
import { counted } from '../told.js';

/** The fields of a file, in its order and without holes, and what it holds in words. */
export interface KindFields {
  readonly fields: readonly Field[];
  readonly meaning?: string;
  readonly find?: Finder;
}

/** Elements of a list from one index to another, both included. */
export type Indexes = readonly [from: number, to: number];

/** How transactions and rows are found in a file. */
export interface Finder {
  /** Name of the list that has them. */
  readonly list: string;
  /** Elements of transaction `txn`: seqTxn in the sequencer's files, segmentTxn in a segment's. Empty when it has none here. */
  readonly txn?: (txn: number) => readonly Indexes[];
  /** True when the elements are rows. */
  readonly hasRows?: true;
}

/** Fields by their place; those without bytes behind all others. */
export function inFileOrder(fields: readonly Field[]): readonly Field[] {
  const placed = fields.filter((field) => field.kind !== 'computed');
  return [...placed.sort((a, b) => a.offset - b.offset), ...fields.filter((field) => field.kind === 'computed')];
}

/** A list of `count` things from `offset` on, `stride` bytes each. */
export interface Strided {
  readonly name: string;
  readonly offset: number;
  readonly stride: number;
  readonly count: number;
  readonly one: string;
}

/** The list field of things of equal size. */
export function stridedList(env: Env, list: Strided, at: (index: number) => Field): Field {
  const { name, offset, stride, count, one } = list;
  return {
    name,
    path: name,
    kind: 'list',
    role: 'structure',
    file: env.file,
    offset,
    length: count * stride,
    meaning: counted(count, one),
    children: stridedChildren(count, { offset, stride }, at),
  };
}

/** A list of structures of fixed size. */
export function recordList<T extends KaitaiNode>(
  env: Env,
  type: GeneratedType<T>,
  list: Omit<Strided, 'stride'>,
  describe: (record: T, index: number) => string | undefined = () => undefined,
): Field {
  const stride = sizeOf(type);
  return stridedList(env, { ...list, stride }, (index) => {
    const base = list.offset + index * stride;
    const parsed = parse(type, env.file.bytes(base, stride));
    if (parsed.failure !== undefined) addFailure(env, parsed.failure, base, expectedOf(parsed.failure));
    const name = `[${index}]`;
    const piece = { name, path: childPath(list.name, name), start: 0, end: stride, index };
    const field = nodeField(parsed.value, piece, { env, base, path: list.name });
    const meaning = describe(parsed.value, index);
    return meaning === undefined ? field : { ...field, meaning };
  });
}

/** Little-endian int64 values of the file from `offset` on, fewer where it can't be read further. */
export function int64sAt(env: Env, offset: number, count: number): BigInt64Array {
  const bytes = env.file.bytes(offset, count * BigInt64Array.BYTES_PER_ELEMENT);
  const whole = bytes.length - (bytes.length % BigInt64Array.BYTES_PER_ELEMENT);
  return new BigInt64Array(bytes.slice(0, whole).buffer);
}

/** A list of int64 values; `root` is the (empty) root structure of their specification. */
export function int64List(
  env: Env,
  root: KaitaiNode,
  list: Omit<Strided, 'stride'>,
  describe: (value: bigint, index: number) => string | undefined = () => undefined,
): Field {
  const stride = BigInt64Array.BYTES_PER_ELEMENT;
  const { specPath } = typeOf(root);
  return stridedList(env, { ...list, stride }, (index) => {
    const offset = list.offset + index * stride;
    const [value] = int64sAt(env, offset, 1);
    const told = explain(specPath, list.name, value, { node: root, facts: env.facts, index });
    const meaning = (value === undefined ? undefined : describe(value, index)) ?? told.meaning;
    const problem = problemIn(env, offset, stride);
    return {
      name: `[${index}]`,
      path: childPath(list.name, `[${index}]`),
      kind: 'leaf',
      role: told.role,
      file: env.file,
      offset,
      length: stride,
      ...(value === undefined ? {} : { value }),
      ...(meaning === undefined ? {} : { meaning }),
      ...(problem === undefined ? {} : { problem }),
    };
  });
}
