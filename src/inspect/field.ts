/**
 * The annotated tree that the inspector shows: every stretch of bytes of a file with its name, value and meaning. Built from
 * the parsers of `generated/` and their byte spans, and lazily: what is not looked at is not read.
 */
import type { Damage, Severity } from '../damage.js';
import { snakeCase } from './names.js';

/** The bytes of an inspected file; reads beyond the end are short. */
export interface FileBytes {
  /** Path below the source's root. */
  readonly path: string;
  readonly size: number;
  bytes(offset: number, length: number): Uint8Array;
}

/** What a field's content is, for its colour. */
export type Role = 'structure' | 'time' | 'id' | 'size' | 'text' | 'type' | 'flag' | 'value' | 'raw' | 'fill';

/**
 * Bytes that belong to no field of the specification, by what they are: `preallocated`: zeros that a writer put there for later;
 * `zeros`: other zeros; `stale`: left from earlier, of no meaning now; `unread`: behind the point where reading stopped, or too
 * many to look at; `gap`: nothing explains them.
 */
export type FillKind = 'preallocated' | 'zeros' | 'stale' | 'unread' | 'gap';

/** `computed` has no bytes of its own; `file` is the root of a file's fields in the tree of a folder. */
export type FieldKind = 'folder' | 'file' | 'group' | 'list' | 'leaf' | 'bytes' | 'computed' | FillKind;

export type Scalar = bigint | number | boolean | string | null;

/** Something wrong: bytes that don't fit their specification, or damage that the export would report. */
export interface Problem {
  readonly severity: Severity;
  /** One line. */
  readonly message: string;
  readonly expected?: string;
  readonly actual?: string;
  /** Where in the file; absent when it is about all of it. */
  readonly byteOffset?: number;
  /** Set when it is about a whole structure: the field with this place and length, not the first leaf in it. */
  readonly byteLength?: number;
}

/** The children of a field, made when asked for. */
export interface Children {
  readonly count: number;
  /** The child at a position from 0 to `count` - 1. */
  at(position: number): Field;
  /** Position of element `index` of a list, where that is another number (damage can leave holes in a list). */
  positionOf?(index: number): number | undefined;
  /** Position of the child that has the byte at `offset`. */
  covering(offset: number): number | undefined;
}

/** A node of the tree. */
export interface Field {
  /** Name as in the `.ksy` (`len_record`), `[3]` for an element of a list. */
  readonly name: string;
  /** Names from the file's root: `records[3].len_record`; empty for the root. */
  readonly path: string;
  readonly kind: FieldKind;
  readonly role: Role;
  readonly file: FileBytes;
  /** Bytes from the start of the file. */
  readonly offset: number;
  readonly length: number;
  /** As stored. */
  readonly value?: Scalar;
  /** What the value stands for, or what a group holds, in words. */
  readonly meaning?: string;
  readonly problem?: Problem;
  /** A structure that its one line says all about: its fields are shown only when asked for. */
  readonly collapsed?: true;
  readonly children?: Children;
}

/** The path of a child called `name`. */
export function childPath(path: string, name: string): string {
  return path === '' || name.startsWith('[') ? path + name : `${path}.${name}`;
}

/** Paths of fields in the words of the specifications: `body.symbolDiffs[0]: …` → `body.symbol_diffs[0]: …`. */
const specNames = (text: string): string => text.replace(/^[\w.[\]]+(?=: expected )/, snakeCase);

/** A damage of the export as a problem; its place is dropped when it is about another file. */
export function problemOf(damage: Damage, file: string, byteLength?: number): Problem {
  const isHere = damage.file === file;
  return {
    severity: damage.severity,
    message: damage.code.replaceAll('_', ' '),
    ...(damage.expected === undefined ? {} : { expected: damage.expected }),
    ...(damage.actual === undefined ? {} : { actual: specNames(damage.actual) }),
    ...(isHere && damage.byteOffset !== undefined ? { byteOffset: damage.byteOffset } : {}),
    ...(isHere && damage.byteOffset !== undefined && byteLength !== undefined ? { byteLength } : {}),
  };
}

/** True for what makes a file bad: `note`s don't. */
export const isBad = (problem: Problem): boolean => problem.severity !== 'note';

/** Position of the stretch that has the byte at `offset`, of stretches in the order of the file that do not overlap. */
export function coveringPosition(
  stretches: readonly { readonly offset: number; readonly length: number }[],
  offset: number,
): number | undefined {
  let [low, high] = [0, stretches.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (stretches[middle]!.offset <= offset) low = middle + 1;
    else high = middle;
  }
  const last = stretches[low - 1];
  return last !== undefined && offset < last.offset + last.length ? low - 1 : undefined;
}

/** Children that are there already, in the order of the file. */
export function fixedChildren(fields: readonly Field[]): Children {
  return {
    count: fields.length,
    at: (position) => fields[position]!,
    covering: (offset) => {
      const position = fields.findIndex((field) => offset >= field.offset && offset < field.offset + field.length);
      return position < 0 ? undefined : position;
    },
  };
}

/** Children that are made once, when the first of them is asked for. */
export function lazyChildren(make: () => readonly Field[]): Children {
  let made: Children | undefined;
  const children = (): Children => {
    made ??= fixedChildren(make());
    return made;
  };
  return {
    get count() {
      return children().count;
    },
    at: (position) => children().at(position),
    covering: (offset) => children().covering(offset),
  };
}

/** Elements of equal size, one after the other from `offset` on. */
export function stridedChildren(
  count: number,
  place: { readonly offset: number; readonly stride: number },
  at: (index: number) => Field,
): Children {
  return {
    count,
    at,
    positionOf: (index) => (index >= 0 && index < count ? index : undefined),
    covering(offset) {
      const index = Math.floor((offset - place.offset) / place.stride);
      return index >= 0 && index < count ? index : undefined;
    },
  };
}

/** The fields that have the byte at `offset`, outermost first. */
export function chainAt(root: Field, offset: number): readonly Field[] {
  const chain: Field[] = [root];
  for (let field = root; field.children !== undefined; ) {
    const position = field.children.covering(offset);
    if (position === undefined) break;
    field = field.children.at(position);
    chain.push(field);
  }
  return chain;
}

/** Some of the elements of a list, under their own numbers. */
export function sliceChildren(children: Children, from: number, to: number): Children {
  return {
    count: Math.max(0, to - from),
    at: (position) => children.at(from + position),
    positionOf: (index) => {
      const position = children.positionOf?.(index) ?? index;
      return position >= from && position < to ? position - from : undefined;
    },
    covering: (offset) => {
      const position = children.covering(offset);
      return position !== undefined && position >= from && position < to ? position - from : undefined;
    },
  };
}
