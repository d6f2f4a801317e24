/**
 * Column values of one row group between the decoders (`columns/`) and the encoders (`parquet/`, `arrow.ts`).
 * Everything is in the form in which Parquet stores it: little endian, NULLs out of line.
 */

/** What every chunk carries. */
interface ChunkBase {
  /** Rows. */
  readonly length: number;
  /**
   * One bit a row, least significant bit first, 1 = there is a value; absent when no row is NULL.
   * Bits past `length` are 0.
   */
  readonly validity?: Uint8Array;
  readonly nullCount: number;
}

/** Fixed width: `length * byteWidth` bytes; the bytes of a NULL row are unspecified. */
export interface FixedChunk extends ChunkBase {
  readonly kind: 'fixed';
  readonly byteWidth: number;
  readonly values: Uint8Array;
}

/** BOOLEAN: one bit a row, least significant bit first. */
export interface BooleanChunk extends ChunkBase {
  readonly kind: 'boolean';
  readonly bits: Uint8Array;
}

/** A run of byte strings: value i is `data[offsets[i] .. offsets[i + 1])`; NULL rows are empty. */
export interface ByteStrings {
  /** `length + 1` entries, starting at 0, never decreasing. */
  readonly offsets: Int32Array;
  readonly data: Uint8Array;
  /** True when every value is valid UTF-8; always false for BINARY. */
  readonly utf8: boolean;
}

/** STRING, VARCHAR (text in UTF-8; a lone surrogate as its three bytes) and BINARY. */
export interface BytesChunk extends ChunkBase, ByteStrings {
  readonly kind: 'bytes';
}

/** SYMBOL: row i is `dictionary[keys[i]]`; the key of a NULL row is 0. Each dictionary entry occurs once and is used. */
export interface DictionaryChunk extends ChunkBase {
  readonly kind: 'dictionary';
  readonly keys: Int32Array;
  readonly dictionary: ByteStrings & { readonly length: number };
}

/**
 * ARRAY of DOUBLE with `offsets.length` dimensions. `offsets[0]` cuts the rows into elements of dimension 1 (`length + 1`
 * entries), `offsets[d]` cuts those of dimension d into those of d + 1, the last one into `values`. NULL rows are empty.
 */
export interface ListChunk extends ChunkBase {
  readonly kind: 'list';
  readonly offsets: readonly Int32Array[];
  readonly values: Float64Array;
  /** As `validity`, over `values`: a NaN element is NULL. */
  readonly valuesValidity?: Uint8Array;
  readonly valuesNullCount: number;
}

/** Values that repeat over runs of rows (provenance): run i covers `lengths[i]` rows. `null` is a NULL run. */
export interface RunsChunk extends ChunkBase {
  readonly kind: 'runs';
  readonly lengths: readonly number[];
  /** int32, int64 (bigint) or text, the same for all runs. */
  readonly values: readonly (number | bigint | string | null)[];
}

export type ColumnChunk = FixedChunk | BooleanChunk | BytesChunk | DictionaryChunk | ListChunk | RunsChunk;
