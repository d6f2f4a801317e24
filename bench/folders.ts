/** Folders that runs write to. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { WORK } from './data.js';

/** Milliseconds after a mass removal until creating files is as fast again as before it. */
const SETTLE_MS = 500;

/** A folder to write to that is not there yet, with nothing left to be written back to disk by anybody. */
export async function freshOutput(name: string): Promise<string> {
  mkdirSync(WORK, { recursive: true });
  const folder = join(WORK, name);
  rmSync(folder, { recursive: true, force: true });
  execFileSync('sync');
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  return folder;
}

/** Bytes of a folder's files whose names end in `ending`, all levels. */
export function bytesIn(folder: string, ending = ''): number {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}
