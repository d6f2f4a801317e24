/**
 * Which rows of a segment belong to which of its transactions. The rows of DATA events follow each other without gaps, so
 * each boundary is told twice, and by a V2 log a third time: what is damaged can be told from what is not.
 */

import { type Boundary, decide } from './decideBoundary.js';
import { hasNoRows, nextWithRows, type RangeEvidence, type RangeItem } from './rangeEvidence.js';

export type { RangeEvidence, RangeItem } from './rangeEvidence.js';

/** Consecutive rows and the transaction, or the transactions between which the boundaries are lost, that they belong to. */
export interface RowStretch {
  readonly segmentTxns: readonly number[];
  readonly lo: number;
  readonly hi: number;
  /** Who tells the bounds: the transaction's own event, the events beside it, or the log. */
  readonly from: 'event' | 'neighbours' | 'txnlog';
}

/** A boundary for which the files tell different rows. */
export interface BoundaryConflict {
  /** The transaction that begins there. */
  readonly segmentTxn: number;
  readonly claims: readonly number[];
  /** The row taken; `undefined` when nothing decides. */
  readonly taken: number | undefined;
  /** False when rows may be missing although one was taken: only what is certain was. */
  readonly certain: boolean;
}

export interface RowRanges {
  readonly stretches: readonly RowStretch[];
  /** Events without rows in a place where there must be rows: they are not this segment's. */
  readonly disowned: readonly number[];
  readonly conflicts: readonly BoundaryConflict[];
}

/** Weight of a bound that the log's row count bears out, that nothing else speaks of, and that it contradicts. */
const WEIGHT = { confirmed: 4, alone: 2, contradicted: 1 } as const;
/** A bound of this weight is told by two that agree. */
const AGREED = WEIGHT.alone * 2;

/**
 * Events that claim to have no rows although the log counts some for them, or the transactions on both sides have theirs, by
 * their timestamps, with rows between that nobody claims.
 */
function disownedStatements(items: readonly RangeItem[], evidence: RangeEvidence): ReadonlySet<number> {
  const disowned = new Set<number>();
  let before: RangeItem | undefined;
  let between: RangeItem[] = [];
  for (const item of items) {
    if (item.event === 'no_rows') {
      between.push(item);
      if (item.logRows !== undefined && item.logRows > 0) disowned.add(item.segmentTxn);
      continue;
    }
    const [left, right] = [before?.event, item.event];
    if (between.length > 0 && typeof left === 'object' && typeof right === 'object' && left.hi < right.lo) {
      const isLeft = before !== undefined && evidence.matches(before.segmentTxn, left.lo, left.hi) === true;
      const isRight = evidence.matches(item.segmentTxn, right.lo, right.hi) === true;
      if (isLeft && isRight) for (const { segmentTxn } of between) disowned.add(segmentTxn);
    }
    before = item;
    between = [];
  }
  return disowned;
}

/** True when the rows between the bounds of a record that was pieced together have other timestamps than it says. */
const isDisproved = ({ pieced, event, segmentTxn }: RangeItem, evidence: RangeEvidence): boolean =>
  pieced === true &&
  typeof event === 'object' &&
  event.lo < event.hi &&
  evidence.matches(segmentTxn, event.lo, event.hi) === false;

/** One past the last row that an event claims. */
const claimedEnd = (items: readonly RangeItem[]): number =>
  items.reduce((end, { event }) => (typeof event === 'object' ? Math.max(end, event.hi) : end), 0);

/**
 * The events, if they are all there, and the size of the files tell different ends of the last rows: with those that the log never
 * got, and without.
 */
function endConflict(items: readonly RangeItem[], { closedRows }: RangeEvidence): BoundaryConflict[] {
  const end = claimedEnd(items);
  if (closedRows === undefined || closedRows === end || items.some(({ event }) => event === undefined)) return [];
  const committed = items.slice(0, items.findLastIndex(({ isOrphan }) => isOrphan !== true) + 1);
  if (committed.length < items.length && closedRows === claimedEnd(committed)) return [];
  const segmentTxn = items.findLast(({ event }) => typeof event === 'object')?.segmentTxn ?? items.at(-1)?.segmentTxn;
  return [{ segmentTxn: segmentTxn ?? 0, claims: [end, closedRows], taken: end, certain: false }];
}

/** Boundary i lies before item i; items without rows share theirs. */
function makeBoundaries(items: readonly RangeItem[]): Boundary[] {
  const first: Boundary = { claims: new Map(), row: undefined };
  const boundaries = [first];
  for (const item of items) {
    const before = boundaries.at(-1) ?? first;
    boundaries.push(hasNoRows(item) ? before : { claims: new Map(), row: undefined });
  }
  return boundaries;
}

function collectClaims(items: readonly RangeItem[], boundaries: readonly Boundary[], capacity: number): void {
  const claim = (i: number, row: number, weight: number): void => {
    const claims = boundaries[i]?.claims;
    if (claims !== undefined && row <= capacity) claims.set(row, (claims.get(row) ?? 0) + weight);
  };
  claim(0, 0, WEIGHT.confirmed);
  items.forEach((item, i) => {
    if (item.event === undefined || item.event === 'no_rows') return;
    const { lo, hi } = item.event;
    const weight =
      item.logRows === undefined ? WEIGHT.alone : hi - lo === item.logRows ? WEIGHT.confirmed : WEIGHT.contradicted;
    claim(i, lo, weight);
    claim(i + 1, hi, weight);
  });
}

/** Where an item that contradicts its log record ends by the log, now that its beginning is settled. */
function claimFromLog(item: RangeItem | undefined, begin: number | undefined, end: Boundary): void {
  if (item?.logRows === undefined || begin === undefined || typeof item.event !== 'object') return;
  if (item.event.hi - item.event.lo === item.logRows) return;
  const row = begin + item.logRows;
  end.claims.set(row, (end.claims.get(row) ?? 0) + WEIGHT.contradicted);
}

/** Settles each boundary that something speaks of; claims that would make rows run backwards are out. */
function settle(
  items: readonly RangeItem[],
  boundaries: readonly Boundary[],
  evidence: RangeEvidence,
): BoundaryConflict[] {
  const conflicts: BoundaryConflict[] = [];
  const upper: number[] = [];
  for (let i = boundaries.length - 1, least = Number.POSITIVE_INFINITY; i >= 0; i--) {
    upper[i] = least;
    const [claim, ...others] = [...(boundaries[i]?.claims ?? [])];
    if (claim !== undefined && others.length === 0 && claim[1] >= AGREED) least = Math.min(least, claim[0]);
  }
  let low = 0;
  boundaries.forEach((boundary, i) => {
    if (boundary.row !== undefined || boundary === boundaries[i - 1]) return;
    claimFromLog(items[i - 1], boundaries[i - 1]?.row, boundary);
    const all = [...boundary.claims.keys()];
    const possible = all.filter((row) => row >= low && row <= (upper[i] ?? Number.POSITIVE_INFINITY));
    const { row, between } =
      possible.length === 1
        ? { row: possible[0], between: undefined }
        : decide(items, boundaries, i, possible, evidence);
    boundary.row = row;
    if (all.length > 1 || (all.length === 1 && boundary.row === undefined)) {
      const isEnd = boundary === boundaries.at(-1);
      const certain = boundary.row !== undefined;
      // Past the last boundary there is nothing: the lowest claim is what all accounts agree on.
      if (!certain && isEnd && possible.length > 0) boundary.row = Math.min(...possible);
      const segmentTxn = items[isEnd ? items.length - 1 : i]?.segmentTxn ?? 0;
      conflicts.push({ segmentTxn, claims: all, taken: boundary.row, certain });
      if (boundary.row === undefined && between !== undefined && i > 0) {
        [boundary.row, boundary.next] = between;
        conflicts.push({ segmentTxn: items[i - 1]?.segmentTxn ?? 0, claims: all, taken: undefined, certain });
      }
    }
    low = boundary.next ?? boundary.row ?? low;
  });
  return conflicts;
}

/** Moves the end of the last rows to where they provably end, when their own event was found not to match them. */
function proveEnd(
  items: readonly RangeItem[],
  boundaries: readonly Boundary[],
  evidence: RangeEvidence,
): BoundaryConflict[] {
  const last = items.findLastIndex((item) => typeof item.event === 'object');
  const [item, begin, end] = [items[last], boundaries[last]?.row, boundaries[last + 1]];
  if (item === undefined || begin === undefined || end?.row === undefined || evidence.provenEnd === undefined)
    return [];
  const claimed = end.row;
  // All rows together have the right bounds, as far as they are known: some of them are out of their order, none is too many.
  if (evidence.matches(item.segmentTxn, begin, claimed) !== false) return [];
  const proven = evidence.provenEnd(item.segmentTxn, begin);
  if (proven === undefined || proven === claimed) return [];
  end.row = proven;
  return [{ segmentTxn: item.segmentTxn, claims: [claimed], taken: proven, certain: false }];
}

/**
 * Fills boundaries that nothing spoke of from the log's row counts, forwards and then backwards. Rows that only the log knows
 * are none where the column files have no room for them; past all that the events claim, they must have its timestamps.
 */
function fillFromLog(items: readonly RangeItem[], boundaries: readonly Boundary[], evidence: RangeEvidence): void {
  const hasEvents = items.some(({ event }) => typeof event === 'object');
  const claimed = claimedEnd(items);
  items.forEach((item, i) => {
    const [before, after] = [boundaries[i], boundaries[i + 1]];
    if (before?.row === undefined || after === undefined || after.row !== undefined || item.logRows === undefined)
      return;
    const row = before.row + item.logRows;
    const isInvented =
      evidence.hasRoomFor?.(row) === false ||
      (hasEvents && before.row >= claimed && evidence.fitsLog?.(item.segmentTxn, before.row, row) === false);
    if (!isInvented) after.row = row;
  });
  for (let i = items.length - 1; i >= 0; i--) {
    const [before, after, rows] = [boundaries[i], boundaries[i + 1], items[i]?.logRows];
    if (
      after?.row !== undefined &&
      before !== undefined &&
      before.row === undefined &&
      rows !== undefined &&
      rows <= after.row
    ) {
      before.row = after.row - rows;
    }
  }
}

function sourceOf(item: RangeItem | undefined, lo: number, hi: number): RowStretch['from'] {
  const event = item?.event;
  if (event === 'no_rows' || (event !== undefined && event.lo === lo && event.hi === hi)) return 'event';
  return item?.logRows === hi - lo ? 'txnlog' : 'neighbours';
}

/** The rows of items whose events follow each other without a gap and that nothing contradicts; `undefined` for others. */
function undisputed(items: readonly RangeItem[], evidence: RangeEvidence): RowRanges | undefined {
  const stretches: RowStretch[] = [];
  let end = 0;
  for (const { segmentTxn, event, logRows, pieced } of items) {
    const { lo, hi } = event === undefined || event === 'no_rows' ? { lo: end, hi: end } : event;
    if (event === undefined || pieced === true || lo !== end || (logRows ?? hi - lo) !== hi - lo) return undefined;
    stretches.push({ segmentTxns: [segmentTxn], lo, hi, from: 'event' });
    end = hi;
  }
  const isEndTold = (evidence.closedRows ?? end) === end && evidence.provenEnd === undefined;
  return end <= evidence.capacity && isEndTold ? { stretches, conflicts: [], disowned: [] } : undefined;
}

/**
 * The rows of the items, which are all transactions of a segment from 0 on in order. Rows between two settled boundaries
 * with unsettled ones between them belong to all the transactions there together; rows past the last settled boundary
 * are lost.
 */
export function rowRanges(all: readonly RangeItem[], evidence: RangeEvidence): RowRanges {
  return undisputed(all, evidence) ?? disputed(all, evidence);
}

function disputed(all: readonly RangeItem[], evidence: RangeEvidence): RowRanges {
  const endConflicts = endConflict(all, evidence);
  const disowned = new Set(disownedStatements(all, evidence));
  // Where the files have other rows than the events, an event of none may as well have some.
  if (endConflicts.length > 0)
    for (const { segmentTxn, event } of all)
      if (typeof event === 'object' && event.lo === event.hi) disowned.add(segmentTxn);
  const items = all.map((item) =>
    disowned.has(item.segmentTxn) || isDisproved(item, evidence) ? { ...item, event: undefined } : item,
  );
  const boundaries = makeBoundaries(items);
  collectClaims(items, boundaries, evidence.capacity);
  const conflicts = settle(items, boundaries, evidence);
  fillFromLog(items, boundaries, evidence);
  conflicts.push(...endConflicts, ...proveEnd(items, boundaries, evidence));
  const stretches: RowStretch[] = [];
  let begin = 0;
  // Bounds of damaged records can run back behind what is settled: rows belong to one stretch only.
  let end = 0;
  boundaries.forEach((boundary, i) => {
    const lo = boundaries[begin]?.next ?? boundaries[begin]?.row;
    if (i === 0 || boundary.row === undefined) return;
    if (lo !== undefined && lo >= end && lo <= boundary.row) {
      end = boundary.row;
      const members = items.slice(begin, i).filter((item) => i - begin === 1 || !hasNoRows(item));
      const only = members.length === 1 ? members[0] : undefined;
      const from = only === undefined ? 'neighbours' : sourceOf(only, lo, boundary.row);
      if (members.length > 0)
        stretches.push({ segmentTxns: members.map((m) => m.segmentTxn), lo, hi: boundary.row, from });
      const after = boundary.next === undefined ? undefined : nextWithRows(items, i);
      if (boundary.next !== undefined && after !== undefined) {
        const both = [...members, after].map((m) => m.segmentTxn);
        stretches.push({ segmentTxns: both, lo: boundary.row, hi: boundary.next, from: 'neighbours' });
        end = boundary.next;
      }
    }
    begin = i;
  });
  return { stretches, conflicts, disowned: [...disowned] };
}
