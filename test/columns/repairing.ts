import type { Damage } from '../../src/damage.js';
import type { Cell } from '../helpers/truthColumns.js';
import { readColumn, type Seen, sourceOf } from './reading.js';
import type { ColumnFiles } from './writer.js';

/** A column whose entries in `.i` are to be damaged. */
export interface Column {
  readonly name: string;
  readonly code: number;
  readonly files: ColumnFiles;
  readonly cells: readonly Cell[];
}

export const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Reads all rows with changed files. */
export function read(
  column: Column,
  change: { d?: (bytes: Uint8Array) => void; i?: (bytes: Uint8Array) => void },
): Seen {
  const d = column.files.d.slice();
  const i = column.files.i!.slice();
  change.d?.(d);
  change.i?.(i);
  const rowCount = column.cells.length;
  return readColumn(sourceOf({ d, i }), column, [{ lo: 0, hi: rowCount }], { rowCount });
}

export const flip = (at: number, bit: number) => (bytes: Uint8Array) => {
  bytes[at]! ^= 1 << bit;
};
export const zero = (from: number, to: number) => (bytes: Uint8Array) => {
  bytes.fill(0, from, to);
};
export const outcomes = (damage: readonly Damage[]): unknown[] =>
  damage.map(({ code, severity, cells }) => [code, severity, cells]);
export const REPAIRED = [['column_entry_invalid', 'repaired', undefined]];
export const lost = (cells: bigint): unknown[] => [['column_entry_invalid', 'loss', cells]];
/** The cells with those of `rows` gone. */
export const without = (cells: readonly Cell[], ...rows: number[]): Cell[] =>
  cells.map((cell, row) => (rows.includes(row) ? null : cell));
/** Entry `row` a second time behind itself, so that all behind it move; the last one leaves the file. */
export const twice = (row: number) => (bytes: Uint8Array) => {
  bytes.copyWithin((row + 1) * 16, row * 16, bytes.length - 16);
};
/** Entry `from` also in place of entry `to`. */
export const copy = (from: number, to: number) => (bytes: Uint8Array) => {
  bytes.copyWithin(to * 16, from * 16, (from + 1) * 16);
};
export const exchange = (one: number, other: number) => (bytes: Uint8Array) => {
  const entry = bytes.slice(one * 16, (one + 1) * 16);
  copy(other, one)(bytes);
  bytes.set(entry, other * 16);
};
