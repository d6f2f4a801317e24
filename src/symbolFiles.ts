/**
 * Which files hold the symbols that a table had when a WAL writer was opened (QuestDB's `WalWriter.configureSymbolTable`):
 * links beside the segments, under the names that the columns had then, and the table's own files.
 */
import { ColumnVersions } from '../generated/ColumnVersions.js';
import { LONG_MIN } from './bigints.js';
import { ColumnTag } from './columnType.js';
import { attempt, join, readWhole, segmentFolder, TABLE_FILES, walFolder } from './files.js';
import { lazy, parse } from './kaitai/parse.js';
import { type LiveColumn, liveColumns, readSegmentSchema, type Schema, schemaFault } from './schema.js';
import type { TableContext } from './segmentTask.js';
import type { Source } from './source/source.js';
import { readTableSchema } from './structureLog.js';

/** A symbol column's files. */
export interface SymbolFiles {
  readonly ofs: string;
  readonly chars: string;
}

/** How many symbols of each column were the table's when the WAL writer was opened; the same for all its transactions. */
export interface CleanCounts {
  /** By column slot. */
  readonly counts: ReadonlyMap<number, number>;
  /** True when columns that are not in `counts` had none. */
  readonly isComplete: boolean;
}

/** Where the segment is whose symbols are looked for. */
export interface SymbolPlace {
  readonly table: TableContext;
  readonly walId: number;
  readonly schema: Schema;
}

/** `<name>.o` or `<name>.o.<columnNameTxn>`; names have no dots. */
const OFFSETS_FILE = /^([^.]+)\.o(\.\d+)?$/;
/** In place of a partition: the entry of a column's symbol table, and that of a column. */
const SYMBOL_TABLE_ENTRY = LONG_MIN + 1n;
const COLUMN_ENTRY = LONG_MIN;

const symbolColumns = (schema: Schema): readonly LiveColumn[] =>
  liveColumns(schema).filter(({ type }) => type?.tag === ColumnTag.SYMBOL);

const symbolNameOf = (schema: Schema, columnIndex: number): string | undefined =>
  symbolColumns(schema).find(({ index }) => index === columnIndex)?.name;

const filesOf = (folder: string, name: string, suffix = ''): SymbolFiles => ({
  ofs: join(folder, `${name}.o${suffix}`),
  chars: join(folder, `${name}.c${suffix}`),
});

/** The number that a column's files have behind their names, -1 for none, by column slot; `undefined` where it can't be known. */
function symbolTableTxns(source: Source, table: TableContext): ((slot: number) => bigint) | undefined {
  const whole = readWhole(source, join(table.dirName, TABLE_FILES.columnVersions));
  if (whole.value === undefined) return undefined;
  const { value, failure } = parse(ColumnVersions, whole.value);
  const leastVersion = table.watermark?.exact === true ? table.watermark.columnVersion : 0n;
  if (failure !== undefined || value.version < leastVersion) return undefined;
  const entries = lazy(value, value.version % 2n === 0n ? 'entriesA' : 'entriesB');
  if (entries.failure !== undefined) return undefined;
  const of = (kind: bigint) =>
    new Map(
      (entries.value ?? [])
        .filter((entry) => entry.partitionTimestamp === kind)
        .map((entry) => [Number(entry.columnIndex), entry.columnNameTxn]),
    );
  const [tables, columns] = [of(SYMBOL_TABLE_ENTRY), of(COLUMN_ENTRY)];
  return (slot) => tables.get(slot) ?? columns.get(slot) ?? -1n;
}

/** The table's own columns, after the last change that it has applied; `undefined` when they can't be read. */
function ownSchema(source: Source, table: TableContext): Schema | undefined {
  const schema = readTableSchema(source, join(table.dirName, TABLE_FILES.meta)).value;
  return schema === undefined || schemaFault(schema) !== undefined ? undefined : schema;
}

/** The symbol files of the table's own columns, by column slot. */
type OwnFiles = ReadonlyMap<number, SymbolFiles>;

function ownFiles(source: Source, table: TableContext, schema: Schema | undefined): OwnFiles {
  const txnOf = symbolTableTxns(source, table);
  if (schema === undefined || txnOf === undefined) return new Map();
  return new Map(
    symbolColumns(schema).map(({ index, name }) => {
      const txn = txnOf(index);
      return [index, filesOf(table.dirName, name, txn < 0n ? '' : `.${txn}`)];
    }),
  );
}

const identityOf = (source: Source, path: string): string | undefined =>
  attempt(path, () => source.stat(path)).value?.identity;

/** The schemas that a WAL writer may have been opened with: those that lead to its oldest segment, latest first. */
function earlierSchemas(source: Source, { table, walId, schema }: SymbolPlace): readonly Schema[] {
  const oldest = table.segments
    .filter((segment) => segment.walId === walId)
    .reduce((least, { segmentId }) => Math.min(least, segmentId), Number.POSITIVE_INFINITY);
  const first = readSegmentSchema(source, segmentFolder(table.dirName, walId, oldest)).value ?? schema;
  const bounds = [schema.structureVersion, first.structureVersion, table.watermark?.maxStructureVersion];
  const known = new Map([...table.replayed, first, schema].map((each) => [each.structureVersion, each]));
  return [...known.values()]
    .filter(({ structureVersion }) => bounds.every((bound) => bound === undefined || structureVersion <= bound))
    .sort((a, b) => (a.structureVersion > b.structureVersion ? -1 : 1));
}

/** True when a symbol column of that name was dropped or got another type after `version`; its links went with it. */
function wasRemovedLater(table: TableContext, version: bigint, name: string): boolean {
  return table.replayed.some(
    (before, i) =>
      before.structureVersion >= version &&
      symbolColumns(before).some(
        (column) => column.name === name && (table.replayed[i + 1]?.slots[column.index]?.type ?? 0) < 0,
      ),
  );
}

/**
 * True when a writer that was opened with `opening` can have left these links and counted these symbols: a column had known
 * symbols just when its files were linked.
 */
function explains(opening: Schema, place: SymbolPlace, links: ReadonlySet<string>, clean: CleanCounts): boolean {
  const { table, schema } = place;
  const then = new Map(symbolColumns(opening).map((column) => [column.index, column.name]));
  const linkedThen = new Set(then.values());
  if ([...links].some((name) => !linkedThen.has(name))) return false;
  return symbolColumns(schema).every(({ index }) => {
    const name = then.get(index);
    const count = clean.counts.get(index) ?? (clean.isComplete ? 0 : undefined);
    if (count === undefined) return true;
    if (count === 0) return name === undefined || !links.has(name);
    return name !== undefined && (links.has(name) || wasRemovedLater(table, opening.structureVersion, name));
  });
}

/** Names that slots had as symbol columns at any time that is known. */
function namesEver({ table, schema }: SymbolPlace): ReadonlyMap<number, ReadonlySet<string>> {
  const names = new Map<number, Set<string>>();
  for (const known of [...table.replayed, schema]) {
    for (const { index, name } of symbolColumns(known)) {
      const those = names.get(index);
      if (those === undefined) names.set(index, new Set([name]));
      else those.add(name);
    }
  }
  return names;
}

/** Files in the table's folder that a column without files in force left behind, if no other such column had its names. */
function leftFiles(source: Source, place: SymbolPlace, own: OwnFiles, columnIndex: number): readonly SymbolFiles[] {
  const { dirName } = place.table;
  const ever = namesEver(place);
  const inForce = new Set([...own.values()].map(({ ofs }) => ofs));
  const others = [...ever].filter(([index]) => index !== columnIndex && !own.has(index)).map(([, names]) => names);
  const names = [...(ever.get(columnIndex) ?? [])].filter((name) => !others.some((taken) => taken.has(name)));
  const listing = attempt(dirName, () => source.list(dirName)).value ?? [];
  return listing
    .flatMap(({ name: file }) => {
      const [, name, suffix = ''] = OFFSETS_FILE.exec(file) ?? [];
      return name !== undefined && names.includes(name) ? [filesOf(dirName, name, suffix)] : [];
    })
    .filter(({ ofs }) => !inForce.has(ofs));
}

export interface SymbolFinder {
  /** Files that may hold the symbols of a column, likeliest first. None of them can be another column's. */
  readonly files: (columnIndex: number) => readonly SymbolFiles[];
  /** True when the table itself has dropped the column, or given it another type: its symbols may be gone with it. */
  readonly isDropped: (columnIndex: number) => boolean;
}

/** Finds the files of each column of a segment. */
export function symbolFinder(source: Source, place: SymbolPlace, clean: CleanCounts): SymbolFinder {
  const { table, walId } = place;
  const wal = walFolder(table.dirName, walId);
  const listing = attempt(wal, () => source.list(wal)).value ?? [];
  const links = new Set(
    listing.flatMap(({ name, kind }) => {
      const [, linked, suffix] = OFFSETS_FILE.exec(name) ?? [];
      return kind === 'folder' || linked === undefined || suffix !== undefined ? [] : linked;
    }),
  );
  const earlier = earlierSchemas(source, place);
  const fitting = earlier.filter((opening) => explains(opening, place, links, clean));
  const openings = fitting.length > 0 ? fitting : earlier;
  const schema = ownSchema(source, table);
  const own = ownFiles(source, table, schema);
  const identities = new Map([...own].map(([slot, files]) => [slot, identityOf(source, files.ofs)]));
  const ownerOf = (files: SymbolFiles): number | undefined => {
    const identity = identityOf(source, files.ofs);
    return identity === undefined ? undefined : [...identities].find(([, other]) => other === identity)?.[0];
  };
  const linkedFiles = [...links].map((name) => filesOf(wal, name));
  return {
    files: (columnIndex) => {
      const proven = linkedFiles.filter((files) => ownerOf(files) === columnIndex);
      const names = new Set(openings.flatMap((opening) => symbolNameOf(opening, columnIndex) ?? []));
      const named = [...names].filter((name) => links.has(name)).map((name) => filesOf(wal, name));
      // Of several that may be the column's, none is taken: a wrong text is worse than none.
      const isLikely = proven.length === 0 && named.length === 1;
      const likely = isLikely ? named.filter((files) => ownerOf(files) === undefined) : [];
      const ofTable = own.get(columnIndex);
      return [
        ...proven,
        ...likely,
        ...(ofTable === undefined ? leftFiles(source, place, own, columnIndex) : [ofTable]),
      ];
    },
    isDropped: (columnIndex) =>
      (schema?.slots[columnIndex]?.type ?? 0) < 0 && (table.sequencerSchema?.slots[columnIndex]?.type ?? -1) < 0,
  };
}
