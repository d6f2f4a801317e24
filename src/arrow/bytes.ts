/** Fixed-width values as Arrow lays them out. */

/** Big-endian two's complement of `width` bytes each as little-endian decimals of `bitWidth` bits, in 32-bit words. */
export function bigEndianToWords(bytes: Uint8Array, width: number, length: number, bitWidth: number): Uint32Array {
  const bytesPerValue = bitWidth / 8;
  const out = new Uint8Array(length * bytesPerValue);
  for (let row = 0; row < length; row += 1) {
    const from = row * width;
    const to = row * bytesPerValue;
    for (let byte = 0; byte < width; byte += 1) out[to + byte] = bytes[from + width - 1 - byte]!;
    if ((bytes[from]! & 0x80) !== 0) out.fill(0xff, to + width, to + bytesPerValue);
  }
  return new Uint32Array(out.buffer);
}
