/** What a damaged source differs in from the one it was made of, byte by byte. */
import { join } from '../files.js';
import type { Mutation } from '../source/mutation.js';
import { type Source, SourceError } from '../source/source.js';
import { readBytes, walkTree } from './targets.js';

/** Bytes [from, to) of a file as it was. */
export interface Bytes {
  readonly from: number;
  readonly to: number;
}

/** A file of the undamaged source that is not what it was. */
export interface FileChange {
  readonly path: string;
  /** Bytes that are others now. */
  readonly changed: readonly Bytes[];
  /** Bytes that can't be had any more. */
  readonly gone: readonly Bytes[];
  /** All that the file now holds; `undefined` when it can't be read. */
  readonly after: Uint8Array | undefined;
}

export const overlaps = (ranges: readonly Bytes[], from: number, to: number): boolean =>
  ranges.some((range) => range.from < to && from < range.to);

const ALL: readonly Bytes[] = [{ from: 0, to: Number.POSITIVE_INFINITY }];

/** Every name that a mutation is about. */
function namesOf(mutation: Mutation): string[] {
  if (mutation.op === 'move') return [mutation.path, mutation.to];
  return mutation.op === 'swap' ? [mutation.path, mutation.with] : [mutation.path];
}

/** Paths of the undamaged source's files at or below a name. */
function filesAt(base: Source, path: string): string[] {
  const stat = base.stat(path);
  if (stat?.kind === 'file') return [path];
  if (stat?.kind !== 'folder') return [];
  return [...walkTree(base, path)].filter(({ kind }) => kind === 'file').map((entry) => entry.path);
}

/** Stretches in which two arrays differ; what one of them has beyond the other's end is the last. */
function differences(before: Uint8Array, after: Uint8Array): Bytes[] {
  const found: Bytes[] = [];
  const shared = Math.min(before.length, after.length);
  for (let i = 0; i < shared; i++) {
    if (before[i] === after[i]) continue;
    const from = i;
    while (i < shared && before[i] !== after[i]) i += 1;
    found.push({ from, to: i });
  }
  if (after.length > shared) found.push({ from: shared, to: after.length });
  return found;
}

/** A whole file, as far as it can be read at all. */
function tryRead(source: Source, path: string): Uint8Array | undefined {
  try {
    return readBytes(source, path);
  } catch (error) {
    if (error instanceof SourceError) return undefined;
    throw error;
  }
}

/** Bytes that a disk gives or refuses as one. */
const BLOCK_BYTES = 4096;

const blocksOf = ({ offset, length }: { readonly offset: number; readonly length: number }): Bytes => ({
  from: Math.floor(offset / BLOCK_BYTES) * BLOCK_BYTES,
  to: Math.ceil((offset + length) / BLOCK_BYTES) * BLOCK_BYTES,
});

function changeOf(base: Source, damaged: Source, path: string, mutations: readonly Mutation[]): FileChange {
  const badBlocks = mutations.flatMap((each) =>
    each.op === 'failRange' && each.path === path ? [blocksOf(each)] : [],
  );
  // Reads of the other blocks do not fail; what they give is what the file held.
  if (badBlocks.length === mutations.length) return { path, changed: [], gone: badBlocks, after: undefined };
  const after = tryRead(damaged, path);
  if (after === undefined) return { path, changed: [], gone: ALL, after };
  const before = readBytes(base, path);
  const ends = mutations.flatMap((each) => (each.op === 'shrink' && each.path === path ? [each.size] : []));
  const end = Math.min(after.length, ...ends);
  // A file in a folder that can't be listed may still be found, by who knows its name.
  const isHidden = mutations.some(({ op, path: at }) => op === 'fail' && isAtOrBelow(path, at));
  const gone = isHidden ? ALL : end < before.length ? [{ from: end, to: Number.POSITIVE_INFINITY }] : [];
  return { path, changed: differences(before, after), gone, after };
}

export const isAtOrBelow = (path: string, folder: string): boolean =>
  path === folder || folder === '' || path.startsWith(`${folder}/`);

/** The files of `base` that are other in `damaged`, which is `base` under an overlay of the mutations. */
export function fileChanges(base: Source, damaged: Source, mutations: readonly Mutation[]): readonly FileChange[] {
  const paths = new Set(mutations.flatMap(namesOf).flatMap((name) => filesAt(base, name)));
  return [...paths]
    .map((path) => changeOf(base, damaged, path, mutations))
    .filter(({ changed, gone }) => changed.length > 0 || gone.length > 0);
}

/** Where what stands at `path` in the damaged source stood before: under another name, after a move or a copy. */
export function originOf(path: string, mutations: readonly Mutation[]): string {
  let at = path;
  for (const mutation of [...mutations].reverse()) {
    if (mutation.op === 'move') at = rebased(at, mutation.to, mutation.path) ?? at;
    else if (mutation.op === 'copy') at = rebased(at, mutation.path, mutation.from) ?? at;
    else if (mutation.op === 'swap')
      at = rebased(at, mutation.path, mutation.with) ?? rebased(at, mutation.with, mutation.path) ?? at;
  }
  return at;
}

/** `path` with `folder` at its start replaced; `undefined` when it is not below it. */
function rebased(path: string, folder: string, other: string): string | undefined {
  return isAtOrBelow(path, folder) ? join(other, path.slice(folder.length + 1)) : undefined;
}
