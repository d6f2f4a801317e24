/** The catalogue of damage, and the case that a seed stands for. */
import type { Mutation } from '../source/mutation.js';
import { overlay } from '../source/overlay.js';
import { type Source, SourceError } from '../source/source.js';
import { BYTE_KINDS } from './byteKinds.js';
import type { ByteRange, DamageKind, Wound } from './kind.js';
import { NAME_KINDS } from './nameKinds.js';
import { pick, type Random } from './random.js';
import { RECORD_KINDS } from './recordKinds.js';
import { STALE_KINDS } from './staleKinds.js';
import { ROLE_NAMES, type Target } from './targets.js';

/** Every kind of damage to one file or folder. */
export const CATALOGUE: readonly DamageKind[] = [...BYTE_KINDS, ...RECORD_KINDS, ...NAME_KINDS, ...STALE_KINDS];

/** Two kinds of the catalogue, one after the other. */
export const TWO_AT_ONCE = 'two_at_once';

/** The names of all kinds, for choosing some of them. */
export const KIND_NAMES: readonly string[] = [...CATALOGUE.map(({ name }) => name), TWO_AT_ONCE];

/** Kinds that a copy on a disk can't have: reads that fail or come short. */
const MEMORY_KINDS: readonly string[] = ['io_error', 'io_error_range', 'short_read', 'shrinks'];

/** The names of the kinds that can be written to a disk. */
export const DISK_KINDS: readonly string[] = KIND_NAMES.filter((name) => !MEMORY_KINDS.includes(name));

/** One thing done, in plain data. */
export interface DamageNote {
  readonly kind: string;
  readonly file: string;
  readonly did: string;
  readonly ranges: readonly ByteRange[];
}

export interface DamageCase {
  /** Name of the kind, or `two_at_once`. */
  readonly kind: string;
  readonly mutations: readonly Mutation[];
  readonly notes: readonly DamageNote[];
  /** Of two wounds, each by itself. */
  readonly parts: readonly DamageCase[];
}

/** Tries before it is said that no target of a root can take a kind of damage. */
const MAX_TRIES = 40;

/**
 * A target that the kind applies to: first a table, then a role among those it has, then one of its files, so that many
 * columns or tables don't hide what there is one of.
 */
function chooseTarget(targets: readonly Target[], kind: DamageKind, random: Random): Target | undefined {
  const able = targets.filter(kind.applies);
  const tables = [...new Set(able.map(({ tableDir }) => tableDir))].filter((dir) => dir !== '');
  const tableDir = tables.length === 0 || random.below(24) === 23 ? '' : pick(random, tables);
  const near = able.filter((target) => target.tableDir === tableDir);
  const role = pick(
    random,
    ROLE_NAMES.filter((name) => near.some((target) => target.role === name)),
  );
  return pick(
    random,
    near.filter((target) => target.role === role),
  );
}

function woundOnce(
  source: Source,
  targets: readonly Target[],
  kind: DamageKind,
  random: Random,
): DamageCase | undefined {
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const target = chooseTarget(targets, kind, random);
    const wound = target && tryWound(kind, { source, target, targets, random });
    if (target === undefined || wound === undefined) continue;
    const { mutations, did, ranges } = wound;
    const notes = [{ kind: kind.name, file: target.path, did, ranges }];
    return { kind: kind.name, mutations, notes, parts: [] };
  }
  return undefined;
}

/** A second wound may meet a file that the first took away: then there is none. */
function tryWound(kind: DamageKind, victim: Parameters<DamageKind['wound']>[0]): Wound | undefined {
  const { source, target } = victim;
  try {
    const stat = source.stat(target.path);
    if (stat?.kind !== target.kind) return undefined;
    return kind.wound({ ...victim, target: { ...target, size: stat.size } });
  } catch (error) {
    if (error instanceof SourceError) return undefined;
    throw error;
  }
}

/** One wound of one of the kinds; a kind that the source has nothing for is passed over. */
function anyWound(
  source: Source,
  targets: readonly Target[],
  kinds: readonly DamageKind[],
  random: Random,
): DamageCase | undefined {
  const left = [...kinds];
  while (left.length > 0) {
    const [kind] = left.splice(random.below(left.length), 1);
    const wounded = kind && woundOnce(source, targets, kind, random);
    if (wounded !== undefined) return wounded;
  }
  return undefined;
}

/**
 * Damage by chance, of the kinds that are allowed; `undefined` when the root has nothing that they apply to. Two at once are
 * of the allowed kinds, or of any when no other is.
 */
export function damageCase(
  source: Source,
  targets: readonly Target[],
  random: Random,
  kinds: readonly string[] = KIND_NAMES,
): DamageCase | undefined {
  const named = CATALOGUE.filter(({ name }) => kinds.includes(name));
  const allowed = named.length > 0 ? named : CATALOGUE;
  const areTwo = kinds.includes(TWO_AT_ONCE) && (named.length === 0 || random.below(kinds.length) === 0);
  const first = anyWound(source, targets, allowed, random);
  if (!areTwo || first === undefined) return first;
  const second = anyWound(overlay(source, first.mutations), targets, allowed, random);
  if (second === undefined) return first;
  return {
    kind: TWO_AT_ONCE,
    mutations: [...first.mutations, ...second.mutations],
    notes: [...first.notes, ...second.notes],
    parts: [first, second],
  };
}
