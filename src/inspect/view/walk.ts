/** Which fields of a tree are shown, in which order. */
import type { Field, Problem } from '../field.js';

export interface WalkOptions {
  /** Levels below the start. */
  readonly depth: number;
  /** Elements of a list; those with a problem are shown all the same. Folders are shown whole. */
  readonly limit: number;
  readonly problems: readonly Problem[];
}

/** What stands in a line: a field, or that some are left out. */
export type Entry =
  | { readonly kind: 'field'; readonly field: Field; readonly depth: number; readonly isLast: boolean }
  | {
      readonly kind: 'omitted';
      readonly depth: number;
      readonly count: number;
      readonly list: Field;
      readonly from: number;
    };

/** Elements beyond the limit that are shown because something is wrong with them. */
const MAX_BAD_SHOWN = 16;

/** Positions of the children to show, rising. */
export function shownPositions(field: Field, limit: number, problems: readonly Problem[]): readonly number[] {
  const { children } = field;
  if (children === undefined) return [];
  const most = field.kind === 'list' ? Math.min(limit, children.count) : children.count;
  const first = Array.from({ length: most }, (_, position) => position);
  if (children.count <= most) return first;
  const bad = new Set<number>();
  for (const { byteOffset } of problems) {
    if (byteOffset === undefined || bad.size >= MAX_BAD_SHOWN) continue;
    const position = children.covering(byteOffset);
    if (position !== undefined && position >= limit) bad.add(position);
  }
  return [...first, ...[...bad].sort((a, b) => a - b)];
}

/** The start and what is below it. */
export function* entriesOf(start: Field, options: WalkOptions, depth = 0): Generator<Entry> {
  const { children } = start;
  const isOpen = children !== undefined && depth < options.depth && (start.collapsed !== true || depth === 0);
  yield { kind: 'field', field: start, depth, isLast: !isOpen };
  if (!isOpen) return;
  let next = 0;
  for (const position of shownPositions(start, options.limit, options.problems)) {
    if (position > next) yield { kind: 'omitted', depth: depth + 1, count: position - next, list: start, from: next };
    yield* entriesOf(children.at(position), options, depth + 1);
    next = position + 1;
  }
  if (next < children.count)
    yield { kind: 'omitted', depth: depth + 1, count: children.count - next, list: start, from: next };
}
