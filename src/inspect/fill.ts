/** Bytes that no field of the specification covers: what they are, and that none is left out. */
import type { Env } from './env.js';
import { childPath, type Field, type FillKind } from './field.js';

/** What bytes are called when they are all zero, and what otherwise. */
export interface FillWords {
  readonly zeros: readonly [kind: FillKind, meaning: string];
  readonly other: readonly [kind: FillKind, meaning: string];
}

/** Bytes at the end of a long fill that are looked at when not all are. */
const TAIL_BYTES = 64 * 1024;
const CHUNK_BYTES = 256 * 1024;
/** Zeros at either end of other bytes are a run of their own from this length on. */
const MIN_RUN_BYTES = 16;

export const GAP: FillWords = { zeros: ['zeros', ''], other: ['gap', 'no field covers these bytes'] };

export const preallocated = (other: FillWords['other']): FillWords => ({
  zeros: ['preallocated', 'allocated by the writer, not yet written'],
  other,
});

/** Bytes behind the place where a structure stopped to fit. */
export const UNREAD: FillWords = {
  zeros: ['zeros', 'not read: see the problem before it'],
  other: ['unread', 'not read: see the problem before it'],
};

export const STALE = preallocated(['stale', 'left from earlier, of no meaning now']);

/** True when all bytes are zero; looks at four at a time where they are aligned. */
function isZero(bytes: Uint8Array): boolean {
  const isAligned = bytes.byteOffset % Int32Array.BYTES_PER_ELEMENT === 0;
  const words = isAligned ? Math.floor(bytes.length / Int32Array.BYTES_PER_ELEMENT) : 0;
  const view = new Int32Array(bytes.buffer, isAligned ? bytes.byteOffset : 0, words);
  for (let word = 0; word < words; word++) if (view[word] !== 0) return false;
  for (let at = words * Int32Array.BYTES_PER_ELEMENT; at < bytes.length; at++) if (bytes[at] !== 0) return false;
  return true;
}

/** Offset of the first byte in [from, to) that is not zero; `to` if there is none. */
export function firstNonZero(env: Env, from: number, to: number): number {
  for (let at = from; at < to; ) {
    const bytes = env.file.bytes(at, Math.min(CHUNK_BYTES, to - at));
    if (bytes.length === 0) return to;
    if (!isZero(bytes)) return at + bytes.findIndex((byte) => byte !== 0);
    at += bytes.length;
  }
  return to;
}

/** One past the last byte in [from, to) that is not zero; `from` if there is none. */
export function lastNonZero(env: Env, from: number, to: number): number {
  for (let end = to; end > from; ) {
    const start = Math.max(from, end - CHUNK_BYTES);
    const bytes = env.file.bytes(start, end - start);
    if (!isZero(bytes)) return start + bytes.findLastIndex((byte) => byte !== 0) + 1;
    end = start;
  }
  return from;
}

/** A field of filling. */
export function fillField(env: Env, path: string, kind: FillKind, from: number, to: number, meaning: string): Field {
  return {
    name: kind,
    path: childPath(path, kind),
    kind,
    role: 'fill',
    file: env.file,
    offset: from,
    length: to - from,
    meaning,
  };
}

/** The filling of [from, to): runs of zeros apart from other bytes; of very many bytes only the ends are looked at. */
export function fill(env: Env, path: string, from: number, to: number, words: FillWords): readonly Field[] {
  if (to <= from) return [];
  const [zeros, other] = [words.zeros, words.other];
  const field = ([kind, meaning]: FillWords['zeros'], start: number, end: number): Field[] =>
    end > start ? [fillField(env, path, kind, start, end, meaning)] : [];
  const seenEnd = Math.min(to, from + env.limitBytes);
  const first = firstNonZero(env, from, seenEnd);
  if (seenEnd < to) return longFill(env, path, { from, seenEnd, to, first }, words);
  if (first === to) return field(zeros, from, to);
  const last = lastNonZero(env, first, to);
  const start = first - from >= MIN_RUN_BYTES ? first : from;
  const end = to - last >= MIN_RUN_BYTES ? last : to;
  return [...field(zeros, from, start), ...field(other, start, end), ...field(zeros, end, to)];
}

function longFill(
  env: Env,
  path: string,
  { from, seenEnd, to, first }: { from: number; seenEnd: number; to: number; first: number },
  { zeros: [kind, meaning], other: [otherKind, otherMeaning] }: FillWords,
): readonly Field[] {
  const tail = Math.max(seenEnd, to - TAIL_BYTES);
  const looked = `looked at the first ${seenEnd - from} and the last ${to - tail} bytes only`;
  if (first === seenEnd && firstNonZero(env, tail, to) === to)
    return [fillField(env, path, kind, from, to, `${meaning === '' ? '' : `${meaning}; `}${looked}`)];
  const start = first - from >= MIN_RUN_BYTES ? first : from;
  return [
    ...(start > from ? [fillField(env, path, kind, from, start, meaning)] : []),
    ...(start < seenEnd ? [fillField(env, path, otherKind, start, seenEnd, otherMeaning)] : []),
    fillField(env, path, 'unread', seenEnd, to, 'not looked at; --all does'),
  ];
}

/**
 * `fields` of [from, to) with what lies between and behind them filled. Behind a problem bytes are unread, not a gap: they
 * were not reached.
 */
export function withGaps(
  env: Env,
  path: string,
  fields: readonly Field[],
  [from, to]: readonly [number, number],
  words: FillWords = GAP,
): readonly Field[] {
  const whole: Field[] = [];
  let at = from;
  let before = from;
  const upTo = (next: number): void => {
    if (next <= at) return;
    const isStopped = [...env.problems.within(before, at + 1)].some(({ byteLength }) => byteLength === undefined);
    whole.push(...fill(env, path, at, next, isStopped ? UNREAD : words));
    at = next;
  };
  for (const field of fields) {
    if (field.kind !== 'computed') {
      upTo(field.offset);
      before = field.offset;
      at = Math.max(at, field.offset + field.length);
    }
    whole.push(field);
  }
  upTo(to);
  return whole;
}
