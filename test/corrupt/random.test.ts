import fc from 'fast-check';
import { expect, it } from 'vitest';
import { between, oneIn, pick, randomOf, randomOfDraws } from '../../src/corrupt/random.js';

/** sfc32 as PractRand has it, in 64-bit arithmetic: an independent writing of the same few lines. */
function* reference(seed: bigint): Generator<number> {
  const u32 = (value: bigint): bigint => BigInt.asUintN(32, value);
  let [a, b, c, counter] = [u32(seed), u32(seed >> 32n), 0x9e3779b9n, 1n];
  for (let i = 0; ; i++) {
    const sum = u32(a + b + counter);
    counter = u32(counter + 1n);
    a = b ^ (b >> 9n);
    b = u32(c * 9n);
    c = u32(u32((c << 21n) | (c >> 11n)) + sum);
    if (i >= 12) yield Number(sum);
  }
}

it('draws what sfc32 draws', () => {
  fc.assert(
    fc.property(fc.nat(2 ** 50), (seed) => {
      const random = randomOf(seed);
      const expected = reference(BigInt(seed));
      for (let i = 0; i < 20; i++) expect(random.below(2 ** 32)).toBe(expected.next().value);
    }),
  );
});

it('stays below its bound and reaches all of it', () => {
  const random = randomOf(3);
  const seen = new Set(Array.from({ length: 400 }, () => random.below(7)));
  expect([...seen].sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect([random.below(1), random.below(0)]).toEqual([0, 0]);
  expect(pick(random, [])).toBeUndefined();
  const inclusive = new Set(Array.from({ length: 200 }, () => between(random, -1, 1)));
  expect(inclusive).toEqual(new Set([-1, 0, 1]));
  const hits = Array.from({ length: 4000 }, () => oneIn(random, 4)).filter(Boolean).length;
  expect(hits).toBeGreaterThan(800);
  expect(hits).toBeLessThan(1200);
});

it('gives the draws that it was made of, then zeros', () => {
  const random = randomOfDraws([0, 2 ** 31, 2 ** 32 - 1]);
  expect([random.below(10), random.below(10), random.below(10), random.below(10)]).toEqual([0, 5, 9, 0]);
});
