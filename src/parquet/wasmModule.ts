/**
 * The one file that loads parquet-wasm and knows its API: a batch of columns as an Arrow IPC stream goes in, the bytes of
 * a Parquet image with one row group come out.
 */
import type * as ParquetWasm from 'parquet-wasm/esm';
import type { CompressionName } from './compression.js';

/** A compiled `WebAssembly.Module` (TypeScript knows that type only together with a browser's). */
export type WasmModule = object;

/** How one column of an image is encoded. */
export interface ImageColumn {
  readonly name: string;
  readonly encoding: 'PLAIN' | 'DELTA_BINARY_PACKED' | 'DELTA_LENGTH_BYTE_ARRAY';
  readonly compression: CompressionName;
}

let loaded: typeof ParquetWasm | undefined;
/** What is still to be done before the first use. */
let initialize: (() => void) | undefined;

/** Compiles `parquet_wasm_bg.wasm`; the module can be shared with worker threads. */
export function compileParquetWasm(bytes: Uint8Array): WasmModule {
  return new WebAssembly.Module(bytes);
}

/**
 * Makes parquet-wasm ready in this thread; calls after the first do nothing. With a function that gives the module's bytes, they
 * are read and compiled when the first image is written: small exports have none.
 */
export async function loadParquetWasm(module: WasmModule | (() => Uint8Array)): Promise<void> {
  if (loaded !== undefined) return;
  const api = await import('parquet-wasm/esm');
  loaded = api;
  initialize = () => api.initSync({ module: typeof module === 'function' ? compileParquetWasm(module()) : module });
}

const CODECS = { none: 'UNCOMPRESSED', snappy: 'SNAPPY', lz4: 'LZ4_RAW', zstd: 'ZSTD' } as const;
/** Above any row group: an image never has two. */
const MAX_ROWS = 2 ** 31 - 1;

/** Encodes one row group: no dictionaries, no statistics, no page index. The caller owns the result. */
export function writeImage(ipcStream: Uint8Array, columns: readonly ImageColumn[]): Uint8Array {
  if (loaded === undefined) throw new Error('loadParquetWasm() has not been called in this thread');
  initialize?.();
  initialize = undefined;
  const { Compression, Encoding, EnabledStatistics, Table, WriterPropertiesBuilder, writeParquet } = loaded;
  // A WriterProperties object is used up by a call: a second use would silently mean the defaults.
  let builder = new WriterPropertiesBuilder()
    .setCompression(Compression.UNCOMPRESSED)
    .setDictionaryEnabled(false)
    .setStatisticsEnabled(EnabledStatistics.None)
    .setMaxRowGroupSize(MAX_ROWS);
  for (const { name, encoding, compression } of columns) {
    if (encoding !== 'PLAIN') builder = builder.setColumnEncoding(name, Encoding[encoding]);
    if (compression !== 'none') builder = builder.setColumnCompression(name, Compression[CODECS[compression]]);
  }
  const properties = builder.build();
  return writeParquet(Table.fromIPCStream(ipcStream), properties);
}
