import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Block, believableBlocks } from '../../src/columns/blocks.js';

const block = (over: Partial<Block>): Block => ({
  first: 0,
  end: 1,
  start: 0,
  next: 0,
  proved: 0,
  anchored: false,
  ...over,
});

/** Anchored ones first, then proof, then rows. */
const worth = (blocks: readonly Block[]): number[] => [
  blocks.filter(({ anchored }) => anchored).length,
  blocks.reduce((sum, { proved }) => sum + proved, 0),
  blocks.reduce((sum, { first, end }) => sum + end - first, 0),
];

/** The best worth of all ways to choose. */
function bestWorth(blocks: readonly Block[]): number[] {
  const choices = Array.from({ length: 2 ** blocks.length }, (_, choice) =>
    blocks.filter((_block, index) => (choice >> index) & 1),
  );
  const chains = choices.filter((choice) =>
    choice.every(({ start }, index) => index === 0 || choice[index - 1]!.next <= start),
  );
  return chains
    .map(worth)
    .reduce(
      (best, one) =>
        one.some((value, at) => value > best[at]! && one.slice(0, at).every((v, i) => v === best[i])) ? one : best,
      [0, 0, 0],
    );
}

/** Length of the longest rising subsequence, by patience sorting. */
function longestRise(values: readonly number[]): number {
  const piles: number[] = [];
  for (const value of values) {
    const pile = piles.findIndex((top) => top > value);
    piles[pile < 0 ? piles.length : pile] = value;
  }
  return piles.length;
}

describe('believable blocks', () => {
  it('rise, and are worth as much as any others that do', () => {
    const sizes = fc.record({
      rows: fc.integer({ min: 1, max: 5 }),
      start: fc.nat(12),
      bytes: fc.nat(6),
      proved: fc.nat(5),
    });
    fc.assert(
      fc.property(fc.array(sizes, { maxLength: 8 }), fc.boolean(), (parts, anchored) => {
        let row = 0;
        const blocks = parts.map(({ rows, start, bytes, proved }, index) => {
          const first = row;
          row += rows;
          const isFirst = index === 0 && anchored;
          return block({
            first,
            end: row,
            start: isFirst ? 0 : start,
            next: (isFirst ? 0 : start) + bytes,
            proved: Math.min(proved, rows),
            anchored: isFirst,
          });
        });
        const chosen = believableBlocks(blocks);
        for (const [index, { start }] of chosen.entries())
          if (index > 0) expect(chosen[index - 1]!.next).toBeLessThanOrEqual(start);
        expect(chosen.every((one) => blocks.includes(one))).toBe(true);
        expect(worth(chosen)).toEqual(bestWorth(blocks));
      }),
      { numRuns: 1000 },
    );
  });

  it('are found in little more than linear time', () => {
    const blocks = Array.from({ length: 200_000 }, (_, row) =>
      block({ first: row, end: row + 1, start: (row * 7919) % 200_003, next: (row * 7919) % 200_003, proved: 1 }),
    );
    const started = performance.now();
    expect(believableBlocks(blocks).length).toBe(longestRise(blocks.map(({ start }) => start)));
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
