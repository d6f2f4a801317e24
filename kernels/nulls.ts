/**
 * Which of `count` values are NULL: a bit a row at `validity`, least significant first, 0 for NULL and past the last row. Each
 * returns how many are. Up to seven values past the last one are read, and not looked at.
 */

/** Bits of the rows that are left, at most eight. */
function rowBits(left: i32): i32 {
  return left >= 8 ? 0xff : (1 << left) - 1;
}

/** INT, IPv4, SYMBOL: one word is NULL. */
export function nullInts(values: usize, count: i32, nullWord: i32, validity: usize): i32 {
  const pattern = i32x4.splat(nullWord);
  let nulls = 0;
  for (let left = count; left > 0; left -= 8) {
    const low = i32x4.bitmask(i32x4.eq(v128.load(values), pattern));
    const high = i32x4.bitmask(i32x4.eq(v128.load(values, 16), pattern));
    const found = (low | (high << 4)) & rowBits(left);
    store<u8>(validity, ~found & rowBits(left));
    nulls += popcnt(found);
    values += 32;
    validity += 1;
  }
  return nulls;
}

/** LONG, DATE, TIMESTAMP: one value, of two words, is NULL. */
export function nullLongs(values: usize, count: i32, low: u32, high: u32, validity: usize): i32 {
  const pattern = i64x2.splat(((<i64>high) << 32) | <i64>low);
  let nulls = 0;
  for (let left = count; left > 0; left -= 8) {
    const first = i64x2.bitmask(i64x2.eq(v128.load(values), pattern));
    const second = i64x2.bitmask(i64x2.eq(v128.load(values, 16), pattern));
    const third = i64x2.bitmask(i64x2.eq(v128.load(values, 32), pattern));
    const fourth = i64x2.bitmask(i64x2.eq(v128.load(values, 48), pattern));
    const found = (first | (second << 2) | (third << 4) | (fourth << 6)) & rowBits(left);
    store<u8>(validity, ~found & rowBits(left));
    nulls += popcnt(found);
    values += 64;
    validity += 1;
  }
  return nulls;
}

function nanFloats(values: usize): i32 {
  const four = v128.load(values);
  return i32x4.bitmask(f32x4.ne(four, four));
}

/** FLOAT: every NaN is NULL. */
export function nullFloats(values: usize, count: i32, validity: usize): i32 {
  let nulls = 0;
  for (let left = count; left > 0; left -= 8) {
    const found = (nanFloats(values) | (nanFloats(values + 16) << 4)) & rowBits(left);
    store<u8>(validity, ~found & rowBits(left));
    nulls += popcnt(found);
    values += 32;
    validity += 1;
  }
  return nulls;
}

function nanDoubles(values: usize): i32 {
  const two = v128.load(values);
  return i64x2.bitmask(f64x2.ne(two, two));
}

/** DOUBLE: every NaN is NULL. */
export function nullDoubles(values: usize, count: i32, validity: usize): i32 {
  let nulls = 0;
  for (let left = count; left > 0; left -= 8) {
    const low = nanDoubles(values) | (nanDoubles(values + 16) << 2);
    const high = nanDoubles(values + 32) | (nanDoubles(values + 48) << 2);
    const found = (low | (high << 4)) & rowBits(left);
    store<u8>(validity, ~found & rowBits(left));
    nulls += popcnt(found);
    values += 64;
    validity += 1;
  }
  return nulls;
}
