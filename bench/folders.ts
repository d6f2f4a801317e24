/** Folders that runs write to. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { WORK } from './data.js';

const made: string[] = [];

/** A path to write to that is not there yet, with nothing left to be written back to disk by anybody. */
export function freshOutput(): string {
  mkdirSync(WORK, { recursive: true });
  const parent = mkdtempSync(join(WORK, 'run-'));
  made.push(parent);
  execFileSync('sync');
  return join(parent, 'out');
}

/** Files of an output that is removed at once, large as they may be. */
const MAX_REMOVED_FILES = 100;

/** Removes an output of few files. */
export function removeIfFew(output: string): void {
  if (readdirSync(output).length <= MAX_REMOVED_FILES) rmSync(output, { recursive: true, force: true });
}

/**
 * Removes all outputs. Only at the end: for minutes after many files are removed, ext4 takes up to a millisecond to make
 * one, since it passes over the inodes that became free.
 */
export function removeOutputs(): void {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** Bytes of a folder's files whose names end in `ending`, all levels. */
export function bytesIn(folder: string, ending = ''): number {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}
