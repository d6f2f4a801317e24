/** The records of `_event`, one after the other, on both sides of damage. */
import { damage } from '../damage.js';
import { keyed } from '../keyed.js';
import { MAX_RESYNC_WORK_FACTOR } from '../limits.js';
import { settleLength } from './length.js';
import { placeOf } from './place.js';
import { type EventRecord, isUnknown } from './record.js';
import { reinterpretRecord, salvageRecord } from './salvage.js';
import { FIRST_RECORD_OFFSET, type Found, HEAD_BYTES, readRecordAt, skipZeros } from './scan.js';
import { firstRowOf, indexAt, type Walk } from './walkState.js';

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
  walk.records.set(segmentTxn, record.segmentTxn === segmentTxn ? record : { ...record, segmentTxn, intact: false });
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
  const piece = { segmentTxn: expected, start, end: start + byteLength, endKnown: true, ...firstRowOf(walk, expected) };
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

/** A record that is right in every respect and not yet known, of those from `expected` to the last one wanted. */
function anchorAt(walk: Walk, offset: number, expected: number): EventRecord | undefined {
  const found = readRecordAt(walk.window, offset);
  walk.work += found.cost;
  if (found.kind !== 'record' || walk.rejected.has(offset)) return undefined;
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

/**
 * The first record at or after `offset` and before `end`, wherever it begins; where the index can be believed, only one that it
 * has there too.
 */
function anchorByScan(walk: Walk, offset: number, end: number, expected: number): EventRecord | undefined {
  const believesIndex = indexAt(walk, expected) === offset;
  const limit = walk.window.size * MAX_RESYNC_WORK_FACTOR;
  for (let at = offset; at + HEAD_BYTES <= end && walk.work < limit; at++) {
    // A record begins with the low bytes of its length, which are not all zero: go on before the next byte that isn't.
    at = Math.max(at, skipZeros(walk.window, at, end) - 3);
    const record = anchorAt(walk, at, expected);
    if (record !== undefined && (!believesIndex || indexAt(walk, record.segmentTxn) === at)) return record;
  }
  return undefined;
}

/** Where the walk goes on after something at `offset` that is not record `expected`. */
function resync(walk: Walk, offset: number, expected: number): EventRecord | undefined {
  if (expected > walk.wanted) return undefined;
  const indexed = anchorByIndex(walk, offset, expected);
  if (indexed !== undefined && indexed.segmentTxn <= expected + 1) return indexed;
  const scanned = anchorByScan(walk, offset, indexed?.byteOffset ?? walk.window.size, expected);
  const isEarlier = indexed === undefined || (scanned !== undefined && scanned.segmentTxn < indexed.segmentTxn);
  return isEarlier ? scanned : indexed;
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

const problemOf = (found: Found): string =>
  found.kind === 'end' ? 'the end mark' : found.kind === 'bad' ? found.problem : `record ${found.record.segmentTxn}`;

/** True where both the end mark and the header's count say that the records end: what is behind was rolled back. */
const isRolledBack = ({ headerMaxTxn }: Walk, from: number, end: number | undefined, found: Found): boolean =>
  found.kind === 'end' && end === undefined && headerMaxTxn < from;

/**
 * Takes what can be had of the records lost between two known places, and reports each that is not whole; not those past the
 * end of which the file has nothing, if the log tells that they are missing.
 */
function salvageGap(walk: Walk, from: number, to: number, start: number, end: number | undefined, found: Found): void {
  const held = isRolledBack(walk, from, end, found) ? [] : pieces(walk, from, to, start, end);
  const places = keyed(held, (piece) => piece.segmentTxn);
  const problem = problemOf(found);
  for (let segmentTxn = from; segmentTxn < to; segmentTxn++) {
    if (walk.records.has(segmentTxn)) continue;
    const piece = places.get(segmentTxn);
    if (piece === undefined && end === undefined && segmentTxn <= walk.namedUpTo) continue;
    const isOurs = piece !== undefined && !walk.rejected.has(piece.start);
    const record = isOurs ? salvageRecord(walk.window, { ...piece, ...firstRowOf(walk, segmentTxn) }) : undefined;
    const isWhole =
      record !== undefined && (record.body.kind === 'data' ? record.body.diffsComplete : record.body.error === null);
    const detail = { byteOffset: piece?.start ?? start, segmentTxn, expected: `record ${segmentTxn}`, actual: problem };
    walk.damage.push(damage('event_record_invalid', walk.path, isWhole ? { ...detail, severity: 'repaired' } : detail));
    if (record !== undefined) walk.records.set(segmentTxn, record);
  }
}

/** What stands at an offset; a record that is not this segment's is none. */
function acceptedAt(walk: Walk, offset: number): Found {
  const found = readRecordAt(walk.window, offset);
  const isRejected = found.kind === 'record' && walk.rejected.has(offset);
  return isRejected ? { kind: 'bad', problem: 'timestamps of other rows', cost: found.cost } : found;
}

/** Where the walk goes on behind a second copy of a record that is known, if what is expected stands there. */
function secondCopy(walk: Walk, found: Found, offset: number, expected: number): number | undefined {
  if (found.kind !== 'record' || !walk.records.has(found.record.segmentTxn)) return undefined;
  const behind = offset + found.record.byteLength;
  const next = acceptedAt(walk, behind);
  return next.kind === 'record' && next.record.segmentTxn === expected ? behind : undefined;
}

/** Bytes before the expected record that are none. */
function noteSkipped(walk: Walk, offset: number, segmentTxn: number, problem: string): void {
  const detail = { byteOffset: offset, segmentTxn, expected: `record ${segmentTxn}`, actual: problem } as const;
  walk.damage.push(damage('event_record_invalid', walk.path, { ...detail, severity: 'repaired' }));
}

/**
 * Takes a record back that ends before the place that the index has for the next one, which is there: it is a whole one of another
 * file, written over the head of this one. One with rows is left to its timestamps.
 */
function takeBackShort(walk: Walk, offset: number, next: EventRecord, problem: string): boolean {
  const { segmentTxn } = next;
  const before = walk.records.get(segmentTxn - 1);
  const isPlaced =
    before?.byteOffset === indexAt(walk, segmentTxn - 1) && next.byteOffset === indexAt(walk, segmentTxn);
  if (before === undefined || !isPlaced || before.byteOffset + before.byteLength !== offset) return false;
  if (before.body.kind === 'data' && before.body.rowLo < before.body.rowHi) return false;
  walk.records.delete(segmentTxn - 1);
  const detail = { byteOffset: before.byteOffset, segmentTxn: segmentTxn - 1, expected: `record ${segmentTxn - 1}` };
  walk.damage.push(
    damage('event_record_invalid', walk.path, { ...detail, actual: `another, and behind it ${problem}` }),
  );
  return true;
}

/** Records below the last one that were passed over without a word: a record out of order stood in their place. */
function noteAbsent(walk: Walk): void {
  const reported = new Set(walk.damage.map((d) => (d.code === 'event_record_invalid' ? d.segmentTxn : undefined)));
  const last = [...walk.records.keys()].reduce((a, b) => Math.max(a, b), -1);
  for (let segmentTxn = 0; segmentTxn < Math.min(last, walk.wanted); segmentTxn++) {
    if (walk.records.has(segmentTxn) || reported.has(segmentTxn)) continue;
    const detail = { segmentTxn, expected: `record ${segmentTxn}`, actual: 'others in its place' };
    walk.damage.push(damage('event_record_invalid', walk.path, detail));
  }
}

/** Fills `walk.records` with every record up to the last one wanted, and those after it that the frames lead to. */
export function collectRecords(walk: Walk): void {
  let offset = FIRST_RECORD_OFFSET;
  let expected = 0;
  let withSurplus: EventRecord | undefined;
  for (;;) {
    const found = settleType(walk, settleLength(walk, acceptedAt(walk, offset), expected), expected);
    const place = found.kind === 'record' ? placeOf(walk, found.record, expected) : undefined;
    if (found.kind === 'record' && place !== undefined) {
      const { segmentTxn, isJump } = place;
      if (isJump) salvageGap(walk, expected, segmentTxn, offset, offset, found);
      take(walk, found.record, segmentTxn, isJump ? segmentTxn : expected);
      noteUnknown(walk, found.record, segmentTxn, found.surplus);
      withSurplus = found.surplus > 0 ? walk.records.get(segmentTxn) : undefined;
      offset += found.record.byteLength;
      if (isJump || segmentTxn === expected) expected = segmentTxn + 1;
      while (walk.records.has(expected)) expected += 1;
      continue;
    }
    const behind = secondCopy(walk, found, offset, expected);
    if (behind !== undefined) {
      noteSkipped(walk, offset, expected, problemOf(found));
      offset = behind;
      continue;
    }
    // Bytes that are not known, and then no record: not what a later release has added, but the beginning of the damage.
    const spoilt = found.kind === 'bad' ? withSurplus : undefined;
    if (spoilt !== undefined) walk.records.delete(spoilt.segmentTxn);
    const lost = spoilt ?? { segmentTxn: expected, byteOffset: offset };
    const next = resync(walk, offset, expected);
    if (next === undefined) {
      if (lost.segmentTxn <= walk.wanted)
        salvageGap(walk, lost.segmentTxn, walk.wanted + 1, lost.byteOffset, undefined, found);
      break;
    }
    if (next.segmentTxn > lost.segmentTxn)
      salvageGap(walk, lost.segmentTxn, next.segmentTxn, lost.byteOffset, next.byteOffset, found);
    else if (!takeBackShort(walk, offset, next, problemOf(found)))
      noteSkipped(walk, offset, expected, problemOf(found));
    withSurplus = undefined;
    offset = next.byteOffset;
    expected = next.segmentTxn;
  }
  noteAbsent(walk);
}
