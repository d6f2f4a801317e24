/** Byte strings as offsets and bytes. */

/** True when no byte is above 0x7f. */
export function isAscii(bytes: usize, length: i32): bool {
  let seen = i64x2.splat(0);
  const end = bytes + <usize>(length & ~15);
  while (bytes < end) {
    seen = v128.or(seen, v128.load(bytes));
    bytes += 16;
  }
  let rest = 0;
  for (let at = 0; at < (length & 15); at++) rest |= <i32>load<u8>(bytes + at);
  return i8x16.bitmask(seen) === 0 && rest < 0x80;
}

/** The `count` differences of the `count + 1` words at `offsets`. */
export function valueLengths(offsets: usize, count: i32, lengths: usize): void {
  const end = lengths + ((<usize>count & ~3) << 2);
  while (lengths < end) {
    v128.store(lengths, i32x4.sub(v128.load(offsets, 4), v128.load(offsets)));
    offsets += 16;
    lengths += 16;
  }
  for (let left = count & 3; left > 0; left--) {
    store<i32>(lengths, load<i32>(offsets, 4) - load<i32>(offsets));
    offsets += 4;
    lengths += 4;
  }
}
