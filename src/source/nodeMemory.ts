import { type BigIntStats, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { memorySource } from './memory.js';
import { nodeSource } from './node.js';
import type { Source } from './source.js';

/** A folder larger than this is not held in memory. */
export const MAX_BYTES_IN_MEMORY = 512 * 1024 * 1024;

interface Found {
  readonly files: { readonly path: string; readonly identity: string; readonly size: number }[];
  readonly folders: string[];
}

/** What stands under a name, links followed; `undefined` for a link that leads nowhere or in a loop. */
function lookAt(path: string): BigIntStats | undefined {
  try {
    return statSync(path, { bigint: true, throwIfNoEntry: false });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ELOOP') return undefined;
    throw error;
  }
}

function findAll(root: string, folder: string, found: Found): void {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    const stat = lookAt(join(root, path));
    if (stat?.isDirectory()) {
      found.folders.push(path);
      findAll(root, path, found);
    } else if (stat?.isFile()) {
      found.files.push({ path, identity: `${stat.dev}:${stat.ino}`, size: Number(stat.size) });
    }
  }
}

/**
 * A folder of the file system read into memory once, hard links kept; the folder itself where it is larger than
 * `MAX_BYTES_IN_MEMORY`. Links that lead nowhere and whatever is no file are left out. Throws what the file system throws.
 */
export function loadSource(root: string): Source {
  const found: Found = { files: [], folders: [] };
  findAll(root, '', found);
  if (found.files.reduce((sum, { size }) => sum + size, 0) > MAX_BYTES_IN_MEMORY) return nodeSource(root);
  const contents = new Map<string, Uint8Array>();
  const files = found.files.map(({ path, identity }): [string, Uint8Array] => {
    const bytes = contents.get(identity) ?? new Uint8Array(readFileSync(join(root, path)));
    contents.set(identity, bytes);
    return [path, bytes];
  });
  return memorySource(files, { label: root, folders: found.folders });
}
