/**
 * Parquet's RLE / bit-packing hybrid (Encodings.md), for levels and dictionary indices.
 */

import { reading, writing } from '../kernels/memory.js';
import { kernels } from '../kernels/module.js';
import { inTiles } from '../kernels/tiles.js';

/** Bits that hold every value from 0 to `max`; at least 1, for readers that know no width of 0. */
export function bitWidthOf(max: number): number {
  return Math.max(1, 32 - Math.clz32(max));
}

/** Bytes of the longest varint of 32 bits. */
const MAX_VARINT = 5;

function putVarint(out: Uint8Array, at: number, value: number): number {
  let rest = value;
  let end = at;
  while (rest > 0x7f) {
    out[end] = (rest & 0x7f) | 0x80;
    end += 1;
    rest >>>= 7;
  }
  out[end] = rest;
  return end + 1;
}

/** Header of a bit-packed run that holds `count` values, its groups of eight filled up. */
export function packedHeader(count: number): Uint8Array {
  const out = new Uint8Array(MAX_VARINT);
  return out.subarray(0, putVarint(out, 0, ((((count + 7) >>> 3) << 1) | 1) >>> 0));
}

/** Runs of equal values: run i is `lengths[i]` times `values[i]`; empty runs are left out. */
export function runLengths(lengths: ArrayLike<number>, values: ArrayLike<number>, bitWidth: number): Uint8Array {
  const valueBytes = (bitWidth + 7) >>> 3;
  const out = new Uint8Array(lengths.length * (MAX_VARINT + valueBytes));
  let at = 0;
  for (let run = 0; run < lengths.length; run += 1) {
    if (lengths[run] === 0) continue;
    at = putVarint(out, at, (lengths[run]! << 1) >>> 0);
    for (let byte = 0; byte < valueBytes; byte += 1) {
      out[at] = values[run]! >>> (8 * byte);
      at += 1;
    }
  }
  return out.subarray(0, at);
}

/** `count` values in `bitWidth` bits each, least significant bit first, filled up with zeros to a group of eight. */
export function bitPack(values: Int32Array, count: number, bitWidth: number): Uint8Array {
  const out = new Uint8Array(((count + 7) >>> 3) * bitWidth);
  inTiles(count, (first, rows) => {
    const to = writing(out, (first >>> 3) * bitWidth, (rows * bitWidth + 7) >>> 3);
    kernels().packBits(reading(values, first, rows), rows, bitWidth, to);
  });
  return out;
}
