import { Codec } from './footer.js';

/** The codecs that a user can choose. */
export const COMPRESSIONS = ['none', 'snappy', 'lz4', 'zstd'] as const;
export type CompressionName = (typeof COMPRESSIONS)[number];

/** As column chunks name them; lz4 is LZ4_RAW, the only LZ4 form that all readers agree on. */
export const CODEC_OF: Readonly<Record<CompressionName, Codec>> = {
  none: Codec.UNCOMPRESSED,
  snappy: Codec.SNAPPY,
  lz4: Codec.LZ4_RAW,
  zstd: Codec.ZSTD,
};

/** What is used unless the user says otherwise; see bench/README.md. */
export const DEFAULT_COMPRESSION: CompressionName = 'none';
