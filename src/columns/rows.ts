/** Rows [lo, hi) of a segment, in order. */
export interface RowRange {
  readonly lo: number;
  readonly hi: number;
}

/** The same rows in as few ranges as can be. Throws when ranges go backwards or overlap: a mistake of the caller. */
export function coalesce(ranges: readonly RowRange[]): readonly RowRange[] {
  const merged: { lo: number; hi: number }[] = [];
  for (const { lo, hi } of ranges) {
    const last = merged.at(-1);
    if (!Number.isSafeInteger(lo) || !Number.isSafeInteger(hi) || lo < (last?.hi ?? 0) || hi < lo) {
      throw new RangeError(`rows [${lo}, ${hi}) after row ${last?.hi ?? 0}`);
    }
    if (lo === hi) continue;
    if (last?.hi === lo) last.hi = hi;
    else merged.push({ lo, hi });
  }
  return merged;
}

/** How many rows the ranges hold. */
export function countRows(ranges: readonly RowRange[]): number {
  return ranges.reduce((sum, { lo, hi }) => sum + (hi - lo), 0);
}

/** The row of the segment that stands at `index` when the rows of all ranges are put one after another. */
export function rowAt(ranges: readonly RowRange[], index: number): number {
  let left = index;
  for (const { lo, hi } of ranges) {
    if (left < hi - lo) return lo + left;
    left -= hi - lo;
  }
  throw new RangeError(`row ${index} of ${countRows(ranges)}`);
}
