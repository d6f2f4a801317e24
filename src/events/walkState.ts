/** What a walk through `_event` knows so far. */
import type { Damage } from '../damage.js';
import type { Window } from '../kaitai/cursor.js';
import type { EventRecord } from './record.js';

export interface Walk {
  readonly window: Window;
  readonly path: string;
  /** Offsets of the records as `_event.i` has them; empty when it is not there. */
  readonly index: BigInt64Array;
  /** Number of the last record that the log names; -1 for none. */
  readonly namedUpTo: number;
  /** Number of the last record that somebody asks for: damage past it is no concern. */
  readonly wanted: number;
  /** Offsets of records that are not this segment's, whatever they look like. */
  readonly rejected: ReadonlySet<number>;
  /** The header's count: number of the last record. */
  readonly headerMaxTxn: number;
  readonly records: Map<number, EventRecord>;
  readonly damage: Damage[];
  /** Bytes looked at in search of records, bounded by `MAX_RESYNC_WORK_FACTOR` times the file. */
  work: number;
}

/** Where the index says that a record begins; -1 when it does not say. */
export const indexAt = (walk: Walk, segmentTxn: number): number => Number(walk.index[segmentTxn] ?? -1n);

/** Where the rows of a record must begin, by those before it. */
export interface FirstRow {
  /** `rowHi` of the DATA record next before it, 0 before the first; `undefined` when a record between is lost. */
  readonly rowLo: number | undefined;
  /** The least that it can be. */
  readonly leastRow: number;
}

/** Lost records that are passed over for the one before them. */
const LOOK_BACK = 64;

/** Where the rows of record `segmentTxn` begin. */
export function firstRowOf(walk: Walk, segmentTxn: number): FirstRow {
  let lost = 0;
  for (let before = segmentTxn - 1; before >= 0 && lost <= LOOK_BACK; before--) {
    const body = walk.records.get(before)?.body;
    if (body === undefined) lost += 1;
    else if (body.kind === 'data') return { rowLo: lost > 0 ? undefined : body.rowHi, leastRow: body.rowHi };
  }
  return { rowLo: lost > 0 ? undefined : 0, leastRow: 0 };
}
