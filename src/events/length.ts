/** Records whose length field takes in what is behind them. */
import { damage } from '../damage.js';
import type { EventRecord } from './record.js';
import { salvageRecord } from './salvage.js';
import { type Found, HEAD_BYTES, readRecordAt } from './scan.js';
import { firstRowOf, indexAt, type Walk } from './walkState.js';

/** True when the record that must follow stands at `offset`. */
function followsAt(walk: Walk, offset: number, segmentTxn: number): boolean {
  const next = readRecordAt(walk.window, offset);
  return next.kind === 'record' && next.record.segmentTxn === segmentTxn;
}

/** Where the record at hand ends if its length is too great: where the index, or its own body, says that the next one begins. */
function earlierEnd(
  walk: Walk,
  { byteOffset, byteLength }: EventRecord,
  surplus: number,
  expected: number,
): number | undefined {
  const end = byteOffset + byteLength;
  const isOne = (at: number): boolean => at < end && at > byteOffset + HEAD_BYTES && followsAt(walk, at, expected + 1);
  const indexed = indexAt(walk, expected + 1);
  if (isOne(indexed)) return indexed;
  return isOne(end - surplus) ? end - surplus : undefined;
}

/** The record as it is without the bytes of the next one; the same when its length does not take any in. */
export function settleLength(walk: Walk, found: Found, expected: number): Found {
  if (found.kind !== 'record' || found.record.segmentTxn !== expected) return found;
  const { byteOffset: start, byteLength } = found.record;
  const end = earlierEnd(walk, found.record, found.surplus, expected);
  if (end === undefined) return found;
  const piece = { segmentTxn: expected, start, end, endKnown: true, ...firstRowOf(walk, expected) };
  const record = salvageRecord(walk.window, piece);
  const isWhole = record !== undefined && (record.body.kind !== 'data' || record.body.diffsComplete);
  if (!isWhole) return found;
  const expectedLength = `length ${end - start}`;
  const detail = { byteOffset: start, segmentTxn: expected, expected: expectedLength, actual: `length ${byteLength}` };
  walk.damage.push(damage('event_record_invalid', walk.path, { ...detail, severity: 'repaired' }));
  return { ...found, record, surplus: 0 };
}
