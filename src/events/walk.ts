/**
 * The walk through a segment's `_event`, on both sides of damage: along the record lengths as long as they hold, past a bad
 * record by the offsets of `_event.i` or by looking for the next record that is right in every respect.
 */
import { Event } from '../../generated/Event.js';
import { cause, type Damage, damage } from '../damage.js';
import { attempt, join, SEGMENT_FILES, withFile } from '../files.js';
import { openWindow, readInt64s } from '../kaitai/cursor.js';
import { parseLean } from '../kaitai/parse.js';
import type { RandomAccess, Source } from '../source/source.js';
import { tolerant } from '../source/tolerant.js';
import { collectRecords } from './collect.js';
import type { EventRecord } from './record.js';
import { FIRST_RECORD_OFFSET, HEAD_BYTES, readRecordAt } from './scan.js';
import type { Walk } from './walkState.js';

/** What is left of a segment's `_event`. */
export interface EventWalk {
  /** The header's count: number of the last record, 0 also for none; `undefined` without a header. */
  readonly headerMaxTxn: number | undefined;
  /** By number in the segment, ascending; numbers that are missing are lost or never were. */
  readonly records: readonly EventRecord[];
  /** No record can be had: the file is missing, unreadable or holds none of those that were wanted. */
  readonly unreadable: boolean;
  /** `_event.i` has other places for all of the records, or for less of them than a crash leaves: one of the two files may be another's. */
  readonly isContradicted?: boolean;
  readonly damage: readonly Damage[];
}

/** Most records that a file of `size` bytes can hold. */
const recordsThatFit = (size: number): number => Math.floor(size / HEAD_BYTES);

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

/** Records that a crash can leave between `_event` and `_event.i`. */
const MAX_UNINDEXED_RECORDS = 1;

/** True when none of the records is where `_event.i` has it, or several are past its end. An index of another begin tells nothing. */
function contradictsIndex({ index, records }: Walk): boolean {
  if (index[0] !== BigInt(FIRST_RECORD_OFFSET)) return false;
  const isPlaced = ({ segmentTxn, byteOffset, byteLength }: EventRecord): boolean =>
    index[segmentTxn] === BigInt(byteOffset) && index[segmentTxn + 1] === BigInt(byteOffset + byteLength);
  let entries = 1;
  while ((index[entries] ?? 0n) > (index[entries - 1] ?? 0n)) entries += 1;
  const whole = [...records.values()].filter(({ intact }) => intact);
  const ends = whole.filter(({ segmentTxn }) => segmentTxn + 1 < entries);
  return (ends.length > 0 && !ends.some(isPlaced)) || whole.length - ends.length > MAX_UNINDEXED_RECORDS;
}

function readIndex(source: Source, path: string, wanted: Wanted, found: Damage[]): BigInt64Array {
  const read = withFile(source, path, (file) =>
    readInt64s(file, 0, Math.floor(file.size / BigInt64Array.BYTES_PER_ELEMENT)),
  );
  if (read.damage === undefined) return read.value;
  const severity = isUnnamed(wanted) ? ({ severity: 'note' } as const) : {};
  found.push(damage('event_index_missing', path, { ...cause(read.damage), ...severity }));
  return new BigInt64Array(0);
}

function walkFile(
  access: RandomAccess,
  path: string,
  index: BigInt64Array,
  wanted: Wanted,
  found: Damage[],
): EventWalk {
  const window = openWindow(tolerant(access));
  const header = parseLean(Event, window.bytes(0, FIRST_RECORD_OFFSET));
  if (header.failure !== undefined) {
    found.push(
      damage('event_unreadable', path, { byteOffset: header.failure.byteOffset, actual: header.failure.message }),
    );
    return { headerMaxTxn: undefined, records: [], unreadable: true, damage: found };
  }
  const headerMaxTxn = header.value.maxTxn;
  // A count of 0 also stands for no record at all.
  const isEmpty = headerMaxTxn === 0 && readRecordAt(window, FIRST_RECORD_OFFSET).kind === 'end';
  const lastWanted = wanted.logIsWhole || isEmpty ? wanted.namedUpTo : Math.max(wanted.namedUpTo, headerMaxTxn);
  const walk: Walk = {
    window,
    path,
    index,
    namedUpTo: wanted.namedUpTo,
    wanted: Math.min(lastWanted, recordsThatFit(access.size)),
    rejected: new Set(wanted.rejected),
    headerMaxTxn,
    records: new Map(),
    damage: found,
    work: 0,
  };
  collectRecords(walk);
  const isContradicted = contradictsIndex(walk);
  checkHeader(walk, headerMaxTxn, wanted.namedUpTo);
  // Beside records that are another segment's none is beyond doubt.
  const records = [...walk.records.values()]
    .map((record) => (walk.rejected.size === 0 ? record : { ...record, intact: false }))
    .sort((a, b) => a.segmentTxn - b.segmentTxn);
  const unreadable = records.length === 0 && walk.wanted > 0;
  return { headerMaxTxn, records, unreadable, isContradicted, damage: found };
}

/** Which records are asked for; damage past the last of them is of no concern. */
export interface Wanted {
  /** The highest number that the sequencer's log names; -1 for none. */
  readonly namedUpTo: number;
  /** False where the log lost records that may have named others: then the header's count holds too. */
  readonly logIsWhole: boolean;
  /** Offsets of records that were found not to be this segment's. */
  readonly rejected?: readonly number[];
}

/** True for a segment of which the whole log names no record. */
const isUnnamed = ({ namedUpTo, logIsWhole }: Wanted): boolean => namedUpTo < 0 && logIsWhole;

/** A server that is killed leaves segments that have no `_event` yet, or an empty one: where nothing is named, nothing is lost. */
function newSegment(path: string, code: 'event_missing' | 'event_unreadable', found: string): EventWalk {
  const note = damage(code, path, { severity: 'note', actual: `${found}; the log names nothing in it` });
  return { headerMaxTxn: undefined, records: [], unreadable: false, damage: [note] };
}

/**
 * Reads a segment's events. Records after the last one that is wanted are given only as far as the file's own frames lead.
 * Damage: `event_missing`, `event_unreadable`, `event_header_invalid`, `event_record_invalid` (each record that is not
 * whole), `event_index_missing`, `event_index_invalid`.
 */
export function walkEvents(source: Source, segmentDir: string, wanted: Wanted): EventWalk {
  const path = join(segmentDir, SEGMENT_FILES.event);
  const none = { headerMaxTxn: undefined, records: [], unreadable: true } as const;
  const opened = attempt(path, () => source.open(path));
  if (opened.damage?.code === 'file_missing')
    return isUnnamed(wanted)
      ? newSegment(path, 'event_missing', 'no file')
      : { ...none, damage: [damage('event_missing', path)] };
  if (opened.damage !== undefined) return { ...none, damage: [damage('event_unreadable', path, cause(opened.damage))] };
  if (opened.value.size === 0 && isUnnamed(wanted)) {
    opened.value.close();
    return newSegment(path, 'event_unreadable', 'an empty file');
  }
  const found: Damage[] = [];
  const index = readIndex(source, join(segmentDir, SEGMENT_FILES.eventIndex), wanted, found);
  const walked = attempt(path, () => walkFile(opened.value, path, index, wanted, found));
  opened.value.close();
  return walked.value ?? { ...none, damage: [...found, damage('event_unreadable', path, cause(walked.damage))] };
}
