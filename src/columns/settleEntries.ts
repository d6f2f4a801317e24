/** A careful look at the rows of a VARCHAR or ARRAY column: which entries to believe, and which to put right. */
import { type Block, believableBlocks } from './blocks.js';
import { MAX_CHUNK_BYTES } from './columnReader.js';
import { ENTRY_BYTES, type EntryFormat } from './entryFormat.js';
import type { Hole } from './file.js';
import { type HeadReader, headReader } from './headReader.js';
import type { Losses } from './losses.js';
import { hexOf, reportLost } from './lostValues.js';
import type { RowRange } from './rows.js';
import { copyRows, endOf, ValueState, type ValueTable, valueTable } from './storedValues.js';
import { CONTEXT_ROWS, type VarFiles } from './varSize.js';

/** A range with some rows on either side of it. */
interface Scene {
  readonly format: EntryFormat;
  readonly files: VarFiles;
  /** Row of the segment that row 0 of `table` is. */
  readonly from: number;
  readonly table: ValueTable;
  readonly entries: Uint8Array;
  readonly heads: HeadReader;
  /** Rows whose value is not what their entry says. */
  readonly repaired: Set<number>;
}

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
  const scene: Scene = { format, files, from, table, entries, heads, repaired: new Set() };
  const holes = files.aux.fill(entries, from * ENTRY_BYTES);
  format.decode(entries, to - from, table, 0, 0, 0);
  for (const hole of holes) {
    table.states.fill(ValueState.NO_ENTRY, Math.floor(hole.from / ENTRY_BYTES), Math.ceil(hole.to / ENTRY_BYTES));
  }
  const proved = proveRows(scene);
  const blocks = withoutStrays(scene, proved, blocksOf(scene, proved));
  settleGaps(
    scene,
    believableBlocks(format.provesSize ? blocks.flatMap((block) => splitLast(scene, proved, block)) : blocks),
  );
  for (let row = 0; row < table.count; row++) {
    if (table.states[row] === ValueState.STORED && endOf(table, row) > files.data.size)
      table.states[row] = ValueState.BEYOND;
  }
  copyRows(table, range.lo - from, range.hi - range.lo, target, at);
  report(scene, range, holes[0] ?? files.aux.beyond, losses);
}

/** Marks STORED rows whose data disproves them; returns for each row whether its data proves it. */
function proveRows(scene: Scene): Uint8Array {
  const { files, table } = scene;
  const proved = new Uint8Array(table.count);
  for (let row = 0; row < table.count; row++) {
    if (table.states[row] !== ValueState.STORED || endOf(table, row) > files.data.size) continue;
    const verdict = proves(scene, row, table.starts[row]!, table.sizes[row]!);
    if (verdict === true) proved[row] = 1;
    else table.states[row] = verdict === undefined ? ValueState.NO_DATA : ValueState.INVALID;
  }
  return proved;
}

/** Whether the value at byte `start` of `.d` can be that of `row`; `undefined` when it can't be read. */
function proves({ format, entries, heads }: Scene, row: number, start: number, size: number): boolean | undefined {
  const head = heads.head(start, Math.min(size, format.headBytes));
  return head === undefined ? undefined : format.proves(entries, row * ENTRY_BYTES, head, start, size);
}

/** Runs of sound rows whose values follow each other. The start of the segment is row -1 of the first one. */
function blocksOf({ from, table }: Scene, proved: Uint8Array): Block[] {
  const { count, states, starts } = table;
  const blocks: Block[] = [];
  const startsRight = from === 0 && count > 0 && states[0]! <= ValueState.NULL && starts[0] === 0;
  if (from === 0 && !startsRight) blocks.push({ first: -1, end: 0, start: 0, next: 0, proved: 0, anchored: true });
  for (let row = 0; row < count; row++) {
    if (states[row]! > ValueState.NULL) continue;
    const anchored = startsRight && row === 0;
    const first = anchored ? -1 : row;
    const start = starts[row]!;
    let proofs = proved[row]!;
    while (row + 1 < count && states[row + 1]! <= ValueState.NULL && starts[row + 1] === endOf(table, row)) {
      row++;
      proofs += proved[row]!;
    }
    // Nothing follows that would prove the size of the last row.
    blocks.push({ first, end: row + 1, start, next: starts[row]!, proved: proofs, anchored });
  }
  return blocks;
}

/**
 * Drops rows that contradict both rows beside them. A row that has but one row beside it and contradicts that: one of the two is
 * wrong, and where data does not prove just one of them, both are lost.
 */
function withoutStrays({ format, table }: Scene, proved: Uint8Array, blocks: readonly Block[]): readonly Block[] {
  const isProved = (row: number): boolean => format.provesSize && proved[row] === 1;
  const kept: Block[] = [];
  for (const [index, block] of blocks.entries()) {
    const left = kept.at(-1);
    const besideLeft = left !== undefined && left.end === block.first;
    const besideRight = blocks[index + 1]?.first === block.end;
    const alone = block.end - block.first === 1 && !block.anchored && (besideLeft || besideRight);
    if (
      !alone ||
      (!besideRight && isProved(block.first) && !(besideLeft && (left.end === 0 || isProved(left.end - 1))))
    ) {
      kept.push(block);
    } else if (besideLeft && !besideRight && left.end > 0) {
      kept.pop();
      const end = left.end - 1;
      if (end > left.first) kept.push({ ...left, end, next: end === 0 ? 0 : table.starts[end - 1]! });
    }
  }
  return kept;
}

/**
 * A block's last row on its own, if its data proves its size: it may be believed or not where what follows contradicts it. (Its
 * bytes can be those of a later row.)
 */
function splitLast({ table }: Scene, proved: Uint8Array, block: Block): readonly Block[] {
  const last = block.end - 1;
  if (last < 0 || proved[last] !== 1) return [block];
  const lastBlock = {
    first: last,
    end: block.end,
    start: table.starts[last]!,
    next: endOf(table, last),
    proved: 1,
    anchored: false,
  };
  if (last === block.first) return [{ ...lastBlock, anchored: block.anchored }];
  const rest = { ...block, end: last, proved: block.proved - 1, next: last === 0 ? 0 : table.starts[last - 1]! };
  return [rest, lastBlock];
}

/** Loses the rows that are in none of the `blocks`, but for those whose place between two blocks proves them. */
function settleGaps(scene: Scene, blocks: readonly Block[]): void {
  const { table } = scene;
  let before: Block | undefined;
  for (const block of blocks) {
    settleGap(scene, before, block);
    before = block;
  }
  loseRows(table, Math.max(0, before?.end ?? 0), table.count);
}

/** Settles the last row of `before` and the rows between it and `after`. */
function settleGap(scene: Scene, before: Block | undefined, after: Block): void {
  const { table, format } = scene;
  const first = Math.max(0, before?.end ?? 0);
  if (before === undefined) {
    loseRows(table, first, Math.max(0, after.first));
    return;
  }
  const last = before.end - 1;
  if (first === after.first) {
    if (last >= 0 && endOf(table, last) !== after.start) relocate(scene, last, before.next, after.start);
    return;
  }
  const end = last < 0 ? 0 : endOf(table, last);
  if (end > after.start) table.states[last] = ValueState.INVALID;
  const single = after.first === first + 1;
  // Rows without room for data are NULL, unless some claim data that proves to be theirs as well as another row's.
  const claims = table.states.subarray(first, after.first).includes(ValueState.STORED);
  if (end === after.start && !claims && (single || format.plainNull)) {
    for (let row = first; row < after.first; row++) keepWithoutData(scene, row, end);
  } else if (end < after.start && single) {
    relocate(scene, first, end, after.start);
  } else {
    loseRows(table, first, after.first);
  }
}

/** The value of `row` is bytes [start, end) of `.d` if they prove to be; else it is lost. */
function relocate(scene: Scene, row: number, start: number, end: number): void {
  const { files, table } = scene;
  const size = end - start;
  if (size === 0) {
    keepWithoutData(scene, row, start);
    return;
  }
  if (end > files.data.size || size > MAX_CHUNK_BYTES || size < 0 || proves(scene, row, start, size) !== true) {
    loseRows(table, row, row + 1);
    return;
  }
  table.states[row] = ValueState.STORED;
  table.starts[row] = start;
  table.sizes[row] = size;
  scene.repaired.add(row);
}

/** A row without bytes in `.d`: what its entry says, if that says so; else it can only be NULL, or an inlined value that is lost. */
function keepWithoutData({ format, table, repaired }: Scene, row: number, start: number): void {
  const state = table.states[row]!;
  if (state === ValueState.NO_ENTRY) return;
  if (state !== ValueState.INLINE && state !== ValueState.NULL) {
    table.states[row] = format.plainNull ? ValueState.NULL : ValueState.INVALID;
    if (!format.plainNull) return;
  }
  table.starts[row] = start;
  repaired.add(row);
}

function loseRows({ states }: ValueTable, from: number, to: number): void {
  for (let row = from; row < to; row++) if (states[row]! <= ValueState.NULL) states[row] = ValueState.INVALID;
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
      actual: `${mended.length} other entries, the first ${hex(first)}`,
      severity: 'repaired',
    }),
    'repaired',
  );
}
