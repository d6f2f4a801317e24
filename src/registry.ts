/** The table name registry `tables.d.N` (QuestDB's `GrowOnlyTableNameRegistryStore`). */
import { TableRegistry } from '../generated/TableRegistry.js';
import { cause, type Damage, damage, type Result } from './damage.js';
import { attempt, readWhole } from './files.js';
import { lazy, type Parsed, parse, parseLean, text } from './kaitai/parse.js';
import type { Source } from './source/source.js';

/** The last thing the registry says of a table folder. */
export interface RegistryEntry {
  readonly tableName: string;
  readonly dirName: string;
  readonly tableId: number;
  /** The folder holds, or held, a WAL: a table, a materialised view or a view. */
  readonly isWal: boolean;
  /** The table was dropped (or its folder given up) after it had this name. */
  readonly removed: boolean;
}

const REGISTRY_NAME = /^tables\.d\.(\d{1,18})$/;

/** The registry in force: the `tables.d.N` of the highest N; `undefined` when there is none. */
function currentRegistry(source: Source): string | undefined {
  const listing = attempt('', () => source.list(''));
  const numbered = (listing.value ?? []).flatMap((entry) => {
    const match = entry.kind === 'folder' ? null : REGISTRY_NAME.exec(entry.name);
    return match?.[1] === undefined ? [] : [{ name: entry.name, number: Number(match[1]) }];
  });
  return numbered.sort((a, b) => b.number - a.number)[0]?.name;
}

/** The entries of a registry, as far as they could be read. */
function listedEntries({ value, failure }: Parsed<TableRegistry>) {
  return failure === undefined ? lazy(value, 'entries') : { value: undefined, failure };
}

/**
 * By folder name, what the registry says of each table. A missing registry is an empty one without damage (the folders
 * and their `_name` files tell the same); `registry_unreadable` where it can't be read to its end, with all before it.
 */
export function readRegistry(source: Source): Result<ReadonlyMap<string, RegistryEntry>> {
  const entries = new Map<string, RegistryEntry>();
  const file = currentRegistry(source);
  if (file === undefined) return { value: entries, damage: [] };
  const whole = readWhole(source, file);
  if (whole.damage !== undefined)
    return { value: entries, damage: [damage('registry_unreadable', file, cause(whole.damage))] };
  const lean = listedEntries(parseLean(TableRegistry, whole.value));
  const listed = lean.failure === undefined ? lean : listedEntries(parse(TableRegistry, whole.value));
  const found: Damage[] = [];
  for (const entry of listed.value ?? []) {
    const dirName = entry.dirName === undefined ? null : text(entry.dirName);
    const tableName = entry.tableName === undefined ? null : text(entry.tableName);
    if (!dirName || !tableName || entry.tableId === undefined) break;
    entries.set(dirName, {
      tableName,
      dirName,
      tableId: entry.tableId,
      isWal: entry.tableType !== TableRegistry.TableType.NON_WAL,
      removed: entry.operation !== TableRegistry.Operation.ADD,
    });
  }
  if (listed.failure !== undefined) {
    const { byteOffset, message } = listed.failure;
    found.push(damage('registry_unreadable', file, { byteOffset, actual: message }));
  }
  return { value: entries, damage: found };
}
