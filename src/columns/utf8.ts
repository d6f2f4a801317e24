import type { ByteStrings } from '../columnChunk.js';
import { reading } from '../kernels/memory.js';
import { kernels } from '../kernels/module.js';
import { everyTile } from '../kernels/tiles.js';

/** True when no byte of `bytes` is above 0x7f. */
export const isAscii = (bytes: Uint8Array): boolean =>
  everyTile(bytes.length, (from, length) => kernels().isAscii(reading(bytes, from, length), length) !== 0);

/** How many of the `count` values are not valid UTF-8 (RFC 3629: nothing overlong, no surrogates, up to U+10FFFF). */
export function countNotUtf8({ offsets, data }: Pick<ByteStrings, 'offsets' | 'data'>, count: number): number {
  const start = offsets[0]!;
  if (isAscii(data.subarray(start, offsets[count]!))) return 0;
  let wrong = 0;
  for (let index = 0; index < count; index++) if (!isUtf8(data, offsets[index]!, offsets[index + 1]!)) wrong++;
  return wrong;
}

/** True when bytes [from, to) are valid UTF-8. */
export function isUtf8(bytes: Uint8Array, from: number, to: number): boolean {
  let at = from;
  while (at < to) {
    const lead = bytes[at++]!;
    if (lead < 0x80) continue;
    const follow = lead < 0xc2 ? 0 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : lead < 0xf5 ? 3 : 0;
    if (follow === 0 || at + follow > to) return false;
    const second = bytes[at]!;
    const lowest = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
    const highest = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
    if (second < lowest || second > highest) return false;
    if (follow > 1 && (bytes[at + 1]! & 0xc0) !== 0x80) return false;
    if (follow > 2 && (bytes[at + 2]! & 0xc0) !== 0x80) return false;
    at += follow;
  }
  return true;
}
