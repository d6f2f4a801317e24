/** Names of output files, as the seed tool builds them. */
import { greatestOf, leastOf } from './bigints.js';
import { MAX_OUTPUT_NAME_BYTES } from './limits.js';
import { tierSuffix } from './plan.js';
import type { SegmentTask } from './segmentTask.js';

export type Sidecar = 'manifest' | 'sql_log' | 'schemas' | 'ledger';

export const sidecarName = (outputName: string, sidecar: Sidecar): string => `${outputName}__${sidecar}.json`;

/** The name of a segment's Parquet file: its seqTxn range, or the tiers of its rows; orphans have a file of their own. */
export function segmentFileName(task: SegmentTask, content: ReadonlySet<number> | 'orphans'): string {
  const prefix = `${task.table.outputName}__wal${task.walId}__seg${task.segmentId}`;
  if (content === 'orphans') return `${prefix}__orphans.parquet`;
  const seqTxns = task.named.map((log) => log.seqTxn);
  return `${prefix}${tierSuffix(content, `__seqTxn${leastOf(seqTxns)}-${greatestOf(seqTxns)}`)}.parquet`;
}

/**
 * Characters that some file system refuses or some shell takes amiss; also what would hide or climb, or is not seen and makes
 * a name look like another: controls, formats (those that turn the direction of writing, too), lone surrogates, line ends.
 */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}<>:"/\\|?*]|^\.|^-|[. ]$|^ /u;

const bytesOf = (text: string): number => new TextEncoder().encode(text).byteLength;

/** 32-bit FNV-1a over UTF-16 units: enough to tell two names of one root apart, and checked there. */
function hashOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

/** At most `MAX_OUTPUT_NAME_BYTES`: the beginning, and a hash of the whole where something is cut off. */
function shorten(name: string): string {
  if (bytesOf(name) <= MAX_OUTPUT_NAME_BYTES) return name;
  const hash = `-${hashOf(name)}`;
  let kept = '';
  for (const character of name) {
    if (bytesOf(kept + character) > MAX_OUTPUT_NAME_BYTES - hash.length) break;
    kept += character;
  }
  return kept + hash;
}

/** Two names that some file system takes for one. */
const fold = (name: string): string => name.normalize('NFC').toLowerCase();

/** A folder's name with what is unsafe in a file name replaced, and a hash of the original so that no two become one. */
const escapeName = (name: string): string =>
  UNSAFE.test(name) ? `${name.replace(new RegExp(UNSAFE, 'gu'), '_')}-${hashOf(name)}` : name;

/**
 * What the output files of each table begin with, by folder name: the table's name where it is safe and no other table of
 * the root has it (ignoring case), else the folder's name.
 */
export function outputNames(
  tables: readonly { readonly dirName: string; readonly tableName: string }[],
): ReadonlyMap<string, string> {
  const uses = new Map<string, number>();
  for (const { tableName, dirName } of tables) {
    for (const name of new Set([fold(shorten(tableName)), fold(shorten(escapeName(dirName)))]))
      uses.set(name, (uses.get(name) ?? 0) + 1);
  }
  const taken = new Set<string>();
  const names = new Map<string, string>();
  for (const { dirName, tableName } of tables) {
    const own = shorten(tableName);
    let name = !UNSAFE.test(tableName) && uses.get(fold(own)) === 1 ? own : shorten(escapeName(dirName));
    while (taken.has(fold(name))) name = `${name}-${hashOf(dirName)}`;
    taken.add(fold(name));
    names.set(dirName, name);
  }
  return names;
}
