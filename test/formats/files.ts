/**
 * Reading files of the fixtures.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fixture } from '../helpers/fixtures.js';

/** Paths of all files of a case below its folder, sorted: `db/…` and, with a checkpoint, `.checkpoint/…`. */
export function filesOf(name: string): readonly string[] {
  const home = fixture(name);
  return readdirSync(home, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(home.length + 1))
    .filter((path) => path.startsWith('db/') || path.startsWith('.checkpoint/'))
    .sort();
}

/** The bytes of a file of a case. */
export function bytesOf(name: string, path: string): Uint8Array {
  return new Uint8Array(readFileSync(join(fixture(name), path)));
}
