/** What explanations of fields take and give. */
import type { Damage } from '../damage.js';
import type { KaitaiNode } from '../kaitai/types.js';
import type { Facts } from './facts.js';
import type { Role, Scalar } from './field.js';

/** What an explanation may look at. */
export interface Context {
  readonly node: KaitaiNode;
  readonly facts: Facts;
  /** Number of the element, or of the structure in its list. */
  readonly index?: number | undefined;
}

/** A meaning in words, and the role where the field's name does not tell it. */
export interface Told {
  readonly meaning?: string | undefined;
  readonly role?: Role;
}

/** What a structure's own line says. */
export interface Summary extends Told {
  readonly value?: Scalar;
}

export type Explain = (value: Scalar, context: Context) => Told;
export type Summarize = (context: Context) => Summary;

/** By `<path of the type in its specification>.<field>`. */
export type FieldMeanings = Readonly<Record<string, Explain>>;
/** By path of the type in its specification. */
export type Summaries = Readonly<Record<string, Summarize>>;

/** Always the same words. */
export const words =
  (meaning: string, role?: Role): Explain =>
  () =>
    role === undefined ? { meaning } : { meaning, role };

/** An error of the system without its code: `permission denied`. */
export const systemText = (error: string): string => error.replace(/^E[A-Z]+: /, '');

/** Why a file can't be opened. */
export const unreadableText = ({ actual }: Damage): string => `can't be read: ${systemText(actual ?? 'no such file')}`;

/** `row 3`, `rows 3 to 5`; both ends included. */
export const rowsText = (from: number | bigint, to: number | bigint): string =>
  from === to ? `row ${from}` : `rows ${from} to ${to}`;

/** `2 rows`, `1 row`. */
export const counted = (count: number | bigint, one: string, many = `${one}s`): string =>
  `${count} ${BigInt(count) === 1n ? one : many}`;
