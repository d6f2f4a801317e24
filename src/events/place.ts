/** Under which number a record counts that is right in itself but does not stand where its number belongs. */
import type { EventBody, EventRecord } from './record.js';
import { readRecordAt } from './scan.js';
import { firstRowOf, indexAt, type Walk } from './walkState.js';

/** Where a record belongs. */
export interface Place {
  readonly segmentTxn: number;
  /** True when the walk goes on behind it, and what lies between the expected record and it is lost. */
  readonly isJump: boolean;
}

/** The number of the record that stands at `offset`; `undefined` when none does. */
function numberAt(walk: Walk, offset: number): number | undefined {
  if (offset < 0) return undefined;
  const found = readRecordAt(walk.window, offset);
  return found.kind === 'record' ? found.record.segmentTxn : undefined;
}

/** Records looked at behind one, for the number that is missing in its place. */
const LOOK_AHEAD = 64;

/** The numbers of the records that follow each other from `offset` on, as many of them as the other number is away. */
function numbersFrom(walk: Walk, offset: number, count: number): number[] {
  const numbers: number[] = [];
  for (let at = offset; numbers.length < Math.min(count, LOOK_AHEAD); ) {
    const found = readRecordAt(walk.window, at);
    if (found.kind !== 'record') break;
    numbers.push(found.record.segmentTxn);
    at += found.record.byteLength;
  }
  return numbers;
}

/** True for bodies that say the same: one may be a copy of the other. */
const saysTheSame = (a: EventBody, b: EventBody): boolean =>
  a.kind === 'data'
    ? b.kind === 'data' && a.rowLo === b.rowLo
    : b.kind === 'statement' && a.name === b.name && a.sql === b.sql;

/** True when another record stands where the index has the number that this one has: not a copy of this one. */
function isAnothersNumber(walk: Walk, { segmentTxn, byteOffset, body }: EventRecord): boolean {
  const place = indexAt(walk, segmentTxn);
  const other = place < 0 || place === byteOffset ? undefined : readRecordAt(walk.window, place);
  return other?.kind === 'record' && other.record.segmentTxn === segmentTxn && !saysTheSame(body, other.record.body);
}

/**
 * True when only the record's number is damaged: its rows follow on, or the index has the expected record here, and neither in
 * the place of the number that it has nor among the records behind it is this number, or the expected one, again, nor do they go on
 * from it. This number may be there again where the index has both records in their places.
 */
function isExpectedOne(walk: Walk, record: EventRecord, expected: number): boolean {
  const { segmentTxn, byteOffset, byteLength, body } = record;
  const rowLo = body.kind === 'data' ? firstRowOf(walk, expected).rowLo : undefined;
  const isIndexed = indexAt(walk, expected) === byteOffset;
  const fits = body.kind === 'data' && rowLo !== undefined ? body.rowLo === rowLo : isIndexed;
  if (!fits || walk.records.has(expected)) return false;
  const behind = numbersFrom(walk, byteOffset + byteLength, Math.abs(segmentTxn - expected) + 1);
  const others = [numberAt(walk, indexAt(walk, segmentTxn)), ...behind];
  if (others.includes(expected) || (behind[0] === segmentTxn + 1 && !isIndexed)) return false;
  return !others.includes(segmentTxn) || (isIndexed && isAnothersNumber(walk, record));
}

/** Where a record belongs that was found where `expected` should be; `undefined` when it is a second copy or not wanted. */
export function placeOf(walk: Walk, record: EventRecord, expected: number): Place | undefined {
  const { segmentTxn, byteOffset, byteLength } = record;
  if (segmentTxn === expected) return { segmentTxn, isJump: false };
  if (isExpectedOne(walk, record, expected)) return { segmentTxn: expected, isJump: false };
  if (walk.records.has(segmentTxn) || segmentTxn > Math.max(walk.wanted, expected)) return undefined;
  const isJump =
    segmentTxn > expected &&
    (indexAt(walk, segmentTxn) === byteOffset || numberAt(walk, byteOffset + byteLength) === segmentTxn + 1);
  return { segmentTxn, isJump };
}
