/** Which rows of a chunk are NULL; the bitmap comes into being with the first one. */
export interface NullMask {
  readonly length: number;
  /** As `ColumnChunk.validity`. */
  bits: Uint8Array | undefined;
  count: number;
}

/** A mask over `length` rows, none of them NULL. */
export function nullMask(length: number): NullMask {
  return { length, bits: undefined, count: 0 };
}

/** Makes a row NULL; false when it was already. */
export function setNull(mask: NullMask, row: number): boolean {
  mask.bits ??= allValid(mask.length);
  const byte = row >>> 3;
  const bit = 1 << (row & 7);
  const before = mask.bits[byte]!;
  if ((before & bit) === 0) return false;
  mask.bits[byte] = before & ~bit;
  mask.count++;
  return true;
}

/** Makes the rows from `first` on (a multiple of 8) NULL whose bit in `validity` is 0; bits past the mask count for nothing. */
export function addNulls(mask: NullMask, first: number, validity: Uint8Array): void {
  mask.bits ??= allValid(mask.length);
  for (let byte = first >>> 3, from = 0; from < validity.length && byte < mask.bits.length; byte++, from++) {
    const before = mask.bits[byte]!;
    const after = before & validity[from]!;
    mask.bits[byte] = after;
    for (let lost = before ^ after; lost !== 0; lost &= lost - 1) mask.count++;
  }
}

export function isNull(mask: NullMask, row: number): boolean {
  return mask.bits !== undefined && (mask.bits[row >>> 3]! & (1 << (row & 7))) === 0;
}

/** The mask as a chunk carries it. */
export function validityOf(mask: NullMask): { readonly nullCount: number; readonly validity?: Uint8Array } {
  return mask.bits === undefined ? { nullCount: 0 } : { nullCount: mask.count, validity: mask.bits };
}

/** `length` bits of 1, the rest of the last byte 0. */
function allValid(length: number): Uint8Array {
  const bits = new Uint8Array((length + 7) >>> 3).fill(0xff);
  if ((length & 7) !== 0) bits[bits.length - 1] = (1 << (length & 7)) - 1;
  return bits;
}
