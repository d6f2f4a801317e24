/** Under which number a record counts that is right in itself but does not stand where its number belongs. */
import type { EventRecord } from './record.js';
import { readRecordAt } from './scan.js';
import { indexAt, rowsBefore, type Walk } from './walkState.js';

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

/**
 * True when only the record's number is damaged: its rows follow on, or the index has the expected record here, and neither in
 * the place of the number that it has nor behind it is this number, or the expected one, again.
 */
function isExpectedOne(walk: Walk, record: EventRecord, expected: number): boolean {
  const { segmentTxn, byteOffset, byteLength, body } = record;
  const rowLo = body.kind === 'data' ? rowsBefore(walk, expected) : undefined;
  const fits =
    body.kind === 'data' && rowLo !== undefined ? body.rowLo === rowLo : indexAt(walk, expected) === byteOffset;
  if (!fits || walk.records.has(expected)) return false;
  const others = [numberAt(walk, indexAt(walk, segmentTxn)), numberAt(walk, byteOffset + byteLength)];
  return !others.includes(segmentTxn) && !others.includes(expected);
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
