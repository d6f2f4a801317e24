import type { ColumnChunk } from '../columnChunk.js';
import type { ColumnType } from '../columnType.js';
import type { Damage } from '../damage.js';
import type { ChunkMemory } from './chunkMemory.js';
import type { RowRange } from './rows.js';
import type { SymbolResolver } from './symbolScope.js';

/** One column of one WAL segment. */
export interface SegmentColumn {
  /** Path of its files, without `.d` and `.i`. */
  readonly path: string;
  /** Its name, for damage. */
  readonly name: string;
  readonly type: ColumnType;
  /** True for the designated timestamp, which is stored with row ids. */
  readonly designated: boolean;
  /** What its keys mean; for SYMBOL only. Without it no key can be resolved. */
  readonly symbols?: SymbolResolver;
  /**
   * Rows that the segment is known to hold, if that is known. Files may hold stale rows past it. It lets the last rows of
   * a read be checked against those that follow them.
   */
  readonly rowCount?: number;
}

/** What was read: a cell that was lost is NULL in `chunk` and counted once in `damage` and in `lostCells`. */
export interface ColumnRead {
  readonly chunk: ColumnChunk;
  /** One entry for each kind of damage and file, never one for each row. */
  readonly damage: readonly Damage[];
  readonly lostCells: number;
}

/** Decodes the rows of one column. Damage is a result; it throws for mistakes of the caller only. */
export interface ColumnReader {
  /**
   * The rows of `ranges` (rising, not overlapping), one after another. Memory is bounded by the rows asked for and, for
   * STRING, BINARY, VARCHAR and ARRAY, by what `maxRows` allows. With a `memory` the chunk ends when it is used again.
   */
  read(ranges: readonly RowRange[], memory?: ChunkMemory): ColumnRead;
  /**
   * How many of the first rows of `ranges` one `read` may ask for, so that it takes about `budgetBytes` of values or less:
   * all rows for fixed-size types, else at least 1. `read` refuses more rows than `maxRows(ranges, MAX_CHUNK_BYTES)`.
   */
  maxRows(ranges: readonly RowRange[], budgetBytes: number): number;
  close(): void;
}

/** Bytes of values that one read of a column gives at most: its offsets are int32, and text grows by half from UTF-16 to UTF-8. */
export const MAX_CHUNK_BYTES = 2 ** 30;
