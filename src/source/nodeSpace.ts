/** Room on file systems. */
import { type StatsFs, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** `undefined` where the system does not tell. */
function told<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch {
    return undefined;
  }
}

const statFileSystem = (path: string): StatsFs | undefined => told(() => statfsSync(path));

/** Bytes that this user can still write where `folder` is; `undefined` when the system does not tell. */
export function freeBytes(folder: string): number | undefined {
  const stats = statFileSystem(folder);
  return stats === undefined ? undefined : stats.bavail * stats.bsize;
}

/**
 * Bytes in use on all file systems that the folders `names` of `root` lie on (tables may be links to other volumes): no
 * export of them is larger. Infinite when the system does not tell.
 */
export function usedBytes(root: string, names: readonly string[]): number {
  const seen = new Set<number>();
  let sum = 0;
  for (const path of names.map((name) => join(root, name))) {
    const device = told(() => statSync(path).dev);
    if (device === undefined || seen.has(device)) continue;
    seen.add(device);
    const stats = statFileSystem(path);
    sum += stats === undefined ? Number.POSITIVE_INFINITY : (stats.blocks - stats.bfree) * stats.bsize;
  }
  return sum;
}
