/**
 * What the keys of a symbol column mean: the transaction's own new symbols, and below its `cleanCount` those of the table,
 * in the files that were linked beside the segments when the WAL writer was opened.
 */
import type { SymbolResolver, SymbolScope } from './columns/symbolScope.js';
import { type OpenSymbolTable, openSymbolTable } from './columns/symbolTable.js';
import { ColumnTag } from './columnType.js';
import { type Damage, damage } from './damage.js';
import type { DataEvent } from './events/record.js';
import { walkEvents } from './events/walk.js';
import { attempt, join, segmentFolder, walFolder } from './files.js';
import { type LiveColumn, liveColumns, type Schema } from './schema.js';
import type { SegmentId, TableContext } from './segmentTask.js';
import type { Source } from './source/source.js';
import type { TransactionRows } from './transactions.js';

/** A symbol column's files. */
interface SymbolFiles {
  readonly ofs: string;
  readonly chars: string;
}

/** `<name>.o` or `<name>.o.<columnNameTxn>`. */
const offsetsFile = (name: string, file: string): string | undefined => {
  if (file === `${name}.o`) return '';
  const txn = file.startsWith(`${name}.o.`) ? file.slice(name.length + 3) : '';
  return /^\d+$/.test(txn) ? `.${txn}` : undefined;
};

/** Names that a slot had, the segment's own first, then those of the structural changes before it, latest first. */
function namesOf(table: TableContext, schema: Schema, columnIndex: number): readonly string[] {
  const earlier = table.replayed.filter((replayed) => replayed.structureVersion <= schema.structureVersion).reverse();
  const names = [schema, ...earlier].flatMap((known) => known.slots[columnIndex]?.name ?? []);
  return [...new Set(names)];
}

/** Symbol files in the table's folder of all columns but one, as file identities: none of them is that one's. */
function identitiesOfOthers(source: Source, table: TableContext, columnIndex: number): ReadonlySet<string> {
  const latest = table.replayed.at(-1) ?? table.sequencerSchema;
  const others =
    latest === undefined
      ? []
      : liveColumns(latest).filter((column) => column.index !== columnIndex && column.type?.tag === ColumnTag.SYMBOL);
  const identities = others.map((column) => {
    const path = join(table.dirName, `${column.name}.o`);
    return attempt(path, () => source.stat(path)).value?.identity;
  });
  return new Set(identities.filter((identity) => identity !== undefined));
}

/** Files that may hold a slot's symbols, likeliest first: beside the segments, then the table's own. */
function candidates(
  source: Source,
  table: TableContext,
  walId: number,
  schema: Schema,
  columnIndex: number,
): SymbolFiles[] {
  const names = namesOf(table, schema, columnIndex);
  const wal = walFolder(table.dirName, walId);
  const linked = names.map((name) => ({ ofs: join(wal, `${name}.o`), chars: join(wal, `${name}.c`) }));
  const files = (attempt(table.dirName, () => source.list(table.dirName)).value ?? []).map((entry) => entry.name);
  const own = names.flatMap((name) =>
    files.flatMap((file) => {
      const suffix = offsetsFile(name, file);
      return suffix === undefined
        ? []
        : [{ ofs: join(table.dirName, file), chars: join(table.dirName, `${name}.c${suffix}`) }];
    }),
  );
  const foreign = identitiesOfOthers(source, table, columnIndex);
  return [...linked, ...own].filter(({ ofs }) => {
    const seen = attempt(ofs, () => source.stat(ofs)).value;
    return seen !== undefined && !(seen.identity !== undefined && foreign.has(seen.identity));
  });
}

/** The symbols below `cleanCount`, and what is wrong with them; the fullest of the candidates. */
function openBase(
  source: Source,
  table: TableContext,
  walId: number,
  schema: Schema,
  column: LiveColumn,
  cleanCount: number,
) {
  let best: OpenSymbolTable | undefined;
  for (const { ofs, chars } of candidates(source, table, walId, schema, column.index)) {
    const opened = openSymbolTable(source, ofs, chars, { expectedCount: cleanCount });
    const isFuller = best === undefined || opened.table.count > best.table.count;
    (isFuller ? best : opened)?.close();
    if (isFuller) best = opened;
    if (opened.table.count >= cleanCount) break;
  }
  if (best !== undefined) return { base: best, damage: [] };
  const file = join(walFolder(table.dirName, walId), `${column.name}.o`);
  const missing = damage('symbol_table_missing', file, { column: column.name, expected: `${cleanCount} symbols` });
  return { base: undefined, damage: [missing] };
}

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

/** How many symbols of each column were the table's when the WAL writer was opened; the same for all its transactions. */
export interface CleanCounts {
  /** By column slot. */
  readonly counts: ReadonlyMap<number, number>;
  /** True when columns that are not in `counts` had none. */
  readonly isComplete: boolean;
}

/** The clean counts that some transactions of one WAL tell. */
export function cleanCountsOf(events: readonly DataEvent[]): CleanCounts {
  const counts = new Map<number, number>();
  for (const event of events) {
    for (const [columnIndex, { cleanCount }] of event.diffs)
      if (!counts.has(columnIndex)) counts.set(columnIndex, cleanCount);
  }
  return { counts, isComplete: events.some((event) => event.diffsComplete) };
}

export interface ColumnSymbols {
  readonly resolver: SymbolResolver;
  /** Damage of the table's symbols, once keys have been resolved. */
  damage(): readonly Damage[];
  close(): void;
}

/** How the keys of rows resolve, transaction by transaction. */
export function columnSymbols(
  source: Source,
  place: { readonly table: TableContext; readonly walId: number; readonly schema: Schema },
  column: LiveColumn,
  rows: readonly TransactionRows[],
  cleanCounts: CleanCounts,
): ColumnSymbols {
  const clean = cleanCounts.counts.get(column.index) ?? (cleanCounts.isComplete ? 0 : undefined);
  const opened =
    clean === undefined || clean === 0
      ? undefined
      : openBase(source, place.table, place.walId, place.schema, column, clean);
  const base = opened?.base?.table;
  const scopes = rows.map(({ lo, hi, transactions }): SymbolScope => {
    const only = transactions.length === 1 ? transactions[0]?.event?.body : undefined;
    const event = only?.kind === 'data' ? only : undefined;
    const diff = event?.diffs.get(column.index);
    if (diff !== undefined) return { lo, hi, cleanCount: diff.cleanCount, base, diff: diff.entries, diffKnown: true };
    if (event?.diffsComplete === true)
      return { lo, hi, cleanCount: 0, base: undefined, diff: undefined, diffKnown: true };
    return { lo, hi, cleanCount: clean ?? 0, base, diff: undefined, diffKnown: false };
  });
  return {
    resolver: { scopes },
    damage: () => [...(opened?.damage ?? []), ...(opened?.base?.damage ?? [])],
    close: () => opened?.base?.close(),
  };
}
