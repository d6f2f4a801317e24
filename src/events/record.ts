/** One record of `_event` in the terms of the recovery (QuestDB's `WalEventCursor`). */
import { Event } from '../../generated/Event.js';
import { text } from '../kaitai/parse.js';
import { MAX_SEGMENT_ROWS } from '../limits.js';

/** New symbols of one column in one transaction; keys below `cleanCount` are in the symbol files instead. */
export interface SymbolDiff {
  readonly cleanCount: number;
  /** By key, from `cleanCount` on. */
  readonly entries: ReadonlyMap<number, string>;
}

/** Rows were added: DATA or MAT_VIEW_DATA. */
export interface DataEvent {
  readonly kind: 'data';
  /** First row in the segment's column files, and one past the last. */
  readonly rowLo: number;
  readonly rowHi: number;
  /** In the designated timestamp's unit, both inclusive; meaningless for 0 rows. */
  readonly minTimestamp: bigint;
  readonly maxTimestamp: bigint;
  readonly outOfOrder: boolean;
  /** By column slot. With a broken record, those before the damage. */
  readonly diffs: ReadonlyMap<number, SymbolDiff>;
  /** False when diffs after those in `diffs` are lost. */
  readonly diffsComplete: boolean;
}

/** Anything else: a statement, or a change of a view's state. */
export interface StatementEvent {
  readonly kind: 'statement';
  /** As the seed tool names it in `__sql_log.json`. */
  readonly name: string;
  readonly sql: string | null;
  /** Why the body can't be read to its end. */
  readonly error: string | null;
}

export type EventBody = DataEvent | StatementEvent;

/** A record that could be read, whole or in part. */
export interface EventRecord {
  /** Number in the segment, from 0. */
  readonly segmentTxn: number;
  /** Bytes from the start of `_event`. */
  readonly byteOffset: number;
  readonly byteLength: number;
  readonly body: EventBody;
  /** False when it had to be pieced together around damaged bytes. */
  readonly intact: boolean;
}

const UNKNOWN_PREFIX = 'UNKNOWN_';

/** Names of event types as `__sql_log.json` has them; types of later releases are `UNKNOWN_<n>`. */
export function statementName(type: number): string {
  const { EventType } = Event;
  if (type === EventType.SQL) return 'SQL';
  if (type === EventType.TRUNCATE) return 'TRUNCATE';
  if (type === EventType.MAT_VIEW_INVALIDATE) return 'MAT_VIEW_INVALIDATE';
  return type === EventType.VIEW_DEFINITION ? 'VIEW_DEFINITION' : `${UNKNOWN_PREFIX}${type}`;
}

/** True for an event of a type that no release up to 9.3.4 writes. */
export const isUnknown = (body: EventBody): body is StatementEvent =>
  body.kind === 'statement' && body.name.startsWith(UNKNOWN_PREFIX);

export const isDataType = (type: number): boolean =>
  type === Event.EventType.DATA || type === Event.EventType.MAT_VIEW_DATA;

/**
 * Texts by key. A writer gives each key once, in rising order from the clean count on: of two entries with one key the one
 * that stands in its place is right, and where neither does, nobody can tell.
 */
function toEntries(entries: readonly Event.SymbolEntry[], cleanCount: number): ReadonlyMap<number, string> {
  const texts = new Map<number, string>();
  for (const { key, symbol } of entries) texts.set(key, text(symbol) ?? '');
  if (texts.size === entries.length) return texts;
  const keys = new Set<number>();
  const twice = new Set<number>();
  for (const { key } of entries) (keys.has(key) ? twice : keys).add(key);
  for (const key of twice) {
    const placed = entries[key - cleanCount];
    if (placed?.key === key) texts.set(key, text(placed.symbol) ?? '');
    else texts.delete(key);
  }
  return texts;
}

/**
 * The diffs of a body before its end mark. A diff that is not whole, or out of slot order, ends them. The one before it
 * may be the one out of order, unless that is not in order with the others either.
 */
function toDiffs(body: Event.DataBody): { diffs: ReadonlyMap<number, SymbolDiff>; complete: boolean } {
  const diffs = new Map<number, SymbolDiff>();
  let [previous, before] = [-1, -1];
  for (const diff of body.symbolDiffs ?? []) {
    if (diff.columnIndex === -1) return { diffs, complete: true };
    if (diff.terminator !== -1) break;
    if (diff.columnIndex <= previous) {
      if (diff.columnIndex > before) diffs.delete(previous);
      break;
    }
    const cleanCount = diff.cleanCount ?? 0;
    diffs.set(diff.columnIndex, { cleanCount, entries: toEntries(diff.entries ?? [], cleanCount) });
    [before, previous] = [previous, diff.columnIndex];
  }
  return { diffs, complete: false };
}

/**
 * The rows of a body, also of one that was read in part; `undefined` when its bounds are not a range of rows, or are that of none
 * although it has timestamps: a writer that has none says so there too.
 */
export function toDataEvent(body: Event.DataBody): DataEvent | undefined {
  const { rowLo, rowHi, minTimestamp, maxTimestamp, outOfOrder } = body;
  if (rowLo === undefined || rowHi === undefined || rowLo < 0n || rowHi < rowLo || rowHi > BigInt(MAX_SEGMENT_ROWS))
    return undefined;
  if (rowLo === rowHi && minTimestamp !== undefined && maxTimestamp !== undefined && minTimestamp <= maxTimestamp)
    return undefined;
  const { diffs, complete } = toDiffs(body);
  return {
    kind: 'data',
    rowLo: Number(rowLo),
    rowHi: Number(rowHi),
    minTimestamp: minTimestamp ?? 0n,
    maxTimestamp: maxTimestamp ?? 0n,
    outOfOrder: outOfOrder !== 0,
    diffs,
    diffsComplete: complete,
  };
}

/** The statement of a body of `type`, as far as it was read. */
export function toStatement(type: number, body: Event.Record['body'], error: string | null): StatementEvent {
  const name = statementName(type);
  const partial =
    body instanceof Uint8Array ? undefined : (body as Partial<Event.SqlBody & Event.MatViewInvalidateBody> | undefined);
  const held = partial?.sql ?? partial?.reason;
  return { kind: 'statement', name, sql: held?.lenUnits === undefined ? null : text(held), error };
}

/** The body of a record that parsed without failure; `undefined` where a DATA body has no range of rows. */
export function toBody(record: Event.Record): EventBody | undefined {
  const type: number = record.type ?? -1;
  if (!isDataType(type)) return toStatement(type, record.body, null);
  return toDataEvent(record.body as Event.DataBody);
}
