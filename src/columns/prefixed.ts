/** STRING and BINARY: `.i` has the ends of the values in `.d`, which say their own length first. */
import { MAX_CHUNK_BYTES } from './columnReader.js';
import type { Losses } from './losses.js';
import { OFFSET_BYTES, type PrefixFormat, readOffsets } from './prefixFormat.js';
import { countRows, type RowRange } from './rows.js';
import { scratchBytes, scratchTable } from './scratch.js';
import { settleRange } from './settlePrefixed.js';
import { type Span, ValueState, type ValueTable } from './storedValues.js';
import type { Fit, Located, Values, VarFiles } from './varSize.js';
import { int32sOf } from './views.js';

const TWO_32 = 2 ** 32;
const NO_ENTRIES = new Uint8Array(0);

/** As `VarFormat.locate`. */
export function locatePrefixed(
  format: PrefixFormat,
  files: VarFiles,
  ranges: readonly RowRange[],
  careful: boolean,
  losses: Losses,
): Located {
  const table = scratchTable(countRows(ranges));
  table.states.fill(ValueState.STORED);
  const spans: Span[] = [];
  let first = 0;
  let position = 0;
  let settled = false;
  for (const range of ranges) {
    const end = first + range.hi - range.lo;
    const place = careful ? undefined : believe(format, files, range, table, first, position);
    if (place === undefined) {
      settleRange(format, files, range, table, first, losses);
      settled = true;
    } else {
      spans.push({ first, end, position, ...place });
      position += place.bytes;
    }
    first = end;
  }
  return settled ? { table, entries: NO_ENTRIES } : { table, entries: NO_ENTRIES, spans };
}

/** Takes the offsets as they are, and tells where the rows are; `undefined` when they do not rise or leave the file. */
function believe(
  { prefixBytes }: PrefixFormat,
  files: VarFiles,
  { lo, hi }: RowRange,
  { sizes, positions }: ValueTable,
  at: number,
  position: number,
): Pick<Span, 'start' | 'bytes'> | undefined {
  const entries = scratchBytes('entries', (hi - lo + 1) * OFFSET_BYTES);
  if (files.aux.fill(entries, lo * OFFSET_BYTES).length > 0) return undefined;
  const words = int32sOf(entries);
  const start = (words[0]! >>> 0) + words[1]! * TWO_32;
  if (start < 0) return undefined;
  let unsound = 0;
  let next = start;
  for (let row = at, word = 2; row < at + hi - lo; row++, word += 2) {
    const end = (words[word]! >>> 0) + words[word + 1]! * TWO_32;
    const size = end - next;
    if (size < prefixBytes || size > MAX_CHUNK_BYTES) unsound++;
    sizes[row] = size;
    positions[row] = next - start + position;
    next = end;
  }
  return unsound === 0 && next <= files.data.size ? { start, bytes: next - start } : undefined;
}

/** As `VarFormat.confirm`. */
export function confirmPrefixed(format: PrefixFormat, { table, bytes }: Values): boolean {
  const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let row = 0; row < table.count; row++) {
    if (table.states[row] === ValueState.STORED && format.sizeOf(data, table.positions[row]!) !== table.sizes[row])
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
