/** Trees as JSON, piece by piece, so that no tree has to be in memory as a whole. 64-bit numbers are written exactly. */
import { stringify } from 'lossless-json';
import { hexText } from '../cells.js';
import type { Field, Problem } from '../field.js';
import { shownPositions } from './walk.js';

export interface JsonOptions {
  readonly depth: number;
  /** Elements of a list. */
  readonly limit: number;
  readonly problems: readonly Problem[];
}

/** Raw bytes of one field that are written; `rawOmitted` counts the others. */
const MAX_RAW_BYTES = 256;

const scalar = (value: unknown): string => {
  if (typeof value === 'number' && !Number.isFinite(value)) return JSON.stringify(String(value));
  return stringify(value) ?? 'null';
};

/** The members of a field but its children; `undefined` is left out. */
function members(field: Field, isLeaf: boolean): readonly string[] {
  const { name, path, kind, role, offset, length, value, meaning, problem } = field;
  const hasPlace = kind !== 'computed' && kind !== 'folder';
  const raw = hasPlace && isLeaf ? field.file.bytes(offset, Math.min(length, MAX_RAW_BYTES)) : undefined;
  const entries: readonly (readonly [string, unknown])[] = [
    ['name', name],
    ['path', path === '' ? undefined : path],
    ['kind', kind],
    ['role', role],
    ['offset', hasPlace ? offset : undefined],
    ['length', hasPlace ? length : undefined],
    ['raw', raw === undefined || raw.length === 0 ? undefined : hexText(raw)],
    ['rawOmitted', raw !== undefined && length > raw.length ? length - raw.length : undefined],
    ['value', value],
    ['meaning', meaning],
    ['bad', problem],
  ];
  return entries.flatMap(([key, each]) => (each === undefined ? [] : [`${JSON.stringify(key)}: ${scalar(each)}`]));
}

/** A field with what is below it as JSON text. */
export function* fieldJson(
  field: Field,
  options: JsonOptions,
  indent = '',
  seen: (field: Field) => void = () => undefined,
  depth = 0,
): Generator<string> {
  seen(field);
  const inner = `${indent}  `;
  const isOpen = field.children !== undefined && depth < options.depth;
  yield `{\n${inner}${members(field, !isOpen || field.collapsed === true).join(`,\n${inner}`)}`;
  if (isOpen && field.children !== undefined) {
    const positions = shownPositions(field, options.limit, options.problems);
    const omitted = field.children.count - positions.length;
    if (omitted > 0) yield `,\n${inner}"omitted": ${omitted}`;
    yield `,\n${inner}"fields": [`;
    let separator = '';
    for (const position of positions) {
      yield separator;
      yield* fieldJson(field.children.at(position), options, inner, seen, depth + 1);
      separator = ', ';
    }
    yield ']';
  }
  yield `\n${indent}}`;
}
