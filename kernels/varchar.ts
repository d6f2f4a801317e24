/** VARCHAR: entries of 16 bytes as `VarcharTypeDriver` writes them. */

/** As `ValueState`. */
const STORED: u8 = 0;
const INLINE: u8 = 1;
const NULL_VALUE: u8 = 2;
const INVALID: u8 = 3;

const ENTRY_BYTES: usize = 16;
const INLINED: u32 = 1;
const NULL_HEADER: u32 = 4;
/** Header bits 2 (NULL) and 3 (unused) must be 0 in an entry with a value. */
const NEVER_SET: u32 = 0b1100;
const MAX_INLINED_BYTES: u32 = 9;

/** True when the bytes of an entry behind its inlined value, which is in bytes 1 to 9, are 0. */
function isPadded(entry: usize, size: u32): bool {
  const tail = <u32>load<u16>(entry, 8);
  if (size < 7) return load<u64>(entry) >> <u64>(8 * (size + 1)) === 0 && tail === 0;
  return size === 7 ? tail === 0 : size === 9 || tail >> 8 === 0;
}

/**
 * Takes entries apart: the state (u8), place in `.d` (f64), size (i32) and position (i32) of each value. Returns where the next value
 * starts if all entries are sound and follow each other from `start` on; NaN if not. Positions count from `position`.
 */
export function decodeVarchar(
  entries: usize,
  count: i32,
  start: f64,
  position: i32,
  states: usize,
  starts: usize,
  sizes: usize,
  positions: usize,
): f64 {
  let next = <i64>start;
  const before = next - position;
  let sound = true;
  const end = entries + ((<usize>count) << 4);
  while (entries < end) {
    const header = load<u32>(entries);
    const place = <i64>(load<u64>(entries, 8) >> 16);
    let state = STORED;
    let size = header >> 4;
    if ((header & INLINED) !== 0) {
      size &= 0xf;
      const isSound = (header & NEVER_SET) === 0 && size <= MAX_INLINED_BYTES && isPadded(entries, size);
      state = isSound ? INLINE : INVALID;
    } else if (header === NULL_HEADER) {
      state = NULL_VALUE;
      size = 0;
    } else if ((header & NEVER_SET) !== 0 || size <= MAX_INLINED_BYTES) {
      state = INVALID;
    }
    store<u8>(states, state);
    store<f64>(starts, <f64>place);
    store<i32>(sizes, size);
    store<i32>(positions, <i32>(next - before));
    sound = sound && state <= NULL_VALUE && place === next;
    if (state === STORED) next += size;
    entries += ENTRY_BYTES;
    states += 1;
    starts += 8;
    sizes += 4;
    positions += 4;
  }
  return sound ? <f64>next : NaN;
}

/** Sums of sizes by state, for tables of any type: the bytes of STORED values, of INLINE ones, and how many rows have neither (f64 each). */
export function tallyValues(states: usize, sizes: usize, count: i32, sums: usize): void {
  let stored: i64 = 0;
  let inline: i64 = 0;
  let others = 0;
  for (let row = 0; row < count; row++) {
    const state = load<u8>(states + row);
    const size = <i64>load<i32>(sizes);
    stored += state === STORED ? size : 0;
    inline += state === INLINE ? size : 0;
    others += state > INLINE ? 1 : 0;
    sizes += 4;
  }
  store<f64>(sums, <f64>stored);
  store<f64>(sums, <f64>inline, 8);
  store<f64>(sums, <f64>others, 16);
}

/** True when the data of all STORED values begins with the six bytes that their entries have of it, from byte 4 on. */
export function confirmVarchar(entries: usize, states: usize, positions: usize, count: i32, data: usize): bool {
  const end = entries + ((<usize>count) << 4);
  while (entries < end) {
    if (load<u8>(states) === STORED) {
      const value = data + <usize>load<u32>(positions);
      if (load<u32>(value) !== load<u32>(entries, 4) || load<u16>(value, 4) !== load<u16>(entries, 8)) return false;
    }
    entries += ENTRY_BYTES;
    states += 1;
    positions += 4;
  }
  return true;
}

/** Above this a call of the system's copy is faster. */
const MAX_WORDWISE_BYTES: usize = 96;

/** Copies `size` bytes to an address that is not higher. */
function moveDown(to: usize, from: usize, size: usize): void {
  if (size > MAX_WORDWISE_BYTES) {
    memory.copy(to, from, size);
    return;
  }
  const end = to + size;
  while (to + 8 <= end) {
    store<u64>(to, load<u64>(from));
    to += 8;
    from += 8;
  }
  while (to < end) {
    store<u8>(to, load<u8>(from));
    to += 1;
    from += 1;
  }
}

/**
 * Moves all values to the start of `bytes`, in the order of rows: the INLINE ones from their entries, the STORED ones from their
 * positions behind `data`, which never come before their new place. The first goes to byte `end` of them. Stores where each ends
 * (i32) at `ends`, and returns where the last does.
 */
export function packVarchar(
  entries: usize,
  states: usize,
  sizes: usize,
  positions: usize,
  count: i32,
  data: usize,
  bytes: usize,
  end: i32,
  ends: usize,
): i32 {
  let to = bytes + <usize>end;
  for (let row = 0; row < count; row++) {
    const state = load<u8>(states + row);
    if (state <= INLINE) {
      const size = <usize>load<u32>(sizes);
      const unread = data + <usize>load<u32>(positions);
      if (state === STORED) {
        moveDown(to, unread, size);
      } else if (to + 8 <= unread) {
        store<u64>(to, load<u64>(entries, 1));
        if (size === MAX_INLINED_BYTES) store<u8>(to, load<u8>(entries, 9), 8);
      } else {
        for (let at: usize = 0; at < size; at++) store<u8>(to + at, load<u8>(entries + at, 1));
      }
      to += size;
    }
    store<i32>(ends, <i32>(to - bytes));
    entries += ENTRY_BYTES;
    sizes += 4;
    positions += 4;
    ends += 4;
  }
  return <i32>(to - bytes);
}
