/** What a kind of damage is: a pure function of a source, one of its files or folders, and chance. */
import type { Mutation } from '../source/mutation.js';
import type { Source } from '../source/source.js';
import type { Random } from './random.js';
import { readBytes, type Target } from './targets.js';

/** What a kind of damage works on. */
export interface Victim {
  readonly source: Source;
  readonly target: Target;
  /** All targets of the root, for damage that needs a second file. */
  readonly targets: readonly Target[];
  readonly random: Random;
}

/** Bytes of a file that were touched, `to` excluded; `null`: all from there on. */
export interface ByteRange {
  readonly file: string;
  readonly from: number;
  readonly to: number | null;
}

/** What was done, for people and for a replay. */
export interface Wound {
  readonly mutations: readonly Mutation[];
  /** One line: what was done to which value. */
  readonly did: string;
  readonly ranges: readonly ByteRange[];
}

export interface DamageKind {
  readonly name: string;
  readonly applies: (target: Target) => boolean;
  /** `undefined` when the target turns out not to have what it takes. */
  readonly wound: (victim: Victim) => Wound | undefined;
}

export const isFile = (target: Target): boolean => target.kind === 'file';
export const hasBytes = (target: Target): boolean => target.kind === 'file' && target.size > 0;
export const isFolder = (target: Target): boolean => target.kind === 'folder';

/** The victim's bytes. */
export const bytesOf = ({ source, target }: Victim): Uint8Array => readBytes(source, target.path);

/** Bytes up to the last that is not zero: what lies behind it is room that was set aside. */
export function usedLength(bytes: Uint8Array): number {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end -= 1;
  return end;
}

/** The same change of bytes under every name of the file. */
export const underAllNames = (target: Target, change: (path: string) => Mutation): Mutation[] =>
  target.links.map(change);

/** Other bytes at one place; `undefined` when they are the same as before. */
export function writeWound(victim: Victim, offset: number, bytes: Uint8Array, did: string): Wound | undefined {
  const { target } = victim;
  const before = bytesOf(victim).subarray(offset, offset + bytes.length);
  if (before.length === bytes.length && bytes.every((byte, i) => byte === before[i])) return undefined;
  return {
    mutations: underAllNames(target, (path) => ({ op: 'write', path, offset, bytes })),
    did,
    ranges: [{ file: target.path, from: offset, to: offset + bytes.length }],
  };
}

/** Another content for the file, under all its names. */
export function contentWound({ target }: Victim, bytes: Uint8Array, from: number, did: string): Wound {
  return {
    mutations: underAllNames(target, (path): Mutation => ({ op: 'write', path, offset: 0, bytes })).concat(
      underAllNames(target, (path) => ({ op: 'resize', path, size: bytes.length })),
    ),
    did,
    ranges: [{ file: target.path, from, to: null }],
  };
}

/** Something done to a name as a whole. */
export const nameWound = (target: Target, mutations: readonly Mutation[], did: string): Wound => ({
  mutations,
  did,
  ranges: [{ file: target.path, from: 0, to: null }],
});
