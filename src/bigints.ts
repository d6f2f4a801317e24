/** Least and greatest of bigint values, which `Math.min` and `Math.max` do not take. */

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
