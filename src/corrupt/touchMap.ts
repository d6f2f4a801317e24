/**
 * Which rows and cells damage touches or defines. All others must come out as if there were no damage; and of those that are
 * touched, only cells whose own stored bytes are others may come out as other values: the format has no checksums.
 */
import type { Bytes, FileChange } from './changes.js';
import type { SegmentTruth, TableTruth, Truth } from './truth.js';

/** May be missing: NULL, or no row at all. */
export const LOST = 1;
/** May be another value. */
export const OTHER = 2;

export interface SegmentTouch {
  /** For each row: `LOST` where the row as a whole may be missing. */
  readonly rows: Uint8Array;
  /** For each row of a column, by its name in the file. */
  readonly cells: ReadonlyMap<string, Uint8Array>;
  /** For each row: whose it is, and when it was committed. */
  readonly provenance: Uint8Array;
  readonly status: Uint8Array;
  /** Records of `_event`, with rows or without, of which bytes are others or gone. */
  readonly records: Set<number>;
  /** Something that the segment's rows are made of was touched. */
  touched: boolean;
}

export interface TableTouch {
  /** By folder, as in the truth. */
  readonly segments: ReadonlyMap<string, SegmentTouch>;
  /** The log, the watermark, or anything else that all segments depend on was touched. */
  shared: boolean;
  /** The log, or a part of it, is whole but of another moment or another table: what it says is not what was. */
  logReplaced: boolean;
  /** Transactions of which the log's record is other or gone. */
  readonly txns: Set<bigint>;
}

/** The touch of a segment that nothing touches. */
export function untouched(segment: SegmentTruth): SegmentTouch {
  const flags = (): Uint8Array => new Uint8Array(segment.rows);
  return {
    rows: flags(),
    cells: new Map([...segment.columns.keys()].map((name) => [name, flags()])),
    provenance: flags(),
    status: flags(),
    records: new Set(),
    touched: false,
  };
}

/** Sets a flag for rows [first, first + count). */
export function mark(flags: Uint8Array | undefined, flag: number, first = 0, count?: number): void {
  if (flags === undefined) return;
  const end = count === undefined ? flags.length : first + count;
  for (let i = first; i < end; i++) flags[i] = (flags[i] ?? 0) | flag;
}

/** Sets a flag for all of a segment's rows and cells, and its rows' origin. */
export function markAll(touch: SegmentTouch): void {
  mark(touch.rows, LOST);
  for (const flags of touch.cells.values()) mark(flags, LOST);
  mark(touch.provenance, LOST);
}

/** What a change in one file of a table touches. */
export interface TouchedFile {
  readonly truth: Truth;
  readonly table: TableTruth;
  readonly touch: TableTouch;
  readonly change: FileChange;
  /** Bytes that are others or gone. */
  readonly any: readonly Bytes[];
  /** Kinds of damage that made the change. */
  readonly kinds: ReadonlySet<string>;
}
