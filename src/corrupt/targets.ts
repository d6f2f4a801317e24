/** What there is to damage in a database root: files and folders by the part that they play. */
import { Event } from '../../generated/Event.js';
import { EventIndex } from '../../generated/EventIndex.js';
import { SegmentMeta } from '../../generated/SegmentMeta.js';
import { SequencerMeta } from '../../generated/SequencerMeta.js';
import { SymbolOffsets } from '../../generated/SymbolOffsets.js';
import { TableMeta } from '../../generated/TableMeta.js';
import { TableName } from '../../generated/TableName.js';
import { TableRegistry } from '../../generated/TableRegistry.js';
import { Txn } from '../../generated/Txn.js';
import { Txnlog } from '../../generated/Txnlog.js';
import { TxnlogMeta } from '../../generated/TxnlogMeta.js';
import { TxnlogMetaIndex } from '../../generated/TxnlogMetaIndex.js';
import { TxnlogPart } from '../../generated/TxnlogPart.js';
import { discoverTables } from '../discover.js';
import { join } from '../files.js';
import type { GeneratedType, KaitaiNode } from '../kaitai/types.js';
import type { Source } from '../source/source.js';

type AnyType = GeneratedType<KaitaiNode>;

/** A role, with the specification of its files where they have one of their own. */
const ROLES = {
  event: Event,
  event_index: EventIndex,
  segment_meta: SegmentMeta,
  column_data: undefined,
  column_aux: undefined,
  symbol_offsets: SymbolOffsets,
  symbol_chars: undefined,
  txnlog: Txnlog,
  txnlog_part: TxnlogPart,
  structure_log: TxnlogMeta,
  structure_log_index: TxnlogMetaIndex,
  sequencer_meta: SequencerMeta,
  initial_meta: TableMeta,
  txn: Txn,
  table_name: TableName,
  registry: TableRegistry,
  other_file: undefined,
  segment_folder: undefined,
  wal_folder: undefined,
  sequencer_folder: undefined,
  parts_folder: undefined,
  table_folder: undefined,
} as const satisfies Record<string, AnyType | undefined>;

export type Role = keyof typeof ROLES;

/** Roles in the order of how often they are chosen: a role as such, however many files have it. */
export const ROLE_NAMES = Object.keys(ROLES) as readonly Role[];

/** The specification of a role's files; columns have one by their type. */
export const specOf = (role: Role): AnyType | undefined => ROLES[role];

export interface Target {
  readonly path: string;
  readonly role: Role;
  readonly kind: 'file' | 'folder';
  /** Folder of the table that it belongs to; `''` for what belongs to all. */
  readonly tableDir: string;
  /** Bytes; 0 for folders. */
  readonly size: number;
  /** Names of the same file, its own among them: hard links share what happens to their bytes. */
  readonly links: readonly string[];
}

/** Roles by the path below a table's folder; the first that matches. */
const TABLE_PATHS: readonly (readonly [RegExp, Role])[] = [
  [/^wal\d+\/\d+\/_event$/, 'event'],
  [/^wal\d+\/\d+\/_event\.i$/, 'event_index'],
  [/^wal\d+\/\d+\/_meta$/, 'segment_meta'],
  [/^wal\d+\/\d+\/[^/]+\.d$/, 'column_data'],
  [/^wal\d+\/\d+\/[^/]+\.i$/, 'column_aux'],
  [/^wal\d+\/[^/]+\.o$/, 'symbol_offsets'],
  [/^wal\d+\/[^/]+\.c$/, 'symbol_chars'],
  [/^txn_seq\/_txnlog$/, 'txnlog'],
  [/^txn_seq\/_txn_parts\/\d+$/, 'txnlog_part'],
  [/^txn_seq\/_txnlog\.meta\.d$/, 'structure_log'],
  [/^txn_seq\/_txnlog\.meta\.i$/, 'structure_log_index'],
  [/^txn_seq\/_meta$/, 'sequencer_meta'],
  [/^txn_seq\/_meta\.0$/, 'initial_meta'],
  [/^_txn$/, 'txn'],
  [/^_name$/, 'table_name'],
];
const FOLDER_PATHS: readonly (readonly [RegExp, Role])[] = [
  [/^wal\d+\/\d+$/, 'segment_folder'],
  [/^wal\d+$/, 'wal_folder'],
  [/^txn_seq$/, 'sequencer_folder'],
  [/^txn_seq\/_txn_parts$/, 'parts_folder'],
  [/^$/, 'table_folder'],
];
/** Data that tables have applied: nothing of it is read, but what is damaged there must change nothing. */
const MAX_OTHER_FILES = 64;

const roleOf = (path: string, roles: typeof TABLE_PATHS): Role | undefined =>
  roles.find(([pattern]) => pattern.test(path))?.[1];

/** Everything below `folder`, itself not included, by path. */
export function* walkTree(source: Source, folder: string): Generator<{ path: string; kind: 'file' | 'folder' }> {
  for (const entry of source.list(folder)) {
    const path = join(folder, entry.name);
    if (entry.kind === 'file') yield { path, kind: 'file' };
    if (entry.kind !== 'folder') continue;
    yield { path, kind: 'folder' };
    yield* walkTree(source, path);
  }
}

/** The targets of an undamaged root: its registry, and all of its WAL tables. */
export function findTargets(source: Source): readonly Target[] {
  const found: Omit<Target, 'links'>[] = [];
  const links = new Map<string, string[]>();
  let others = 0;
  const add = (path: string, role: Role, kind: Target['kind'], tableDir: string): void => {
    if (role === 'other_file' && others++ >= MAX_OTHER_FILES) return;
    found.push({ path, role, kind, tableDir, size: source.stat(path)?.size ?? 0 });
  };
  const note = (path: string): void => {
    const identity = source.stat(path)?.identity;
    if (identity !== undefined) links.set(identity, [...(links.get(identity) ?? []), path]);
  };
  for (const { name, kind } of source.list(''))
    if (kind === 'file') add(name, /^tables\.d\.\d+$/.test(name) ? 'registry' : 'other_file', 'file', '');
  for (const { dirName } of discoverTables(source).value) {
    add(dirName, 'table_folder', 'folder', dirName);
    for (const { path, kind } of walkTree(source, dirName)) {
      const below = path.slice(dirName.length + 1);
      if (kind === 'file') {
        add(path, roleOf(below, TABLE_PATHS) ?? 'other_file', kind, dirName);
        note(path);
      } else {
        const role = roleOf(below, FOLDER_PATHS);
        if (role !== undefined) add(path, role, kind, dirName);
      }
    }
  }
  return found.map((target) => {
    const identity = source.stat(target.path)?.identity;
    const names = target.kind === 'file' && identity !== undefined ? links.get(identity) : undefined;
    return { ...target, links: names ?? [target.path] };
  });
}

/** A file's bytes. */
export function readBytes(source: Source, path: string): Uint8Array {
  const file = source.open(path);
  try {
    return file.read(0, file.size);
  } finally {
    file.close();
  }
}
