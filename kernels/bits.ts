/** BOOLEANs and dictionary indices into bits. */

/** Bytes of 0 or 1 into a bit a row, least significant first, 0 past the last row. Returns all bytes ORed: above 1 where one is neither. */
export function packBooleans(values: usize, count: i32, bits: usize): i32 {
  let seen = i64x2.splat(0);
  const end = values + <usize>(count & ~15);
  while (values < end) {
    const bytes = v128.load(values);
    seen = v128.or(seen, bytes);
    store<u16>(bits, i8x16.bitmask(i8x16.shl(bytes, 7)));
    values += 16;
    bits += 2;
  }
  let all: i32 = 0;
  let last: i32 = 0;
  for (let row = 0; row < (count & 15); row++) {
    const byte = <i32>load<u8>(values + row);
    all |= byte;
    last |= (byte & 1) << row;
  }
  if ((count & 15) > 0) store<u8>(bits, last);
  if ((count & 15) > 8) store<u8>(bits, last >> 8, 1);
  let both = i64x2.extract_lane(seen, 0) | i64x2.extract_lane(seen, 1);
  both |= both >> 32;
  both |= both >> 16;
  both |= both >> 8;
  return all | (<i32>both & 0xff);
}

/** `count` values of `width` bits each, one after another, least significant bit first. */
export function packBits(values: usize, count: i32, width: i32, out: usize): void {
  let word: u64 = 0;
  let used = 0;
  const end = values + ((<usize>count) << 2);
  while (values < end) {
    word |= (<u64>load<u32>(values)) << used;
    used += width;
    if (used >= 32) {
      store<u32>(out, <u32>word);
      out += 4;
      word >>= 32;
      used -= 32;
    }
    values += 4;
  }
  while (used > 0) {
    store<u8>(out, <u8>word);
    out += 1;
    word >>= 8;
    used -= 8;
  }
}
