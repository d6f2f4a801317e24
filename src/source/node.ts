import { Buffer } from 'node:buffer';
import {
  type BigIntStats,
  closeSync,
  constants,
  type Dirent,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readSync,
  type Stats,
  statSync,
} from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { readSmallFile } from './nodeSmallFile.js';
import { checkReadArguments, isPath } from './path.js';
import {
  type Entry,
  type EntryKind,
  type EntryStat,
  type RandomAccess,
  type Source,
  SourceError,
  type SourceErrorCode,
} from './source.js';

/** Descriptors that one source holds at a time; files that are open beyond that are opened again when they are read. */
export const MAX_OPEN_DESCRIPTORS = 256;
/** Node cannot read more in one call. */
const MAX_READ_BYTES = 1 << 30;
/** O_NONBLOCK: opening a FIFO must not wait for a writer. Absent on Windows. */
const OPEN_FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

export interface NodeSourceOptions {
  /** `MAX_OPEN_DESCRIPTORS` unless given. */
  readonly maxOpenDescriptors?: number;
}

/**
 * The folder `root` of the file system: opened O_RDONLY, read at positions (small files whole, when they are opened), never
 * mapped. Symbolic links are followed, wherever they lead (a table may live in another volume); no name can otherwise leave the
 * root.
 */
export function nodeSource(root: string, options: NodeSourceOptions = {}): Source {
  const base = resolve(root);
  const pool = new DescriptorPool(options.maxOpenDescriptors ?? MAX_OPEN_DESCRIPTORS);
  const below = base.endsWith(sep) ? base : base + sep;
  const nativePath = (path: string): string | undefined => {
    if (!isPath(path) || (sep === '\\' && /[\\:]/.test(path))) return undefined;
    // Its parts are such that nothing is left to be resolved.
    return path === '' ? base : below + (sep === '/' ? path : path.replaceAll('/', sep));
  };
  return {
    label: root,
    list(folder) {
      const native = nativePath(folder);
      if (native === undefined) throw outside(folder);
      const dirents = attempt(folder, () => readdirSync(native, { withFileTypes: true }), 'not-a-folder');
      return dirents.map((entry) => ({ name: entry.name, kind: direntKind(native, entry) })).sort(byName);
    },
    stat(path) {
      const native = nativePath(path);
      return native === undefined ? undefined : attempt(path, () => statEntry(native));
    },
    open(file) {
      const native = nativePath(file);
      if (native === undefined) throw outside(file);
      return attempt(file, () => openFile(file, native, pool));
    },
  };
}

interface PooledFile {
  readonly path: string;
  readonly native: string;
  readonly identity: string;
}

/** At most `limit` descriptors; the one that was used longest ago is closed first. */
class DescriptorPool {
  private readonly descriptors = new Map<PooledFile, number>();

  constructor(private readonly limit: number) {}

  get(file: PooledFile): number {
    let fd = this.descriptors.get(file);
    if (fd === undefined) {
      fd = this.open(file.native);
      if (identityOfOpen(fd) !== file.identity) {
        closeSync(fd);
        throw new SourceError('not-found', file.path, 'another file has taken its place');
      }
    } else {
      this.descriptors.delete(file);
    }
    this.descriptors.set(file, fd);
    return fd;
  }

  /** A new descriptor, not yet in the pool. */
  open(native: string): number {
    while (this.descriptors.size >= this.limit && this.closeOldest());
    for (;;) {
      try {
        return openSync(native, OPEN_FLAGS);
      } catch (error) {
        const code = errorCode(error);
        if ((code !== 'EMFILE' && code !== 'ENFILE') || !this.closeOldest()) throw error;
      }
    }
  }

  add(file: PooledFile, fd: number): void {
    this.descriptors.set(file, fd);
  }

  close(file: PooledFile): void {
    const fd = this.descriptors.get(file);
    if (fd === undefined) return;
    this.descriptors.delete(file);
    closeSync(fd);
  }

  private closeOldest(): boolean {
    const oldest = this.descriptors.keys().next();
    if (oldest.done === true) return false;
    this.close(oldest.value);
    return true;
  }
}

function openFile(path: string, native: string, pool: DescriptorPool): RandomAccess {
  const fd = pool.open(native);
  const small = readSmallFile(path, fd);
  if (small !== undefined) {
    closeSync(fd);
    return small;
  }
  const stats = fstatSync(fd);
  if (!stats.isFile()) {
    closeSync(fd);
    throw new SourceError('not-a-file', path, 'not a file');
  }
  const file: PooledFile = { path, native, identity: identityOfOpen(fd, stats) };
  pool.add(file, fd);
  const { size } = stats;
  let closed = false;
  /** Bytes past the size at opening are not given out: a live server may be adding to the file. */
  const fill = (target: Uint8Array, offset: number): number => {
    if (closed) throw new Error(`${path}: read after close`);
    const wanted = Math.min(target.length, Math.max(size - offset, 0));
    return wanted === 0 ? 0 : attempt(path, () => readFully(pool.get(file), target, wanted, offset));
  };
  return {
    path,
    size,
    read(offset, length) {
      checkReadArguments(offset, length);
      const buffer = Buffer.allocUnsafeSlow(Math.min(length, Math.max(size - offset, 0)));
      const bytes = new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length);
      return bytes.subarray(0, fill(bytes, offset));
    },
    readInto(target, offset) {
      checkReadArguments(offset, target.length);
      return fill(target, offset);
    },
    close() {
      closed = true;
      pool.close(file);
    },
  };
}

function readFully(fd: number, target: Uint8Array, length: number, offset: number): number {
  let done = 0;
  while (done < length) {
    const got = readSync(fd, target, done, Math.min(length - done, MAX_READ_BYTES), offset + done);
    if (got === 0) break;
    done += got;
  }
  return done;
}

function statEntry(native: string): EntryStat | undefined {
  try {
    const stats = statSync(native, { throwIfNoEntry: false });
    if (stats !== undefined) {
      const kind = kindOf(stats);
      const identity = identityOf(stats, () => statSync(native, { bigint: true }));
      return { kind, size: kind === 'file' ? stats.size : 0, identity };
    }
  } catch (error) {
    const code = sourceCodeOf(error);
    if (code !== 'not-found' && code !== 'link-loop') throw error;
  }
  return isLink(native) ? { kind: 'broken', size: 0 } : undefined;
}

function isLink(native: string): boolean {
  try {
    return lstatSync(native, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  } catch (error) {
    if (sourceCodeOf(error) === 'not-found') return false;
    throw error;
  }
}

function direntKind(folder: string, entry: Dirent): EntryKind {
  if (!entry.isSymbolicLink()) return kindOf(entry);
  try {
    return kindOf(statSync(join(folder, entry.name)));
  } catch {
    return 'broken';
  }
}

function kindOf(stats: { isFile(): boolean; isDirectory(): boolean }): EntryKind {
  return stats.isFile() ? 'file' : stats.isDirectory() ? 'folder' : 'other';
}

/** Device and inode; `exactly` is asked where plain numbers can't tell. */
function identityOf(stats: Stats, exactly: () => BigIntStats): string {
  const { dev, ino } = Number.isSafeInteger(stats.ino) && Number.isSafeInteger(stats.dev) ? stats : exactly();
  return `${dev}:${ino}`;
}

const identityOfOpen = (fd: number, stats = fstatSync(fd)): string =>
  identityOf(stats, () => fstatSync(fd, { bigint: true }));

function byName(a: Entry, b: Entry): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

function outside(path: string): SourceError {
  return new SourceError('not-found', path, 'not a path below the root');
}

/** Runs `step`; what the file system throws becomes a `SourceError` about `path`. `notDir` is what ENOTDIR means to it. */
function attempt<T>(path: string, step: () => T, notDir: SourceErrorCode = 'not-found'): T {
  try {
    return step();
  } catch (error) {
    const code = sourceCodeOf(error, notDir);
    if (code === undefined) throw error;
    // Node's text ends in the call and the native path: `ENOENT: no such file or directory, open '/…'`.
    throw new SourceError(code, path, (error as Error).message.replace(/, .*$/s, ''));
  }
}

function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'syscall' in error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;
}

/** `undefined` for what did not come from the file system. */
function sourceCodeOf(error: unknown, notDir: SourceErrorCode = 'not-found'): SourceErrorCode | undefined {
  switch (errorCode(error)) {
    case undefined:
      return undefined;
    case 'ENOENT':
    case 'ENAMETOOLONG':
      return 'not-found';
    case 'ENOTDIR':
      return notDir;
    case 'EACCES':
    case 'EPERM':
      return 'denied';
    // ENXIO, ENODEV: a socket, or a device without a driver.
    case 'EISDIR':
    case 'ENXIO':
    case 'ENODEV':
      return 'not-a-file';
    case 'ELOOP':
      return 'link-loop';
    default:
      return 'io';
  }
}
