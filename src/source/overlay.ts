/**
 * Damage over a source without copying it: a view in which some files and folders are other than they are.
 */
import type { Mutation } from './mutation.js';
import { applyMutations, type FileNode, kindOf, type Node } from './overlayTree.js';
import { checkReadArguments, joinPath, pathParts } from './path.js';
import { totalLength } from './pieces.js';
import { type Entry, type EntryStat, type RandomAccess, type Source, SourceError } from './source.js';

/** `base` as the mutations leave it, one after the other. Only what they name is looked at before it is asked for. */
export function overlay(base: Source, mutations: readonly Mutation[]): Source {
  const root = applyMutations(base, mutations);
  return {
    label: base.label,
    list(folder) {
      const node = find(root, folder);
      if (node === undefined) throw new SourceError('not-found', folder, 'no such folder');
      if (node.kind === 'base') return aboutPath(folder, node.path, () => base.list(node.path));
      if (node.kind === 'broken') throw loop(folder);
      if (node.kind === 'file') throw new SourceError('not-a-folder', folder, 'not a folder');
      if (node.fault !== undefined) throw faultError(node.fault, folder);
      return [...node.entries]
        .map(([name, child]): Entry => ({ name, kind: kindOf(base, child) }))
        .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
    },
    stat(path): EntryStat | undefined {
      const node = find(root, path);
      if (node === undefined) return undefined;
      if (node.kind === 'base') return aboutPath(path, node.path, () => base.stat(node.path));
      if (node.kind === 'broken') return { kind: 'broken', size: 0 };
      if (node.kind === 'folder') return { kind: 'folder', size: 0 };
      const size = totalLength(node.pieces);
      return { kind: 'file', size, ...(node.identity === undefined ? {} : { identity: node.identity }) };
    },
    open(file) {
      const node = find(root, file);
      if (node === undefined) throw new SourceError('not-found', file, 'no such file');
      if (node.kind === 'base') {
        const opened = aboutPath(file, node.path, () => base.open(node.path));
        return node.path === file ? opened : renamed(opened, file);
      }
      if (node.kind === 'broken') throw loop(file);
      if (node.kind === 'folder') throw new SourceError('not-a-file', file, 'not a file');
      if (node.fault !== undefined) throw faultError(node.fault, file);
      return openPieces(base, file, node);
    },
  };
}

const loop = (path: string): SourceError => new SourceError('link-loop', path, 'too many symbolic links');

const faultError = (fault: 'denied' | 'io', path: string): SourceError =>
  new SourceError(fault, path, fault === 'denied' ? 'permission denied' : 'i/o error');

/** The node at `path`; `undefined` when there is none. Throws where a folder on the way lets nobody in. */
function find(root: Node, path: string): Node | undefined {
  const parts = pathParts(path);
  let node: Node | undefined = parts === undefined ? undefined : root;
  for (const name of parts ?? []) {
    if (node?.kind === 'base') node = { kind: 'base', path: joinPath(node.path, name) };
    else if (node?.kind === 'folder') {
      if (node.fault === 'denied') throw faultError('denied', path);
      node = node.entries.get(name);
    } else if (node?.kind === 'broken') throw loop(path);
    else return undefined;
  }
  return node;
}

/** Runs a step of the base; its errors are about the path in the overlay. */
function aboutPath<T>(path: string, basePath: string, step: () => T): T {
  try {
    return step();
  } catch (error) {
    if (!(error instanceof SourceError) || path === basePath) throw error;
    throw new SourceError(error.code, path, error.detail);
  }
}

const renamed = (access: RandomAccess, path: string): RandomAccess => ({
  path,
  size: access.size,
  read: (offset, length) => access.read(offset, length),
  readInto: (target, offset) => access.readInto(target, offset),
  close: () => access.close(),
});

/** Access to a file of pieces. Base files are opened when a read first needs them. */
function openPieces(base: Source, path: string, node: FileNode): RandomAccess {
  const size = totalLength(node.pieces);
  const opened = new Map<string, RandomAccess>();
  let reads = 0;
  let closed = false;

  const baseFile = (basePath: string): RandomAccess => {
    const known = opened.get(basePath);
    if (known !== undefined) return known;
    const access = aboutPath(path, basePath, () => base.open(basePath));
    opened.set(basePath, access);
    return access;
  };

  /** Where the file ends for the read that now begins; throws when it must fail. */
  const endOfRead = (offset: number, length: number): number => {
    checkReadArguments(offset, length);
    if (closed) throw new Error(`${path}: read after close`);
    const shrunk = node.shrinks.filter((one) => reads >= one.afterReads).map((one) => one.size);
    const end = Math.min(offset + length, size, ...shrunk);
    reads += 1;
    if (node.badRanges.some((bad) => offset < bad.offset + bad.length && bad.offset < end))
      throw faultError('io', path);
    return end;
  };

  const fill = (target: Uint8Array, offset: number, end: number): number => {
    let start = 0;
    for (const piece of node.pieces) {
      const lo = Math.max(offset, start);
      const hi = Math.min(end, start + piece.length);
      if (lo < hi) {
        const into = target.subarray(lo - offset, hi - offset);
        const skip = lo - start;
        if (piece.from === 'zeros') into.fill(0);
        else if (piece.from === 'bytes')
          into.set(piece.bytes.subarray(piece.offset + skip, piece.offset + skip + hi - lo));
        else baseFile(piece.path).readInto(into, piece.offset + skip);
      }
      start += piece.length;
    }
    return Math.max(end - offset, 0);
  };

  return {
    path,
    size,
    read(offset, length) {
      const end = endOfRead(offset, length);
      const bytes = new Uint8Array(Math.max(end - offset, 0));
      fill(bytes, offset, end);
      return bytes;
    },
    readInto: (target, offset) => fill(target, offset, endOfRead(offset, target.length)),
    close() {
      closed = true;
      for (const access of opened.values()) access.close();
      opened.clear();
    },
  };
}
