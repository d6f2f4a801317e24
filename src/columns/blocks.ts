/**
 * Values of consecutive rows follow each other in `.d` without gaps. Where damage breaks that chain it leaves blocks of rows
 * that agree among themselves; this decides which blocks to believe.
 */

/** Rows [first, end) whose values follow each other. */
export interface Block {
  readonly first: number;
  readonly end: number;
  /** Where the first value starts in `.d`, and the least place where the row after the last one can. */
  readonly start: number;
  readonly next: number;
  /** How many of the rows have data that proves their entry. */
  readonly proved: number;
  /** True when the block starts where the segment starts, at byte 0. */
  readonly anchored: boolean;
}

/** Any number of rows without proof weigh less than one with it, and the start of the segment more than all. */
const PROOF_WEIGHT = 2 ** 24;
const ANCHOR_WEIGHT = 2 ** 50;

/**
 * The blocks of the likeliest chain: places rise with rows, and of all ways to choose blocks so that they do, the one with the most
 * proof (on equal proof, the most rows). A page of zeros, a stale page or a page from elsewhere is so outweighed.
 */
export function believableBlocks(blocks: readonly Block[]): readonly Block[] {
  const places = [...new Set(blocks.map(({ next }) => next))].sort((a, b) => a - b);
  const weights = new Float64Array(blocks.length);
  const chains = heaviestBelow(places.length, weights);
  const before = new Int32Array(blocks.length);
  for (const [index, block] of blocks.entries()) {
    before[index] = chains.among(countUpTo(places, block.start));
    weights[index] = weightOf(block) + (before[index]! < 0 ? 0 : weights[before[index]!]!);
    chains.put(countUpTo(places, block.next) - 1, index);
  }
  const chain: Block[] = [];
  for (let index = chains.among(places.length); index >= 0; index = before[index]!) chain.push(blocks[index]!);
  return chain.reverse();
}

function weightOf({ first, end, proved, anchored }: Block): number {
  return (anchored ? ANCHOR_WEIGHT : 0) + proved * PROOF_WEIGHT + (end - first);
}

/** How many of the rising `values` are at most `limit`. */
function countUpTo(values: readonly number[], limit: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A Fenwick tree that finds the heaviest block among the first places. */
interface HeaviestBelow {
  /** Index of the heaviest block among the first `count` places, -1 if there is none. */
  among(count: number): number;
  /** Puts a block at a place. */
  put(place: number, block: number): void;
}

function heaviestBelow(places: number, weights: Float64Array): HeaviestBelow {
  const tree = new Int32Array(places + 1).fill(-1);
  const heavier = (a: number, b: number): boolean => b < 0 || (a >= 0 && weights[a]! > weights[b]!);
  return {
    among(count) {
      let found = -1;
      for (let node = count; node > 0; node -= node & -node) if (heavier(tree[node]!, found)) found = tree[node]!;
      return found;
    },
    put(place, block) {
      for (let node = place + 1; node <= places; node += node & -node)
        if (heavier(block, tree[node]!)) tree[node] = block;
    },
  };
}
