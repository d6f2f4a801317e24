/** A careful look at the rows of a VARCHAR or ARRAY column: which entries to believe, and which to put right. */
import { believedBlocks, endOfBlock } from './believedBlocks.js';
import type { Block } from './blocks.js';
import { MAX_CHUNK_BYTES } from './columnReader.js';
import { ENTRY_BYTES, type EntryFormat } from './entryFormat.js';
import {
  isSwapped,
  isWhole,
  isWholeLength,
  isWithoutData,
  loseRows,
  proveRows,
  proves,
  type Scene,
  sameEntry,
} from './entryScene.js';
import type { Hole } from './file.js';
import { headReader } from './headReader.js';
import type { Losses } from './losses.js';
import { hexOf, reportLost } from './lostValues.js';
import { reorder } from './reorderEntries.js';
import type { RowRange } from './rows.js';
import { copyRows, endOf, ValueState, type ValueTable, valueTable } from './storedValues.js';
import { CONTEXT_ROWS, hasValues, type VarFiles } from './varSize.js';

/**
 * The rows of `range` go to `target` from row `at` on. An entry is believed when its data proves it and it follows its neighbours. Where
 * one entry is wrong between good ones, its value is what lies between theirs, if that proves to be it. The rest is lost.
 */
export function settleRange(
  format: EntryFormat,
  files: VarFiles,
  range: RowRange,
  target: ValueTable,
  at: number,
  losses: Losses,
): void {
  const from = Math.max(0, range.lo - CONTEXT_ROWS);
  const to = Math.max(range.hi, Math.min(range.hi + CONTEXT_ROWS, files.rowCount ?? 0));
  const entries = new Uint8Array((to - from) * ENTRY_BYTES);
  const table = valueTable(to - from);
  const heads = headReader(files.data);
  const proved = new Uint8Array(to - from);
  const scene: Scene = { format, files, from, table, entries, heads, proved, repaired: new Set() };
  const holes = files.aux.fill(entries, from * ENTRY_BYTES);
  format.decode(entries, to - from, table, 0, 0, 0);
  for (const hole of holes) {
    table.states.fill(ValueState.NO_ENTRY, Math.floor(hole.from / ENTRY_BYTES), Math.ceil(hole.to / ENTRY_BYTES));
  }
  proveRows(scene);
  settleGaps(scene, believedBlocks(scene));
  if (isErased(scene)) loseRows(table, 0, table.count);
  for (let row = 0; row < table.count; row++) {
    if (table.states[row] === ValueState.STORED && endOf(table, row) > files.data.size)
      table.states[row] = ValueState.BEYOND;
  }
  copyRows(table, range.lo - from, range.hi - range.lo, target, at);
  report(scene, range, holes[0] ?? files.aux.beyond, losses);
}

/** True when all entries of a segment are zeros, but `.d` has values that are no later row's. */
function isErased({ format, files, from, table, entries }: Scene): boolean {
  if (!format.plainNull || from > 0 || files.rowCount === undefined || table.count < files.rowCount) return false;
  if (entries.some((byte) => byte !== 0) || !hasValues(files)) return false;
  const behind = new Uint8Array(CONTEXT_ROWS * ENTRY_BYTES);
  files.aux.fill(behind, table.count * ENTRY_BYTES);
  return behind.every((byte) => byte === 0);
}

/** Loses the rows that are in none of the `blocks`, but for those whose place between two blocks proves them. */
function settleGaps(scene: Scene, blocks: readonly Block[]): void {
  const { table } = scene;
  let before: Block | undefined;
  for (const [i, block] of blocks.entries()) {
    if (before === undefined) loseRows(table, 0, Math.max(0, block.first));
    else if (before.end === Math.max(0, block.first)) settleBorder(scene, before, block, blocks[i + 1]);
    else settleGap(scene, before, block);
    before = block;
  }
  const first = Math.max(0, before?.end ?? 0);
  if (before === undefined || !reorder(scene, first, table.count, endOfBlock(table, before)))
    loseRows(table, first, table.count);
}

/**
 * Settles the rows on either side of a border, where one block follows another without a row in between. A value that reaches into the
 * next one is cut short where that is borne out: by its size, or by what follows `after` (rows of another file end where they please).
 */
function settleBorder(scene: Scene, before: Block, after: Block, next: Block | undefined): void {
  const { table, format } = scene;
  const last = before.end - 1;
  const { first, start } = after;
  const end = endOfBlock(table, before);
  if (end === start || (last >= 0 && table.states[last]! > ValueState.NULL)) return;
  const isStored = table.states[first] === ValueState.STORED;
  if (last < 0) {
    // Nothing is before the first row, so that it is the one that is wrong.
    if (isStored) loseRows(table, first, first + 1);
    else relocate(scene, first, 0, start);
  } else if (claimsSame(scene, last, first)) {
    loseRows(table, last, first + 1);
  } else if (end < start && isWhole(scene, last)) {
    // That an array has no elements is no proof that it is one.
    if (isStored) loseRows(table, scene.proved[first] === 1 ? last : first, first + 1);
    else if (start - end <= format.headBytes) loseRows(table, last, first + 1);
    else relocate(scene, first, end, start);
  } else if (format.plainNull && last > 0 && end === 0) {
    loseRows(table, 0, before.end);
  } else if (isClaimed(scene, end, first)) {
    loseRows(table, first, valueBehind(scene, first));
  } else if (
    differInOneBit(start - table.starts[last]!, end - table.starts[last]!) ||
    (end > start && isBorneOut(scene, after, next))
  ) {
    relocate(scene, last, table.starts[last]!, start);
  } else {
    loseRows(table, last, isCopied(scene, first) ? first + 1 : first);
  }
}

/** True when a block ends where `next` begins, which is the row behind it, or where the whole file does. */
function isBorneOut({ table, files }: Scene, block: Block, next: Block | undefined): boolean {
  const end = endOfBlock(table, block);
  return next === undefined ? end === files.data.size : next.first === block.end && next.start === end;
}

/** A size with one wrong bit is put right; of others it is as likely that the entry of the value in between is gone. */
function differInOneBit(one: number, other: number): boolean {
  const bits = one ^ other;
  return (bits & (bits - 1)) === 0;
}

/** True when a row without data has the same entry as one of the next: it may be a copy over that of a value. */
function isCopied(scene: Scene, row: number): boolean {
  const end = valueBehind(scene, row);
  for (let next = row + 1; next < end; next++) if (sameEntry(scene.entries, row, next)) return true;
  return false;
}

/** True when the value at byte `place`, right before row `row` without data, is that of a row further on: which row's it is nothing tells. */
function isClaimed(scene: Scene, place: number, row: number): boolean {
  const { table, proved } = scene;
  const next = valueBehind(scene, row);
  return proved[next] === 1 && table.starts[next] === place && endOf(table, next) === table.starts[row];
}

/** The first row behind `row` that is not one without data at the same place. */
function valueBehind({ table }: Scene, row: number): number {
  const { count, starts } = table;
  let next = row + 1;
  while (next < count && isWithoutData(table, next) && starts[next] === starts[row]) next++;
  return next;
}

/** Settles the last row of `before` and the rows between it and `after`. */
function settleGap(scene: Scene, before: Block, after: Block): void {
  const { table, format } = scene;
  const first = Math.max(0, before.end);
  const end = endOfBlock(table, before);
  if (end > after.start) table.states[before.end - 1] = ValueState.INVALID;
  const single = after.first === first + 1;
  // Rows without room for data are NULL, unless several are doubtful and some claim data.
  const claims = table.states.subarray(first, after.first).includes(ValueState.STORED);
  if (end === after.start && (single || (format.plainNull && !claims))) {
    if (claimsSame(scene, first, after.first)) loseRows(table, first, after.first + 1);
    else if (
      single &&
      before.end > 0 &&
      (claimsSame(scene, before.end - 1, first) || isSwapped(scene, before.end - 1, first))
    )
      loseRows(table, before.end - 1, after.first);
    else if (single && isSwapped(scene, after.first, first)) loseRows(table, first, after.first + 1);
    else for (let row = first; row < after.first; row++) keepWithoutData(scene, row, end);
  } else if (end < after.start && single) {
    relocate(scene, first, end, after.start);
  } else if (!reorder(scene, first, after.first, end, after.start)) {
    loseRows(table, first, after.first);
  }
  // Zeros that bytes follow which are no row's: they need not be NULL.
  const isOwned = single && table.starts[first] === end && table.sizes[first] === after.start - end;
  if (format.plainNull && end === 0 && after.start > 0 && table.states[first]! > ValueState.NULL && !isOwned)
    loseRows(table, 0, first);
}

/** True when two rows claim the bytes from one place on, with the same proof: nothing tells which of them is a copy. */
function claimsSame({ table, proved }: Scene, row: number, next: number): boolean {
  const { states, starts } = table;
  return proved[row] === 1 && states[next] === ValueState.STORED && starts[row] === starts[next];
}

/**
 * The value of `row` is bytes [start, end) of `.d` if they prove to be; else it is lost. Where bytes may be gone from `.i` the row behind
 * need not be the next one, so that the row's entry has to say the size itself.
 */
function relocate(scene: Scene, row: number, start: number, end: number): void {
  const { files, table } = scene;
  const size = end - start;
  if (size === 0) {
    keepWithoutData(scene, row, start);
    return;
  }
  const fits = end <= files.data.size && size > 0 && size <= MAX_CHUNK_BYTES;
  const isItsOwn = isWholeLength(files) || table.sizes[row] === size;
  if (!fits || !isItsOwn || proves(scene, row, start, size) !== true) {
    loseRows(table, row, row + 1);
    return;
  }
  table.states[row] = ValueState.STORED;
  table.starts[row] = start;
  table.sizes[row] = size;
  scene.repaired.add(row);
}

/** A row without bytes in `.d`: what its entry says, if that says so; else it can only be NULL, or an inlined value that is lost. */
function keepWithoutData({ format, table, proved, repaired }: Scene, row: number, start: number): void {
  if (table.states[row] === ValueState.NO_ENTRY) return;
  if (!isWithoutData(table, row)) {
    // A value of another place is misplaced: what was here is not known.
    const canBeNull = format.plainNull && !(proved[row] === 1 && table.starts[row] !== start);
    table.states[row] = canBeNull ? ValueState.NULL : ValueState.INVALID;
    if (!canBeNull) return;
  }
  table.starts[row] = start;
  repaired.add(row);
}

/** Tells of the rows of `range` that are lost or repaired. */
function report(scene: Scene, range: RowRange, hole: Pick<Hole, 'code' | 'actual'>, losses: Losses): void {
  const { table, entries, files, from, format, repaired } = scene;
  const hex = (row: number): string => hexOf(entries.subarray(row * ENTRY_BYTES, (row + 1) * ENTRY_BYTES));
  const { expected } = format;
  reportLost(files, table, range.lo - from, range.hi - from, losses, {
    entryBytes: ENTRY_BYTES,
    firstRow: from,
    auxBytes: range.hi * ENTRY_BYTES,
    auxHole: hole,
    expected,
    actual: hex,
  });
  const mended = [...repaired].filter(
    (row) => row >= range.lo - from && row < range.hi - from && table.states[row]! <= ValueState.NULL,
  );
  const first = mended.at(0);
  if (first === undefined) return;
  losses.add(
    'column_entry_invalid',
    files.aux.path,
    0,
    () => ({
      byteOffset: (from + first) * ENTRY_BYTES,
      expected,
      actual:
        mended.length === 1
          ? `one that does not: ${hex(first)}`
          : `${mended.length} that do not, the first ${hex(first)}`,
      severity: 'repaired',
    }),
    'repaired',
  );
}
