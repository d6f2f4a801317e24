/**
 * What parsers under `generated/` are made of, as far as the rest of the library may know it.
 */

import type { KaitaiStream } from './stream.js';

/** Where a field is: offsets from `ioOffset`, which counts from the start of the ArrayBuffer. */
export interface DebugEntry {
  readonly start?: number;
  /** Absent while the field is being read, so also when reading it failed. */
  readonly end?: number;
  readonly ioOffset?: number;
  /** Class and name of the field's enum: `Event.EventType`. */
  readonly enumName?: string;
  /** Elements of a repeated field. */
  readonly arr?: readonly DebugEntry[];
  /** Set when the field was read but its value is not allowed. */
  readonly validationError?: Error;
}

/** Something that a generated parser read. */
export interface KaitaiNode {
  readonly _io: KaitaiStream;
  readonly _parent?: unknown;
  readonly _root: unknown;
  /** By field name (`_m_` before that of a lazy instance); absent when read without spans. */
  readonly _debug?: Readonly<Record<string, DebugEntry>>;
  _read(): void;
}

/** A generated parser for nodes `T` that needs the parameters `A`. */
export interface GeneratedType<T extends KaitaiNode, A extends readonly unknown[] = []> {
  new (io: KaitaiStream, parent?: unknown, root?: unknown, ...args: A): T;
  /** Bytes that every `T` takes; `undefined` when that differs from one to the next. */
  readonly byteSize: number | undefined;
  /** Where the type is described: `event/types/record`. */
  readonly specPath: string;
  /** Names of the fields in the order of the specification, lazy instances and computed ones behind them. */
  readonly fields: readonly string[];
  /** How many of `fields` are read in sequence. */
  readonly numSeqFields: number;
}

/** The names of an enum's values and the values of its names. */
export type EnumMap<T extends Readonly<Record<string, number>>> = T & { readonly [value: number]: string };
