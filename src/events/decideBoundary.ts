/** Which of several rows a transaction of a segment begins at. */
import { nextWithRows, type RangeEvidence, type RangeItem } from './rangeEvidence.js';

/** The border between the rows of two transactions. */
export interface Boundary {
  /** The weight of what speaks for each row. */
  readonly claims: Map<number, number>;
  row: number | undefined;
  /** Where the rows behind it begin, if that is not `row`: those between are of one of the two transactions, nothing tells which. */
  next?: number;
}

/** What speaks for one of several rows. */
interface Ranked {
  readonly row: number;
  readonly match: number;
}

/** How many of the two events that a boundary is between have it, and are right about all of their rows by the timestamps. */
function proofsOf(
  before: RangeItem | undefined,
  after: RangeItem | undefined,
  row: number,
  { matches }: RangeEvidence,
): number {
  const isRight = (item: RangeItem | undefined, bound: 'lo' | 'hi'): boolean =>
    item !== undefined &&
    typeof item.event === 'object' &&
    item.event[bound] === row &&
    matches(item.segmentTxn, item.event.lo, item.event.hi) === true;
  return Number(isRight(before, 'hi')) + Number(isRight(after, 'lo'));
}

/**
 * The best of several claims by weight; by the rows' own timestamps when two weigh the same. When nothing decides, the rows
 * between which the border must be, if that is all that is in doubt.
 */
export function decide(
  items: readonly RangeItem[],
  boundaries: readonly Boundary[],
  i: number,
  claims: readonly number[],
  evidence: RangeEvidence,
): { readonly row: number | undefined; readonly between?: readonly [number, number] | undefined } {
  // Events without rows share the boundary before them with the next that has some.
  const nextRows = nextWithRows(items, i);
  const weigh = (row: number): number => {
    const [previous, next] = [items[i - 1], nextRows];
    const previousLo = boundaries[i - 1]?.row;
    const nextHi = next !== undefined && typeof next.event === 'object' ? next.event.hi : undefined;
    const before =
      previous && previousLo !== undefined && previousLo <= row
        ? evidence.matches(previous.segmentTxn, previousLo, row)
        : undefined;
    const after =
      next && nextHi !== undefined && row <= nextHi ? evidence.matches(next.segmentTxn, row, nextHi) : undefined;
    return Number(before === true) + Number(after === true) - Number(before === false) - Number(after === false);
  };
  const weight = (row: number): number => boundaries[i]?.claims.get(row) ?? 0;
  const ranked = claims
    .map((row) => ({
      row,
      weight: weight(row),
      match: weigh(row),
      proofs: proofsOf(items[i - 1], nextRows, row, evidence),
    }))
    .sort((a, b) => b.weight - a.weight || b.match - a.match || b.proofs - a.proofs);
  const [best, second] = ranked;
  const isDecided =
    best !== undefined &&
    (second === undefined ||
      best.weight > second.weight ||
      best.match > second.match ||
      (best.match === second.match && best.proofs > second.proofs));
  return isDecided ? { row: best.row } : { row: undefined, between: doubtfulRows(ranked) };
}

/** The rows that fit both transactions by their timestamps, as all the others do the one that they are of in any case. */
function doubtfulRows(ranked: readonly Ranked[]): readonly [number, number] | undefined {
  const rows = ranked.map(({ row }) => row);
  return rows.length > 1 && ranked.every(({ match }) => match === 2)
    ? [Math.min(...rows), Math.max(...rows)]
    : undefined;
}
