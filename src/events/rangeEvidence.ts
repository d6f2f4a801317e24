/** What the rows of a segment's transactions are told by. */

/** What is known of one transaction's rows. */
export interface RangeItem {
  readonly segmentTxn: number;
  /** As its event says; lo = hi for an event without rows. `undefined` when its record is lost. */
  readonly event: { readonly lo: number; readonly hi: number } | 'no_rows' | undefined;
  /** Rows as a V2 log says. */
  readonly logRows: number | undefined;
  /** The record was pieced together: its bounds hold only as long as the timestamps of the rows don't disprove them. */
  readonly pieced?: boolean;
  /** The log never got it: a writer that was refused moves such rows to its next segment. */
  readonly isOrphan?: boolean;
}

/** True for an item that no rows belong to: its boundaries are one. */
export const hasNoRows = (item: RangeItem): boolean =>
  item.event === 'no_rows' || (item.event === undefined && item.logRows === 0);

/** The first item from `from` on that has rows. */
export function nextWithRows(items: readonly RangeItem[], from: number): RangeItem | undefined {
  for (let i = from; i < items.length; i++) {
    const item = items[i];
    if (item !== undefined && !hasNoRows(item)) return item;
  }
  return undefined;
}

export interface RangeEvidence {
  /** Rows that the column files can hold; a bound past it is no bound. */
  readonly capacity: number;
  /** Whether one of the column files can hold as many rows. */
  readonly hasRoomFor?: (rows: number) => boolean;
  /** Whether the timestamps of rows [lo, hi) are those that the item's event promises; `undefined` when that can't be told. */
  readonly matches: (segmentTxn: number, lo: number, hi: number) => boolean | undefined;
  /** Rows that the segment has by the size of its files, where that is not what the events claim. */
  readonly closedRows?: number | undefined;
  /**
   * False when none of rows [lo, hi) has a timestamp between those that the log has for the item, or no file has room for them;
   * `undefined` when that can't be told.
   */
  readonly fitsLog?: (segmentTxn: number, lo: number, hi: number) => boolean | undefined;
  /**
   * Where the rows of the last item that has any provably end, for when its own event is in doubt: one past the row by which
   * its least and greatest timestamp have both occurred. `undefined` when they never do.
   */
  readonly provenEnd?: (segmentTxn: number, lo: number) => number | undefined;
}
