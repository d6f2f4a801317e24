/** Whether a tree is what it must be, whatever the file: each byte in one field, nothing outside of the file. */
import type { Field } from './field.js';
import type { FileTree } from './inspectFile.js';

/** Elements of a list that are looked at. */
const MAX_ELEMENTS = 256;

function faultOf(field: Field, tree: FileTree): string | undefined {
  const { children } = field;
  if (field.offset < 0 || field.length < 0 || field.offset + field.length > tree.root.length)
    return `${field.path} is outside of the file`;
  if (children === undefined) return undefined;
  // Where entries of the `.i` file are damaged, rows may have their values anywhere.
  const mayOverlap = tree.kind === 'column' && field.kind === 'list';
  let at = field.offset;
  for (let position = 0; position < Math.min(children.count, MAX_ELEMENTS); position++) {
    const child = children.at(position);
    const isPlaced = child.kind !== 'computed';
    if (isPlaced && child.offset !== at && !mayOverlap) return `${child.path} is not where ${field.path} goes on`;
    if (isPlaced) at = child.offset + child.length;
    const fault = faultOf(child, tree);
    if (fault !== undefined) return fault;
  }
  const isWhole = at === field.offset + field.length;
  return isWhole || mayOverlap || children.count === 0 || children.count > MAX_ELEMENTS
    ? undefined
    : `${field.path} has bytes in no field`;
}

/** What is wrong with a tree; `undefined` when it is sound. Looks at all fields, of long lists at the first. */
export const treeFault = (tree: FileTree): string | undefined => faultOf(tree.root, tree);
