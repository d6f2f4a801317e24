/** An output folder of the file system: temporary name, sync, rename. */
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, renameSync, rmSync, writevSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { threadId } from 'node:worker_threads';
import { OutputError, type OutputFile, type OutputFolder } from '../output.js';
import { type DirectWriter, openDirect } from './nodeDirect.js';
import { sync } from './nodeSync.js';

/** Begins the names of files that are not whole yet. */
export const TEMPORARY_PREFIX = '.walrescue-';

/** Begins the names of this process's unfinished files, whichever thread writes them. */
const OWN_PREFIX = `${TEMPORARY_PREFIX}${process.pid}-`;

/** Folders that this process may have unfinished files in, for `removeTemporaryFiles`. */
const usedFolders = new Set<string>();
let counter = 0;

/** A folder in `folder` for files that are to replace others once all are whole; unfinished until then. */
export function stagingFolder(folder: string): string {
  usedFolders.add(folder);
  return join(folder, `${OWN_PREFIX}new`);
}

/** The text of what was thrown. */
export const detailOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

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

/** A file whose first bytes are as many goes past the page cache. */
const LARGE_WRITE_BYTES = 1024 * 1024;

function createFile(folder: string): OutputFile {
  const temporary = join(folder, `${OWN_PREFIX}${threadId}-${counter++}.tmp`);
  let fd: number | undefined;
  const failure = (error: unknown): OutputError => new OutputError(temporary, detailOf(error));
  try {
    fd = openSync(temporary, 'wx');
  } catch (error) {
    throw failure(error);
  }
  let direct: DirectWriter | undefined;
  let isBegun = false;
  const close = (): void => {
    if (fd !== undefined) closeSync(fd);
    fd = undefined;
  };
  const closeDirect = async (): Promise<void> => {
    const closing = direct?.close();
    direct = undefined;
    await closing;
  };
  const writeDirect = async (writer: DirectWriter, parts: readonly Uint8Array[]): Promise<void> => {
    try {
      await writer.write(parts);
    } catch (error) {
      throw failure(error);
    }
  };
  return {
    write: (parts) => {
      const isLarge = !isBegun && parts.reduce((sum, part) => sum + part.byteLength, 0) >= LARGE_WRITE_BYTES;
      isBegun = true;
      try {
        if (isLarge) direct = openDirect(temporary, fd ?? -1);
        if (direct !== undefined) return writeDirect(direct, parts);
        writeAll(fd ?? -1, parts);
      } catch (error) {
        throw failure(error);
      }
    },
    commit: async (name) => {
      try {
        if (direct !== undefined) {
          await direct.end();
          await closeDirect();
        }
        await sync(fd ?? -1);
        close();
        renameSync(temporary, join(folder, name));
      } catch (error) {
        throw failure(error);
      }
    },
    abort: async () => {
      await closeDirect();
      close();
      rmSync(temporary, { force: true });
    },
  };
}

/** Makes a folder and those above it. Not by `recursive`, which never returns where the system answers ENOENT, as in /proc. */
export function makeFolder(folder: string): void {
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

/** Removes from a folder what this process has begun there and not finished. */
export function removeUnfinished(folder: string): void {
  if (!existsSync(folder)) return;
  const own = readdirSync(folder).filter((name) => name.startsWith(OWN_PREFIX));
  for (const name of own) rmSync(join(folder, name), { recursive: true, force: true });
}

/** Removes what this process has begun and not finished, also in threads that have ended, when it is told to stop. */
export function removeTemporaryFiles(): void {
  for (const folder of usedFolders) removeUnfinished(folder);
}
