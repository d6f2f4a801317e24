/** Access to the records of one `_event` file at any offset, checked or not. */
import { Event } from '../../generated/Event.js';
import type { Window } from '../kaitai/cursor.js';
import { parseLean, sizeOf } from '../kaitai/parse.js';
import { MAX_EVENT_RECORD_BYTES } from '../limits.js';
import { type EventRecord, toBody } from './record.js';

/** Bytes of a record before its body. */
export const HEAD_BYTES = sizeOf(Event.RecordHead);
/** Offset of the first record. */
export const FIRST_RECORD_OFFSET = sizeOf(Event);
/** Bytes of the length field, and so of the end mark. */
export const END_MARK_BYTES = 4;
/** What stands in place of a length behind the last record. */
const END_MARK = -1;

/** What stands at an offset; `cost` is the bytes looked at to know it. */
export type Found = { readonly cost: number } & (
  | { readonly kind: 'record'; readonly record: EventRecord; readonly surplus: number }
  | { readonly kind: 'end' }
  | { readonly kind: 'bad'; readonly problem: string }
);

const surplusOf = (body: Event.Record['body']): number =>
  body === undefined || body instanceof Uint8Array ? 0 : (body.surplus?.length ?? 0);

/** The record at `offset` if it is right in itself: length, type, body and rows. Its number is the caller's to check. */
export function readRecordAt(window: Window, offset: number): Found {
  const head = window.record(Event.RecordHead, offset);
  if (head === undefined ? isEndMark(window.bytes(offset, END_MARK_BYTES)) : head.lenRecord === END_MARK)
    return { kind: 'end', cost: END_MARK_BYTES };
  const bad = (problem: string, cost = HEAD_BYTES): Found => ({ kind: 'bad', problem, cost });
  if (head === undefined) return bad('the end of the file');
  const { lenRecord, txn } = head;
  if (lenRecord < HEAD_BYTES || lenRecord > MAX_EVENT_RECORD_BYTES || offset + lenRecord > window.size) {
    return bad(`length ${lenRecord}`);
  }
  if (txn < 0n || txn > 0x7fff_ffffn) return bad(`record number ${txn}`);
  const parsed = parseLean(Event.Record, window.bytes(offset, lenRecord));
  if (parsed.failure !== undefined) return bad(parsed.failure.message, lenRecord);
  const body = toBody(parsed.value);
  if (body === undefined || (body.kind === 'data' && !body.diffsComplete))
    return bad('rows or symbols out of order', lenRecord);
  const record = { segmentTxn: Number(txn), byteOffset: offset, byteLength: lenRecord, body, intact: true };
  return { kind: 'record', record, surplus: surplusOf(parsed.value.body), cost: lenRecord };
}

/** Bytes of the end mark; there may be nothing behind it. */
function isEndMark(bytes: Uint8Array): boolean {
  for (let at = 0; at < END_MARK_BYTES; at++) if (bytes[at] !== 0xff) return false;
  return true;
}

/** Offset of the next byte that is not zero, from `offset` on and before `end`; `end` when all are zero. */
export function skipZeros(window: Window, offset: number, end: number): number {
  let at = offset;
  while (at < end) {
    const bytes = window.bytes(at, Math.min(65_536, end - at));
    if (bytes.length === 0) return end;
    const index = bytes.findIndex((byte) => byte !== 0);
    if (index >= 0) return at + index;
    at += bytes.length;
  }
  return end;
}
