/** Reading var-size columns: find each row's value through `.i`, read `.d` in few pieces, check, and make a chunk of it. */
import type { ColumnChunk } from '../columnChunk.js';
import { type ChunkMemory, FRESH_MEMORY } from './chunkMemory.js';
import { type ColumnReader, MAX_CHUNK_BYTES, type SegmentColumn } from './columnReader.js';
import type { ColumnFile } from './file.js';
import { type Losses, noLosses } from './losses.js';
import { coalesce, countRows, type RowRange } from './rows.js';
import { scratchBytes } from './scratch.js';
import { fillSpans, type Span, spansOf, tally, ValueState, type ValueTable } from './storedValues.js';
import { type NullMask, nullMask, setNull } from './validity.js';

/** Rows on either side of a range that a careful look takes in: more entries than 64 KiB of `.i` hold. */
export const CONTEXT_ROWS = 8192;

/** Bytes that tell whether `.d` has values. */
const HEAD_BYTES = 256;

/** The files of a var-size column. */
export interface VarFiles {
  /** `.d` */
  readonly data: ColumnFile;
  /** `.i` */
  readonly aux: ColumnFile;
  /** Rows that the segment is known to hold. */
  readonly rowCount: number | undefined;
}

/** True when `.d` starts with bytes that are not zeros: those of a value. */
export function hasValues({ data }: VarFiles): boolean {
  const head = new Uint8Array(Math.min(data.size, HEAD_BYTES));
  return data.fill(head, 0).length === 0 && head.some((byte) => byte !== 0);
}

/** Where the values of the rows asked for are. */
export interface Located {
  readonly table: ValueTable;
  /** The bytes of `.i` for these rows, where values may be in them; else empty. */
  readonly entries: Uint8Array<ArrayBuffer>;
  /** Where the table's positions are set already: what to read. */
  readonly spans?: readonly Span[];
}

/** With the bytes of the STORED rows. */
export interface Values extends Located {
  /**
   * Room for the INLINE values, then from `storedAt` on those of the STORED rows, at their positions. At an address that suits every type.
   */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly storedAt: number;
  /** Rows without a value, as far as the table tells. */
  readonly nulls: number;
  /** False when there are bytes of rows that were lost since. */
  readonly complete: boolean;
}

/** What the var-size types differ in. */
export interface VarFormat {
  /**
   * Finds the rows of `ranges`. Quick first: entries that follow each other are believed until `confirm` has seen their data. A
   * `careful` look checks each against its neighbours and its data. What is lost or repaired is told to `losses`.
   */
  locate(files: VarFiles, ranges: readonly RowRange[], careful: boolean, losses: Losses): Located;
  /** True when the chunk keeps the bytes of the values. */
  readonly keepsBytes: boolean;
  /** True when the data of all STORED rows agrees with their entries. */
  confirm(values: Values): boolean;
  /** The chunk, in `memory` where that helps. `mask` has the rows that are lost or NULL by their entry; those that are NULL by their data are added. */
  emit(values: Values, mask: NullMask, losses: Losses, data: ColumnFile, memory: ChunkMemory): ColumnChunk;
  /** How many first rows of `range` take at most `budgetBytes` in `.d`, and how much they take; errs on the safe side. */
  fit(files: VarFiles, range: RowRange, budgetBytes: number): Fit;
}

export interface Fit {
  readonly rows: number;
  readonly bytes: number;
}

/** A reader of a var-size column. */
export function varSizeReader(column: SegmentColumn, files: VarFiles, format: VarFormat): ColumnReader {
  return {
    read(asked, memory = FRESH_MEMORY) {
      const ranges = coalesce(asked);
      let losses = noLosses(column.name);
      let values = readValues(files, ranges, format, false, losses, memory);
      if (!format.confirm(values)) {
        losses = noLosses(column.name);
        values = readValues(files, ranges, format, true, losses, memory);
      }
      const mask = maskOf(values);
      const chunk = format.emit(values, mask, losses, files.data, memory);
      return { chunk, damage: losses.damage(), lostCells: losses.lostCells };
    },
    maxRows: (ranges, budgetBytes) => maxRows(files, coalesce(ranges), format, Math.min(budgetBytes, MAX_CHUNK_BYTES)),
    close() {
      files.data.close();
      files.aux.close();
    },
  };
}

function readValues(
  files: VarFiles,
  ranges: readonly RowRange[],
  format: VarFormat,
  careful: boolean,
  losses: Losses,
  memory: ChunkMemory,
): Values {
  const located = format.locate(files, ranges, careful, losses);
  const { table } = located;
  let sums = tally(table);
  if (sums.storedBytes > MAX_CHUNK_BYTES) {
    loseExcess(files, table, losses);
    sums = tally(table);
  }
  const { storedBytes, inlineBytes, nulls } = sums;
  const spans = located.spans ?? spansOf(table);
  const length = inlineBytes + storedBytes;
  const bytes = format.keepsBytes ? memory.bytes('rows', length) : scratchBytes('bytes', length);
  const lost = fillSpans(files.data, spans, table, bytes.subarray(inlineBytes), losses);
  return { ...located, bytes, storedAt: inlineBytes, nulls: nulls + lost, complete: lost === 0 };
}

function maskOf({ table, nulls }: Values): NullMask {
  const mask = nullMask(table.count);
  if (nulls === 0) return mask;
  for (let row = 0; row < table.count; row++) if (table.states[row]! >= ValueState.NULL) setNull(mask, row);
  return mask;
}

/**
 * Loses STORED rows past `MAX_CHUNK_BYTES`. All fit where `maxRows` was asked, unless damage misled it.
 */
function loseExcess(files: VarFiles, { count, states, starts, sizes }: ValueTable, losses: Losses): void {
  if (losses.damage().length === 0) {
    throw new RangeError(`${files.data.path}: more than ${MAX_CHUNK_BYTES} bytes in one read; ask maxRows first`);
  }
  let sum = 0;
  for (let row = 0; row < count; row++) {
    if (states[row] !== ValueState.STORED) continue;
    const size = sizes[row]!;
    if (sum + size <= MAX_CHUNK_BYTES) {
      sum += size;
    } else {
      states[row] = ValueState.INVALID;
      const expected = `at most ${MAX_CHUNK_BYTES} bytes in one read`;
      losses.add('column_entry_invalid', files.data.path, 1, () => ({
        byteOffset: starts[row]!,
        expected,
        actual: `${sum + size} bytes`,
      }));
    }
  }
}

function maxRows(files: VarFiles, ranges: readonly RowRange[], format: VarFormat, budgetBytes: number): number {
  const all = countRows(ranges);
  if (files.data.size <= budgetBytes) return all;
  let rows = 0;
  let left = budgetBytes;
  for (const range of ranges) {
    const fit = format.fit(files, range, left);
    rows += fit.rows;
    left -= fit.bytes;
    if (fit.rows < range.hi - range.lo) break;
  }
  return Math.max(rows, Math.min(all, 1));
}
