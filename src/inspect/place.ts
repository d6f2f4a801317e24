/** Where a file or folder stands in a database: what its path, and the files beside it, say. */
import { attempt, join } from '../files.js';
import type { Source } from '../source/source.js';

/** A file's surroundings; what does not apply is absent. */
export interface Place {
  readonly path: string;
  readonly name: string;
  /** `alone`: nothing around it tells. */
  readonly where: 'root' | 'table' | 'sequencer' | 'log_part' | 'wal' | 'segment' | 'partition' | 'alone';
  readonly tableDir?: string;
  readonly walId?: number;
  readonly segmentId?: number;
  /** Set for files of a segment, also of one that was copied out of its table (then there is no `tableDir`). */
  readonly segmentDir?: string;
  /** True in the copies that a checkpoint made. */
  readonly isCheckpoint: boolean;
}

export type FolderKind = 'root' | 'table' | 'sequencer' | 'wal' | 'segment' | 'partition' | 'other';

const WAL_FOLDER = /^wal([1-9]\d{0,9})$/;
const NUMBER = /^\d{1,15}$/;
const ROOT_FILE = /^(?:tables\.d\.(?:\d+|tmp|lock)|_tab_index\.d|_upgrade\.d|\.data_id|_checkpoint_meta\.d)$/;
const CHECKPOINT_FOLDERS = ['.checkpoint', 'snapshot'];

const has = (source: Source, folder: string, name: string): boolean =>
  attempt(folder, () => source.stat(join(folder, name))).value !== undefined;

const isTable = (source: Source, folder: string): boolean =>
  folder !== '' && (has(source, folder, 'txn_seq') || has(source, folder, '_txn') || has(source, folder, '_name'));

const isSegment = (source: Source, folder: string): boolean =>
  has(source, folder, '_event') || has(source, folder, '_event.i');

/** Path of the folder `levels` above the last part of `parts`. */
const above = (parts: readonly string[], levels: number): string => parts.slice(0, -1 - levels).join('/');

/** Where the file at `path` stands. */
export function placeOf(source: Source, path: string): Place {
  const parts = path.split('/');
  const name = parts.at(-1) ?? '';
  const base = { path, name, isCheckpoint: parts.some((part) => CHECKPOINT_FOLDERS.includes(part)) };
  const [parent = '', grandparent = ''] = [parts.at(-2), parts.at(-3)];
  const wal = WAL_FOLDER.exec(grandparent)?.[1];
  if (wal !== undefined && NUMBER.test(parent)) {
    const ids = { walId: Number(wal), segmentId: Number(parent) };
    return { ...base, where: 'segment', tableDir: above(parts, 2), ...ids, segmentDir: above(parts, 0) };
  }
  const ownWal = WAL_FOLDER.exec(parent)?.[1];
  if (ownWal !== undefined) return { ...base, where: 'wal', tableDir: above(parts, 1), walId: Number(ownWal) };
  if (parent === 'txn_seq') return { ...base, where: 'sequencer', tableDir: above(parts, 1) };
  if (parent === '_txn_parts') return { ...base, where: 'log_part', tableDir: above(parts, 2) };
  const folder = above(parts, 0);
  if (ROOT_FILE.test(name)) return { ...base, where: 'root' };
  if (isSegment(source, folder)) return { ...base, where: 'segment', segmentDir: folder };
  if (isTable(source, folder)) return { ...base, where: 'table', tableDir: folder };
  const outer = above(parts, 1);
  if (isTable(source, outer)) return { ...base, where: 'partition', tableDir: outer };
  return { ...base, where: folderKind(source, folder) === 'root' ? 'root' : 'alone' };
}

/** What a folder is. */
export function folderKind(source: Source, path: string): FolderKind {
  const parts = path.split('/');
  const [name = '', parent = ''] = [parts.at(-1), parts.at(-2)];
  if (isSegment(source, path) || (NUMBER.test(name) && WAL_FOLDER.test(parent))) return 'segment';
  if (name === 'txn_seq') return 'sequencer';
  if (WAL_FOLDER.test(name)) return 'wal';
  if (isTable(source, path)) return 'table';
  const entries = attempt(path, () => source.list(path)).value ?? [];
  const isRoot = entries.some(
    (entry) =>
      ROOT_FILE.test(entry.name) || (entry.kind === 'folder' && has(source, join(path, entry.name), 'txn_seq')),
  );
  if (isRoot) return 'root';
  if (entries.some((entry) => WAL_FOLDER.test(entry.name))) return 'table';
  return isTable(source, above(parts, 0)) ? 'partition' : 'other';
}

/** The folder of the database that `path` is in; of a file or folder that is in none, the folder that holds it. */
export function rootOf(source: Source, path: string): string {
  const outer = (inner: string, levels: number): string => above(inner.split('/'), levels);
  if (attempt(path, () => source.stat(path)).value?.kind === 'folder') {
    switch (folderKind(source, path)) {
      case 'root':
        return path;
      case 'segment':
        return /(?:^|\/)wal[1-9]\d*\/\d+$/.test(path) ? outer(path, 2) : outer(path, 0);
      case 'sequencer':
      case 'wal':
      case 'partition':
        return outer(path, 1);
      default:
        return outer(path, 0);
    }
  }
  const place = placeOf(source, path);
  return outer(place.tableDir ?? place.segmentDir ?? path, 0);
}

/** The parts of `path` from the table's folder on, for people: `trades~1/wal1/0/_event`. */
export function shownPath(place: Place): string {
  const anchor = place.tableDir ?? place.segmentDir;
  if (anchor === undefined) return place.name;
  const cut = anchor.lastIndexOf('/');
  return place.path.slice(cut + 1);
}
