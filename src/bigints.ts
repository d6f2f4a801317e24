/** Least and greatest: of all int64 values, and of given ones, which `Math.min` and `Math.max` do not take. */

/** The largest and the smallest int64: QuestDB's marks for the bounds of an empty range. */
export const LONG_MAX = 2n ** 63n - 1n;
export const LONG_MIN = -(2n ** 63n);

export function least(a: bigint, b: bigint): bigint {
  if (a < b) return a;
  return b;
}

export function greatest(a: bigint, b: bigint): bigint {
  if (a > b) return a;
  return b;
}

/** Least of some values, `undefined` of none. */
export const leastOf = (values: readonly bigint[]): bigint | undefined =>
  values.length === 0 ? undefined : values.reduce(least);

/** Greatest of some values, `undefined` of none. */
export const greatestOf = (values: readonly bigint[]): bigint | undefined =>
  values.length === 0 ? undefined : values.reduce(greatest);
