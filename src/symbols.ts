/**
 * What the keys of a symbol column mean: the transaction's own new symbols, and below its `cleanCount` those of the table,
 * in the files that were linked beside the segments when the WAL writer was opened.
 */
import type { SymbolResolver, SymbolScope } from './columns/symbolScope.js';
import { type OpenSymbolTable, openSymbolTable } from './columns/symbolTable.js';
import { type Damage, damage } from './damage.js';
import type { DataEvent, SymbolDiff } from './events/record.js';
import { walkEvents } from './events/walk.js';
import { join, segmentFolder, walFolder } from './files.js';
import { statusOf } from './origin.js';
import type { LiveColumn } from './schema.js';
import type { SegmentId, TableContext } from './segmentTask.js';
import type { Source } from './source/source.js';
import { type CleanCounts, type SymbolFinder, type SymbolPlace, symbolFinder } from './symbolFiles.js';
import type { TransactionRows } from './transactions.js';
import type { Watermark } from './watermark.js';

/** The columns of a segment share their counts, and one finder. */
const finders = new WeakMap<CleanCounts, SymbolFinder>();

function finderOf(source: Source, place: SymbolPlace, cleanCounts: CleanCounts): SymbolFinder {
  const known = finders.get(cleanCounts);
  if (known !== undefined) return known;
  const made = symbolFinder(source, place, cleanCounts);
  finders.set(cleanCounts, made);
  return made;
}

/** The symbols below `cleanCount`; `undefined` when no file has any. The fullest of the files that may have them. */
function openBase(source: Source, finder: SymbolFinder, columnIndex: number, cleanCount: number) {
  let best: OpenSymbolTable | undefined;
  for (const { ofs, chars } of finder.files(columnIndex)) {
    const opened = openSymbolTable(source, ofs, chars, { expectedCount: cleanCount });
    const isFuller = best === undefined || opened.table.count > best.table.count;
    (isFuller ? best : opened)?.close();
    if (isFuller) best = opened;
    if (opened.table.count >= cleanCount) break;
  }
  return best;
}

/** True when the table has applied all of these rows. */
const areApplied = (rows: readonly TransactionRows[], watermark: Watermark | undefined): boolean =>
  rows.every((stretch) => statusOf(stretch, watermark) === 'applied_unpurged');

/** Segments of the same WAL that are asked for its clean counts. */
const MAX_PEERS = 8;

/** DATA events of the nearest other segment of the same WAL that has any: its writer's clean counts are the same. */
export function eventsOfPeers(source: Source, table: TableContext, segment: SegmentId): readonly DataEvent[] {
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

/** What most values are. */
function commonest(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].reduce((best, one) => (one[1] > best[1] ? one : best), [0, 0])[0];
}

/** The clean count that a diff shows: its own word, and where it has symbols, the first of their keys. */
const shownBy = ({ cleanCount, entries }: SymbolDiff): number[] => {
  const first = [...entries.keys()].reduce((least, key) => Math.min(least, key), Number.POSITIVE_INFINITY);
  return Number.isFinite(first) ? [first, cleanCount] : [cleanCount];
};

/** The clean counts that some transactions of one WAL tell: of several for one column, what most of them show. */
export function cleanCountsOf(events: readonly DataEvent[]): CleanCounts {
  const told = new Map<number, SymbolDiff[]>();
  for (const event of events) {
    event.diffs.forEach((diff, columnIndex) => {
      const known = told.get(columnIndex);
      if (known === undefined) told.set(columnIndex, [diff]);
      else known.push(diff);
    });
  }
  const counts = new Map<number, number>();
  told.forEach((diffs, columnIndex) => {
    const said = diffs[0]?.cleanCount ?? 0;
    const isSettled = diffs.length > 1 && diffs.every((diff) => diff.cleanCount === said);
    counts.set(columnIndex, isSettled ? said : commonest(diffs.flatMap(shownBy)));
  });
  return { counts, isComplete: events.some((event) => event.diffsComplete) };
}

export type { CleanCounts } from './symbolFiles.js';

export interface ColumnSymbols {
  readonly resolver: SymbolResolver;
  /** Damage of the table's symbols, once keys have been resolved. */
  damage(): readonly Damage[];
  close(): void;
}

/** How the keys of rows resolve, transaction by transaction. */
export function columnSymbols(
  source: Source,
  place: SymbolPlace,
  column: LiveColumn,
  rows: readonly TransactionRows[],
  cleanCounts: CleanCounts,
): ColumnSymbols {
  const clean = cleanCounts.counts.get(column.index) ?? (cleanCounts.isComplete ? 0 : undefined);
  const needsBase = clean !== undefined && clean > 0;
  const finder = needsBase ? finderOf(source, place, cleanCounts) : undefined;
  const opened = finder === undefined ? undefined : openBase(source, finder, column.index, clean ?? 0);
  const base = opened?.table;
  // What the user dropped after it was applied is no loss: nothing could bring it back.
  const isDropped =
    finder?.isDropped(column.index) === true && opened === undefined && areApplied(rows, place.table.watermark);
  const missing = damage(
    'symbol_table_missing',
    join(walFolder(place.table.dirName, place.walId), `${column.name}.o`),
    {
      column: column.name,
      expected: `${clean} symbols`,
      ...(isDropped ? { actual: 'the table has dropped the column since', severity: 'note' } : {}),
    },
  );
  const scopes = rows.map(({ lo, hi, transactions }): SymbolScope => {
    const only = transactions.length === 1 ? transactions[0]?.event?.body : undefined;
    const event = only?.kind === 'data' ? only : undefined;
    const diff = event?.diffs.get(column.index);
    if (diff !== undefined)
      return { lo, hi, cleanCount: clean ?? diff.cleanCount, base, diff: diff.entries, diffKnown: true };
    if (event?.diffsComplete === true)
      return { lo, hi, cleanCount: 0, base: undefined, diff: undefined, diffKnown: true };
    return { lo, hi, cleanCount: clean ?? 0, base, diff: undefined, diffKnown: false };
  });
  return {
    resolver: { scopes, isDropped },
    damage: () => (needsBase ? (opened?.damage ?? [missing]) : []),
    close: () => opened?.close(),
  };
}
