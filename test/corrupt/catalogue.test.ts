import { describe, expect, it } from 'vitest';
import { fileChanges, isAtOrBelow, originOf } from '../../src/corrupt/changes.js';
import { CATALOGUE, DISK_KINDS, damageCase, KIND_NAMES, TWO_AT_ONCE } from '../../src/corrupt/damageCase.js';
import { fingerprint } from '../../src/corrupt/fingerprint.js';
import { randomOf } from '../../src/corrupt/random.js';
import { findTargets, readBytes, walkTree } from '../../src/corrupt/targets.js';
import { overlay } from '../../src/source/overlay.js';
import { type Source, SourceError } from '../../src/source/source.js';
import { fixtureSource } from './harness.js';

const FIXTURES = ['01-trades-v1', '04-all-types-v2', '07-symbol-reuse'];
const sources = new Map(FIXTURES.map((name) => [name, fixtureSource(name)]));

const allFiles = (source: Source): string[] =>
  [...walkTree(source, '')].filter(({ kind }) => kind === 'file').map(({ path }) => path);

/** A file's bytes, or why there are none. */
function contentOf(source: Source, path: string): Buffer | string {
  try {
    return Buffer.from(readBytes(source, path));
  } catch (error) {
    if (error instanceof SourceError) return error.code;
    throw error;
  }
}

describe.each(FIXTURES)('damage of %s', (name) => {
  const source = sources.get(name) as Source;
  const targets = findTargets(source);

  it('is a function of the seed, and changes no byte of the source', () => {
    const before = fingerprint(source);
    for (let seed = 0; seed < 200; seed++) {
      const [once, again] = [damageCase(source, targets, randomOf(seed)), damageCase(source, targets, randomOf(seed))];
      expect(again).toEqual(once);
    }
    expect(fingerprint(source)).toEqual(before);
  });

  it('is nowhere but in the files that its mutations name', () => {
    for (let seed = 0; seed < 150; seed++) {
      const wounded = damageCase(source, targets, randomOf(seed));
      if (wounded === undefined) continue;
      const damaged = overlay(source, wounded.mutations);
      const named = wounded.mutations.flatMap((m) => [
        m.path,
        ...('to' in m ? [m.to] : []),
        ...('with' in m ? [m.with] : []),
      ]);
      for (const path of allFiles(source)) {
        if (named.some((each) => isAtOrBelow(path, each))) continue;
        const [is, was] = [contentOf(damaged, path), contentOf(source, path)];
        const isSame = Buffer.isBuffer(is) && Buffer.isBuffer(was) ? is.equals(was) : is === was;
        expect(isSame, `seed ${seed}, ${path}`).toBe(true);
      }
    }
  });

  it('is noted where it is', () => {
    for (let seed = 0; seed < 300; seed++) {
      const wounded = damageCase(
        source,
        targets,
        randomOf(seed),
        KIND_NAMES.filter((kind) => kind !== TWO_AT_ONCE),
      );
      if (wounded === undefined) continue;
      const damaged = overlay(source, wounded.mutations);
      const [note] = wounded.notes;
      for (const { path, changed } of fileChanges(source, damaged, wounded.mutations)) {
        const links = targets.find((target) => target.path === note?.file)?.links ?? [];
        const ranges =
          note?.ranges.filter(({ file }) => file === path || (links.includes(path) && file === note.file)) ?? [];
        for (const { from, to } of changed) {
          const isNoted = ranges.some((range) => range.from <= from && to <= (range.to ?? Number.POSITIVE_INFINITY));
          const isWhole = wounded.mutations.some((m) => m.op === 'swap' || m.op === 'move' || m.op === 'copy');
          expect(isNoted || isWhole, `seed ${seed}: ${path} ${from}-${to} ${JSON.stringify(note)}`).toBe(true);
        }
      }
    }
  });
});

it('every kind finds something to damage', () => {
  for (const { name } of CATALOGUE) {
    const found = FIXTURES.some((fixture) => {
      const source = sources.get(fixture) as Source;
      const targets = findTargets(source);
      return Array.from({ length: 20 }, (_, seed) => damageCase(source, targets, randomOf(seed), [name])).some(Boolean);
    });
    expect(found, name).toBe(true);
  }
});

it('kinds for a disk have no faults that only reads show', () => {
  const source = sources.get('01-trades-v1') as Source;
  const targets = findTargets(source);
  for (let seed = 0; seed < 300; seed++) {
    const ops = damageCase(source, targets, randomOf(seed), DISK_KINDS)?.mutations.map(({ op }) => op) ?? [];
    expect(ops.filter((op) => op === 'fail' || op === 'failRange' || op === 'shrink')).toEqual([]);
  }
});

it('bytes of a hard-linked file are damaged under all its names', () => {
  const source = sources.get('07-symbol-reuse') as Source;
  const targets = findTargets(source);
  const linked = targets.filter(({ links }) => links.length > 1);
  expect(linked.length).toBeGreaterThan(0);
  const flips = CATALOGUE.find(({ name }) => name === 'flip_bit');
  for (const target of linked) {
    if (target.size === 0) continue;
    const wound = flips?.wound({ source, target, targets, random: randomOf(1) });
    expect(wound?.mutations.map(({ path }) => path).sort()).toEqual([...target.links].sort());
  }
});

it('knows where things stood before', () => {
  const mutations = [
    { op: 'move', path: 'a', to: 'b' },
    { op: 'copy', path: 'c', from: 'b/x' },
    { op: 'swap', path: 'd', with: 'e' },
  ] as const;
  expect(originOf('b/y', mutations)).toBe('a/y');
  expect(originOf('c/z', mutations)).toBe('a/x/z');
  expect(originOf('d', mutations)).toBe('e');
  expect(originOf('e/f', mutations)).toBe('d/f');
  expect(originOf('bb', mutations)).toBe('bb');
});
