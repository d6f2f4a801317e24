/**
 * The walk through a segment's `_event`, on both sides of damage: along the record lengths as long as they hold, past a bad
 * record by the offsets of `_event.i` or by looking for the next record that is right in every respect.
 */
import { Event } from '../../generated/Event.js';
import { cause, type Damage, damage } from '../damage.js';
import { attempt, isMissing, join, SEGMENT_FILES, withFile } from '../files.js';
import { openWindow, readInt64s, type Window } from '../kaitai/cursor.js';
import { parse } from '../kaitai/parse.js';
import { MAX_RESYNC_WORK_FACTOR } from '../limits.js';
import type { RandomAccess, Source } from '../source/source.js';
import { type EventRecord, isUnknown } from './record.js';
import { reinterpretRecord, salvageRecord } from './salvage.js';
import { FIRST_RECORD_OFFSET, type Found, HEAD_BYTES, readRecordAt, skipZeros } from './scan.js';

/** What is left of a segment's `_event`. */
export interface EventWalk {
  /** The header's count: number of the last record, 0 also for none; `undefined` without a header. */
  readonly headerMaxTxn: number | undefined;
  /** By number in the segment, ascending; numbers that are missing are lost or never were. */
  readonly records: readonly EventRecord[];
  /** No record can be had: the file is missing, unreadable or holds none of those that were wanted. */
  readonly unreadable: boolean;
  readonly damage: readonly Damage[];
}

interface Walk {
  readonly window: Window;
  readonly path: string;
  /** Offsets of the records as `_event.i` has them; empty when it is not there. */
  readonly index: BigInt64Array;
  /** Number of the last record that somebody asks for: damage past it is no concern. */
  readonly wanted: number;
  readonly records: Map<number, EventRecord>;
  readonly damage: Damage[];
  /** Bytes looked at in search of records, bounded by `MAX_RESYNC_WORK_FACTOR` times the file. */
  work: number;
}

const indexAt = (walk: Walk, segmentTxn: number): number => Number(walk.index[segmentTxn] ?? -1n);

/** `rowHi` of the DATA record next before `segmentTxn`, 0 before the first; `undefined` when a record between is lost. */
function rowsBefore(walk: Walk, segmentTxn: number): number | undefined {
  for (let before = segmentTxn - 1; before >= 0; before--) {
    const body = walk.records.get(before)?.body;
    if (body === undefined) return undefined;
    if (body.kind === 'data') return body.rowHi;
  }
  return 0;
}

/**
 * The number under which a record that is right in itself counts: its own, or the expected one when the index or its rows
 * say that only the number is damaged. `undefined` when it can't belong here.
 */
function numberOf(walk: Walk, record: EventRecord, expected: number): number | undefined {
  const { segmentTxn, byteOffset, body } = record;
  if (segmentTxn === expected) return expected;
  const isExpected =
    indexAt(walk, expected) === byteOffset || (body.kind === 'data' && body.rowLo === rowsBefore(walk, expected));
  const isItself = indexAt(walk, segmentTxn) === byteOffset;
  if (isExpected && !isItself && !walk.records.has(expected)) return expected;
  return segmentTxn <= Math.max(walk.wanted, expected) && !walk.records.has(segmentTxn) ? segmentTxn : undefined;
}

function take(walk: Walk, record: EventRecord, segmentTxn: number, expected: number): void {
  if (segmentTxn !== expected || record.segmentTxn !== expected) {
    const detail = {
      byteOffset: record.byteOffset,
      expected: `record ${expected}`,
      actual: `record ${record.segmentTxn}`,
      severity: 'repaired',
    } as const;
    walk.damage.push(damage('event_record_invalid', walk.path, { ...detail, segmentTxn }));
  }
  const indexed = segmentTxn <= walk.wanted ? walk.index[segmentTxn] : undefined;
  if (
    indexed !== undefined &&
    indexed !== BigInt(record.byteOffset) &&
    !walk.damage.some((d) => d.code === 'event_index_invalid')
  ) {
    const detail = {
      byteOffset: segmentTxn * BigInt64Array.BYTES_PER_ELEMENT,
      expected: String(record.byteOffset),
      actual: String(indexed),
    };
    walk.damage.push(damage('event_index_invalid', `${walk.path}.i`, detail));
  }
  walk.records.set(segmentTxn, { ...record, segmentTxn, intact: record.intact && record.segmentTxn === segmentTxn });
}

/** What a later release may have added: a type of its own is a loss, since nobody can tell what it did; more bytes are not. */
function noteUnknown(walk: Walk, { byteOffset, body }: EventRecord, segmentTxn: number, surplus: number): void {
  if (segmentTxn > walk.wanted) return;
  const detail = { byteOffset, segmentTxn };
  if (isUnknown(body)) walk.damage.push(damage('event_record_unknown', walk.path, { ...detail, actual: body.name }));
  if (surplus > 0) {
    const actual = `${surplus} bytes more than are known`;
    walk.damage.push(damage('event_record_unknown', walk.path, { ...detail, actual, severity: 'note' }));
  }
}

/** A record of an unknown type, or with bytes left over, may be a known one whose type is damaged. */
function settleType(walk: Walk, found: Found, expected: number): Found {
  if (found.kind !== 'record' || (found.surplus === 0 && !isUnknown(found.record.body))) return found;
  const { byteOffset: start, byteLength } = found.record;
  const rowLo = rowsBefore(walk, expected);
  const piece = { segmentTxn: expected, start, end: start + byteLength, endKnown: true, rowLo };
  const record = reinterpretRecord(walk.window, piece);
  if (record === undefined) return found;
  const detail = {
    byteOffset: start,
    segmentTxn: expected,
    expected: 'a type that fits the body',
    severity: 'repaired',
  } as const;
  walk.damage.push(damage('event_record_invalid', walk.path, detail));
  return { ...found, record, surplus: 0 };
}

/** Most records that a file of `size` bytes can hold. */
const recordsThatFit = (size: number): number => Math.floor(size / HEAD_BYTES);

/** A record that is right in every respect and not yet known, of those from `expected` to the last one wanted. */
function anchorAt(walk: Walk, offset: number, expected: number): EventRecord | undefined {
  const found = readRecordAt(walk.window, offset);
  walk.work += found.cost;
  if (found.kind !== 'record') return undefined;
  const { segmentTxn } = found.record;
  return segmentTxn >= expected && segmentTxn <= walk.wanted && !walk.records.has(segmentTxn)
    ? found.record
    : undefined;
}

/** The first record from `expected` on whose place in the index holds it. */
function anchorByIndex(walk: Walk, offset: number, expected: number): EventRecord | undefined {
  for (let segmentTxn = expected; segmentTxn <= walk.wanted && segmentTxn < walk.index.length; segmentTxn++) {
    const place = indexAt(walk, segmentTxn);
    if (place < offset) continue;
    const record = anchorAt(walk, place, segmentTxn);
    if (record?.segmentTxn === segmentTxn) return record;
  }
  return undefined;
}

/** The first record at or after `offset` and before `end`, wherever it begins. */
function anchorByScan(walk: Walk, offset: number, end: number, expected: number): EventRecord | undefined {
  const limit = walk.window.size * MAX_RESYNC_WORK_FACTOR;
  for (let at = offset; at + HEAD_BYTES <= end && walk.work < limit; at++) {
    // A record begins with the low bytes of its length, which are not all zero: go on before the next byte that isn't.
    at = Math.max(at, skipZeros(walk.window, at, end) - 3);
    const record = anchorAt(walk, at, expected);
    if (record !== undefined) return record;
  }
  return undefined;
}

/** Where the walk goes on after something at `offset` that is not record `expected`. */
function resync(walk: Walk, offset: number, expected: number): EventRecord | undefined {
  if (expected > walk.wanted) return undefined;
  const indexed = anchorByIndex(walk, offset, expected);
  if (indexed !== undefined && indexed.segmentTxn <= expected + 1) return indexed;
  return anchorByScan(walk, offset, indexed?.byteOffset ?? walk.window.size, expected) ?? indexed;
}

/** The places of the lost records `from` … `to - 1` between `start` and `end`, as far as the index tells them apart. */
function pieces(walk: Walk, from: number, to: number, start: number, end: number | undefined) {
  const limit = end ?? walk.window.size;
  return Array.from({ length: to - from }, (_, i) => {
    const segmentTxn = from + i;
    const [place, next] = [indexAt(walk, segmentTxn), indexAt(walk, segmentTxn + 1)];
    const isNextSane = next > Math.max(place, start) && next <= limit;
    const isLast = segmentTxn === to - 1;
    return {
      segmentTxn,
      start: i === 0 ? start : place,
      end: isLast && end !== undefined ? end : isNextSane ? next : limit,
      endKnown: isNextSane || (isLast && end !== undefined),
      isPlaced: i === 0 || (place > start && place < limit),
    };
  }).filter((piece) => piece.isPlaced);
}

/** Takes what can be had of the records lost between two known places, and reports each that is not whole. */
function salvageGap(
  walk: Walk,
  from: number,
  to: number,
  start: number,
  end: number | undefined,
  problem: string,
): void {
  const places = new Map(pieces(walk, from, to, start, end).map((piece) => [piece.segmentTxn, piece]));
  for (let segmentTxn = from; segmentTxn < to; segmentTxn++) {
    if (walk.records.has(segmentTxn)) continue;
    const piece = places.get(segmentTxn);
    const record = piece && salvageRecord(walk.window, { ...piece, rowLo: rowsBefore(walk, segmentTxn) });
    const isWhole =
      record !== undefined && (record.body.kind === 'data' ? record.body.diffsComplete : record.body.error === null);
    const detail = { byteOffset: piece?.start ?? start, segmentTxn, expected: `record ${segmentTxn}`, actual: problem };
    walk.damage.push(damage('event_record_invalid', walk.path, isWhole ? { ...detail, severity: 'repaired' } : detail));
    if (record !== undefined) walk.records.set(segmentTxn, record);
  }
}

function walkRecords(walk: Walk): void {
  let offset = FIRST_RECORD_OFFSET;
  let expected = 0;
  for (;;) {
    const found = settleType(walk, readRecordAt(walk.window, offset), expected);
    const segmentTxn = found.kind === 'record' ? numberOf(walk, found.record, expected) : undefined;
    if (found.kind === 'record' && segmentTxn !== undefined) {
      take(walk, found.record, segmentTxn, expected);
      noteUnknown(walk, found.record, segmentTxn, found.surplus);
      offset += found.record.byteLength;
      expected = Math.max(expected, segmentTxn + 1);
      while (walk.records.has(expected)) expected += 1;
      continue;
    }
    if (expected > walk.wanted) return;
    const next = resync(walk, offset, expected);
    const problem =
      found.kind === 'end'
        ? 'the end mark'
        : found.kind === 'bad'
          ? found.problem
          : `record ${found.record.segmentTxn}`;
    if (next === undefined) {
      salvageGap(walk, expected, walk.wanted + 1, offset, undefined, problem);
      return;
    }
    if (next.segmentTxn > expected) salvageGap(walk, expected, next.segmentTxn, offset, next.byteOffset, problem);
    offset = next.byteOffset;
    expected = next.segmentTxn;
  }
}

/**
 * The header counts every record that the log names, and no more than are there. It may count less than are there: a
 * crash leaves one record that it does not count, and a live server appends while the file is read.
 */
function checkHeader(walk: Walk, headerMaxTxn: number, namedUpTo: number): void {
  const last = [...walk.records.keys()].reduce((greatest, n) => Math.max(greatest, n), -1);
  const isLost = walk.damage.some((d) => d.code === 'event_record_invalid' && d.severity === 'loss');
  const countsTooFew = headerMaxTxn < namedUpTo || headerMaxTxn < -1;
  const countsTooMany = headerMaxTxn > Math.max(last, 0) && !(isLost && headerMaxTxn <= walk.wanted);
  if (!countsTooFew && !countsTooMany) return;
  const detail = { byteOffset: 0, expected: String(Math.max(last, 0)), actual: String(headerMaxTxn) };
  walk.damage.push(damage('event_header_invalid', walk.path, detail));
}

function readIndex(source: Source, path: string, found: Damage[]): BigInt64Array {
  const read = withFile(source, path, (file) =>
    readInt64s(file, 0, Math.floor(file.size / BigInt64Array.BYTES_PER_ELEMENT)),
  );
  if (read.damage === undefined) return read.value;
  found.push(damage('event_index_missing', path, cause(read.damage)));
  return new BigInt64Array(0);
}

function walkFile(
  access: RandomAccess,
  path: string,
  index: BigInt64Array,
  wanted: Wanted,
  found: Damage[],
): EventWalk {
  const window = openWindow(access);
  const header = parse(Event, window.bytes(0, FIRST_RECORD_OFFSET));
  if (header.failure !== undefined) {
    found.push(
      damage('event_unreadable', path, { byteOffset: header.failure.byteOffset, actual: header.failure.message }),
    );
    return { headerMaxTxn: undefined, records: [], unreadable: true, damage: found };
  }
  const headerMaxTxn = header.value.maxTxn;
  const lastWanted = wanted.logIsWhole ? wanted.namedUpTo : Math.max(wanted.namedUpTo, headerMaxTxn);
  const walk: Walk = {
    window,
    path,
    index,
    wanted: Math.min(lastWanted, recordsThatFit(access.size)),
    records: new Map(),
    damage: found,
    work: 0,
  };
  walkRecords(walk);
  checkHeader(walk, headerMaxTxn, wanted.namedUpTo);
  const records = [...walk.records.values()].sort((a, b) => a.segmentTxn - b.segmentTxn);
  return { headerMaxTxn, records, unreadable: records.length === 0 && walk.wanted > 0, damage: found };
}

/** Which records are asked for; damage past the last of them is of no concern. */
export interface Wanted {
  /** The highest number that the sequencer's log names; -1 for none. */
  readonly namedUpTo: number;
  /** False where the log lost records that may have named others: then the header's count holds too. */
  readonly logIsWhole: boolean;
}

/**
 * Reads a segment's events. Records after the last one that is wanted are given only as far as the file's own frames lead.
 * Damage: `event_missing`, `event_unreadable`, `event_header_invalid`, `event_record_invalid` (each record that is not
 * whole), `event_index_missing`, `event_index_invalid`.
 */
export function walkEvents(source: Source, segmentDir: string, wanted: Wanted): EventWalk {
  const path = join(segmentDir, SEGMENT_FILES.event);
  const none = { headerMaxTxn: undefined, records: [], unreadable: true } as const;
  if (isMissing(source, path)) return { ...none, damage: [damage('event_missing', path)] };
  const opened = attempt(path, () => source.open(path));
  if (opened.damage !== undefined) return { ...none, damage: [damage('event_unreadable', path, cause(opened.damage))] };
  const found: Damage[] = [];
  const index = readIndex(source, join(segmentDir, SEGMENT_FILES.eventIndex), found);
  const walked = attempt(path, () => walkFile(opened.value, path, index, wanted, found));
  opened.value.close();
  return walked.value ?? { ...none, damage: [...found, damage('event_unreadable', path, cause(walked.damage))] };
}
