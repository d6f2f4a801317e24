/** Entries that contradict those beside them: which to drop before the rest is looked at as blocks. */
import type { Block } from './blocks.js';
import { isSwapped, isWhole, isWithoutData, proves, type Scene } from './entryScene.js';
import { endOf, ValueState } from './storedValues.js';

/**
 * Drops rows that contradict both rows beside them. A row that has but one row beside it and contradicts that: one of the two is
 * wrong, and where nothing proves just one of them, both are lost.
 */
export function withoutStrays(scene: Scene, blocks: readonly Block[]): readonly Block[] {
  const { table } = scene;
  const kept: Block[] = [];
  // True when the block before was dropped for no other reason than that it contradicts this one.
  let pairedLeft = false;
  for (const [index, block] of blocks.entries()) {
    const left = kept.at(-1);
    const besideLeft = left !== undefined && left.end === block.first;
    const besideRight = blocks[index + 1]?.first === block.end;
    const alone: boolean =
      block.end - block.first === 1 && !block.anchored && (besideLeft || besideRight || pairedLeft);
    pairedLeft = alone && !besideLeft && besideRight;
    if (!besideRight && !besideLeft && isBefore(scene, block, blocks[index - 1])) continue;
    if (!alone) {
      kept.push(block);
    } else if (!besideRight && besideLeft && left.end > 0) {
      if (followsAnyway(scene, left.end - 1, block.first)) {
        kept[kept.length - 1] = { ...left, end: block.end, next: table.starts[block.first]! };
        continue;
      }
      const [leftHolds, holds] = whichHolds(scene, left.end - 1, block.first);
      if (!leftHolds) {
        kept.pop();
        const end = left.end - 1;
        if (end > left.first) kept.push({ ...left, end, next: end === 0 ? 0 : table.starts[end - 1]! });
      }
      if (holds) kept.push(block);
    } else if (!besideRight && besideLeft && isWhole(scene, block.first)) {
      kept.push(block);
    }
  }
  return kept;
}

/** True when the value of the last row is the one right before that of the single row of `left`: they may stand in each other's place. */
function isBefore({ table, proved }: Scene, last: Block, left: Block | undefined): boolean {
  if (left === undefined || left.anchored || left.end - left.first !== 1) return false;
  const row = last.first;
  return left.end === row && last.end === row + 1 && proved[row] === 1 && endOf(table, row) === left.start;
}

/**
 * Puts right the place of a last row where that is wrong for sure: its data is not there, but where the row before ends; or it has its
 * value in its entry, and the row before is whole, or no value of it ends there. (NULL without anything of its own is so only at the
 * end of `.d`.) Returns whether that is so.
 */
function followsAnyway(scene: Scene, left: number, right: number): boolean {
  const { format, files, table, repaired } = scene;
  const { states, starts } = table;
  if (states[right] === ValueState.STORED) {
    const size = table.sizes[right]!;
    const place = endOf(table, left);
    if (scene.proved[right] === 1 || place + size > files.data.size) return false;
    if (proves(scene, right, place, size) !== true) return false;
    scene.proved[right] = 1;
    starts[right] = place;
    repaired.add(right);
    return true;
  }
  if (!isWithoutData(table, right)) return false;
  if (isSwapped(scene, left, right)) return false;
  const end = endOf(table, left);
  if (end > files.data.size) return false;
  const isElsewhere = starts[right]! > files.data.size || starts[right]! < starts[left]!;
  if (end !== files.data.size && (format.plainNull || !isElsewhere)) return false;
  starts[right] = end;
  repaired.add(right);
  return true;
}

/** Of two rows that contradict each other, with nothing behind them: which of them can be believed. */
function whichHolds(scene: Scene, left: number, right: number): readonly [boolean, boolean] {
  const { table, files, proved } = scene;
  const wholeLeft = isWhole(scene, left);
  const wholeRight = isWhole(scene, right);
  if (isSwapped(scene, left, right)) return [false, false];
  if (wholeLeft !== wholeRight) return [wholeLeft, wholeRight];
  const leftLeaves = endOf(table, left) > files.data.size;
  return [false, !wholeRight && leftLeaves && proved[right] === 1 && table.starts[right]! >= table.starts[left]!];
}
