/** Finding the values of VARCHAR and ARRAY. */
import { ENTRY_BYTES, type EntryFormat } from './entryFormat.js';
import type { Losses } from './losses.js';
import { countRows, type RowRange } from './rows.js';
import { scratchBytes, scratchTable } from './scratch.js';
import { settleRange } from './settleEntries.js';
import { endOf, type Span, ValueState, type ValueTable, valueTable } from './storedValues.js';
import { type Fit, hasValues, type Located, type VarFiles } from './varSize.js';

/** Rows whose entries `fit` looks at at a time. */
const FIT_ROWS = 65_536;

/** As `VarFormat.locate`. */
export function locateEntries(
  format: EntryFormat,
  files: VarFiles,
  ranges: readonly RowRange[],
  careful: boolean,
  losses: Losses,
): Located {
  const count = countRows(ranges);
  const table = scratchTable(count);
  const entries = scratchBytes('entries', count * ENTRY_BYTES);
  const spans: Span[] = [];
  let first = 0;
  let position = 0;
  let settled = false;
  for (const range of ranges) {
    const end = first + range.hi - range.lo;
    const part = entries.subarray(first * ENTRY_BYTES, end * ENTRY_BYTES);
    const holes = files.aux.fill(part, range.lo * ENTRY_BYTES);
    const place = careful || holes.length > 0 ? undefined : believe(format, files, range, part, table, first, position);
    if (place === undefined) {
      settleRange(format, files, range, table, first, losses);
      settled = true;
    } else {
      spans.push({ first, end, position, ...place });
      position += place.bytes;
    }
    first = end;
  }
  return settled ? { table, entries } : { table, entries, spans };
}

/** Decodes the rows of a range, and where they are; `undefined` when they or their neighbours do not follow each other, or leave the file. */
function believe(
  format: EntryFormat,
  files: VarFiles,
  { lo, hi }: RowRange,
  part: Uint8Array,
  table: ValueTable,
  at: number,
  position: number,
): Pick<Span, 'start' | 'bytes'> | undefined {
  const start = lo === 0 ? 0 : neighbour(format, files, lo - 1, Number.NaN);
  const end = format.decode(part, hi - lo, table, at, start, position);
  const open = files.rowCount === undefined || hi >= files.rowCount;
  if (!(end <= files.data.size) || (format.plainNull && end === 0 && (lo > 0 || (open && hasValues(files)))))
    return undefined;
  return open || !Number.isNaN(neighbour(format, files, hi, end)) ? { start, bytes: end - start } : undefined;
}

/** The end of the value of one row; NaN when it is not sound, or does not start at `start` (if that is a number). */
function neighbour(format: EntryFormat, files: VarFiles, row: number, start: number): number {
  const entry = new Uint8Array(ENTRY_BYTES);
  if (files.aux.fill(entry, row * ENTRY_BYTES).length > 0) return Number.NaN;
  const table = valueTable(1);
  format.decode(entry, 1, table, 0, 0, 0);
  if (table.states[0]! > ValueState.NULL || (!Number.isNaN(start) && table.starts[0] !== start)) return Number.NaN;
  return endOf(table, 0);
}

/**
 * As `VarFormat.fit`: the bytes of the values, and those between values that do not follow each other, as a row in between may turn
 * out to have them.
 */
export function fitEntries(format: EntryFormat, files: VarFiles, { lo, hi }: RowRange, budgetBytes: number): Fit {
  let rows = 0;
  let bytes = 0;
  let end = Number.NaN;
  for (let from = Math.max(0, lo - 1); from <= hi; from += FIT_ROWS) {
    const count = Math.min(FIT_ROWS, hi + 1 - from);
    const entries = new Uint8Array(count * ENTRY_BYTES);
    const table = valueTable(count);
    files.aux.fill(entries, from * ENTRY_BYTES);
    format.decode(entries, count, table, 0, 0, 0);
    for (let row = 0; row < count; row++) {
      if (table.states[row]! > ValueState.NULL || endOf(table, row) > files.data.size) continue;
      const start = table.starts[row]!;
      const gap = Math.max(0, start - end) || 0;
      if (bytes + gap > budgetBytes) return { rows, bytes };
      rows = Math.max(rows, from + row - lo);
      if (from + row >= lo && from + row < hi) bytes += gap + endOf(table, row) - start;
      end = endOf(table, row);
    }
  }
  return bytes > budgetBytes ? { rows, bytes } : { rows: hi - lo, bytes };
}
