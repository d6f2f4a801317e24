/** SYMBOL keys into codes. */

/**
 * Replaces keys by their codes: those below `baseCount` by the word at `base`, those from `clean` on by the word at `diff`. Stops before
 * the first whose code is negative, or that is neither; returns how many it replaced.
 */
export function mapKeys(
  keys: usize,
  count: i32,
  base: usize,
  baseCount: u32,
  clean: u32,
  diff: usize,
  diffCount: u32,
): i32 {
  for (let row = 0; row < count; row++) {
    const key = load<u32>(keys);
    let code = -1;
    if (key < baseCount) code = load<i32>(base + ((<usize>key) << 2));
    else if (key >= clean && <i32>key >= 0 && key - clean < diffCount)
      code = load<i32>(diff + ((<usize>(key - clean)) << 2));
    if (code < 0) return row;
    store<i32>(keys, code);
    keys += 4;
  }
  return count;
}
