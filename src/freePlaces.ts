/**
 * Places of segments that no log record names: after a segment's last record, or where one is missing between two. A record
 * that names another segment than the one its event is in leaves such a place free there.
 */
import { LONG_MAX } from './bigints.js';
import type { LogRecord } from './logRecord.js';
import { type SegmentId, sameSegment } from './segmentTask.js';

/** Records of a segment of which each has the number after the one before. */
export interface NamedRun {
  readonly first: LogRecord;
  readonly last: LogRecord;
}

/** A free number of a segment, and the transactions between which its own lies. */
interface FreePlace extends SegmentId {
  readonly after: bigint;
  readonly before: bigint;
  readonly standing: PlaceStanding;
}

/** A missing record between two is sure to be somewhere else; a place at the end of a segment, or in one without records, may be free. */
export const PLACE = { none: 0, possible: 1, missing: 2 } as const;
export type PlaceStanding = (typeof PLACE)[keyof typeof PLACE];

/** Free places of one number that are looked at for a record: there is one for each segment of as many records. */
const MAX_PLACES_TRIED = 64;

/** The runs of a list of records, in its order. */
export function runsOf(records: readonly LogRecord[]): readonly NamedRun[] {
  const runs: { first: LogRecord; last: LogRecord }[] = [];
  for (const record of records) {
    const run = runs.at(-1);
    if (run !== undefined && record.segmentTxn === run.last.segmentTxn + 1) run.last = record;
    else runs.push({ first: record, last: record });
  }
  return runs;
}

/**
 * The best place for the event of a record in another segment, of which it has the WAL's or the segment's number: the place is
 * free, and the transactions around it agree. Segments of a WAL follow each other, so that it also has to be on the right side
 * of the record that `stays` in the segment it names.
 */
export type PlaceElsewhere = (record: LogRecord, stays?: LogRecord) => PlaceStanding;

export function freePlaces(segments: Iterable<readonly [SegmentId, readonly NamedRun[]]>): PlaceElsewhere {
  const byNumber = new Map<number, FreePlace[]>();
  const add = (segmentTxn: number, place: FreePlace): void => {
    const places = byNumber.get(segmentTxn);
    if (places === undefined) byNumber.set(segmentTxn, [place]);
    else if (places.length < MAX_PLACES_TRIED) places.push(place);
  };
  for (const [{ walId, segmentId }, runs] of segments) {
    for (let i = 0; i <= runs.length; i++) {
      const [last, next] = [runs[i - 1]?.last, runs[i]?.first];
      const number = (last?.segmentTxn ?? -1) + 1;
      if (next !== undefined && next.segmentTxn !== number + 1) continue;
      const standing = next === undefined ? PLACE.possible : PLACE.missing;
      add(number, { walId, segmentId, after: last?.seqTxn ?? 0n, before: next?.seqTxn ?? LONG_MAX, standing });
    }
  }
  const isInOrder = (place: FreePlace, record: LogRecord, stays: LogRecord | undefined): boolean =>
    stays === undefined ||
    place.walId !== record.walId ||
    place.segmentId < record.segmentId === record.seqTxn < stays.seqTxn;
  return (record, stays) =>
    (byNumber.get(record.segmentTxn) ?? [])
      .filter(
        (place) =>
          !sameSegment(place, record) &&
          (place.walId === record.walId || place.segmentId === record.segmentId) &&
          place.after < record.seqTxn &&
          record.seqTxn < place.before &&
          isInOrder(place, record, stays),
      )
      .reduce<PlaceStanding>((best, { standing }) => (best === PLACE.missing ? best : standing), PLACE.none);
}
