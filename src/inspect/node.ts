/** Fields from a structure that a generated parser read, and the places that it kept. */
import { ColumnType } from '../../generated/ColumnType.js';
import { Event } from '../../generated/Event.js';
import { TableMeta } from '../../generated/TableMeta.js';
import { TableRegistry } from '../../generated/TableRegistry.js';
import { TxnlogMeta } from '../../generated/TxnlogMeta.js';
import { lazy, type Parsed, parse, span } from '../kaitai/parse.js';
import type { GeneratedType, KaitaiNode } from '../kaitai/types.js';
import { addFailure, type Env, problemIn, problemOfAll } from './env.js';
import { EXPECTED, explain, isOneLine, summarize } from './explain.js';
import { childPath, type Field, fixedChildren, lazyChildren, type Scalar } from './field.js';
import { withGaps } from './fill.js';
import { snakeCase } from './names.js';

/** Where a structure stands in a file and in the tree. */
export interface NodeAt {
  readonly env: Env;
  /** File offset of the first byte that was given to the parser. */
  readonly base: number;
  readonly path: string;
  /** Number of the structure in its list. */
  readonly index?: number | undefined;
}

type AnyType = GeneratedType<KaitaiNode>;
type FieldName = keyof KaitaiNode & string;

export const typeOf = (node: KaitaiNode): AnyType => node.constructor as unknown as AnyType;

export const isNode = (value: unknown): value is KaitaiNode =>
  typeof value === 'object' && value !== null && '_io' in value;

/** Reads a `type` from a part of the file; a failure becomes a problem of the file. */
export function parseAt<T extends KaitaiNode, A extends readonly unknown[]>(
  env: Env,
  type: GeneratedType<T, A>,
  offset: number,
  length: number,
  ...args: A
): Parsed<T> {
  const parsed = parse(type, env.file.bytes(offset, length), ...args);
  if (parsed.failure !== undefined) addFailure(env, parsed.failure, offset, expectedOf(parsed.failure));
  return parsed;
}

/** Checks that are expressions say in the table of explanations what they expect. */
export const expectedOf = (failure: { readonly specPath: string; readonly expected?: string }): string | undefined =>
  EXPECTED[failure.specPath] ?? failure.expected;

/** The enums of the specifications, by the name that parsers give them. */
export const ENUMS: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  'ColumnType.ColumnTag': ColumnType.ColumnTag,
  'Event.DedupMode': Event.DedupMode,
  'Event.EventType': Event.EventType,
  'TableMeta.PartitionBy': TableMeta.PartitionBy,
  'TableRegistry.Operation': TableRegistry.Operation,
  'TableRegistry.TableType': TableRegistry.TableType,
  'TxnlogMeta.AlterCommand': TxnlogMeta.AlterCommand,
};

interface Piece {
  readonly name: string;
  readonly path: string;
  readonly start: number | undefined;
  readonly end: number | undefined;
  readonly enumName?: string | undefined;
  readonly index?: number | undefined;
}

function leaf(node: KaitaiNode, field: string, value: Scalar | undefined, piece: Piece, at: NodeAt): Field {
  const { env, base } = at;
  const offset = base + (piece.start ?? 0);
  const length = piece.start === undefined || piece.end === undefined ? 0 : piece.end - piece.start;
  const names = piece.enumName === undefined ? undefined : ENUMS[piece.enumName];
  const enumText = names === undefined ? undefined : (names[Number(value)]?.toLowerCase() ?? 'not a known value');
  const told = explain(typeOf(node).specPath, field, value, {
    node,
    facts: env.facts,
    index: piece.index ?? at.index,
  });
  const meaning = [enumText, told.meaning].filter((text) => text !== undefined && text !== '').join(', ');
  const problem = piece.start === undefined ? undefined : problemIn(env, offset, length);
  return {
    name: piece.name,
    path: piece.path,
    kind: piece.start === undefined ? 'computed' : 'leaf',
    role: names === undefined ? told.role : 'type',
    file: env.file,
    offset,
    length,
    ...(value === undefined ? {} : { value }),
    ...(meaning === '' ? {} : { meaning }),
    ...(problem === undefined ? {} : { problem }),
  };
}

function rawBytes(node: KaitaiNode, field: string, piece: Piece, at: NodeAt): Field | undefined {
  const { start = 0, end = start } = piece;
  if (end === start) return undefined;
  const told = explain(typeOf(node).specPath, field, null, { node, facts: at.env.facts, index: at.index });
  const offset = at.base + start;
  const problem = problemIn(at.env, offset, end - start);
  return {
    name: piece.name,
    path: piece.path,
    kind: 'bytes',
    role: told.role === 'value' ? 'raw' : told.role,
    file: at.env.file,
    offset,
    length: end - start,
    ...(told.meaning === undefined ? {} : { meaning: told.meaning }),
    ...(problem === undefined ? {} : { problem }),
  };
}

/** Where the last thing that was read of a node ends, for one that was not wholly read. */
function reached(node: KaitaiNode): number {
  const held = node as unknown as Readonly<Record<string, unknown>>;
  return Object.entries(node._debug ?? {}).reduce((most, [name, entry]) => {
    const base = (entry.ioOffset ?? 0) - node._io.origin;
    if (entry.end !== undefined) return Math.max(most, base + entry.end);
    const value = held[name];
    if (value === undefined) return Math.max(most, endOfOpen(node, name, value) ?? 0);
    const inner = Array.isArray(value) ? (value.at(-1) as unknown) : value;
    return Math.max(most, base + (entry.start ?? 0), isNode(inner) ? reached(inner) : 0);
  }, 0);
}

/** A structure as one field, its own fields below it. */
export function nodeField(node: KaitaiNode, piece: Piece, at: NodeAt): Field {
  const { env, base } = at;
  const start = base + (piece.start ?? 0);
  const end = base + (piece.end ?? reached(node));
  const length = Math.max(0, end - start);
  const { specPath } = typeOf(node);
  const context = { node, facts: env.facts, index: piece.index };
  const oneLine = isOneLine(specPath);
  const told = summarize(specPath, context);
  const problem = oneLine ? problemIn(env, start, length) : problemOfAll(env, start, length);
  const inner: NodeAt = { env, base, path: piece.path, index: piece.index };
  return {
    name: piece.name,
    path: piece.path,
    kind: 'group',
    role: told.role ?? 'structure',
    file: env.file,
    offset: start,
    length,
    ...(told.value === undefined ? {} : { value: told.value }),
    ...(told.meaning === undefined || told.meaning === '' ? {} : { meaning: told.meaning }),
    ...(problem === undefined ? {} : { problem }),
    ...(oneLine ? { collapsed: true as const } : {}),
    children: lazyChildren(() => withGaps(env, piece.path, nodeFields(node, inner), [start, start + length])),
  };
}

function listField(node: KaitaiNode, name: FieldName, values: readonly unknown[], piece: Piece, at: NodeAt): Field {
  const entry = node._debug?.[name] ?? node._debug?.[`_m_${name}`];
  const ioBase = (entry?.ioOffset ?? 0) - node._io.origin;
  const elements = values.flatMap((value, index): Field[] => {
    const own = entry?.arr?.[index];
    const place = {
      name: `[${index}]`,
      path: childPath(piece.path, `[${index}]`),
      start: own?.start === undefined ? undefined : ioBase + own.start,
      end: own?.end === undefined ? undefined : ioBase + own.end,
      enumName: entry?.enumName,
      index,
    };
    return [elementField(node, snakeCase(name), value, place, at)].filter((field) => field !== undefined);
  });
  const last = elements.at(-1);
  const offset = at.base + (piece.start ?? 0);
  const end = Math.max(
    piece.end === undefined ? 0 : at.base + piece.end,
    last === undefined ? 0 : last.offset + last.length,
  );
  return {
    name: piece.name,
    path: piece.path,
    kind: 'list',
    role: 'structure',
    file: at.env.file,
    offset,
    length: Math.max(0, end - offset),
    meaning: `${values.length} ${values.length === 1 ? 'element' : 'elements'}`,
    children: {
      ...fixedChildren(elements),
      positionOf: (index) => (index >= 0 && index < elements.length ? index : undefined),
    },
  };
}

function elementField(node: KaitaiNode, field: string, value: unknown, piece: Piece, at: NodeAt): Field | undefined {
  if (isNode(value)) return nodeField(value, piece, at);
  if (value instanceof Uint8Array) return rawBytes(node, field, piece, at);
  return leaf(node, field, value as Scalar | undefined, piece, at);
}

/** Where a field ends that the input was too short for: it has what is left. */
function endOfOpen(node: KaitaiNode, name: string, value: unknown): number | undefined {
  const entry = node._debug?.[name] ?? node._debug?.[`_m_${name}`];
  if (entry?.start === undefined || value !== undefined) return undefined;
  return (entry.ioOffset ?? 0) - node._io.origin + node._io.size;
}

/** The field `name` of a node; `undefined` when it is not there. */
export function fieldOf(node: KaitaiNode, name: string, at: NodeAt): Field | undefined {
  const own = name as FieldName;
  const isInstance = typeOf(node).fields.indexOf(name) >= typeOf(node).numSeqFields;
  const read = isInstance ? lazy(node, own) : { value: node[own] as unknown, failure: undefined };
  // Without an expectation it is not read because the node is not whole, which is noted already.
  if (read.failure?.expected !== undefined) addFailure(at.env, read.failure, at.base, expectedOf(read.failure));
  const entry = node._debug?.[name] ?? node._debug?.[`_m_${name}`];
  if (read.value === undefined && entry?.start === undefined) return undefined;
  const place = span(node, own);
  const ioBase = (entry?.ioOffset ?? 0) - node._io.origin;
  const snake = snakeCase(name);
  const piece: Piece = {
    name: snake,
    path: childPath(at.path, snake),
    start: place?.start ?? (entry?.start === undefined ? undefined : ioBase + entry.start),
    end: place?.end ?? endOfOpen(node, name, read.value),
    enumName: entry?.enumName,
  };
  if (Array.isArray(read.value))
    return read.value.length === 0 ? undefined : listField(node, own, read.value, piece, at);
  return elementField(node, snake, read.value, piece, at);
}

/** The fields of a node in the order of the specification, computed ones last; `only` some of them. */
export function nodeFields(node: KaitaiNode, at: NodeAt, only?: readonly string[]): readonly Field[] {
  const { fields } = typeOf(node);
  return fields
    .filter((name) => only === undefined || only.includes(snakeCase(name)))
    .flatMap((name) => fieldOf(node, name, at) ?? []);
}

/** The fields that are read in sequence, with those of `computed` that are wanted. */
export function headerFields(node: KaitaiNode, at: NodeAt, computed: readonly string[] = []): readonly Field[] {
  const { fields, numSeqFields } = typeOf(node);
  return nodeFields(node, at, [...fields.slice(0, numSeqFields).map(snakeCase), ...computed]);
}
