/**
 * Reading a structure of `generated/` from bytes. Bad bytes are a result with a failure, never an exception.
 */

import { KaitaiError, KaitaiStream } from './stream.js';
import type { DebugEntry, GeneratedType, KaitaiNode } from './types.js';

/** Why and where bytes don't fit their specification. */
export interface ParseFailure {
  /** One line: what was expected, what was found, in which field. */
  readonly message: string;
  /** Place in the specification, file first: `event/types/record/seq/0`. */
  readonly specPath: string;
  /** The field from the parsed structure on: `body.symbolDiffs[2].numEntries`. */
  readonly fieldPath: string;
  /** Start of the field that failed, from the first of the parsed bytes. */
  readonly byteOffset: number;
  readonly expected?: string;
  readonly actual?: string;
}

/** A structure, as far as it could be read. */
export interface Parsed<T> {
  /** Complete without a `failure`; with one, the fields from the failed one on are missing (also those of nodes within). */
  readonly value: T;
  readonly failure?: ParseFailure;
  /** Bytes read; with a failure, where reading stopped. */
  readonly consumed: number;
}

/** A part of the parsed bytes, `end` exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Text of the specification `common/str16`; what `Str16` is to this file. */
interface Text {
  readonly lenUnits: number;
  readonly value: string | undefined;
}

/** Reads a `type` from the start of `bytes`, with the place of each field. `args` are the parameters of the type. */
export function parse<T extends KaitaiNode, A extends readonly unknown[]>(
  type: GeneratedType<T, A>,
  bytes: Uint8Array,
  ...args: A
): Parsed<T> {
  const io = new KaitaiStream(bytes, true);
  const value = new type(io, undefined, undefined, ...args);
  const failure = attempt(value, () => value._read());
  return failure === undefined ? { value, consumed: io.pos } : { value, failure, consumed: io.pos };
}

/**
 * As `parse`, without places (`span` finds none): several times faster and smaller, for what is read in bulk. A failure
 * is as exact as that of `parse`.
 */
export function parseLean<T extends KaitaiNode, A extends readonly unknown[]>(
  type: GeneratedType<T, A>,
  bytes: Uint8Array,
  ...args: A
): Parsed<T> {
  const io = new KaitaiStream(bytes);
  const value = new type(io, undefined, undefined, ...args);
  try {
    value._read();
    return { value, consumed: io.pos };
  } catch (error) {
    if (error instanceof KaitaiError) return parse(type, bytes, ...args);
    throw error;
  }
}

/**
 * A lazy or computed instance of a parsed node: its value as far as it could be read. Of a node that was not wholly read there
 * are none, since they may depend on what is missing; getting them without this function may give nonsense or throw.
 */
export function lazy<T extends KaitaiNode, K extends keyof T & string>(
  node: T,
  field: K,
): { readonly value: T[K] | undefined; readonly failure?: ParseFailure } {
  if (isPartial(node)) {
    const place = locate(node);
    const message = `${place.fieldPath}: was not read`;
    return { value: undefined, failure: { ...place, byteOffset: place.byteOffset ?? 0, message } };
  }
  const failure = attempt(node, () => node[field]);
  if (failure === undefined) return { value: node[field] };
  // The generated code would take what it has so far for the whole value the next time.
  const cache = node as Record<string, unknown>;
  const value = cache[`_m_${field}`] as T[K] | undefined;
  delete cache[`_m_${field}`];
  return { value, failure };
}

/** Bytes that every `T` takes; only for types of fixed size. Of a file's own type: the bytes of its header. */
export function sizeOf<T extends KaitaiNode>(type: Pick<GeneratedType<T>, 'byteSize' | 'specPath'>): number {
  if (type.byteSize === undefined || type.byteSize < 1) throw new Error(`${type.specPath} has no fixed size`);
  return type.byteSize;
}

/** The text of a string; `null` for QuestDB's null, which is not the empty string. */
export function text(string: Text): string | null {
  return string.lenUnits < 0 ? null : (string.value ?? '');
}

/**
 * Where a field, or one of its elements, is in the bytes that were given to `parse`. `undefined` when it was not read, not
 * wholly read, has no bytes of its own, or when the node was read without places.
 */
export function span<T extends KaitaiNode>(node: T, field: keyof T & string, index?: number): Span | undefined {
  const whole = node._debug?.[field] ?? node._debug?.[`_m_${field}`];
  const entry = index === undefined ? whole : whole?.arr?.[index];
  if (entry?.start === undefined || entry.end === undefined) return undefined;
  const base = (entry.ioOffset ?? 0) - node._io.origin;
  return { start: base + entry.start, end: base + entry.end };
}

/** Runs a piece of generated code on `node`; what it found wrong, `undefined` if nothing. */
function attempt(node: KaitaiNode, read: () => unknown): ParseFailure | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    if (!(error instanceof KaitaiError)) throw error;
    const place = locate(node);
    return {
      message: `${place.fieldPath === '' ? '' : `${place.fieldPath}: `}${error.message}`,
      specPath: error.specPath ?? place.specPath,
      fieldPath: place.fieldPath,
      byteOffset:
        place.byteOffset ?? (error.io === undefined ? 0 : error.io.byteOffset + error.io.pos - error.io.origin),
      expected: error.expected,
      actual: error.actual,
    };
  }
}

interface Place {
  readonly fieldPath: string;
  readonly specPath: string;
  readonly byteOffset: number | undefined;
}

/** The innermost field of `node` that was begun and not finished. */
function locate(node: KaitaiNode): Place {
  const type = node.constructor as Partial<GeneratedType<KaitaiNode>>;
  const open = Object.entries(node._debug ?? {})
    .filter(([, entry]) => isOpen(entry))
    .at(-1);
  if (open === undefined) return { fieldPath: '', specPath: type.specPath ?? '', byteOffset: undefined };
  const [key, whole] = open;
  const field = key.replace(/^_m_/, '');
  const last = whole.arr?.at(-1);
  const inElement = last !== undefined && isOpen(last);
  const entry = inElement ? last : whole;
  const held = (node as unknown as Readonly<Record<string, unknown>>)[key];
  const child = inElement && Array.isArray(held) ? (held[(whole.arr?.length ?? 0) - 1] as unknown) : held;
  const fieldPath = inElement ? `${field}[${(whole.arr?.length ?? 0) - 1}]` : field;
  const inner = isNode(child) ? locate(child) : undefined;
  if (inner !== undefined && inner.fieldPath !== '') return { ...inner, fieldPath: `${fieldPath}.${inner.fieldPath}` };
  return {
    fieldPath,
    specPath: `${type.specPath ?? ''}/${fieldSpecPath(type, field)}`,
    byteOffset: entry.start === undefined ? undefined : entry.start + (entry.ioOffset ?? 0) - node._io.origin,
  };
}

/** True when reading `node` stopped before its end; only then, and with places, is a field in sequence left open. */
function isPartial(node: KaitaiNode): boolean {
  return Object.entries(node._debug ?? {}).some(([key, entry]) => !key.startsWith('_m_') && isOpen(entry));
}

function isOpen(entry: DebugEntry): boolean {
  return entry.start !== undefined && (entry.end === undefined || entry.validationError !== undefined);
}

function isNode(value: unknown): value is KaitaiNode {
  return typeof value === 'object' && value !== null && '_io' in value;
}

function fieldSpecPath(type: Partial<GeneratedType<KaitaiNode>>, field: string): string {
  const index = type.fields?.indexOf(field) ?? -1;
  return index >= 0 && index < (type.numSeqFields ?? 0) ? `seq/${index}` : `instances/${field}`;
}
