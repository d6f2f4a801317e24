/** What a careful look at entries works on, and what is known of single rows. */
import { ENTRY_BYTES, type EntryFormat } from './entryFormat.js';
import type { HeadReader } from './headReader.js';
import { endOf, ValueState, type ValueTable } from './storedValues.js';
import type { VarFiles } from './varSize.js';

/** A range with some rows on either side of it. */
export interface Scene {
  readonly format: EntryFormat;
  readonly files: VarFiles;
  /** Row of the segment that row 0 of `table` is. */
  readonly from: number;
  readonly table: ValueTable;
  readonly entries: Uint8Array;
  readonly heads: HeadReader;
  /** 1 for rows whose data proves their entry. */
  readonly proved: Uint8Array;
  /** Rows whose value is not what their entry says. */
  readonly repaired: Set<number>;
}

/** Marks STORED rows that their data proves, and those that it disproves. */
export function proveRows(scene: Scene): void {
  const { files, table, proved } = scene;
  for (let row = 0; row < table.count; row++) {
    if (table.states[row] !== ValueState.STORED || endOf(table, row) > files.data.size) continue;
    const verdict = proves(scene, row, table.starts[row]!, table.sizes[row]!);
    if (verdict === true) proved[row] = 1;
    else table.states[row] = verdict === undefined ? ValueState.NO_DATA : ValueState.INVALID;
  }
}

/** Whether the value at byte `start` of `.d` can be that of `row`; `undefined` when it can't be read. */
export function proves(
  { format, entries, heads }: Scene,
  row: number,
  start: number,
  size: number,
): boolean | undefined {
  const head = heads.head(start, Math.min(size, format.headBytes));
  return head === undefined ? undefined : format.proves(entries, row * ENTRY_BYTES, head, start, size);
}

/** True when a row's size is proved too: by its data, or as nothing of the file is left behind it. */
export function isWhole({ format, table, proved, files }: Scene, row: number): boolean {
  if (table.states[row] === ValueState.STORED && proved[row] === 0) return false;
  return (format.provesSize && proved[row] === 1) || endOf(table, row) === files.data.size;
}

export function sameEntry(entries: Uint8Array, one: number, other: number): boolean {
  for (let at = 0; at < ENTRY_BYTES; at++)
    if (entries[one * ENTRY_BYTES + at] !== entries[other * ENTRY_BYTES + at]) return false;
  return true;
}

export function loseRows({ states }: ValueTable, from: number, to: number): void {
  for (let row = from; row < to; row++) if (states[row]! <= ValueState.NULL) states[row] = ValueState.INVALID;
}

/**
 * True when a row without data says that it lies on the other side of a value of the row beside it: the two may stand in each other's
 * place.
 */
export function isSwapped({ table, proved }: Scene, stored: number, other: number): boolean {
  const { states, starts } = table;
  if (proved[stored] === 0 || states[stored] !== ValueState.STORED) return false;
  if (states[other] !== ValueState.INLINE && states[other] !== ValueState.NULL) return false;
  return starts[other] === (other > stored ? starts[stored] : endOf(table, stored));
}
