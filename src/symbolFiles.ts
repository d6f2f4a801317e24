/**
 * Which files hold the symbols that a table had when a WAL writer was opened (QuestDB's `WalWriter.configureSymbolTable`):
 * links beside the segments, under the names that the columns had then, and the table's own files.
 */

import { ColumnVersions } from '../generated/ColumnVersions.js';
import { LONG_MIN } from './bigints.js';
import type { CleanCounts } from './cleanCounts.js';
import { ColumnTag } from './columnType.js';
import { attempt, join, readWhole, segmentFolder, TABLE_FILES, walFolder } from './files.js';
import { lazy, parse } from './kaitai/parse.js';
import { keyed } from './keyed.js';
import { type LiveColumn, liveColumns, readSegmentSchema, type Schema, schemaFault } from './schema.js';
import type { TableContext } from './segmentTask.js';
import type { Source } from './source/source.js';
import { readTableSchema } from './structureLog.js';

/** A symbol column's files. */
export interface SymbolFiles {
  readonly ofs: string;
  readonly chars: string;
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

/** Symbol files in a folder, by the column names that they bear. */
function filesByName(source: Source, folder: string): ReadonlyMap<string, readonly SymbolFiles[]> {
  const found = new Map<string, SymbolFiles[]>();
  for (const { name: file, kind } of attempt(folder, () => source.list(folder)).value ?? []) {
    const [, name, suffix = ''] = OFFSETS_FILE.exec(file) ?? [];
    if (name === undefined || kind === 'folder') continue;
    const files = filesOf(folder, name, suffix);
    const known = found.get(name);
    if (known === undefined) found.set(name, [files]);
    else known.push(files);
  }
  return found;
}

/** The number that a column's files have behind their names, -1 for none, by column slot; `undefined` where it can't be known. */
function symbolTableTxns(source: Source, table: TableContext): ((slot: number) => bigint) | undefined {
  const whole = readWhole(source, join(table.dirName, TABLE_FILES.columnVersions));
  if (whole.value === undefined) return undefined;
  const { value, failure } = parse(ColumnVersions, whole.value);
  const wanted = table.watermark?.exact === true ? table.watermark.columnVersion : value.version;
  if (failure !== undefined || value.version !== wanted) return undefined;
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

/** The table's own columns, after the last change that it has applied; `undefined` when they can't be known. */
function ownSchema(source: Source, table: TableContext): Schema | undefined {
  const { watermark, replayed } = table;
  const schema = readTableSchema(source, join(table.dirName, TABLE_FILES.meta)).value;
  if (schema !== undefined && schemaFault(schema) === undefined) return schema;
  return watermark?.exact === true ? replayed[Number(watermark.maxStructureVersion)] : undefined;
}

/** The table's own symbol files. */
interface OwnFiles {
  readonly schema: Schema | undefined;
  /** Those in force, by column slot. */
  readonly bySlot: ReadonlyMap<number, SymbolFiles>;
  /** All there are, also what is no longer in force, by the column names that they bear. */
  readonly byName: ReadonlyMap<string, readonly SymbolFiles[]>;
}

function ownFiles(source: Source, table: TableContext): OwnFiles {
  const schema = ownSchema(source, table);
  const byName = filesByName(source, table.dirName);
  const txnOf = symbolTableTxns(source, table);
  const bySlot = new Map<number, SymbolFiles>();
  for (const { index, name } of schema === undefined ? [] : symbolColumns(schema)) {
    const txn = txnOf?.(index);
    const all = byName.get(name) ?? [];
    const files = txn === undefined ? all[0] : filesOf(table.dirName, name, txn < 0n ? '' : `.${txn}`);
    if (files !== undefined && (txn !== undefined || all.length === 1)) bySlot.set(index, files);
  }
  return { schema, bySlot, byName };
}

/** Which file it is: the texts', as another capacity makes a new file of offsets only. */
const identityOf = (source: Source, { chars }: SymbolFiles): string | undefined =>
  attempt(chars, () => source.stat(chars)).value?.identity;

/** The schemas that a WAL writer may have been opened with: those that lead to its oldest segment, latest first. */
function earlierSchemas(source: Source, { table, walId, schema }: SymbolPlace): readonly Schema[] {
  const oldest = table.segments
    .filter((segment) => segment.walId === walId)
    .reduce((least, { segmentId }) => Math.min(least, segmentId), Number.POSITIVE_INFINITY);
  const first = readSegmentSchema(source, segmentFolder(table.dirName, walId, oldest)).value ?? schema;
  const bounds = [schema.structureVersion, first.structureVersion, table.watermark?.maxStructureVersion];
  const known = keyed([...table.replayed, first, schema], (each) => each.structureVersion);
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

/** Names that a slot had as a symbol column at any time that is known. */
function namesEver({ table, schema }: SymbolPlace, columnIndex: number): ReadonlySet<string> {
  return new Set([...table.replayed, schema].flatMap((known) => symbolNameOf(known, columnIndex) ?? []));
}

export interface SymbolFinder {
  /** Files that may hold the symbols of a column, likeliest first. */
  readonly files: (columnIndex: number) => readonly SymbolFiles[];
  /** True when the table itself has dropped the column, or given it another type, and no file is left that may be its. */
  readonly isDropped: (columnIndex: number) => boolean;
}

/** Finds the files of each column of a segment. */
export function symbolFinder(source: Source, place: SymbolPlace, clean: CleanCounts): SymbolFinder {
  const { table, walId, schema } = place;
  const wal = walFolder(table.dirName, walId);
  const links = new Map([...filesByName(source, wal).keys()].map((name) => [name, filesOf(wal, name)]));
  const own = ownFiles(source, table);
  const owners = new Map([...own.bySlot].map(([slot, files]) => [identityOf(source, files), slot]));
  const ownerOf = (files: SymbolFiles): number | undefined => {
    const identity = identityOf(source, files);
    return identity === undefined ? undefined : owners.get(identity);
  };
  const earlier = earlierSchemas(source, place);
  const fitting = earlier.filter((opening) => explains(opening, place, new Set(links.keys()), clean));
  const openings = fitting.length > 0 ? fitting : earlier;
  /** The link that bears the one name that the column can have had. Of several none is taken: a wrong text is worse than none. */
  const namedLink = (columnIndex: number): readonly SymbolFiles[] => {
    const names = new Set(openings.flatMap((opening) => symbolNameOf(opening, columnIndex) ?? []));
    const named = [...names].flatMap((name) => links.get(name) ?? []);
    return named.length === 1 ? named.filter((files) => ownerOf(files) === undefined) : [];
  };
  /** Files that a column left behind that has none in force, if no other such column can have left them. */
  const leftFiles = (columnIndex: number): readonly SymbolFiles[] => {
    const inForce = new Set([...own.bySlot.values()].map(({ ofs }) => ofs));
    const others = schema.slots.filter(({ index }) => index !== columnIndex && !own.bySlot.has(index));
    const taken = new Set(others.flatMap(({ index }) => [...namesEver(place, index)]));
    const names = [...namesEver(place, columnIndex)].filter((name) => !taken.has(name));
    return names.flatMap((name) => own.byName.get(name) ?? []).filter(({ ofs }) => !inForce.has(ofs));
  };
  return {
    files: (columnIndex) => {
      const proven = [...links.values()].filter((files) => ownerOf(files) === columnIndex);
      const named = proven.length === 0 ? namedLink(columnIndex) : [];
      const inForce = own.bySlot.get(columnIndex);
      const ofTable = inForce === undefined ? leftFiles(columnIndex) : [inForce];
      // Names tell only where all that the columns were called is known.
      const historyIsKnown = table.replayed.length > schema.structureVersion;
      return historyIsKnown ? [...proven, ...named, ...ofTable] : [...proven, ...ofTable, ...named];
    },
    isDropped: (columnIndex) => {
      const isGone = (known: Schema | undefined): boolean => (known?.slots[columnIndex]?.type ?? 0) < 0;
      const names = [...namesEver(place, columnIndex)];
      const inForce = new Set([...own.bySlot.values()].map(({ ofs }) => ofs));
      const mayBeIts = names.some(
        (name) => links.has(name) || own.byName.get(name)?.some(({ ofs }) => !inForce.has(ofs)) === true,
      );
      return isGone(own.schema) && (table.sequencerSchema === undefined || isGone(table.sequencerSchema)) && !mayBeIts;
    },
  };
}
