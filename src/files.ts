/** Where QuestDB keeps what below a database root, and the reading of small files whole. */
import { type Damage, damage, type Result } from './damage.js';
import { MAX_WHOLE_FILE_BYTES } from './limits.js';
import { type Entry, type EntryKind, type RandomAccess, type Source, SourceError } from './source/source.js';

/** Paths of files of the whole database. */
export const ROOT_FILES = { tableIndex: '_tab_index.d', upgrade: '_upgrade.d' } as const;

/** Paths of a table's files, below its folder. */
export const TABLE_FILES = {
  meta: '_meta',
  name: '_name',
  txn: '_txn',
  columnVersions: '_cv',
  sequencer: 'txn_seq',
  txnlog: 'txn_seq/_txnlog',
  txnlogParts: 'txn_seq/_txn_parts',
  structureLog: 'txn_seq/_txnlog.meta.d',
  structureLogIndex: 'txn_seq/_txnlog.meta.i',
  sequencerMeta: 'txn_seq/_meta',
  initialMeta: 'txn_seq/_meta.0',
  walIndex: 'txn_seq/_wal_index.d',
  /** Only in a checkpoint's copy of a table. */
  checkpointTxn: 'txn_seq/_txn',
} as const;

const WAL_FOLDER = /^wal([1-9]\d{0,9})$/;

/** Paths of a segment's files, below its folder. */
export const SEGMENT_FILES = { event: '_event', eventIndex: '_event.i', meta: '_meta' } as const;

/** What a folder may be seen as; a file of a folder's name is damage. */
const FOLDER_KINDS: readonly EntryKind[] = ['folder', 'broken'];

/** The WAL ids (from 1) of the `wal<N>` folders in a table's folder, ascending; of names of other kinds on request. */
export function walIds(entries: readonly Entry[], kinds: readonly EntryKind[] = FOLDER_KINDS): number[] {
  return entries
    .flatMap((entry) => {
      const match = kinds.includes(entry.kind) ? WAL_FOLDER.exec(entry.name) : null;
      return match?.[1] === undefined ? [] : [Number(match[1])];
    })
    .sort((a, b) => a - b);
}

/** The path of parts that are paths themselves; empty ones are left out. */
export function join(...parts: readonly string[]): string {
  let path = '';
  for (const part of parts) if (part !== '') path = path === '' ? part : `${path}/${part}`;
  return path;
}

export const walFolder = (tableDir: string, walId: number): string => join(tableDir, `wal${walId}`);
export const segmentFolder = (tableDir: string, walId: number, segmentId: number): string =>
  join(walFolder(tableDir, walId), String(segmentId));

/** What `attempt` gives; a `SourceError` becomes damage: `file_missing` or `file_unreadable`. Other errors pass. */
export function attempt<T>(
  path: string,
  action: () => T,
): { value: T; damage?: undefined } | { value?: undefined; damage: Damage } {
  try {
    return { value: action() };
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    const code = error.code === 'not-found' ? 'file_missing' : 'file_unreadable';
    return { damage: damage(code, path, { actual: error.detail }) };
  }
}

/** Opens a file, hands it to `use` and closes it; a `SourceError` on the way becomes damage. */
export function withFile<T>(
  source: Source,
  path: string,
  use: (file: RandomAccess) => T,
): ReturnType<typeof attempt<T>> {
  return attempt(path, () => {
    const file = source.open(path);
    try {
      return use(file);
    } finally {
      file.close();
    }
  });
}

/** A small file's bytes; damage when it can't be read or is larger than any real one (`MAX_WHOLE_FILE_BYTES`). */
export function readWhole(
  source: Source,
  path: string,
): { value: Uint8Array; damage?: undefined } | { value?: undefined; damage: Damage } {
  const read = withFile(source, path, (file) =>
    file.size > MAX_WHOLE_FILE_BYTES
      ? damage('file_unreadable', path, {
          expected: `at most ${MAX_WHOLE_FILE_BYTES} bytes`,
          actual: `${file.size} bytes`,
        })
      : file.read(0, file.size),
  );
  if (read.damage !== undefined) return read;
  return read.value instanceof Uint8Array ? { value: read.value } : { damage: read.value };
}

/** As `readWhole`; `undefined` when nothing has that name. */
export function readWholeIfThere(source: Source, path: string): ReturnType<typeof readWhole> | undefined {
  const whole = readWhole(source, path);
  return whole.damage?.code === 'file_missing' && isMissing(source, path) ? undefined : whole;
}

/** True when nothing has that name. A name that can't be looked at counts as there: opening it will say why. */
export function isMissing(source: Source, path: string): boolean {
  const seen = attempt(path, () => source.stat(path));
  return seen.damage === undefined && seen.value === undefined;
}

/** Reads of a file that a live server rewrites in place, before its content is called damaged. */
const MAX_READS = 3;

/** The first result without damage of a few reads, else the last: a live server may have been writing during the others. */
export function untilSound<T>(read: () => Result<T>): Result<T> {
  let result = read();
  for (let reads = 1; result.damage.length > 0 && reads < MAX_READS; reads++) result = read();
  return result;
}
