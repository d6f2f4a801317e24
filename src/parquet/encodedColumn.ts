/**
 * What every encoder gives back: pages as bytes, and how the footer describes them, free of any position in a file, so
 * that row groups can be encoded anywhere and laid out in order later.
 */
import type { ChunkLayout } from './footer.js';

/** The pages of one column in one row group. */
export interface EncodedColumn {
  /** Page bytes in order; some are views of the chunk's own memory. */
  readonly parts: readonly Uint8Array[];
  readonly layout: ChunkLayout;
}

/** What the file needs to know of a row group once its bytes are written; plain data, safe to send between threads. */
export interface RowGroupLayout {
  readonly rows: number;
  readonly byteLength: number;
  readonly chunks: readonly ChunkLayout[];
  /** Per column: all text in it is valid UTF-8 (true for columns that are no text). */
  readonly utf8: readonly boolean[];
  /** The designated timestamp never decreases inside the row group; false without one. */
  readonly sorted: boolean;
}

/** A row group, encoded. */
export interface EncodedRowGroup {
  /** All pages of all columns in order; some are views of the chunks' own memory. */
  readonly parts: readonly Uint8Array[];
  readonly layout: RowGroupLayout;
}

/** The number of bytes in all parts. */
export function byteLengthOf(parts: readonly Uint8Array[]): number {
  let length = 0;
  for (const part of parts) length += part.byteLength;
  return length;
}
