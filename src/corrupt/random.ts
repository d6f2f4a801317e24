/**
 * Chance that can be repeated: all damage is a function of numbers drawn here.
 */

/** A stream of whole numbers. */
export interface Random {
  /** A number from 0 to `n` - 1; 0 when `n` is below 2. `n` is at most 2^32. */
  below(n: number): number;
}

/**
 * sfc32 (Chris Doty-Humphrey's "small fast counter", PractRand): 128 bits of state, no known weakness that matters here.
 * The seed's two halves fill the state; the first twelve outputs, which still show the seed, are thrown away.
 */
export function randomOf(seed: number): Random {
  let a = seed >>> 0;
  let b = Math.floor(seed / 2 ** 32) >>> 0;
  let c = 0x9e3779b9;
  let counter = 1;
  const next = (): number => {
    const sum = (a + b + counter) >>> 0;
    counter = (counter + 1) >>> 0;
    a = (b ^ (b >>> 9)) >>> 0;
    b = (c + (c << 3)) >>> 0;
    c = (((c << 21) | (c >>> 11)) + sum) >>> 0;
    return sum;
  };
  for (let i = 0; i < 12; i++) next();
  return { below: (n) => scale(next(), n) };
}

/** Numbers that are given, then zeros: for a property-based test, which makes them smaller and fewer. */
export function randomOfDraws(draws: readonly number[]): Random {
  let i = 0;
  return { below: (n) => scale((draws[i++] ?? 0) >>> 0, n) };
}

/** 32 random bits as a number below `n`; smaller bits give smaller numbers. */
const scale = (bits: number, n: number): number => (n < 2 ? 0 : Math.floor((bits / 2 ** 32) * n));

/** One of several; `undefined` of none. */
export function pick<T>(random: Random, from: readonly T[]): T | undefined {
  return from[random.below(from.length)];
}

/** A number from `lo` to `hi`, both included. */
export const between = (random: Random, lo: number, hi: number): number => lo + random.below(hi - lo + 1);

/** True once in `n` times. */
export const oneIn = (random: Random, n: number): boolean => random.below(n) === n - 1;

export const noise = (random: Random, length: number): Uint8Array =>
  Uint8Array.from({ length }, () => random.below(256));
