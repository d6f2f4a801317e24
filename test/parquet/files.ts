/** Parquet files made by the code under test, for its tests. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ColumnChunk } from '../../src/columnChunk.js';
import type { CompressionName } from '../../src/parquet/compression.js';
import { createParquetWriter, type ParquetSummary } from '../../src/parquet/file.js';
import type { ParquetColumn } from '../../src/parquet/schema.js';
import { compileParquetWasm, loadParquetWasm } from '../../src/parquet/wasmModule.js';
import { readParquetWasm } from '../../src/source/nodeParquetWasm.js';

/** Loads parquet-wasm as the CLI does. */
export const ready = (): Promise<void> => loadParquetWasm(compileParquetWasm(readParquetWasm()));

export interface MadeFile {
  readonly bytes: Uint8Array;
  readonly summary: ParquetSummary;
}

/** A file of `rowGroups`, in memory. */
export function makeFile(
  columns: readonly ParquetColumn[],
  rowGroups: readonly (readonly ColumnChunk[])[],
  compression: CompressionName = 'none',
  metadata: ReadonlyMap<string, string> = new Map(),
): MadeFile {
  const parts: Uint8Array[] = [];
  const sink = {
    write: (written: readonly Uint8Array[]) => {
      // Parts may be re-used after the call: copies.
      for (const part of written) parts.push(part.slice());
    },
  };
  const writer = createParquetWriter({ sink, columns, compression, metadata });
  for (const chunks of rowGroups) writer.writeRowGroup(chunks);
  const summary = writer.finish();
  return { bytes: Buffer.concat(parts), summary };
}

let folder: string | undefined;
let files = 0;

/** Puts bytes where engines that want a path can read them. */
export function saveFile(bytes: Uint8Array): string {
  folder ??= mkdtempSync(join(tmpdir(), 'walrescue-parquet-'));
  files += 1;
  const path = join(folder, `${files}.parquet`);
  writeFileSync(path, bytes);
  return path;
}
