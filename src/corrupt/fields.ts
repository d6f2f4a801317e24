/** The integer fields of a file, found through its specification. */
import { lazy, parse, span } from '../kaitai/parse.js';
import type { GeneratedType, KaitaiNode } from '../kaitai/types.js';
import type { Source } from '../source/source.js';
import { columnOfFile, columnSpec } from './columnSpec.js';
import { readBytes, specOf, type Target } from './targets.js';

export interface IntegerField {
  /** `records[3].body.rowLo`. */
  readonly path: string;
  readonly offset: number;
  /** Bytes: 1, 2, 4 or 8, little endian. */
  readonly size: number;
  readonly value: bigint;
}

const SIZES: ReadonlySet<number> = new Set([1, 2, 4, 8]);
/** More are not listed: files that long have the same fields again and again. */
const MAX_FIELDS = 20_000;

/** The specification of a target's file, if it has one; a column's comes from its type. */
export function typeOfTarget(source: Source, target: Target): GeneratedType<KaitaiNode> | undefined {
  if (target.role !== 'column_aux' && target.role !== 'column_data') return specOf(target.role);
  const column = columnOfFile(source, target.path);
  return column === undefined ? undefined : columnSpec(column, target.role === 'column_aux' ? 'aux' : 'data');
}

/** The integer fields of a target's file; none when it has no specification. */
export function integerFields(source: Source, target: Target): readonly IntegerField[] {
  const type = typeOfTarget(source, target);
  if (type === undefined) return [];
  const found: IntegerField[] = [];
  visitNode(parse(type, readBytes(source, target.path)).value, '', found);
  return found;
}

const isNode = (value: unknown): value is KaitaiNode => typeof value === 'object' && value !== null && '_io' in value;

function visitNode(node: KaitaiNode, path: string, found: IntegerField[]): void {
  const { fields } = node.constructor as unknown as GeneratedType<KaitaiNode>;
  for (const name of fields) {
    const field = name as keyof KaitaiNode & string;
    const value: unknown = lazy(node, field).value;
    const here = path === '' ? name : `${path}.${name}`;
    if (!Array.isArray(value)) visitValue(value, here, () => span(node, field), found);
    else for (const [i, each] of value.entries()) visitValue(each, `${here}[${i}]`, () => span(node, field, i), found);
  }
}

function visitValue(value: unknown, path: string, where: () => ReturnType<typeof span>, found: IntegerField[]): void {
  if (found.length >= MAX_FIELDS) return;
  if (isNode(value)) visitNode(value, path, found);
  if (typeof value !== 'bigint' && !(typeof value === 'number' && Number.isSafeInteger(value))) return;
  const place = where();
  const size = place === undefined ? 0 : place.end - place.start;
  if (place !== undefined && SIZES.has(size)) found.push({ path, offset: place.start, size, value: BigInt(value) });
}

/** The last name of a field's path, without its index. */
export const fieldName = (field: IntegerField): string => field.path.replace(/\[\d+\]$/, '').replace(/^.*\./, '');

/** Lengths, offsets, counts and numbers of rows or records. */
export const isLengthOrCount = (field: IntegerField): boolean =>
  /^(?:len|num|ofs)[A-Z]|Count$|^(?:maxTxn|rowLo|rowHi|entries|segmentTxn|txn|seqTxn|key|columnIndex|rowId)$/.test(
    fieldName(field),
  );

/** What kind of thing follows, or of which version it is. */
export const isVersionOrType = (field: IntegerField): boolean =>
  /version|format|type|^code$|command|operation|^head$|mode|terminator/i.test(fieldName(field));

/** A value as bytes, little endian, cut to the field's size. */
export function littleEndian(value: bigint, size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  for (let i = 0; i < size; i++) bytes[i] = Number((value >> BigInt(8 * i)) & 0xffn);
  return bytes;
}
