/** What is wrong with one file, found by its place, of however many problems. */
import type { Problem } from './field.js';

export interface Problems {
  /** In the order in which they were found. */
  readonly all: readonly Problem[];
  add(problem: Problem): void;
  /** Puts `problem` where `known` was, which is about the same place. */
  replace(known: Problem, problem: Problem): void;
  /** Those that begin at bytes from `from` up to, not including, `to`. */
  within(from: number, to: number): Iterable<Problem>;
}

/** No problems yet. */
export function newProblems(): Problems {
  const all: Problem[] = [];
  /** Positions in `all`. */
  const byOffset = new Map<number, number[]>();
  return {
    all,
    add(problem) {
      const { byteOffset } = problem;
      if (byteOffset !== undefined) byOffset.set(byteOffset, [...(byOffset.get(byteOffset) ?? []), all.length]);
      all.push(problem);
    },
    replace(known, problem) {
      const position = byOffset.get(known.byteOffset ?? -1)?.find((each) => all[each] === known);
      if (position !== undefined) all[position] = problem;
    },
    *within(from, to) {
      if (to - from > byOffset.size) {
        for (const problem of all)
          if (problem.byteOffset !== undefined && problem.byteOffset >= from && problem.byteOffset < to) yield problem;
        return;
      }
      for (let offset = from; offset < to; offset++)
        for (const position of byOffset.get(offset) ?? []) yield all[position]!;
    },
  };
}
