/**
 * SYMBOL keys are replaced by the codes of their scope up to the first that has none, and nothing behind it is touched; whatever the
 * keys and the clean count are. (That whole columns resolve rightly so is shown in ../columns/symbol.test.ts.)
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { kernels } from '../../src/kernels/module.js';
import { IN_MEMORY } from './placing.js';
import { lengths, many, randomOf, randoms, SHORT_LENGTHS, tellingRows } from './random.js';

const NULL_KEY = -(2 ** 31);
const LAST_KEY = 2 ** 31 - 1;

interface Scope {
  readonly base: readonly number[];
  readonly clean: number;
  readonly diff: readonly number[];
}

/** The code of a key; negative if it has none. */
function codeOf(key: number, { base, clean, diff }: Scope): number {
  if (key < 0) return -1;
  if (key < base.length) return base[key]!;
  return key >= clean ? (diff[key - clean] ?? -1) : -1;
}

/** How many keys of `count` are replaced, and the keys then. */
function mapped(keys: readonly number[], count: number, { base, clean, diff }: Scope): [number, string] {
  return IN_MEMORY.hold((put) => {
    const target = put.ints(keys);
    // What is behind the last code looks like one.
    const [baseAt, diffAt] = [put.ints([...base, 77]).byteOffset, put.ints([...diff, 77]).byteOffset];
    const found = kernels().mapKeys(target.byteOffset, count, baseAt, base.length, clean, diffAt, diff.length);
    return [found, target.join()];
  });
}

function expected(keys: readonly number[], count: number, scope: Scope): [number, string] {
  const codes = keys.slice(0, count).map((key) => codeOf(key, scope));
  const stop = codes.findIndex((code) => code < 0);
  const found = stop < 0 ? count : stop;
  return [found, [...codes.slice(0, found), ...keys.slice(found)].join()];
}

const SCOPES: readonly Scope[] = [
  { base: [], clean: 0, diff: [] },
  { base: [5, 6, LAST_KEY], clean: 3, diff: [0, 8] },
  { base: [5, 6], clean: 7, diff: [3, 4, 5] },
  { base: [0, -1, 2, -2, 4], clean: 5, diff: [9, -2, -1, 7] },
  // The cache of a large base ends before the clean count; that of a diff would reach past the last key.
  { base: many(100, (key) => 3 * key), clean: LAST_KEY, diff: [1, 2, 3] },
  { base: [], clean: LAST_KEY - 1, diff: [1, 2, 3, 4] },
];

it.each(SCOPES)('keys of $base.length, then $diff.length from $clean on', (scope) => {
  const { base, clean, diff } = scope;
  const near = [-1, 0, 1, 2, base.length, clean, clean + diff.length].flatMap((key) => [key - 1, key, key + 1]);
  const edges = [NULL_KEY, NULL_KEY + 1, LAST_KEY - 1, LAST_KEY];
  for (const key of [...near.map((key) => key | 0), ...edges])
    expect(mapped([key], 1, scope), `key ${key}`).toEqual(expected([key], 1, scope));
});

it('are replaced up to any row, and those behind the last are not', () => {
  const scope = { base: [10, 11, 12], clean: 3, diff: [13, 14] };
  for (const count of SHORT_LENGTHS) {
    const random = randomOf(count);
    const keys = many(count + 3, () => random.below(5));
    expect(mapped(keys, count, scope)).toEqual(expected(keys, count, scope));
    for (const row of tellingRows(count)) {
      for (const bad of [NULL_KEY, -1, 5, LAST_KEY]) {
        const [found, left] = mapped(keys.with(row, bad), count, scope);
        expect([found, left]).toEqual(expected(keys.with(row, bad), count, scope));
        expect(found).toBe(row);
      }
    }
  }
});

it('are replaced as one by one', () => {
  const codes = fc.array(
    fc.oneof({ weight: 9, arbitrary: fc.nat(LAST_KEY) }, { arbitrary: fc.constant(-1), weight: 1 }),
    {
      minLength: 1,
      maxLength: 30,
    },
  );
  fc.assert(
    fc.property(lengths, randoms, codes, codes, fc.nat(3), (count, random, base, diff, gap) => {
      const scope = { base, clean: base.length + gap, diff };
      const keys = many(count, () => random.of([random.below(base.length), scope.clean + random.below(diff.length)]));
      if (count > 0 && random.below(2) === 0) keys[random.below(count)] = random.word() | 0;
      expect(mapped(keys, count, scope)).toEqual(expected(keys, count, scope));
    }),
    { numRuns: 300 },
  );
});
