/** A database root, opened for reading, and the tables in it. */
import type { Damage } from './damage.js';
import { discoverTables, type TableFolder } from './discover.js';
import { outputNames } from './fileNames.js';
import { attempt, join, ROOT_FILES, TABLE_FILES } from './files.js';
import { RequestError } from './requestError.js';
import { nodeSource } from './source/node.js';
import type { Source } from './source/source.js';

/** A database root. */
export interface Database {
  readonly root: string;
  readonly source: Source;
}

/** Which tables are meant; all of those given must hold. */
export interface TableSelection {
  /** Globs over table names: `*` any characters, `?` one. A table needs to match one of them. */
  readonly tables?: readonly string[];
  readonly tableName?: string;
  readonly tableDir?: string;
  readonly tableId?: number;
  /** Also the server's own tables and folders that begin with a dot. */
  readonly includeSystem?: boolean;
}

/** True when a selection leaves out no table but the server's own. */
export const isOfAll = ({ tables = [], tableName, tableDir, tableId }: TableSelection): boolean =>
  tables.length === 0 && tableName === undefined && tableDir === undefined && tableId === undefined;

/** A table and what its output files begin with. */
export interface SelectedTable {
  readonly folder: TableFolder;
  readonly outputName: string;
}

const REGISTRY_FILE = /^tables\.d\.\d+$/;
const PROOFS: readonly string[] = [ROOT_FILES.tableIndex, ROOT_FILES.upgrade];

/** True when a folder has what every database root has, or a folder with a sequencer in it. */
function looksLikeRoot(source: Source, folder: string): boolean {
  const entries = attempt(folder, () => source.list(folder)).value ?? [];
  if (entries.some(({ name }) => REGISTRY_FILE.test(name) || PROOFS.includes(name))) return true;
  return entries.some(
    ({ name, kind }) =>
      kind === 'folder' &&
      attempt(name, () => source.stat(join(folder, name, TABLE_FILES.sequencer))).value?.kind === 'folder',
  );
}

/** Where the database may be instead, as the end of a sentence. */
function hintAt(root: string, source: Source): string {
  if (looksLikeRoot(source, 'db')) return `; did you mean ${root.replace(/\/+$/, '')}/db?`;
  const isTable = attempt('', () => source.stat(TABLE_FILES.sequencer)).value?.kind === 'folder';
  return isTable ? '; it is the folder of a table: give the one above it, and this one as --table-dir' : '';
}

/**
 * Opens a database root: the folder that holds the table folders (`db` of an installation). Throws a `RequestError` when
 * there is no such folder, it can't be listed, or it holds no database.
 */
export function openDatabase(root: string, source: Source = nodeSource(root)): Database {
  const seen = attempt('', () => source.stat(''));
  if (seen.value === undefined && seen.damage === undefined) throw new RequestError(`${root}: no such folder`);
  if (seen.value !== undefined && seen.value.kind !== 'folder') throw new RequestError(`${root} is not a folder`);
  const listing = attempt('', () => source.list(''));
  if (listing.damage !== undefined) throw new RequestError(`${root}: ${listing.damage.actual}`);
  if (looksLikeRoot(source, '')) return { root, source };
  throw new RequestError(`${root} holds no QuestDB database${hintAt(root, source)}`);
}

/** How many tables a database holds at most, seen without looking into any folder; 0 when that can't be told. */
export function mostTables({ source }: Database): number {
  const entries = attempt('', () => source.list('')).value ?? [];
  return entries.filter(({ kind }) => kind !== 'file').length;
}

/** A glob over names as a regular expression. */
const globPattern = (glob: string): RegExp =>
  new RegExp(
    `^${glob
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
    'isu',
  );

/**
 * The tables of a database that are meant, by folder name, and the damage of the names. Throws a `RequestError` when a
 * selection matches no table.
 */
export function selectTables(
  database: Database,
  selection: TableSelection = {},
): { tables: readonly SelectedTable[]; damage: readonly Damage[] } {
  const { tables: globs = [], tableName, tableDir, tableId } = selection;
  const discovered = discoverTables(database.source, {
    includeSystem: selection.includeSystem === true || tableDir !== undefined,
  });
  const names = outputNames(discovered.value);
  const patterns = globs.map((glob) => ({ glob, pattern: globPattern(glob) }));
  for (const { glob, pattern } of patterns) {
    if (!discovered.value.some((table) => pattern.test(table.tableName)))
      throw new RequestError(`no WAL table matches ${glob}`);
  }
  const selected = discovered.value.filter(
    (table) =>
      (patterns.length === 0 || patterns.some(({ pattern }) => pattern.test(table.tableName))) &&
      (tableName === undefined || table.tableName.toLowerCase() === tableName.toLowerCase()) &&
      (tableDir === undefined || table.dirName === tableDir) &&
      (tableId === undefined || table.tableId === tableId),
  );
  const isSelective = tableName !== undefined || tableDir !== undefined || tableId !== undefined;
  if (selected.length === 0 && isSelective) {
    const asked = [
      tableName && `named ${tableName}`,
      tableDir && `in folder ${tableDir}`,
      tableId !== undefined && `with id ${tableId}`,
    ];
    throw new RequestError(`no WAL table ${asked.filter(Boolean).join(' ')} in ${database.root}`);
  }
  const isWhole = patterns.length === 0 && !isSelective;
  const meant = new Set(selected.map((table) => table.dirName));
  const concerns = (file: string): boolean =>
    isWhole || REGISTRY_FILE.test(file) || meant.has(file.split('/')[0] ?? '');
  return {
    tables: selected.map((folder) => ({ folder, outputName: names.get(folder.dirName) ?? folder.dirName })),
    damage: discovered.damage.filter((d) => concerns(d.file)),
  };
}
