/**
 * Parsed nodes as plain values.
 */
import { lazy, span } from '../../src/kaitai/parse.js';
import type { GeneratedType, KaitaiNode } from '../../src/kaitai/types.js';

/** Field values without machinery: nodes as objects, byte arrays as hex text, absent fields left out. */
export type Plain = bigint | boolean | number | string | null | readonly Plain[] | { readonly [field: string]: Plain };

/** True for a node of a parser. */
export function isNode(value: unknown): value is KaitaiNode {
  return typeof value === 'object' && value !== null && '_io' in value;
}

/** Names of the fields of a node: those read in sequence, or with `all` the lazy and computed ones too. */
export function fieldNames(node: KaitaiNode, all: boolean): readonly (keyof KaitaiNode & string)[] {
  const type = node.constructor as unknown as GeneratedType<KaitaiNode>;
  return type.fields.slice(0, all ? undefined : type.numSeqFields) as unknown as readonly (keyof KaitaiNode & string)[];
}

/** `value` in plain form, fields read in sequence only. */
export function plain(value: unknown): Plain {
  if (value instanceof Uint8Array) return hex(value);
  if (Array.isArray(value)) return value.map(plain);
  if (!isNode(value)) return value as Plain;
  const fields = fieldNames(value, false).map((name): [string, unknown] => [name, value[name]]);
  return Object.fromEntries(fields.filter(([, each]) => each !== undefined).map(([name, each]) => [name, plain(each)]));
}

/** How much of a long list a golden shows. */
const SHOWN_ELEMENTS = 12;
/** How many bytes of a raw field a golden shows. */
const SHOWN_BYTES = 64;

/**
 * `node` for a golden file: every field with the bytes it came from, lazy and computed ones too; 64-bit values as text; long
 * lists and raw bytes cut.
 */
export function golden(node: KaitaiNode): unknown {
  const fields = fieldNames(node, true).flatMap((name): [string, unknown][] => {
    const { value, failure } = lazy(node, name);
    if (value === undefined && failure === undefined) return [];
    const place = span(node, name);
    const label = place === undefined ? name : `${name} @${place.start}..${place.end}`;
    return [[label, failure === undefined ? goldenValue(value) : { value: goldenValue(value), failure }]];
  });
  return Object.fromEntries(fields);
}

function goldenValue(value: unknown): unknown {
  if (value instanceof Uint8Array) {
    const shown = hex(value.subarray(0, SHOWN_BYTES));
    return value.length > SHOWN_BYTES ? `${shown}… ${value.length} bytes` : shown;
  }
  if (Array.isArray(value)) {
    const shown = value.slice(0, SHOWN_ELEMENTS).map(goldenValue);
    return value.length > SHOWN_ELEMENTS ? [...shown, `… ${value.length} elements`] : shown;
  }
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  return isNode(value) ? golden(value) : value;
}

/** Bytes as hex digits. */
export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
