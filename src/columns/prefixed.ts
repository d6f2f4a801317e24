/** STRING and BINARY: `.i` has the ends of the values in `.d`, which say their own length first. */
import { MAX_CHUNK_BYTES } from './columnReader.js';
import type { Losses } from './losses.js';
import { type PrefixFormat, readOffsets } from './prefixFormat.js';
import { countRows, type RowRange } from './rows.js';
import { settleRange } from './settlePrefixed.js';
import { ValueState, type ValueTable, valueTable } from './storedValues.js';
import type { Fit, Located, Values, VarFiles } from './varSize.js';

const NO_ENTRIES = new Uint8Array(0);

/** As `VarFormat.locate`. */
export function locatePrefixed(
  format: PrefixFormat,
  files: VarFiles,
  ranges: readonly RowRange[],
  careful: boolean,
  losses: Losses,
): Located {
  const table = valueTable(countRows(ranges));
  let at = 0;
  for (const range of ranges) {
    const { offsets } = readOffsets(files.aux, range.lo, range.hi);
    if (careful || !believable(format, files, range, offsets, table, at))
      settleRange(format, files, range, table, at, losses);
    at += range.hi - range.lo;
  }
  return { table, entries: NO_ENTRIES };
}

/** As `VarFormat.confirm`. */
export function confirmPrefixed(format: PrefixFormat, { table, bytes, positions }: Values): boolean {
  const data = new DataView(bytes.buffer);
  for (let row = 0; row < table.count; row++) {
    if (table.states[row] === ValueState.STORED && format.sizeOf(data, positions[row]!) !== table.sizes[row])
      return false;
  }
  return true;
}

/**
 * As `VarFormat.fit`: the bytes from the least to the greatest offset so far, and up to the next offset that can be one, as rows in
 * between may turn out to reach it.
 */
export function fitPrefixed(files: VarFiles, { lo, hi }: RowRange, budgetBytes: number): Fit {
  const { offsets } = readOffsets(files.aux, lo, hi);
  let rows = 0;
  let least = Number.POSITIVE_INFINITY;
  let greatest = 0;
  for (let row = 0; row < offsets.length; row++) {
    const offset = offsets[row]!;
    if (!(offset <= files.data.size)) continue;
    least = Math.min(least, offset);
    greatest = Math.max(greatest, offset);
    if (greatest - least > budgetBytes) return { rows, bytes: greatest - least };
    rows = row;
  }
  const bytes = Math.max(0, greatest - least);
  const open = rows < hi - lo && files.data.size - least > budgetBytes;
  return open ? { rows, bytes } : { rows: hi - lo, bytes };
}

/** Takes the offsets as they are; false when they do not rise or leave the file. */
function believable(
  { prefixBytes }: PrefixFormat,
  files: VarFiles,
  { lo, hi }: RowRange,
  offsets: Float64Array,
  { starts, sizes }: ValueTable,
  at: number,
): boolean {
  let start = offsets[0]!;
  let sound = lo > 0 || start === 0;
  for (let row = 0; row < hi - lo; row++) {
    const end = offsets[row + 1]!;
    const size = end - start;
    sound &&= size >= prefixBytes && size <= MAX_CHUNK_BYTES;
    starts[at + row] = start;
    sizes[at + row] = size;
    start = end;
  }
  return sound && start <= files.data.size;
}
