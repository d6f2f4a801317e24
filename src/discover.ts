/** Which folders of a database root are WAL tables, and what they are called. */
import { SequencerMeta } from '../generated/SequencerMeta.js';
import { TableName } from '../generated/TableName.js';
import { cause, type Damage, damage, type Result } from './damage.js';
import { attempt, isMissing, join, readWhole, readWholeIfThere, TABLE_FILES, walIds } from './files.js';
import { parseLean, text } from './kaitai/parse.js';
import { type RegistryEntry, readRegistry } from './registry.js';
import type { Source } from './source/source.js';

/** A folder that holds, or held, a WAL table. */
export interface TableFolder {
  /** Folder name below the root. */
  readonly dirName: string;
  /** The table's name: from the registry, else `_name`, else the folder's name without `~id`. */
  readonly tableName: string;
  readonly tableId: number | undefined;
  /** The highest id of a `wal<N>` folder that it had when it was found; 0 for none, absent where nobody has looked. */
  readonly lastWalId?: number;
}

export interface DiscoverOptions {
  /** Also `sys.*`, telemetry and other tables of the server's own, and folders that begin with a dot. */
  readonly includeSystem?: boolean;
}

/** System tables and folders of QuestDB (`TableFlagResolverImpl`). */
const SYSTEM_NAME = /^(?:sys\.|telemetry(?:~|$)|telemetry_config(?:~|$)|_query_trace(?:~|$))/;
/** Tables are numbered from 1; a folder is `name~id`. */
const FOLDER_NAME = /^(.*)~(\d+)$/s;

/**
 * The highest WAL id of a WAL table, 0 for one without; `undefined` for another folder. One is a WAL table when it has `txn_seq`
 * or a `wal<N>`, whatever state they are in. The copies in a checkpoint have neither a log nor WALs, but an 8-byte
 * `txn_seq/_txn` (`DatabaseCheckpointAgent`).
 */
function lastWalIdOf(source: Source, dirName: string, found: Damage[]): number | undefined {
  const listing = attempt(dirName, () => source.list(dirName));
  if (listing.damage !== undefined) {
    found.push(damage('folder_unreadable', dirName, cause(listing.damage)));
    return undefined;
  }
  const last = walIds(listing.value).at(-1);
  if (last !== undefined) return last;
  if (!listing.value.some((entry) => entry.name === TABLE_FILES.sequencer && entry.kind !== 'file')) return undefined;
  const hasLog = !isMissing(source, join(dirName, TABLE_FILES.txnlog));
  return hasLog || isMissing(source, join(dirName, TABLE_FILES.checkpointTxn)) ? 0 : undefined;
}

/** The table's name as `_name` has it; `undefined` when there is none or it can't be read (`name_unreadable`). */
function readNameFile(source: Source, dirName: string, found: Damage[]): string | undefined {
  const path = join(dirName, TABLE_FILES.name);
  const whole = readWholeIfThere(source, path);
  if (whole === undefined) return undefined;
  if (whole.damage !== undefined) {
    found.push(damage('name_unreadable', path, cause(whole.damage)));
    return undefined;
  }
  const parsed = parseLean(TableName, whole.value);
  const name = parsed.failure === undefined ? text(parsed.value.name) : null;
  if (name) return name;
  const { byteOffset, message } = parsed.failure ?? { byteOffset: 0, message: 'an empty name' };
  found.push(damage('name_unreadable', path, { byteOffset, actual: message }));
  return undefined;
}

/** The table id that the sequencer's `_meta` holds, for tables whose folder and registry do not tell. */
function sequencerTableId(source: Source, dirName: string): number | undefined {
  const whole = readWhole(source, join(dirName, TABLE_FILES.sequencerMeta));
  if (whole.value === undefined) return undefined;
  const id = parseLean(SequencerMeta, whole.value).value.tableId;
  return id !== undefined && id > 0 ? id : undefined;
}

function nameTable(
  source: Source,
  dirName: string,
  lastWalId: number,
  entry: RegistryEntry | undefined,
  found: Damage[],
): TableFolder {
  const folder = FOLDER_NAME.exec(dirName);
  const fromFile = readNameFile(source, dirName, found);
  if (entry !== undefined && !entry.removed && fromFile !== undefined && fromFile !== entry.tableName) {
    const detail = { expected: JSON.stringify(entry.tableName), actual: JSON.stringify(fromFile) };
    found.push(damage('registry_conflict', join(dirName, TABLE_FILES.name), detail));
  }
  return {
    dirName,
    tableName: entry?.tableName ?? fromFile ?? (folder?.[1] || dirName),
    tableId: entry?.tableId ?? (folder?.[2] === undefined ? sequencerTableId(source, dirName) : Number(folder[2])),
    lastWalId,
  };
}

/** Tables that the registry lists and of which no folder, or none with a WAL in it, is there. */
function missingTables(
  registry: ReadonlyMap<string, RegistryEntry>,
  tables: readonly TableFolder[],
  found: readonly Damage[],
  options: DiscoverOptions,
): Damage[] {
  const known = new Set([...tables.map((table) => table.dirName), ...found.map((d) => d.file)]);
  return [...registry.values()]
    .filter(({ dirName, isWal, removed }) => isWal && !removed && !known.has(dirName))
    .filter(({ dirName }) => options.includeSystem === true || !isSystem(dirName))
    .map(({ dirName, tableName }) => {
      return damage('table_missing', dirName, { expected: `the table ${JSON.stringify(tableName)}`, actual: 'no WAL' });
    });
}

const isSystem = (dirName: string): boolean => dirName.startsWith('.') || SYSTEM_NAME.test(dirName);

/**
 * The WAL tables of a root, by folder name. Damage: `folder_unreadable`, `registry_unreadable`, `registry_conflict`,
 * `name_unreadable`, `table_missing`. A root that can't be listed throws its `SourceError`.
 */
export function discoverTables(source: Source, options: DiscoverOptions = {}): Result<readonly TableFolder[]> {
  const registry = readRegistry(source);
  const found: Damage[] = [...registry.damage];
  const tables: TableFolder[] = [];
  for (const entry of source.list('')) {
    if (entry.kind === 'file' || entry.kind === 'other') continue;
    if (isSystem(entry.name) && options.includeSystem !== true) continue;
    const lastWalId = lastWalIdOf(source, entry.name, found);
    if (lastWalId === undefined) continue;
    tables.push(nameTable(source, entry.name, lastWalId, registry.value.get(entry.name), found));
  }
  const missing = registry.damage.length > 0 ? [] : missingTables(registry.value, tables, found, options);
  return { value: tables, damage: [...found, ...missing] };
}
