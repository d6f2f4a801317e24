/** A careful look at the rows of a STRING or BINARY column: which offsets to believe, and which to put right. */
import { type Block, believableBlocks } from './blocks.js';
import { MAX_CHUNK_BYTES } from './columnReader.js';
import type { Hole } from './file.js';
import { type HeadReader, headReader } from './headReader.js';
import type { Losses } from './losses.js';
import { reportLost } from './lostValues.js';
import { OFFSET_BYTES, type PrefixFormat, readOffsets } from './prefixFormat.js';
import type { RowRange } from './rows.js';
import { copyRows, ValueState, type ValueTable, valueTable } from './storedValues.js';
import { CONTEXT_ROWS, type VarFiles } from './varSize.js';

const EXPECTED = `offsets that agree with the length in the data, of at most ${MAX_CHUNK_BYTES} bytes`;
const MAX_INT32 = 2 ** 31 - 1;

/** A range with some rows on either side of it. */
interface Scene {
  readonly format: PrefixFormat;
  readonly files: VarFiles;
  readonly table: ValueTable;
  /** Where rows start by `.i`: one more than there are rows. */
  readonly offsets: Float64Array;
  /** Why offsets could not be read. */
  readonly hole: Pick<Hole, 'code' | 'actual'>;
  readonly heads: HeadReader;
  /** Rows whose value is not where their offsets say. */
  readonly repaired: Set<number>;
}

/**
 * The rows of `range` go to `target` from row `at` on. A row is sound when the length in its data leads to the start of the next one.
 * Where rows are not, the lengths are followed from the end of the sound rows before to the start of those after: if that leads there
 * in as many steps as there are rows, only offsets were damaged. The rest is lost.
 */
export function settleRange(
  format: PrefixFormat,
  files: VarFiles,
  range: RowRange,
  target: ValueTable,
  at: number,
  losses: Losses,
): void {
  const from = Math.max(0, range.lo - CONTEXT_ROWS);
  const to = Math.max(range.hi, Math.min(range.hi + CONTEXT_ROWS, files.rowCount ?? 0));
  const table = valueTable(to - from);
  const { offsets, hole = files.aux.beyond } = readOffsets(files.aux, from, to);
  const scene: Scene = { format, files, table, offsets, hole, heads: headReader(files.data), repaired: new Set() };
  if (from === 0 && offsets[0] !== 0) {
    offsets[0] = 0;
    scene.repaired.add(0);
  }
  const blocks = believableBlocks(soundBlocks(scene, from === 0));
  let done = 0;
  for (const block of blocks) {
    settleGap(scene, done, block.first);
    done = block.end;
  }
  settleGap(scene, done, table.count);
  copyRows(table, range.lo - from, range.hi - range.lo, target, at);
  report(scene, range, from, losses);
}

/** Runs of sound rows; the others become INVALID, or NO_DATA where the length in their data can't be read. */
function soundBlocks(scene: Scene, atStart: boolean): Block[] {
  const { files, table, offsets } = scene;
  const blocks: Block[] = [];
  let first = 0;
  for (let row = 0; row <= table.count; row++) {
    const start = offsets[row]!;
    const end = offsets[row + 1] ?? Number.NaN;
    const size = start < end && end <= files.data.size ? storedSize(scene, start) : -1;
    if (size !== undefined && size > 0 && size === end - start) {
      table.starts[row] = start;
      table.sizes[row] = size;
      continue;
    }
    if (row > first) {
      const anchored = atStart && first === 0;
      blocks.push({ first, end: row, start: offsets[first]!, next: start, proved: row - first, anchored });
    }
    if (row < table.count) table.states[row] = size === undefined ? ValueState.NO_DATA : ValueState.INVALID;
    first = row + 1;
  }
  return blocks;
}

/** Bytes that the value at byte `start` of `.d` says it takes; -1 when it can't, `undefined` when that can't be read. */
function storedSize({ format, files, heads }: Scene, start: number): number | undefined {
  if (start + format.prefixBytes > files.data.size) return -1;
  const prefix = heads.head(start, format.prefixBytes);
  if (prefix === undefined) return undefined;
  const size = format.sizeOf(new DataView(prefix.buffer, prefix.byteOffset), 0);
  return start + size > files.data.size || size > MAX_CHUNK_BYTES ? -1 : size;
}

/** Settles rows [first, end), which are between believed ones. */
function settleGap(scene: Scene, first: number, end: number): void {
  if (first >= end || followLengths(scene, first, end)) return;
  const { files, table, offsets } = scene;
  for (let row = first; row < end; row++) {
    const start = offsets[row]!;
    const stop = offsets[row + 1]!;
    if (Number.isNaN(start) || Number.isNaN(stop)) {
      table.states[row] = ValueState.NO_ENTRY;
    } else if (table.states[row] !== ValueState.NO_DATA) {
      // Offsets that rise past the end of the file are good ones of a file that lost its end.
      const rising =
        !(offsets[row - 1]! > start) && start < stop && !(offsets[row + 2]! < stop) && stop < Number.POSITIVE_INFINITY;
      table.states[row] = rising && stop > files.data.size ? ValueState.BEYOND : ValueState.INVALID;
    }
    table.starts[row] = start;
    table.sizes[row] = Math.max(0, Math.min(stop - start, MAX_INT32)) || 0;
  }
}

/** Gives rows [first, end) the places that the lengths in the data lead to; false if they do not lead to the row at `end`. */
function followLengths(scene: Scene, first: number, end: number): boolean {
  const { files, table, offsets, repaired } = scene;
  let place = offsets[first]!;
  if (!(place < offsets[end]! && offsets[end]! <= files.data.size)) return false;
  for (let row = first; row < end; row++) {
    const size = storedSize(scene, place) ?? -1;
    if (size < 0 || place + size > offsets[end]!) return false;
    table.starts[row] = place;
    table.sizes[row] = size;
    place += size;
  }
  if (place !== offsets[end]) return false;
  table.states.fill(ValueState.STORED, first, end);
  for (let row = first; row < end; row++) repaired.add(row);
  return true;
}

/** Tells of the rows of `range` that are lost or repaired. */
function report({ files, table, offsets, hole, repaired }: Scene, range: RowRange, from: number, losses: Losses): void {
  const places = (row: number): string => `bytes ${offsets[row]} to ${offsets[row + 1]}`;
  reportLost(files, table, range.lo - from, range.hi - from, losses, {
    entryBytes: OFFSET_BYTES,
    firstRow: from,
    auxBytes: (range.hi + 1) * OFFSET_BYTES,
    auxHole: hole,
    expected: EXPECTED,
    actual: places,
  });
  const mended = [...repaired].filter(
    (row) => row >= range.lo - from && row < range.hi - from && table.states[row] === ValueState.STORED,
  );
  const first = mended.at(0);
  if (first === undefined) return;
  losses.add(
    'column_entry_invalid',
    files.aux.path,
    0,
    () => ({
      byteOffset: (from + first) * OFFSET_BYTES,
      expected: EXPECTED,
      actual: `${places(first)}, and ${mended.length - 1} more rows whose offsets the data corrects`,
      severity: 'repaired',
    }),
    'repaired',
  );
}
