/** Random data in any amount, by a seed, and the lengths at which kernels change their step. */
import fc from 'fast-check';
import { TILE_ROWS } from '../../src/kernels/tiles.js';

/** Around the rows of a vector and of a byte of bits, and around a tile. */
export const SHORT_LENGTHS: readonly number[] = [0, 1, 2, 7, 8, 9, 15, 16, 17, 31, 33];
export const LONG_LENGTHS: readonly number[] = [TILE_ROWS - 1, TILE_ROWS, TILE_ROWS + 1, 2 * TILE_ROWS + 13];
export const LENGTHS: readonly number[] = [...SHORT_LENGTHS, ...LONG_LENGTHS];

/** Mostly short ones. */
export const lengths = fc.oneof(
  { weight: 2, arbitrary: fc.nat(70) },
  { weight: 2, arbitrary: fc.constantFrom(...SHORT_LENGTHS) },
  { weight: 1, arbitrary: fc.constantFrom(...LONG_LENGTHS) },
);

/** Random numbers from a seed. */
export interface Random {
  /** 32 bits, unsigned. */
  word(): number;
  /** An integer from 0 to `limit`, exclusive. */
  below(limit: number): number;
  /** Bytes of any value. */
  bytes(length: number): Uint8Array;
  /** One of some. */
  of<T>(list: readonly T[]): T;
}

/** More than any value takes: making each byte anew would take most of the time. */
const POOL = new Uint8Array(65_536);

/** Mulberry32. */
export function randomOf(seed: number): Random {
  let state = seed | 0;
  const word = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const below = (limit: number): number => Math.floor((word() / 2 ** 32) * limit);
  const bytes = (length: number): Uint8Array => {
    const from = below(POOL.length - length);
    return POOL.subarray(from, from + length);
  };
  return { word, below, bytes, of: (list) => list[below(list.length)]! };
}

const pooled = randomOf(0);
for (let at = 0; at < POOL.length; at++) POOL[at] = pooled.below(256);

export const randoms = fc.integer().map(randomOf);

/** `length` of what `make` makes. */
export const many = <T>(length: number, make: (index: number) => T): T[] => Array.from({ length }, (_, at) => make(at));

/** Rows at which something can be wrong: all of a few, else those around the ends and the borders of tiles. */
export function tellingRows(length: number): number[] {
  const near = [
    0,
    1,
    length - 2,
    length - 1,
    ...many(3, (tile) => tile * TILE_ROWS).flatMap((at) => [at - 1, at, at + 1]),
  ];
  const rows = length <= 40 ? many(length, (row) => row) : near.filter((row) => row >= 0 && row < length);
  return [...new Set(rows)];
}
