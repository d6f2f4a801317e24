/** Which rows of a scene to believe, as blocks of rows whose values follow each other. */
import { type Block, believableBlocks } from './blocks.js';
import type { Scene } from './entryScene.js';
import { endOf, ValueState, type ValueTable } from './storedValues.js';
import { withoutStrays } from './strayEntries.js';

/**
 * The likeliest chain of blocks. Rows past the end of `.d` can only follow those inside it, and however many they are, outweigh none of
 * them: where `.d` is cut off nothing contradicts them, where a page of `.i` is another column's the rows behind it do.
 */
export function believedBlocks(scene: Scene): readonly Block[] {
  const inside: Block[] = [];
  const beyond: Block[] = [];
  for (const block of withoutStrays(scene, blocksOf(scene))) {
    const within = rowsWithin(scene, block);
    if (within > block.first) inside.push(...splitLast(scene, upTo(scene, block, within)));
    if (within < block.end) beyond.push(fromOn(scene, block, within));
  }
  const chain = believableBlocks(inside);
  const last = chain.at(-1);
  const follows = ({ first, start }: Block): boolean =>
    last === undefined || (first >= last.end && start >= endOfBlock(scene.table, last));
  return [...chain, ...believableBlocks(beyond.filter(follows))];
}

/** Where the values of a block's rows end. */
export function endOfBlock(table: ValueTable, { end }: Block): number {
  return end <= 0 ? 0 : endOf(table, end - 1);
}

/** Runs of sound rows whose values follow each other. The start of the segment is row -1 of the first one. */
function blocksOf({ from, table, proved }: Scene): Block[] {
  const { count, states, starts } = table;
  const blocks: Block[] = [];
  const startsRight = from === 0 && count > 0 && states[0]! <= ValueState.NULL && starts[0] === 0;
  if (from === 0 && !startsRight) blocks.push({ first: -1, end: 0, start: 0, next: 0, proved: 0, anchored: true });
  for (let row = 0; row < count; row++) {
    if (states[row]! > ValueState.NULL) continue;
    const anchored = startsRight && row === 0;
    const first = anchored ? -1 : row;
    const start = starts[row]!;
    let proofs = proved[row]!;
    while (row + 1 < count && states[row + 1]! <= ValueState.NULL && starts[row + 1] === endOf(table, row)) {
      row++;
      proofs += proved[row]!;
    }
    // Nothing follows that would prove the size of the last row.
    blocks.push({ first, end: row + 1, start, next: starts[row]!, proved: proofs, anchored });
  }
  return blocks;
}

/** The end of a block's rows that end inside `.d`. */
function rowsWithin({ table, files }: Scene, { first, end }: Block): number {
  let row = end;
  while (row > first && row > 0 && endOf(table, row - 1) > files.data.size) row--;
  return row;
}

/**
 * A block's last row on its own, if its data proves its size: it may be believed or not where what follows contradicts it. (Its
 * bytes can be those of a later row.)
 */
function splitLast(scene: Scene, block: Block): readonly Block[] {
  const { table, proved, format } = scene;
  const last = block.end - 1;
  if (!format.provesSize || last < 0 || proved[last] !== 1) return [block];
  const next = endOf(table, last);
  if (last === block.first) return [{ ...block, next }];
  return [upTo(scene, block, last), { ...fromOn(scene, block, last), next }];
}

/** The rows of a block before row `at`. */
function upTo(scene: Scene, block: Block, at: number): Block {
  if (at === block.end) return block;
  const { starts } = scene.table;
  return {
    ...block,
    end: at,
    next: at === 0 ? 0 : starts[at - 1]!,
    proved: block.proved - proofs(scene, at, block.end),
  };
}

/** The rows of a block from row `at` on. */
function fromOn(scene: Scene, block: Block, at: number): Block {
  if (at === block.first) return block;
  return { ...block, first: at, start: scene.table.starts[at]!, proved: proofs(scene, at, block.end), anchored: false };
}

/** How many rows of [from, to) have data that proves them. */
function proofs({ proved }: Scene, from: number, to: number): number {
  return proved.subarray(from, to).reduce((sum, proof) => sum + proof, 0);
}
