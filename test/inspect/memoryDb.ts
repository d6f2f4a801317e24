/**
 * Folders of the fixtures in memory, for tests that damage them.
 */

import { memorySource } from '../../src/source/memory.js';
import type { Source } from '../../src/source/source.js';
import { bytesOf, filesOf } from '../formats/files.js';

/** Changes a copy of a file's bytes, in place or by another array. */
export type Damage = (bytes: Uint8Array) => Uint8Array | undefined;

const tables = new Map<string, readonly (readonly [path: string, bytes: Uint8Array])[]>();

/** The files of a case's table below its folder, read once. */
function tableFiles(name: string, table: string): readonly (readonly [path: string, bytes: Uint8Array])[] {
  const prefix = `db/${table}/`;
  const known =
    tables.get(prefix + name) ??
    filesOf(name)
      .filter((path) => path.startsWith(prefix))
      .map((path) => [path.slice(prefix.length), bytesOf(name, path)] as const);
  tables.set(prefix + name, known);
  return known;
}

/** The files of a case's table, `db/` left out, with some of them damaged. */
export function damagedTable(name: string, table: string, damage: Readonly<Record<string, Damage>> = {}): Source {
  const files = tableFiles(name, table);
  for (const path of Object.keys(damage))
    if (!files.some(([known]) => known === path)) throw new Error(`no ${path} in ${table}`);
  return memorySource(
    files.map(([path, bytes]): [string, Uint8Array] => {
      const copy = damage[path] === undefined ? bytes : bytes.slice();
      return [`${table}/${path}`, damage[path]?.(copy) ?? copy];
    }),
  );
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
