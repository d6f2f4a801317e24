/**
 * How many of a column's symbols were in the table's files when the WAL's writer was opened: keys below are theirs. Every
 * transaction of a WAL says the same.
 */
import type { DataEvent, SymbolDiff } from './events/record.js';
import { walkEvents } from './events/walk.js';
import { segmentFolder } from './files.js';
import type { SegmentId, TableContext } from './segmentTask.js';
import type { Source } from './source/source.js';

/** What the transactions of one WAL say of how many symbols of each column are in files. */
export interface CleanCounts {
  /** By column slot. */
  readonly counts: ReadonlyMap<number, number>;
  /** Columns whose new symbols may be told by wrong keys: nothing decides between the first key and the count before it. */
  readonly doubtful: ReadonlySet<number>;
  /** True when columns that are not in `counts` had none. */
  readonly isComplete: boolean;
}

/** Segments of the same WAL that are asked for its clean counts. */
const MAX_PEERS = 8;

/** DATA events of the nearest other segment of the same WAL that has any: its writer's clean counts are the same. */
function eventsOfPeers(source: Source, table: TableContext, segment: SegmentId): readonly DataEvent[] {
  const distance = (peer: SegmentId): number => Math.abs(peer.segmentId - segment.segmentId);
  const peers = table.segments
    .filter((peer) => peer.walId === segment.walId && peer.segmentId !== segment.segmentId)
    .sort((a, b) => distance(a) - distance(b));
  for (const peer of peers.slice(0, MAX_PEERS)) {
    const folder = segmentFolder(table.dirName, peer.walId, peer.segmentId);
    const { records } = walkEvents(source, folder, { namedUpTo: -1, logIsWhole: true });
    const events = records.flatMap(({ body }) => (body.kind === 'data' && body.diffsComplete ? [body] : []));
    if (events.length > 0) return events;
  }
  return [];
}

/** Of several values the commonest, the first of those that are so. */
function commonest(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].reduce((best, one) => (one[1] > best[1] ? one : best), [0, 0])[0];
}

/** The clean counts that a diff shows: its own word, and each key less its place, as keys count on from it. */
const shownBy = ({ cleanCount, entries }: SymbolDiff): number[] => [
  cleanCount,
  ...[...entries.keys()].map((key, place) => key - place),
];

/**
 * The clean counts that the events of a segment tell: of several for one column, what most of them show. Those of the segments
 * beside it are asked where there are none, or two things speak against each other.
 */
export function cleanCountsOf(
  source: Source,
  table: TableContext,
  segment: SegmentId,
  own: readonly DataEvent[],
): CleanCounts {
  let known: readonly DataEvent[] | undefined;
  const peers = (): readonly DataEvent[] => {
    known ??= eventsOfPeers(source, table, segment);
    return known;
  };
  const events = own.length > 0 ? own : peers();
  const told = new Map<number, SymbolDiff[]>();
  for (const event of events) {
    event.diffs.forEach((diff, columnIndex) => {
      const before = told.get(columnIndex);
      if (before === undefined) told.set(columnIndex, [diff]);
      else before.push(diff);
    });
  }
  const counts = new Map<number, number>();
  const doubtful = new Set<number>();
  told.forEach((diffs, columnIndex) => {
    const said = diffs[0]?.cleanCount ?? 0;
    const isSettled = diffs.length > 1 && diffs.every((diff) => diff.cleanCount === said);
    const shown = isSettled ? [said] : diffs.flatMap(shownBy);
    const [count = said, key = said] = shown;
    if (diffs.length > 1 || shown.length !== 2 || count === key) {
      counts.set(columnIndex, commonest(shown));
      return;
    }
    const others = peers().flatMap(({ diffs: theirs }) => theirs.get(columnIndex)?.cleanCount ?? []);
    const isDecided = others.includes(count) || others.includes(key);
    counts.set(columnIndex, isDecided ? commonest([...shown, ...others]) : Math.min(count, key));
    if (!isDecided && key < count) doubtful.add(columnIndex);
  });
  return { counts, doubtful, isComplete: events.some((event) => event.diffsComplete) };
}
