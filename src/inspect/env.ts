/** What the fields of one inspected file share. */
import { attempt } from '../files.js';
import { openWindow } from '../kaitai/cursor.js';
import type { ParseFailure } from '../kaitai/parse.js';
import type { RandomAccess } from '../source/source.js';
import { type Facts, factsOf, type Surroundings } from './facts.js';
import type { FileBytes, Problem } from './field.js';
import type { Place } from './place.js';
import { newProblems, type Problems } from './problems.js';
import { unreadableText } from './told.js';

/** Bytes of a file that are looked at unless the user asks for all: a file of any size opens at once. */
export const DEFAULT_LIMIT_BYTES = 8 * 1024 * 1024;
/** Bytes that are read at a time. */
const WINDOW_BYTES = 256 * 1024;

/** One inspected file. */
export interface Env {
  readonly place: Place;
  readonly file: FileBytes;
  readonly facts: Facts;
  /** Bytes to look at, at most. */
  readonly limitBytes: number;
  /** All that is known to be wrong with the file; complete once its tree is made. */
  readonly problems: Problems;
}

/** An open file as an `Env`; a read that fails is a problem and gives no bytes. */
export function envOf(around: Surroundings, access: RandomAccess, place: Place, limitBytes: number): Env {
  const window = openWindow(access, WINDOW_BYTES);
  const problems = newProblems();
  const file: FileBytes = {
    path: access.path,
    size: access.size,
    bytes(offset, length) {
      const near = attempt(access.path, () => window.bytes(offset, length));
      if (near.damage === undefined) return near.value;
      // Not all that the window reads was asked for: a bad sector costs no more than itself.
      const read = attempt(access.path, () => access.read(offset, Math.min(length, access.size - offset)));
      if (read.damage === undefined) return read.value;
      const message = unreadableText(read.damage);
      if (!problems.all.some((problem) => problem.message === message))
        problems.add({ severity: 'loss', message, byteOffset: offset });
      return new Uint8Array(0);
    },
  };
  return { place, file, facts: factsOf(around, place), limitBytes, problems };
}

/** Notes a problem; of two about one place the one that says what was expected stays. */
export function addProblem(env: Env, problem: Problem): void {
  const known = problem.byteOffset === undefined ? undefined : problemAt(env, problem.byteOffset, problem.byteLength);
  if (known === undefined) env.problems.add(problem);
  else if (known.expected === undefined && problem.expected !== undefined) env.problems.replace(known, problem);
}

function problemAt(env: Env, offset: number, length: number | undefined): Problem | undefined {
  for (const problem of env.problems.within(offset, offset + 1)) if (problem.byteLength === length) return problem;
  return undefined;
}

/** Notes that bytes from `base` on do not fit their specification; `what` they are expected to be, where the parser can't tell. */
export function addFailure(env: Env, failure: ParseFailure, base: number, expected = failure.expected): void {
  const byteOffset = base + failure.byteOffset;
  addProblem(env, {
    severity: 'loss',
    message: 'does not fit the specification',
    byteOffset,
    ...(expected === undefined ? {} : { expected }),
    ...(failure.actual === undefined ? {} : { actual: failure.actual }),
  });
}

/** What is wrong with the bytes of a leaf (or of a structure on one line). */
export function problemIn(env: Env, offset: number, length: number): Problem | undefined {
  for (const problem of env.problems.within(offset, offset + Math.max(1, length))) {
    const { byteOffset, byteLength } = problem;
    if (byteLength === undefined || (byteOffset === offset && byteLength === length)) return problem;
  }
  return undefined;
}

/** What is wrong with a structure as a whole. */
export function problemOfAll(env: Env, offset: number, length: number): Problem | undefined {
  return problemAt(env, offset, length);
}
