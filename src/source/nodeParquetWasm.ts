import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** The bytes of parquet-wasm's module, from the package's own folder. */
export function readParquetWasm(): Uint8Array {
  return readFileSync(createRequire(import.meta.url).resolve('parquet-wasm/esm/parquet_wasm_bg.wasm'));
}
