/** Piecing a record of `_event` together whose frame or body is damaged. */

import { Event } from '../../generated/Event.js';
import { LONG_MAX } from '../bigints.js';
import type { Window } from '../kaitai/cursor.js';
import { parseLean } from '../kaitai/parse.js';
import { MAX_EVENT_RECORD_BYTES } from '../limits.js';

import {
  type DataEvent,
  type EventRecord,
  isDataType,
  type StatementEvent,
  toDataEvent,
  toStatement,
} from './record.js';
import { HEAD_BYTES } from './scan.js';
import type { FirstRow } from './walkState.js';

/** Where a damaged record lies. */
export interface Piece extends FirstRow {
  readonly segmentTxn: number;
  readonly start: number;
  /** One past its last byte where that is known for sure; else where the next thing known begins. */
  readonly end: number;
  readonly endKnown: boolean;
}

/** How a DATA body reads at a place, whatever the type byte says: as DATA and as MAT_VIEW_DATA. */
function readData(body: Uint8Array, isMatView: boolean): { event: DataEvent | undefined; exact: boolean } {
  const parsed = parseLean(Event.DataBody, body, isMatView);
  const exact = parsed.failure === undefined && (parsed.value.surplus?.length ?? 0) === 0;
  return { event: toDataEvent(parsed.value), exact };
}

/** True for rows and timestamps that a writer writes: rows with their bounds in order, or none with the marks for none. */
function isPlausible({ rowLo, rowHi, minTimestamp, maxTimestamp }: DataEvent): boolean {
  return rowHi > rowLo ? minTimestamp <= maxTimestamp : minTimestamp === LONG_MAX && maxTimestamp === -1n;
}

/**
 * A DATA event whose rows begin where they must. Its body takes all bytes, if its end is known; else at least its number and
 * type are right, and the symbols from the damage on are lost.
 */
function salvageData(piece: Piece, body: Uint8Array, type: number, txn: bigint): DataEvent | undefined {
  const forms = type === Event.EventType.MAT_VIEW_DATA ? [true, false] : [false, true];
  const read = forms.map((isMatView) => readData(body, isMatView));
  const fits = (event: DataEvent | undefined): event is DataEvent =>
    event !== undefined &&
    isPlausible(event) &&
    (piece.rowLo === undefined ? isDataType(type) && event.rowLo >= piece.leastRow : event.rowLo === piece.rowLo);
  const exact = read.find((form) => form.exact && piece.endKnown && fits(form.event));
  if (exact?.event !== undefined) return exact.event;
  const first = read[0]?.event;
  if (!isDataType(type) || txn !== BigInt(piece.segmentTxn) || !fits(first)) return undefined;
  return { ...first, diffsComplete: first.diffsComplete && !piece.endKnown };
}

/** A statement whose number is right and whose body reads, to its end or with an error. */
function salvageStatement(piece: Piece, bytes: Uint8Array, type: number, txn: bigint): StatementEvent | undefined {
  if (txn !== BigInt(piece.segmentTxn)) return undefined;
  const body = bytes.subarray(HEAD_BYTES);
  const { EventType } = Event;
  switch (type) {
    case EventType.SQL: {
      const parsed = parseLean(Event.SqlBody, body);
      return toStatement(type, parsed.value, parsed.failure?.message ?? null);
    }
    case EventType.VIEW_DEFINITION: {
      const parsed = parseLean(Event.ViewDefinitionBody, body);
      return toStatement(type, parsed.value, parsed.failure?.message ?? null);
    }
    case EventType.MAT_VIEW_INVALIDATE: {
      const parsed = parseLean(Event.MatViewInvalidateBody, body);
      return toStatement(type, parsed.value, parsed.failure?.message ?? null);
    }
    case EventType.TRUNCATE:
      return piece.endKnown && body.length > 0 ? undefined : toStatement(type, undefined, null);
    default:
      return salvageSql(body, piece.endKnown);
  }
}

/** A statement whose type byte is damaged: its body takes all bytes and says so of itself. */
function salvageSql(body: Uint8Array, endKnown: boolean): StatementEvent | undefined {
  const { failure, value } = parseLean(Event.SqlBody, body);
  const isExact = endKnown && failure === undefined && value.surplus.length === 0 && (value.sql.value ?? '') !== '';
  return isExact ? toStatement(Event.EventType.SQL, value, null) : undefined;
}

/**
 * What a record is whose frame is sound but whose body is not what its type says: a DATA record, or a statement, whose type
 * is damaged. `undefined` when it is nothing known either.
 */
export function reinterpretRecord(window: Window, piece: Piece): EventRecord | undefined {
  const record = salvageRecord(window, piece);
  const isKnown =
    record !== undefined && (record.body.kind === 'data' ? record.body.diffsComplete : record.body.name === 'SQL');
  return isKnown ? record : undefined;
}

/**
 * What can still be said of a damaged record; `undefined` when nothing can. A DATA record counts only when its first row is
 * the one that must follow, so that damaged bounds are never taken; symbols after the damage are lost.
 */
export function salvageRecord(window: Window, piece: Piece): EventRecord | undefined {
  const length = Math.min(piece.end - piece.start, MAX_EVENT_RECORD_BYTES);
  const bytes = window.bytes(piece.start, length);
  if (bytes.length < HEAD_BYTES) return undefined;
  const { type, txn } = parseLean(Event.RecordHead, bytes).value;
  const data = salvageData(piece, bytes.subarray(HEAD_BYTES), type, txn);
  const body = data ?? salvageStatement(piece, bytes, type, txn);
  if (body === undefined) return undefined;
  return { segmentTxn: piece.segmentTxn, byteOffset: piece.start, byteLength: bytes.length, body, intact: false };
}
