/**
 * Small files of the file system, as nearly all are: read when they are opened. That takes no more calls than to ask for the size
 * and to read, and there is no descriptor to keep.
 */
import { readSync } from 'node:fs';
import { memoryAccess } from './memory.js';
import type { RandomAccess } from './source.js';

/** Smaller ones are small. */
export const SMALL_FILE_BYTES = 32_768;

/** Files whose content is held at a time; the next one is read in another way. */
const MAX_OPEN_SMALL_FILES = 128;
/** Memory that files are read into, as many pieces as were open at a time. */
const spare: Uint8Array[] = [];
let pieces = 0;

/** A piece of memory; `undefined` when all are in use. */
function borrow(): Uint8Array | undefined {
  const known = spare.pop();
  if (known !== undefined || pieces === MAX_OPEN_SMALL_FILES) return known;
  pieces += 1;
  return new Uint8Array(SMALL_FILE_BYTES);
}

/** Bytes for those who keep them lie in memory that is made in pieces of this size. */
const KEPT_BYTES = 131_072;
let keptMemory = new Uint8Array(0);
let keptTaken = 0;

/** A copy of some bytes of a small file, at an address that suits every type. */
function kept(bytes: Uint8Array): Uint8Array {
  if (keptMemory.length - keptTaken < bytes.length) {
    keptMemory = new Uint8Array(KEPT_BYTES);
    keptTaken = 0;
  }
  const copy = keptMemory.subarray(keptTaken, keptTaken + bytes.length);
  copy.set(bytes);
  keptTaken += Math.ceil(bytes.length / BigInt64Array.BYTES_PER_ELEMENT) * BigInt64Array.BYTES_PER_ELEMENT;
  return copy;
}

/**
 * Reads the file into `memory` and gives its size; `undefined` where it is empty, not small, or can't be read. Only nothing more
 * to read is its end: before a bad block, and by some file systems anywhere, fewer bytes are given than asked for.
 */
function readInto(memory: Uint8Array, fd: number): number | undefined {
  let size = 0;
  try {
    for (let got = -1; got !== 0 && size < SMALL_FILE_BYTES; size += got)
      got = readSync(fd, memory, size, SMALL_FILE_BYTES - size, size);
  } catch {
    // No file, or a bad block: it is read in the other way, and whoever does so is told.
    return undefined;
  }
  return size === 0 || size === SMALL_FILE_BYTES ? undefined : size;
}

/**
 * A small file, whole; `fd` is not needed any more. `undefined` where it has to be read in another way: it is large or empty,
 * can't be read, or too many are open.
 */
export function readSmallFile(path: string, fd: number): RandomAccess | undefined {
  const memory = borrow();
  if (memory === undefined) return undefined;
  const size = readInto(memory, fd);
  if (size === undefined) {
    spare.push(memory);
    return undefined;
  }
  const access = memoryAccess(path, memory.subarray(0, size));
  let isClosed = false;
  return {
    path,
    size,
    read: (offset, length) => kept(access.read(offset, length)),
    readInto: access.readInto,
    close: () => {
      if (!isClosed) spare.push(memory);
      isClosed = true;
      access.close();
    },
  };
}
