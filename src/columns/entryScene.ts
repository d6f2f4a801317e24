/** What a careful look at entries works on, and what is known of single rows. */
import { ENTRY_BYTES, type EntryFormat } from './entryFormat.js';
import type { HeadReader } from './headReader.js';
import { endOf, ValueState, type ValueTable } from './storedValues.js';
import type { VarFiles } from './varSize.js';

/** Files that QuestDB does not cut off behind the last row end at a multiple of this. */
const PAGE_BYTES = 4096;

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

/**
 * True when `.i` is as long as QuestDB leaves it: up to the last row, or whole pages. If it is not, bytes may be gone from its middle, and
 * the entries behind them be those of other rows.
 */
export function isWholeLength({ aux, rowCount }: VarFiles): boolean {
  return rowCount === undefined || aux.size === rowCount * ENTRY_BYTES || aux.size % PAGE_BYTES === 0;
}

/** True for rows that are sound and have nothing in `.d`. */
export function isWithoutData({ states }: ValueTable, row: number): boolean {
  return states[row] === ValueState.INLINE || states[row] === ValueState.NULL;
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
  if (proved[stored] === 0 || states[stored] !== ValueState.STORED || !isWithoutData(table, other)) return false;
  return starts[other] === (other > stored ? starts[stored] : endOf(table, stored));
}
