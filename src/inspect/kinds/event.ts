/**
 * A segment's `_event`: its records, on both sides of damage as the export's own walk finds them, the end mark, and what a
 * rolled back record left.
 */
import { Event } from '../../../generated/Event.js';
import type { EventRecord } from '../../events/record.js';
import { END_MARK_BYTES, FIRST_RECORD_OFFSET, HEAD_BYTES, readRecordAt } from '../../events/scan.js';
import { type EventWalk, walkEvents } from '../../events/walk.js';
import { join, SEGMENT_FILES } from '../../files.js';
import { openWindow, type Window } from '../../kaitai/cursor.js';
import { type Parsed, parse } from '../../kaitai/parse.js';
import type { GeneratedType, KaitaiNode } from '../../kaitai/types.js';
import { addFailure, type Env } from '../env.js';
import {
  type Children,
  childPath,
  coveringPosition,
  type Field,
  fixedChildren,
  type Problem,
  problemOf,
} from '../field.js';
import { fillField, lastNonZero, preallocated, UNREAD, withGaps } from '../fill.js';
import { eventTypeText } from '../meanings/event.js';
import { expectedOf, headerFields, nodeField, nodeFields, parseAt } from '../node.js';
import { aliasedSource, boundedSource } from '../sources.js';
import { counted, rowsText } from '../told.js';
import type { KindFields } from './kind.js';

const RECORDS = 'records';
const TAIL = preallocated(['stale', 'behind the end mark: left from earlier, of no meaning now']);

/** A walk, and the name that its damage has for the file. */
interface Walked {
  readonly walk: EventWalk;
  readonly path: string;
}

/** The walk of the export over this file. */
export function eventWalk(env: Env): Walked {
  const { place, facts, limitBytes } = env;
  const isOwn = place.name === SEGMENT_FILES.event || place.name === SEGMENT_FILES.eventIndex;
  const segment = isOwn && env.file.size <= limitBytes ? facts.segment() : undefined;
  if (segment !== undefined) return { walk: segment.opened.walk, path: join(segment.folder, SEGMENT_FILES.event) };
  const folder = 'segment';
  const path = join(folder, SEGMENT_FILES.event);
  const source = aliasedSource(boundedSource(facts.source, limitBytes), path, env.file.path);
  return { walk: walkEvents(source, folder, { namedUpTo: -1, logIsWhole: false }), path };
}

interface Shown {
  /** `undefined` for bytes of which nobody knows what record they were. */
  readonly index: number | undefined;
  readonly offset: number;
  readonly length: number;
  /** `undefined` for the end mark, and for bytes of which no record could be made. */
  readonly record: EventRecord | undefined;
  readonly lost?: true;
}

const BODIES: Readonly<Record<string, GeneratedType<KaitaiNode>>> = {
  SQL: Event.SqlBody,
  VIEW_DEFINITION: Event.ViewDefinitionBody,
  MAT_VIEW_INVALIDATE: Event.MatViewInvalidateBody,
};

/** The body of a record whose frame is damaged, read as what the export took it for. */
function salvagedBody({ body }: EventRecord, bytes: Uint8Array, type: number): Parsed<KaitaiNode> | undefined {
  if (body.kind !== 'data') {
    const form = BODIES[body.name];
    return form && parse(form, bytes);
  }
  const isMatView = type === Event.EventType.MAT_VIEW_DATA;
  const forms = [isMatView, !isMatView].map((each) => parse(Event.DataBody, bytes, each));
  return forms.find((form) => form.failure === undefined && form.value.surplus.length === 0) ?? forms[0];
}

/** The fields of a record that is damaged: its frame unchecked, its body as far as it reads. */
function damagedFields(env: Env, shown: Shown, path: string): readonly Field[] {
  const { offset, length, record } = shown;
  const bytes = env.file.bytes(offset, length);
  const whole = parse(Event.Record, bytes);
  if (whole.failure?.fieldPath !== 'lenRecord') return nodeFields(whole.value, { env, base: offset, path });
  const head = parse(Event.RecordHead, bytes);
  const headPart = headerFields(head.value, { env, base: offset, path });
  const body =
    head.failure === undefined && record !== undefined
      ? salvagedBody(record, bytes.subarray(HEAD_BYTES), head.value.type)
      : undefined;
  if (body === undefined) return headPart;
  const at = { env, base: offset + HEAD_BYTES, path };
  const piece = { name: 'body', path: childPath(path, 'body'), start: 0, end: length - HEAD_BYTES };
  return [...headPart, nodeField(body.value, piece, at)];
}

/** The number in a damaged record says which transaction it is only where it is the right one. */
function withoutWrongNumber(field: Field, index: number | undefined): Field {
  if (field.name !== 'txn' || index === undefined || Number(field.value) === index) return field;
  const { meaning: _wrong, ...bare } = field;
  return bare;
}

function damagedText({ record }: Shown): string {
  if (record === undefined) return 'damaged: no record can be made of these bytes';
  const { body } = record;
  if (body.kind !== 'data') return `damaged, pieced together: ${body.name}`;
  const symbols = body.diffsComplete ? '' : ', symbols in part';
  const rows = body.rowHi > body.rowLo ? rowsText(body.rowLo, body.rowHi - 1) : 'no rows';
  return `damaged, pieced together: ${rows}${symbols}`;
}

/** Notes where the bytes of a damaged record stop to fit. */
function noteFailure(env: Env, { offset, length }: Shown): void {
  const { failure } = parse(Event.Record, env.file.bytes(offset, length));
  if (failure !== undefined) addFailure(env, failure, offset, expectedOf(failure));
}

/** The damage of the walk as problems; that of a record is about all of it. */
function problemsOf({ walk, path }: Walked, shown: readonly Shown[], file: string): readonly Problem[] {
  const byOffset = new Map(shown.map((one) => [one.offset, one]));
  return walk.damage
    .filter((one) => one.file === path)
    .map((one) => {
      const at = byOffset.get(one.byteOffset ?? -1);
      const about = at?.index === one.segmentTxn ? at : undefined;
      return problemOf({ ...one, file }, file, about?.length);
    });
}

const isDamaged = ({ record, lost }: Shown): boolean => lost === true || record?.intact === false;

function recordField(env: Env, shown: Shown): Field {
  const { index, offset, length } = shown;
  const name = `[${index ?? '?'}]`;
  const path = childPath(RECORDS, name);
  const { value } = parse(Event.Record, env.file.bytes(offset, length));
  const piece = { name, path, start: 0, end: length, index };
  const field = nodeField(value, piece, { env, base: offset, path: RECORDS });
  if (!isDamaged(shown)) return field;
  const fields = damagedFields(env, shown, path).map((each) => withoutWrongNumber(each, index));
  return {
    ...field,
    meaning: damagedText(shown),
    children: fixedChildren(withGaps(env, path, fields, [offset, offset + length], UNREAD)),
  };
}

/** The end mark that was behind a record before it was rolled back. */
function endMark(env: Env, offset: number): Field {
  const name = 'end_mark';
  const { value } = parse(Event.Record, env.file.bytes(offset, END_MARK_BYTES));
  const piece = { name, path: `rolled_back.${name}`, start: 0, end: END_MARK_BYTES };
  return nodeField(value, piece, { env, base: offset, path: 'rolled_back' });
}

/** The rest of a record that was rolled back: its length was overwritten by the end mark, the body is still there. */
function rolledBack(env: Env, window: Window, offset: number, segmentTxn: number): Field | undefined {
  const bytes = window.bytes(offset, Math.min(window.size - offset, env.limitBytes));
  const body = parse(Event.RecordHead, bytes);
  if (body.failure !== undefined || body.value.txn !== BigInt(segmentTxn)) return undefined;
  const form = body.value.type === Event.EventType.MAT_VIEW_DATA;
  const data = parse(Event.DataBody, bytes.subarray(HEAD_BYTES), form);
  const diffs = data.value.symbolDiffs;
  const at = { env, base: offset + HEAD_BYTES, path: 'rolled_back' };
  if (diffs?.at(-1)?.columnIndex !== -1) return undefined;
  const head = nodeFields(body.value, { env, base: offset, path: 'rolled_back' }, ['txn', 'type']);
  const read = nodeFields(data.value, at).filter((field) => field.name !== 'surplus' && field.name !== 'footer');
  const last = read.reduce((most, field) => Math.max(most, field.offset + field.length), 0);
  const mark = readRecordAt(window, last).kind === 'end' ? [endMark(env, last)] : [];
  const end = last + mark.length * END_MARK_BYTES;
  const { rowLo, rowHi } = data.value;
  const rows = rowHi > rowLo ? rowsText(rowLo, rowHi - 1n) : 'no rows';
  return {
    name: 'rolled_back',
    path: 'rolled_back',
    kind: 'group',
    role: 'fill',
    file: env.file,
    offset: offset + END_MARK_BYTES,
    length: end - offset - END_MARK_BYTES,
    meaning: `record ${segmentTxn}: ${eventTypeText(body.value.type)}, ${rows}, rolled back: it does not count`,
    children: fixedChildren([...head, ...read, ...mark]),
  };
}

function recordChildren(env: Env, shown: readonly Shown[]): Children {
  // Of several of one number the first.
  const positions = new Map(shown.map(({ index }, position) => [index, position] as const).reverse());
  return {
    count: shown.length,
    at: (position) => recordField(env, shown[position]!),
    positionOf: (index) => positions.get(index),
    covering: (offset) => coveringPosition(shown, offset),
  };
}

/** Where bytes that are no record end when nothing is known behind them: before the zeros at the end of the file. */
function lastLostEnd(env: Env, offset: number, size: number): number {
  const end = Math.max(Math.min(offset + END_MARK_BYTES, size), lastNonZero(env, offset, size));
  return size - end < HEAD_BYTES ? size : end;
}

/** Where the walk says that it could make no record. */
function lostPlaces({ walk, path }: Walked, records: readonly Shown[]): readonly Shown[] {
  const numbers = new Set(walk.records.map((record) => record.segmentTxn));
  const isTaken = (at: number): boolean => coveringPosition(records, at) !== undefined;
  const places = new Map<number, Shown>();
  for (const { code, file, byteOffset, segmentTxn = 0 } of walk.damage) {
    const isLost = code === 'event_record_invalid' && file === path && !numbers.has(segmentTxn);
    if (!isLost || byteOffset === undefined || isTaken(byteOffset) || places.has(byteOffset)) continue;
    places.set(byteOffset, { index: segmentTxn, offset: byteOffset, length: 0, record: undefined, lost: true });
  }
  return [...places.values()];
}

/** Records in the order of the file, without overlap, and between them what the walk could not make records of. */
function shownRecords(env: Env, walked: Walked, size: number): readonly Shown[] {
  const records: Shown[] = [];
  let at = FIRST_RECORD_OFFSET;
  for (const record of [...walked.walk.records].sort((a, b) => a.byteOffset - b.byteOffset)) {
    const length = Math.min(record.byteLength, size - record.byteOffset);
    if (record.byteOffset < at || length <= 0) continue;
    records.push({ index: record.segmentTxn, offset: record.byteOffset, length, record });
    at = record.byteOffset + length;
  }
  const all = [...records, ...lostPlaces(walked, records)].sort((a, b) => a.offset - b.offset);
  at = FIRST_RECORD_OFFSET;
  return all.flatMap((one, position) => {
    const end = all[position + 1]?.offset ?? lastLostEnd(env, one.offset, size);
    const own = one.lost === true ? { ...one, length: end - one.offset } : one;
    const hole: Shown = { index: undefined, offset: at, length: one.offset - at, record: undefined, lost: true };
    at = own.offset + own.length;
    return hole.length > 0 ? [hole, own] : [own];
  });
}

/** `_event`. */
export function eventFields(env: Env): KindFields {
  const header = parseAt(env, Event, 0, FIRST_RECORD_OFFSET);
  const own = (): readonly Field[] =>
    headerFields(header.value, { env, base: 0, path: '' }, ['format_low', 'format_high']);
  if (header.failure !== undefined) return { fields: withGaps(env, '', own(), [0, env.file.size], TAIL) };
  const size = Math.min(env.file.size, env.limitBytes);
  const isCut = env.file.size > size;
  const read = (offset: number, length: number): Uint8Array => env.file.bytes(offset, Math.min(length, size - offset));
  // It reads no more than it is asked for, which may be unreadable.
  const window = openWindow({ size, read }, HEAD_BYTES);
  const walked = eventWalk(env);
  const shown = shownRecords(env, walked, size);
  const end = shown.reduce((most, one) => Math.max(most, one.offset + one.length), FIRST_RECORD_OFFSET);
  for (const one of problemsOf(walked, shown, env.file.path))
    if (!isCut || (one.byteOffset ?? 0) < end) env.problems.add(one);
  for (const one of shown.filter(isDamaged)) noteFailure(env, one);
  const next = (walked.walk.records.at(-1)?.segmentTxn ?? -1) + 1;
  const hasEndMark = readRecordAt(window, end).kind === 'end';
  const all = hasEndMark ? [...shown, { index: next, offset: end, length: END_MARK_BYTES, record: undefined }] : shown;
  const last = hasEndMark ? end + END_MARK_BYTES : end;
  const children = recordChildren(env, all);
  const records: Field = {
    name: RECORDS,
    path: RECORDS,
    kind: 'list',
    role: 'structure',
    file: env.file,
    offset: FIRST_RECORD_OFFSET,
    length: Math.max(0, last - FIRST_RECORD_OFFSET),
    meaning: counted(walked.walk.records.length, 'record'),
    children,
  };
  const rest = hasEndMark ? rolledBack(env, window, end, next) : undefined;
  const fields = [...own(), ...(records.length > 0 ? [records] : []), ...(rest === undefined ? [] : [rest])];
  const covered = withGaps(env, '', fields, [0, isCut && !hasEndMark ? last : env.file.size], TAIL);
  const unread =
    isCut && !hasEndMark ? [fillField(env, '', 'unread', last, env.file.size, 'not looked at; --all does')] : [];
  return {
    fields: [...covered, ...unread],
    meaning: counted(walked.walk.records.length, 'record'),
    find: { list: RECORDS, txn: (txn) => [[txn, txn]] },
  };
}
