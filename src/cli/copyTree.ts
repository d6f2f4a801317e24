/** A source under mutations, written to a disk. */
import { chmodSync, closeSync, linkSync, mkdirSync, openSync, symlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Mutation } from '../source/mutation.js';
import { overlay } from '../source/overlay.js';
import { joinPath } from '../source/path.js';
import type { RandomAccess, Source } from '../source/source.js';

const CHUNK_BYTES = 1 << 20;

function writeFile(access: RandomAccess, path: string): void {
  const fd = openSync(path, 'wx');
  try {
    for (let offset = 0; offset < access.size; offset += CHUNK_BYTES) {
      const bytes = access.read(offset, Math.min(CHUNK_BYTES, access.size - offset));
      for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done);
    }
  } finally {
    closeSync(fd);
  }
}

/**
 * Writes a source as the mutations leave it to the new folder `target`. Hard links stay hard links, a link that leads nowhere
 * becomes one to itself; what is neither file nor folder is left out. Faults that only reads show are left out too.
 */
export function copyTree(base: Source, mutations: readonly Mutation[], target: string): void {
  // Permissions are taken away last: until then the copy has to be written.
  const denied = mutations.filter(({ op }) => op === 'deny');
  const source = overlay(
    base,
    mutations.filter(({ op }) => op !== 'deny'),
  );
  const written = new Map<string, string>();
  const copyFile = (path: string): void => {
    const { identity } = source.stat(path) ?? {};
    const twin = identity === undefined ? undefined : written.get(identity);
    if (twin !== undefined) {
      linkSync(twin, join(target, path));
      return;
    }
    const access = source.open(path);
    try {
      writeFile(access, join(target, path));
    } finally {
      access.close();
    }
    if (identity !== undefined) written.set(identity, join(target, path));
  };
  const copyFolder = (folder: string): void => {
    mkdirSync(join(target, folder));
    for (const { name, kind } of source.list(folder)) {
      const path = joinPath(folder, name);
      if (kind === 'folder') copyFolder(path);
      else if (kind === 'file') copyFile(path);
      else if (kind === 'broken') symlinkSync(name, join(target, path));
    }
  };
  copyFolder('');
  for (const { path } of denied) chmodSync(join(target, path), 0);
}
