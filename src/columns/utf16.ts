/** From UTF-16 to UTF-8. A lone surrogate becomes its own three bytes (WTF-8): nothing is lost, but that is not UTF-8. */

/** Where UTF-8 goes. */
export interface Utf8Sink {
  readonly bytes: Uint8Array;
  /** Index of the next byte. */
  at: number;
  /** Lone surrogates written so far. */
  loneSurrogates: number;
}

/** Bytes of UTF-8 that one UTF-16 code unit takes at most. */
export const MAX_BYTES_PER_UNIT = 3;

/** Writes code units [from, to); the sink must have room for `MAX_BYTES_PER_UNIT` bytes for each. */
export function writeUtf16(units: Uint16Array, from: number, to: number, sink: Utf8Sink): void {
  const { bytes } = sink;
  let at = sink.at;
  let index = from;
  for (const last = to - 3; index < last; index += 4, at += 4) {
    const first = units[index]!;
    const second = units[index + 1]!;
    const third = units[index + 2]!;
    const fourth = units[index + 3]!;
    if ((first | second | third | fourth) > 0x7f) break;
    bytes[at] = first;
    bytes[at + 1] = second;
    bytes[at + 2] = third;
    bytes[at + 3] = fourth;
  }
  for (; index < to; index++) {
    const unit = units[index]!;
    if (unit < 0x80) {
      bytes[at++] = unit;
    } else if (unit < 0x800) {
      bytes[at++] = 0xc0 | (unit >>> 6);
      bytes[at++] = 0x80 | (unit & 0x3f);
    } else {
      const next = (unit & 0xfc00) === 0xd800 && index + 1 < to ? units[index + 1]! : 0;
      if ((next & 0xfc00) === 0xdc00) {
        const point = 0x10000 + ((unit & 0x3ff) << 10) + (next & 0x3ff);
        bytes[at++] = 0xf0 | (point >>> 18);
        bytes[at++] = 0x80 | ((point >>> 12) & 0x3f);
        bytes[at++] = 0x80 | ((point >>> 6) & 0x3f);
        bytes[at++] = 0x80 | (point & 0x3f);
        index++;
      } else {
        if ((unit & 0xf800) === 0xd800) sink.loneSurrogates++;
        bytes[at++] = 0xe0 | (unit >>> 12);
        bytes[at++] = 0x80 | ((unit >>> 6) & 0x3f);
        bytes[at++] = 0x80 | (unit & 0x3f);
      }
    }
  }
  sink.at = at;
}

/** The UTF-16 code units of a text. */
export function unitsOf(text: string): Uint16Array {
  const units = new Uint16Array(text.length);
  for (let index = 0; index < units.length; index++) units[index] = text.charCodeAt(index);
  return units;
}
