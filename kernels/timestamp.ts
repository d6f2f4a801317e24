/** Timestamps: of the designated column, and in order or not. */

/**
 * The designated timestamp of `count` rows: int64 values, each with an int64 row id behind it, without the ids. True when all ids are
 * right, counted from `firstRow` on, and no value is NULL.
 */
export function gatherTimestamps(rows: usize, count: i32, firstRow: f64, values: usize): bool {
  const rowId = <i64>firstRow;
  const two = i64x2.splat(2);
  const nullValue = i64x2.splat(i64.MIN_VALUE);
  let expected = i64x2(rowId, rowId + 1);
  let wrong = i64x2.splat(0);
  const end = rows + ((<usize>(count & ~1)) << 4);
  while (rows < end) {
    const first = v128.load(rows);
    const second = v128.load(rows, 16);
    const pair = v128.shuffle<i64>(first, second, 0, 2);
    v128.store(values, pair);
    wrong = v128.or(wrong, v128.xor(v128.shuffle<i64>(first, second, 1, 3), expected));
    wrong = v128.or(wrong, i64x2.eq(pair, nullValue));
    expected = i64x2.add(expected, two);
    rows += 32;
    values += 16;
  }
  let sound = !v128.any_true(wrong);
  if ((count & 1) === 1) {
    const value = load<i64>(rows);
    store<i64>(values, value);
    sound = sound && value !== i64.MIN_VALUE && load<i64>(rows, 8) === rowId + count - 1;
  }
  return sound;
}

/** True when none of `count` int64 values is less than the one before it. */
export function isRising(values: usize, count: i32): bool {
  for (let left = count - 1; left > 0; left--) {
    if (load<i64>(values, 8) < load<i64>(values)) return false;
    values += 8;
  }
  return true;
}
