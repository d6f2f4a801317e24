/** The tree behind an overlay: folders and files that differ from the base, and whole parts of it that don't. */
import type { Mutation } from './mutation.js';
import { joinPath, pathParts } from './path.js';
import { overwrite, type Piece, resize } from './pieces.js';
import { type EntryKind, type Source, SourceError } from './source.js';

/** Something of the base, with all below it, under whatever name it stands in the overlay. */
interface BaseNode {
  readonly kind: 'base';
  readonly path: string;
}

interface FolderNode {
  readonly kind: 'folder';
  readonly entries: Map<string, Node>;
  readonly fault?: 'denied' | 'io';
}

/** A file that is other than the base's, or fails in its own way. */
export interface FileNode {
  readonly kind: 'file';
  readonly pieces: readonly Piece[];
  readonly identity: string | undefined;
  readonly fault?: 'denied' | 'io';
  readonly badRanges: readonly { readonly offset: number; readonly length: number }[];
  readonly shrinks: readonly { readonly size: number; readonly afterReads: number }[];
}

export type Node = BaseNode | FolderNode | FileNode | { readonly kind: 'broken' };

/** What a node is, as a listing shows it. */
export function kindOf(base: Source, node: Node): EntryKind {
  if (node.kind !== 'base') return node.kind;
  return statOf(base, node)?.kind ?? 'broken';
}

/** What the base says of a node; `undefined` when it is not there or the base can't tell. */
function statOf(base: Source, node: BaseNode) {
  try {
    return base.stat(node.path);
  } catch (error) {
    if (error instanceof SourceError) return undefined;
    throw error;
  }
}

const newFile = (bytes: Uint8Array): FileNode => ({
  kind: 'file',
  pieces: [{ from: 'bytes', bytes, offset: 0, length: bytes.length }],
  identity: undefined,
  badRanges: [],
  shrinks: [],
});

/** The base with the mutations made, in their order. */
export function applyMutations(base: Source, mutations: readonly Mutation[]): Node {
  const tree = editor(base);
  for (const mutation of mutations) apply(tree, mutation);
  return tree.root();
}

function apply(tree: ReturnType<typeof editor>, mutation: Mutation): void {
  const { path } = mutation;
  switch (mutation.op) {
    case 'write':
    case 'resize':
    case 'failRange':
    case 'shrink':
      tree.changeFile(path, (file) => changed(file, mutation));
      break;
    case 'file':
      tree.put(path, newFile(mutation.bytes));
      break;
    case 'folder':
      tree.put(path, { kind: 'folder', entries: new Map() });
      break;
    case 'loop':
      tree.put(path, { kind: 'broken' });
      break;
    case 'remove':
      tree.put(path, undefined);
      break;
    case 'copy':
      tree.copy(mutation.from, path);
      break;
    case 'move':
      tree.move(path, mutation.to);
      break;
    case 'swap':
      tree.swap(path, mutation.with);
      break;
    case 'deny':
    case 'fail':
      tree.setFault(path, mutation.op === 'deny' ? 'denied' : 'io');
      break;
  }
}

type FileChange = Extract<Mutation, { op: 'write' | 'resize' | 'failRange' | 'shrink' }>;

function changed(file: FileNode, change: FileChange): FileNode {
  switch (change.op) {
    case 'write':
      return { ...file, pieces: overwrite(file.pieces, change.offset, change.bytes) };
    case 'resize':
      return { ...file, pieces: resize(file.pieces, change.size) };
    case 'failRange':
      return { ...file, badRanges: [...file.badRanges, change] };
    case 'shrink':
      return { ...file, shrinks: [...file.shrinks, change] };
  }
}

/** A tree that is still being changed. Parts of the base are opened up only on the way to a change. */
function editor(base: Source) {
  let root: Node = { kind: 'base', path: '' };

  /** The node opened up into a folder; `undefined` for anything else. */
  const opened = (node: Node | undefined): FolderNode | undefined => {
    if (node?.kind === 'folder') return node;
    if (node?.kind !== 'base' || statOf(base, node)?.kind !== 'folder') return undefined;
    const entries = base
      .list(node.path)
      .map(({ name }): [string, Node] => [name, { kind: 'base', path: joinPath(node.path, name) }]);
    return { kind: 'folder', entries: new Map(entries) };
  };

  /** The folder above `path`, opened up, and the name in it. Missing folders are made when asked for. */
  const place = (path: string, make: boolean): { folder: FolderNode; name: string } | undefined => {
    const parts = pathParts(path);
    const name = parts?.at(-1);
    const top = opened(root);
    if (parts === undefined || name === undefined || top === undefined) return undefined;
    root = top;
    let folder = top;
    for (const step of parts.slice(0, -1)) {
      const known = folder.entries.get(step);
      const next =
        opened(known) ?? (make && known === undefined ? { kind: 'folder' as const, entries: new Map() } : undefined);
      if (next === undefined) return undefined;
      folder.entries.set(step, next);
      folder = next;
    }
    return { folder, name };
  };

  const nodeAt = (path: string): Node | undefined => {
    const at = place(path, false);
    return at?.folder.entries.get(at.name);
  };

  const put = (path: string, node: Node | undefined): void => {
    const at = place(path, node !== undefined);
    if (at === undefined) return;
    if (node === undefined) at.folder.entries.delete(at.name);
    else at.folder.entries.set(at.name, node);
  };

  const fileAt = (path: string): FileNode | undefined => {
    const node = nodeAt(path);
    if (node?.kind === 'file') return node;
    const stat = node?.kind === 'base' ? statOf(base, node) : undefined;
    if (node?.kind !== 'base' || stat?.kind !== 'file') return undefined;
    const pieces: Piece[] = stat.size > 0 ? [{ from: 'base', path: node.path, offset: 0, length: stat.size }] : [];
    return { kind: 'file', pieces, identity: stat.identity, badRanges: [], shrinks: [] };
  };

  const changeFile = (path: string, change: (file: FileNode) => FileNode): void => {
    const file = fileAt(path);
    if (file !== undefined) put(path, change(file));
  };

  return {
    root: () => root,
    put,
    changeFile,
    setFault: (path: string, fault: 'denied' | 'io'): void => {
      const folder = opened(nodeAt(path));
      if (folder !== undefined) put(path, { ...folder, fault });
      else changeFile(path, (file) => ({ ...file, fault }));
    },
    copy: (from: string, to: string): void => {
      const node = nodeAt(from);
      if (node !== undefined) put(to, detached(node));
    },
    move: (from: string, to: string): void => {
      const node = nodeAt(from);
      if (node === undefined || from === to) return;
      put(from, undefined);
      put(to, node);
    },
    swap: (a: string, b: string): void => {
      const [first, second] = [nodeAt(a), nodeAt(b)];
      if (first === undefined || second === undefined) return;
      put(a, second);
      put(b, first);
    },
  };
}

/** A node that can be changed without changing the one it was copied from. */
function detached(node: Node): Node {
  if (node.kind !== 'folder') return node;
  return { ...node, entries: new Map([...node.entries].map(([name, child]) => [name, detached(child)])) };
}
