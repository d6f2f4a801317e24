/**
 * Trees of inspected files, for tests.
 */
import { expect } from 'vitest';
import type { Field } from '../../src/inspect/field.js';
import type { FileTree } from '../../src/inspect/inspectFile.js';

/** Elements of a list that are looked at: the first and the last. */
const LOOKED_AT = 150;

/** The children of a field, of a long list the first and the last. */
export function childrenOf(field: Field): readonly Field[] {
  const { children } = field;
  if (children === undefined) return [];
  const positions = Array.from({ length: children.count }, (_, position) => position);
  const some =
    positions.length <= 2 * LOOKED_AT ? positions : [...positions.slice(0, LOOKED_AT), ...positions.slice(-LOOKED_AT)];
  return some.map((position) => children.at(position));
}

/** Every field of a tree. */
export function* fieldsOf(field: Field): Generator<Field> {
  yield field;
  for (const child of childrenOf(field)) yield* fieldsOf(child);
}

/** The child called `name`. */
export function child(field: Field, name: string): Field {
  const found = childrenOf(field).find((each) => each.name === name);
  if (found === undefined) throw new Error(`no ${name} in ${field.path}`);
  return found;
}

/**
 * Fails unless the fields of each structure cover its bytes, one after the other, from its first to its last. Lists are
 * checked at their ends only where they are long.
 */
export function expectCovered(tree: FileTree, about: string): void {
  for (const field of fieldsOf(tree.root)) {
    const { children } = field;
    if (children === undefined || children.count === 0) continue;
    // Where entries of the `.i` file are damaged, rows may have their values anywhere.
    if (tree.kind === 'column' && tree.isBad && field.kind === 'list') continue;
    const placed = childrenOf(field).filter((each) => each.kind !== 'computed');
    let at = field.offset;
    for (const [position, each] of placed.entries()) {
      if (position !== LOOKED_AT || children.count <= 2 * LOOKED_AT)
        expect(each.offset, `${about}: ${field.path} before ${each.path}`).toBe(at);
      at = each.offset + each.length;
    }
    if (placed.length > 0) expect(at, `${about}: end of ${field.path}`).toBe(field.offset + field.length);
  }
}
