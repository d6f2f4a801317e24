/** An output folder of the file system: temporary name, sync, rename. */
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fsync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writevSync,
} from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { threadId } from 'node:worker_threads';
import { OutputError, type OutputFile, type OutputFolder } from '../output.js';
import { RequestError } from '../requestError.js';
import { freeBytes } from './nodeSpace.js';

/** Begins the names of files that are not whole yet. */
export const TEMPORARY_PREFIX = '.walrescue-';

/** Begins the names of this process's unfinished files, whichever thread writes them. */
const OWN_PREFIX = `${TEMPORARY_PREFIX}${process.pid}-`;

/** Folders that this process may have unfinished files in, for `removeTemporaryFiles`. */
const usedFolders = new Set<string>();
let counter = 0;

/** Files that wait to be synced. */
let unsynced: { readonly fd: number; readonly done: (error: Error | null) => void }[] = [];

/**
 * Syncs a file in libuv's pool while the thread goes on. All that a thread wants synced until it comes to a rest is handed over
 * together: each hand-over wakes threads, and the file system writes what is synced at the same time in one go.
 */
function sync(fd: number): Promise<void> {
  if (unsynced.length === 0) {
    setImmediate(() => {
      for (const { fd: next, done } of unsynced) fsync(next, done);
      unsynced = [];
    });
  }
  return new Promise((resolve, reject) => {
    unsynced.push({ fd, done: (error) => (error === null ? resolve() : reject(error)) });
  });
}

const detailOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function writeAll(fd: number, parts: readonly Uint8Array[]): void {
  let rest = parts.filter((part) => part.byteLength > 0);
  while (rest.length > 0) {
    // writev takes at most IOV_MAX buffers and may write less than asked.
    let written = writevSync(fd, rest.slice(0, 512));
    let first = 0;
    while (first < rest.length && written >= (rest[first]?.byteLength ?? 0)) written -= rest[first++]?.byteLength ?? 0;
    rest = rest.slice(first);
    const partial = rest[0];
    if (written > 0 && partial !== undefined) rest[0] = partial.subarray(written);
  }
}

function createFile(folder: string): OutputFile {
  const temporary = join(folder, `${OWN_PREFIX}${threadId}-${counter++}.tmp`);
  let fd: number | undefined;
  const failure = (error: unknown): OutputError => new OutputError(temporary, detailOf(error));
  try {
    fd = openSync(temporary, 'wx');
  } catch (error) {
    throw failure(error);
  }
  const close = (): void => {
    if (fd !== undefined) closeSync(fd);
    fd = undefined;
  };
  return {
    write: (parts) => {
      try {
        writeAll(fd ?? -1, parts);
      } catch (error) {
        throw failure(error);
      }
    },
    commit: async (name) => {
      try {
        await sync(fd ?? -1);
        close();
        renameSync(temporary, join(folder, name));
      } catch (error) {
        throw failure(error);
      }
    },
    abort: () => {
      close();
      rmSync(temporary, { force: true });
    },
  };
}

/** Makes a folder and those above it. Not by `recursive`, which never returns where the system answers ENOENT, as in /proc. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder);
}

/** Files go into `folder`, which is made when the first one is created. */
export function nodeOutput(folder: string): OutputFolder {
  usedFolders.add(folder);
  let isMade = false;
  return {
    create: () => {
      try {
        if (!isMade) makeFolder(folder);
        isMade = true;
      } catch (error) {
        throw new OutputError(folder, detailOf(error));
      }
      return createFile(folder);
    },
  };
}

function removeUnfinished(folder: string): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) if (name.startsWith(OWN_PREFIX)) rmSync(join(folder, name), { force: true });
}

/** Removes what this process has begun and not finished, also in threads that have ended, when it is told to stop. */
export function removeTemporaryFiles(): void {
  for (const folder of usedFolders) removeUnfinished(folder);
}

/** Files that a run leaves behind, and what it leaves when it is killed. */
const RUN_FILE = /__(?:manifest|sql_log|schemas|ledger)\.json$|__wal\d+__seg\d+__.*\.parquet$/s;
const isRunFile = (name: string): boolean => RUN_FILE.test(name) || name.startsWith(TEMPORARY_PREFIX);

/** The real path of a folder that may not be there yet. */
function realPath(path: string): string {
  const absolute = resolve(path);
  if (existsSync(absolute)) return realpathSync(absolute);
  const parent = dirname(absolute);
  return parent === absolute ? absolute : join(realPath(parent), absolute.slice(parent.length));
}

/** The real paths of a database root and of what is linked into it: tables in volumes. */
function sourceFolders(root: string): string[] {
  const links = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isSymbolicLink());
  return [root, ...links.map(({ name }) => join(root, name)).filter(existsSync)].map(realPath);
}

/** An output folder that is fit to be written to. */
export interface PreparedOutput {
  /** The real path. */
  readonly folder: string;
  readonly output: OutputFolder;
  /** Bytes that can be written, once the earlier run's files are gone; `undefined` when the system does not tell. */
  readonly freeBytes: number | undefined;
  /** Makes the folder and removes the files of an earlier run. Throws a `RequestError` when that can't be done. */
  begin(): void;
  /** Removes what threads of this process that died have left. */
  removeUnfinished(): void;
}

/** The nearest folder above a path, or the path itself, that is there. */
const nearestExisting = (path: string): string => (existsSync(path) ? path : nearestExisting(dirname(path)));

/** Node's text ends in the call and the path, which the user need not see. */
const cannotWrite = (folder: string, error: unknown): RequestError =>
  new RequestError(`${folder} can't be written to: ${detailOf(error).replace(/, .*$/s, '')}`);

/** Throws a `RequestError` unless files can be made in `folder`, or the folder itself where it is not there yet. */
function checkWritable(folder: string, target: string): void {
  const nearest = nearestExisting(target);
  if (!statSync(nearest).isDirectory())
    throw new RequestError(nearest === target ? `${folder} is not a folder` : `${folder}: ${nearest} is not a folder`);
  try {
    accessSync(nearest, constants.W_OK | constants.X_OK);
    if (nearest === target) accessSync(target, constants.R_OK);
  } catch (error) {
    throw cannotWrite(folder, error);
  }
}

/**
 * Looks whether an output folder is fit to be written to; nothing is changed yet. Throws a `RequestError` when it lies in the
 * database, can't be written to, or holds another run's files and `force` is not set.
 */
export function prepareOutput(folder: string, root: string, force: boolean): PreparedOutput {
  const target = realPath(folder);
  if (sourceFolders(root).some((source) => target === source || target.startsWith(source + sep)))
    throw new RequestError(`${folder} lies in the database; choose an output folder outside it`);
  checkWritable(folder, target);
  const earlier = existsSync(target) ? readdirSync(target).filter(isRunFile) : [];
  if (earlier.length > 0 && !force)
    throw new RequestError(`${folder} holds the files of another run (${earlier.length}); use --force to replace them`);
  const held = earlier.reduce((sum, name) => sum + lstatSync(join(target, name)).size, 0);
  const free = freeBytes(nearestExisting(target));
  return {
    folder: target,
    output: nodeOutput(target),
    freeBytes: free === undefined ? undefined : free + held,
    begin: () => {
      try {
        makeFolder(target);
        for (const name of earlier) rmSync(join(target, name), { force: true });
      } catch (error) {
        throw cannotWrite(folder, error);
      }
    },
    removeUnfinished: () => removeUnfinished(target),
  };
}
