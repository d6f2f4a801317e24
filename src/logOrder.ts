/**
 * Log records of one segment name its events one after the other. A record that breaks the row is damaged: what it names is
 * not what was committed under its seqTxn.
 */
import type { GoneRun } from './absentSegments.js';
import { type Damage, damage } from './damage.js';
import { freePlaces, type NamedRun, PLACE, type PlaceElsewhere, runsOf } from './freePlaces.js';
import { mode, undoExchanges } from './logExchanges.js';
import type { LogRecord } from './logRecord.js';
import { type SegmentId, segmentKey } from './segmentTask.js';

/** What the log names, by segment. */
export interface NamedRecords {
  /** Of segments on disk. */
  readonly named: ReadonlyMap<string, readonly LogRecord[]>;
  readonly gone: ReadonlyMap<string, readonly GoneRun[]>;
}

/** Without the records that break the row. */
export interface OrderedRecords extends NamedRecords {
  /** Those records. */
  readonly invalid: readonly LogRecord[];
  readonly damage: readonly Damage[];
}

/**
 * True for the records that are in the row: those whose number keeps the commonest distance from their place in the list, and
 * those between them that rise without meeting one of them.
 */
function inRow(records: readonly LogRecord[]): boolean[] {
  const distances = records.map((record, i) => record.segmentTxn - i);
  const common = mode(distances);
  const nextAnchor: number[] = [];
  for (let i = records.length - 1, next = Number.POSITIVE_INFINITY; i >= 0; i--) {
    nextAnchor[i] = next;
    if (distances[i] === common) next = records[i]?.segmentTxn ?? next;
  }
  let last = -1;
  return records.map(({ segmentTxn }, i) => {
    const fits = segmentTxn > last && (distances[i] === common || segmentTxn < (nextAnchor[i] ?? 0));
    if (fits) last = segmentTxn;
    return fits;
  });
}

const isRow = (records: readonly LogRecord[]): boolean =>
  records.every((record, i) => i === 0 || record.segmentTxn === (records[i - 1]?.segmentTxn ?? 0) + 1);

/**
 * Decides between two records that name the same event, one right after the other where the row has no hole, if there are places
 * elsewhere for them: the one with the lesser place stays, and neither where that does not tell. A second one at the end may have a
 * wrong number: a place that is only possible does not tell then.
 */
function settleContested(records: readonly LogRecord[], fits: boolean[], elsewhere: () => PlaceElsewhere): void {
  records.forEach((record, i) => {
    const next = records[i + 1];
    if (next === undefined || record.segmentTxn !== next.segmentTxn || fits[i] === fits[i + 1]) return;
    const [before, after] = [records[i - 1]?.segmentTxn ?? -1, records[i + 2]?.segmentTxn];
    if (before === record.segmentTxn - 2 || after === record.segmentTxn + 2) return;
    const [first, second] = [elsewhere()(record, next), elsewhere()(next, record)];
    if (first === PLACE.none && second === PLACE.none) return;
    const isTold = after !== undefined || first === PLACE.missing || second === PLACE.missing;
    fits[i] = isTold && first < second;
    fits[i + 1] = isTold && second < first;
  });
}

/** Runs of one record each that do not go on from the one before, and for which there is a place elsewhere. */
function misnamed(runs: readonly GoneRun[], elsewhere: () => PlaceElsewhere): readonly GoneRun[] {
  if (runs.length === 1 && runs[0]?.first.segmentTxn === 0) return [];
  return runs.filter(({ first, last }, i) => {
    const stays = runs[i - 1]?.last ?? runs[i + 1]?.first;
    return first === last && elsewhere()(first, stays) !== PLACE.none;
  });
}

/** Free places of all segments on disk or in the log, found when first asked for. */
function placesOf({ named, gone }: NamedRecords, onDisk: readonly SegmentId[]): () => PlaceElsewhere {
  let found: PlaceElsewhere | undefined;
  const unnamed = onDisk.filter((segment) => !named.has(segmentKey(segment)));
  function* all(): Generator<readonly [SegmentId, readonly NamedRun[]]> {
    for (const segment of unnamed) yield [segment, []];
    for (const records of named.values()) if (records[0] !== undefined) yield [records[0], runsOf(records)];
    for (const runs of gone.values()) if (runs[0] !== undefined) yield [runs[0].first, runs];
  }
  return () => {
    found ??= freePlaces(all());
    return found;
  };
}

/**
 * Puts exchanged records back and takes out those that break the row of their segment, which begins with 0 where the log
 * is whole. Damage: `txnlog_duplicate_record` for each of a segment on disk, repaired where it was only out of its place;
 * `txnlog_record_invalid` for one that names a segment that is gone and belongs to another.
 */
export function checkOrder(
  records: NamedRecords,
  onDisk: readonly SegmentId[],
  isWhole: boolean,
  path: string,
): OrderedRecords {
  const invalid: LogRecord[] = [];
  const found: Damage[] = [];
  const named = new Map<string, readonly LogRecord[]>();
  const gone = new Map<string, readonly GoneRun[]>();
  const elsewhere = placesOf(records, onDisk);
  const report = (record: LogRecord, severity: 'loss' | 'repaired'): void => {
    const { seqTxn, walId, segmentId, segmentTxn } = record;
    const detail = { seqTxn, walId, segmentId, segmentTxn, severity, expected: 'records of a segment in a row' };
    found.push(damage('txnlog_duplicate_record', path, detail));
  };
  for (const [key, list] of records.named) {
    if (isRow(list)) {
      named.set(key, list);
      continue;
    }
    const { records: ordered, moved } = undoExchanges(list);
    const fits = inRow(ordered);
    settleContested(ordered, fits, elsewhere);
    for (const record of moved) report(record, 'repaired');
    for (const record of ordered.filter((_, i) => !fits[i])) {
      invalid.push(record);
      report(record, 'loss');
    }
    named.set(
      key,
      ordered.filter((_, i) => fits[i]),
    );
  }
  for (const [key, runs] of records.gone) {
    const surplus = new Set(isWhole ? misnamed(runs, elsewhere) : []);
    for (const { first } of surplus) {
      const { seqTxn, walId, segmentId, segmentTxn } = first;
      const expected = 'a record of another segment, in which there is a place for it';
      const actual = `wal${walId}/${segmentId}, segmentTxn ${segmentTxn}, with none before it`;
      invalid.push(first);
      found.push(damage('txnlog_record_invalid', path, { seqTxn, walId, segmentId, segmentTxn, expected, actual }));
    }
    if (surplus.size < runs.length)
      gone.set(
        key,
        runs.filter((run) => !surplus.has(run)),
      );
  }
  return { named, gone, invalid, damage: found };
}
