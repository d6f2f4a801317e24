/** Damage to names: files and folders that are gone, other than they were, unreadable, or too many. */

import { join } from '../files.js';
import type { Mutation } from '../source/mutation.js';
import { type DamageKind, hasBytes, isFile, isFolder, nameWound, type Victim, type Wound } from './kind.js';
import { between, pick } from './random.js';
import type { Target } from './targets.js';

const done = (did: string, mutation: (path: string) => Mutation) => (victim: Victim) =>
  nameWound(victim.target, [mutation(victim.target.path)], did);

/** Reads from some place on fail. */
function failRange({ target, random }: Victim): Wound {
  const offset = random.below(target.size);
  const length = between(random, 1, 4096);
  return {
    mutations: [{ op: 'failRange', path: target.path, offset, length }],
    did: `reads of ${length} bytes from ${offset} on fail`,
    ranges: [{ file: target.path, from: offset, to: offset + length }],
  };
}

/** The file ends before it should, from the first read or after some. */
const shrink =
  (afterReads: (victim: Victim) => number) =>
  (victim: Victim): Wound => {
    const { target, random } = victim;
    const size = random.below(target.size);
    const reads = afterReads(victim);
    return {
      mutations: [{ op: 'shrink', path: target.path, size, afterReads: reads }],
      did: `after ${reads} reads the file ends at ${size}`,
      ranges: [{ file: target.path, from: size, to: null }],
    };
  };

/** A name as people and programs give to what they put aside. */
function renamed(victim: Victim): Wound {
  const { target, random } = victim;
  const cut = target.path.lastIndexOf('/');
  const name = target.path.slice(cut + 1);
  const next = /^\d+$/.test(name) ? String(Number(name) + between(random, 1, 20)) : `${name}1`;
  const called = pick(random, [`${name}.bak`, `.${name}`, name.toUpperCase(), next, `${name} `]) ?? `${name}.bak`;
  const to = join(target.path.slice(0, Math.max(cut, 0)), called);
  return nameWound(target, [{ op: 'move', path: target.path, to }], `now called ${JSON.stringify(called)}`);
}

/** A segment's or WAL's folder once more under another number, as a backup put back wrongly leaves it. */
function copiedFolder(victim: Victim): Wound | undefined {
  const { source, target, random } = victim;
  const cut = target.path.lastIndexOf('/');
  const match = /^(wal)?(\d+)$/.exec(target.path.slice(cut + 1));
  if (match === null) return undefined;
  const name = `${match[1] ?? ''}${Number(match[2]) + between(random, 1, 9)}`;
  const path = join(target.path.slice(0, cut), name);
  if (source.stat(path) !== undefined) return undefined;
  return {
    mutations: [{ op: 'copy', path, from: target.path }],
    did: `also there as ${path}`,
    ranges: [{ file: path, from: 0, to: null }],
  };
}

/** Names that a program may trip over: numbers out of range, control and direction characters, words of JavaScript. */
const HOSTILE_NAMES = [
  'wal0',
  'wal01',
  'wal-1',
  'wal2147483648',
  'wal99999999999999999999',
  'wal1\n',
  'WAL1',
  '00',
  '-1',
  '1e3',
  '536870911',
  '9007199254740993',
  '99999999999999999999',
  '__proto__',
  'constructor',
  '<img src=x onerror=alert(1)>~7',
  "'; DROP TABLE x; --",
  '\u001b[2J\u001b]0;x\u0007',
  '\u202egnp.exe',
  'con',
  ' ',
  '...',
  '~',
  '~5',
  'x~99999999999999999999',
  '_event ',
  `${'n'.repeat(240)}`,
  '\ud800',
] as const;

/** Another file or folder of a hostile name in the folder. */
function hostileEntry(victim: Victim): Wound | undefined {
  const { source, target, random } = victim;
  const name = pick(random, HOSTILE_NAMES) ?? ' ';
  const path = join(target.path, name);
  if (source.stat(path) !== undefined) return undefined;
  const content = pick(random, ['file', 'folder', 'loop', 'copy'] as const) ?? 'file';
  const mutation: Mutation =
    content === 'file'
      ? { op: 'file', path, bytes: new Uint8Array(0) }
      : content === 'copy'
        ? { op: 'copy', path, from: target.path }
        : { op: content, path };
  return {
    mutations: [mutation],
    did: `a new ${content === 'copy' ? 'copy of the folder' : content} called ${JSON.stringify(name)} in it`,
    ranges: [{ file: path, from: 0, to: null }],
  };
}

/** Two columns of a segment whose files have each other's name. */
function columnsSwapped(victim: Victim): Wound | undefined {
  const { source, target, targets, random } = victim;
  const folder = target.path.slice(0, target.path.lastIndexOf('/') + 1);
  const others = targets.filter(
    (other) =>
      other.role === 'column_data' &&
      other.path !== target.path &&
      other.path.startsWith(folder) &&
      !other.path.slice(folder.length).includes('/'),
  );
  const alike = others.filter((other) => other.size === target.size);
  const other = pick(random, alike.length > 0 && random.below(2) === 0 ? alike : others);
  if (other === undefined) return undefined;
  const aux = (one: Target): string => one.path.replace(/d$/, 'i');
  const mutations: Mutation[] = [{ op: 'swap', path: target.path, with: other.path }];
  const [mine, theirs] = [aux(target), aux(other)];
  const [hasMine, hasTheirs] = [mine, theirs].map((path) => source.stat(path) !== undefined);
  if (hasMine && hasTheirs) mutations.push({ op: 'swap', path: mine, with: theirs });
  else if (hasMine) mutations.push({ op: 'move', path: mine, to: theirs });
  else if (hasTheirs) mutations.push({ op: 'move', path: theirs, to: mine });
  return {
    mutations,
    did: `files exchanged with those of ${other.path}`,
    ranges: [target, other].map(({ path }) => ({ file: path, from: 0, to: null })),
  };
}

export const NAME_KINDS: readonly DamageKind[] = [
  { name: 'file_missing', applies: isFile, wound: done('gone', (path) => ({ op: 'remove', path })) },
  { name: 'folder_missing', applies: isFolder, wound: done('gone', (path) => ({ op: 'remove', path })) },
  { name: 'folder_empty', applies: isFolder, wound: done('empty', (path) => ({ op: 'folder', path })) },
  { name: 'folder_for_file', applies: isFile, wound: done('a folder now', (path) => ({ op: 'folder', path })) },
  {
    name: 'file_for_folder',
    applies: isFolder,
    wound: done('a file now', (path) => ({ op: 'file', path, bytes: new Uint8Array(0) })),
  },
  { name: 'denied', applies: () => true, wound: done('no permission', (path) => ({ op: 'deny', path })) },
  { name: 'io_error', applies: () => true, wound: done('i/o error', (path) => ({ op: 'fail', path })) },
  { name: 'io_error_range', applies: hasBytes, wound: failRange },
  { name: 'short_read', applies: hasBytes, wound: shrink(() => 0) },
  { name: 'shrinks', applies: hasBytes, wound: shrink(({ random }) => between(random, 1, 3)) },
  { name: 'link_loop', applies: () => true, wound: done('a link to itself', (path) => ({ op: 'loop', path })) },
  { name: 'renamed', applies: () => true, wound: renamed },
  {
    name: 'folder_copied',
    applies: ({ role }) => role === 'segment_folder' || role === 'wal_folder',
    wound: copiedFolder,
  },
  { name: 'hostile_entry', applies: isFolder, wound: hostileEntry },
  { name: 'columns_swapped', applies: ({ role }) => role === 'column_data', wound: columnsSwapped },
];
