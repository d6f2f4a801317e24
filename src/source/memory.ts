import { checkReadArguments, isPath } from './path.js';
import { type Entry, type EntryStat, type RandomAccess, type Source, SourceError } from './source.js';

export interface MemorySourceOptions {
  /** How people call this root; `memory` unless given. */
  readonly label?: string;
  /** Folders to have besides those that the files imply. */
  readonly folders?: Iterable<string>;
}

/**
 * A database root held in memory: path → bytes, folders implied by the paths. The same array under two paths stands
 * for a hard link: both have one `identity`. The bytes are not copied; the paths are taken once.
 */
export function memorySource(
  files: Iterable<readonly [string, Uint8Array]>,
  options: MemorySourceOptions = {},
): Source {
  const label = options.label ?? 'memory';
  const nodes = treeOf(files, options.folders ?? []);
  const nodeAt = (path: string): Node | undefined => (isPath(path) ? nodes.get(path) : undefined);
  return {
    label,
    list(folder) {
      const node = nodeAt(folder);
      if (node === undefined) throw new SourceError('not-found', folder, 'no such folder');
      if (node.kind !== 'folder') throw new SourceError('not-a-folder', folder, 'not a folder');
      return [...node.entries].map(([name, kind]): Entry => ({ name, kind })).sort(byName);
    },
    stat(path): EntryStat | undefined {
      const node = nodeAt(path);
      if (node === undefined) return undefined;
      if (node.kind === 'folder') return { kind: 'folder', size: 0 };
      return { kind: 'file', size: node.bytes.length, identity: `memory:${node.identity}` };
    },
    open(file) {
      const node = nodeAt(file);
      if (node === undefined) throw new SourceError('not-found', file, 'no such file');
      if (node.kind !== 'file') throw new SourceError('not-a-file', file, 'not a file');
      return memoryAccess(file, node.bytes);
    },
  };
}

/** Access to bytes in memory, called `path`. */
export function memoryAccess(path: string, bytes: Uint8Array): RandomAccess {
  let closed = false;
  const part = (offset: number, length: number): Uint8Array => {
    checkReadArguments(offset, length);
    if (closed) throw new Error(`${path}: read after close`);
    return bytes.subarray(offset, offset + length);
  };
  return {
    path,
    size: bytes.length,
    read: part,
    readInto(target, offset) {
      const found = part(offset, target.length);
      target.set(found);
      return found.length;
    },
    close() {
      closed = true;
    },
  };
}

interface FolderNode {
  readonly kind: 'folder';
  readonly entries: Map<string, 'file' | 'folder'>;
}

type Node = FolderNode | { readonly kind: 'file'; readonly bytes: Uint8Array; readonly identity: number };

function treeOf(files: Iterable<readonly [string, Uint8Array]>, folders: Iterable<string>): ReadonlyMap<string, Node> {
  const nodes = new Map<string, Node>([['', { kind: 'folder', entries: new Map() }]]);
  const identities = new Map<Uint8Array, number>();
  for (const folder of folders) folderNode(nodes, folder);
  for (const [path, bytes] of files) {
    const cut = path.lastIndexOf('/');
    const folder = folderNode(nodes, path.slice(0, Math.max(cut, 0)));
    const name = path.slice(cut + 1);
    if (!isPath(path) || name === '' || folder.entries.has(name))
      throw new RangeError(`not a new path: ${JSON.stringify(path)}`);
    folder.entries.set(name, 'file');
    const identity = identities.get(bytes) ?? identities.size;
    identities.set(bytes, identity);
    nodes.set(path, { kind: 'file', bytes, identity });
  }
  return nodes;
}

/** The folder `path`, made with all above it when missing. */
function folderNode(nodes: Map<string, Node>, path: string): FolderNode {
  const node = nodes.get(path);
  if (node?.kind === 'folder') return node;
  if (node !== undefined || !isPath(path)) throw new RangeError(`not a folder: ${JSON.stringify(path)}`);
  const cut = path.lastIndexOf('/');
  folderNode(nodes, path.slice(0, Math.max(cut, 0))).entries.set(path.slice(cut + 1), 'folder');
  const made: FolderNode = { kind: 'folder', entries: new Map() };
  nodes.set(path, made);
  return made;
}

function byName(a: Entry, b: Entry): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
