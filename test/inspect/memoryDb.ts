/**
 * Folders of the fixtures in memory, for tests that damage them.
 */

import { memorySource } from '../../src/source/memory.js';
import type { Source } from '../../src/source/source.js';
import { bytesOf, filesOf } from '../formats/files.js';

/** Changes a copy of a file's bytes, in place or by another array. */
export type Damage = (bytes: Uint8Array) => Uint8Array | undefined;

/** The files of a case's table, `db/` left out, with some of them damaged. */
export function damagedTable(name: string, table: string, damage: Readonly<Record<string, Damage>> = {}): Source {
  const prefix = `db/${table}/`;
  const files = filesOf(name)
    .filter((path) => path.startsWith(prefix))
    .map((path): [string, Uint8Array] => {
      const change = damage[path.slice(prefix.length)];
      const bytes = bytesOf(name, path);
      return [path.slice('db/'.length), change === undefined ? bytes : (change(bytes) ?? bytes)];
    });
  const names = new Set(files.map(([path]) => path.slice(table.length + 1)));
  for (const path of Object.keys(damage)) if (!names.has(path)) throw new Error(`no ${path} in ${table}`);
  return memorySource(files);
}

/** Sets bytes from `offset` on. */
export const put =
  (offset: number, ...values: readonly number[]): Damage =>
  (bytes) => {
    bytes.set(values, offset);
    return undefined;
  };

/** Cuts a file off. */
export const cut =
  (length: number): Damage =>
  (bytes) =>
    bytes.subarray(0, length);
