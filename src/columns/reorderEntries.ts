/** Entries that stand in each other's place. */
import { type Scene, sameEntry } from './entryScene.js';
import { endOf, ValueState } from './storedValues.js';

/**
 * Rows [first, end) whose entries fill bytes from `start` on (and up to `stop`) without a gap, just not in this order, get back each its
 * own. Returns whether that is so.
 */
export function reorder(scene: Scene, first: number, end: number, start: number, stop?: number): boolean {
  const { table, proved, entries, repaired } = scene;
  const { states, starts, sizes } = table;
  if (end - first < 2) return false;
  const rows = Array.from({ length: end - first }, (_, index) => first + index);
  const isStored = (row: number): boolean => states[row] === ValueState.STORED;
  if (rows.some((row) => states[row]! > ValueState.NULL || (isStored(row) && proved[row] !== 1))) return false;
  // Where values are in order, a row without one may just as well have a wrong place.
  const values = rows.filter(isStored);
  if (values.every((row, index) => index === 0 || starts[values[index - 1]!]! < starts[row]!)) return false;
  rows.sort((a, b) => starts[a]! - starts[b]! || Number(isStored(a)) - Number(isStored(b)) || a - b);
  let next = start;
  for (const [index, row] of rows.entries()) {
    const left = rows[index - 1];
    const isTie = left !== undefined && !isStored(left) && !isStored(row) && starts[left] === starts[row];
    if (starts[row] !== next || (isTie && !sameEntry(entries, left, row))) return false;
    next = endOf(table, row);
  }
  if (stop !== undefined && next !== stop) return false;
  const found = rows.map((row) => ({ row, state: states[row]!, start: starts[row]!, size: sizes[row]! }));
  for (const [index, { row, state, start: place, size }] of found.entries()) {
    const target = first + index;
    // The text of an inlined value is not moved.
    states[target] = state === ValueState.INLINE && row !== target ? ValueState.INVALID : state;
    starts[target] = place;
    sizes[target] = size;
    if (row !== target) repaired.add(target);
  }
  return true;
}
