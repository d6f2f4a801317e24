/**
 * Columns that are truly encoded (delta, delta-length, lists, compressed values) through parquet-wasm: all of a row
 * group's in one image, which is then cut into its column chunks.
 */

import { CompressionCodecs, Encodings } from 'hyparquet/src/constants.js';
import { parquetMetadata } from 'hyparquet/src/metadata.js';
import type { ColumnChunk, ListChunk } from '../columnChunk.js';
import type { CompressionName } from './compression.js';
import { byteLengthOf, type EncodedColumn } from './encodedColumn.js';
import type { Codec } from './footer.js';
import { type ArrowArray, ipcStream, schemaMessage } from './ipc.js';
import { plainValues } from './pages.js';
import type { ParquetColumn } from './schema.js';
import { type ImageColumn, writeImage } from './wasmModule.js';

/** A chunk that parquet-wasm can take. */
export type WasmChunk = Exclude<ColumnChunk, { kind: 'runs' | 'dictionary' }>;
export interface WasmColumn {
  readonly column: ParquetColumn;
  readonly chunk: WasmChunk;
  readonly compression: CompressionName;
}

/** What one image may hold before the next is begun: parquet-wasm needs several times as much and aborts above 1 GiB. */
const MAX_IMAGE_INPUT_BYTES = 32 * 2 ** 20;

const NO_BYTES = new Uint8Array(0);

const viewOf = (array: Int32Array | Float64Array): Uint8Array =>
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

const validityOf = (chunk: ColumnChunk): Uint8Array =>
  chunk.validity === undefined || chunk.nullCount === 0 ? NO_BYTES : chunk.validity;

function listArray(chunk: ListChunk): ArrowArray {
  const nodes: [number, number][] = [];
  const buffers: Uint8Array[] = [];
  for (const [dimension, offsets] of chunk.offsets.entries()) {
    nodes.push([offsets.length - 1, dimension === 0 ? chunk.nullCount : 0]);
    buffers.push(dimension === 0 ? validityOf(chunk) : NO_BYTES, viewOf(offsets));
  }
  nodes.push([chunk.values.length, chunk.valuesNullCount]);
  buffers.push(chunk.valuesNullCount === 0 ? NO_BYTES : (chunk.valuesValidity ?? NO_BYTES), viewOf(chunk.values));
  return { nodes, buffers };
}

function arrowArray({ column, chunk }: WasmColumn): ArrowArray {
  if (chunk.kind === 'list') return listArray(chunk);
  const nodes = [[chunk.length, chunk.nullCount]] as const;
  const validity = validityOf(chunk);
  switch (chunk.kind) {
    case 'fixed':
      return { nodes, buffers: [validity, plainValues(column, chunk)] };
    case 'boolean':
      return { nodes, buffers: [validity, chunk.bits] };
    case 'bytes': {
      const end = chunk.offsets[chunk.length]!;
      return {
        nodes,
        buffers: [validity, viewOf(chunk.offsets.subarray(0, chunk.length + 1)), chunk.data.subarray(0, end)],
      };
    }
  }
}

/** One image of some columns, cut into its column chunks. */
function encodeImage(columns: readonly WasmColumn[], arrays: readonly ArrowArray[], rows: number): EncodedColumn[] {
  // The image's names are never seen; short ones make short footers. No column name holds a dot.
  const imageColumns: ImageColumn[] = columns.map(({ column, compression }, index) => ({
    name: `c${index}`,
    encoding: column.encoding,
    compression,
  }));
  const schema = schemaMessage(
    columns.map(({ column }) => column),
    imageColumns.map(({ name }) => name),
  );
  const image = writeImage(ipcStream(schema, rows, arrays), imageColumns);
  const group = parquetMetadata(image).row_groups[0];
  if (group === undefined || group.columns.length !== columns.length) throw new Error('parquet-wasm made no row group');
  return group.columns.map(({ meta_data: meta }) => {
    if (meta === undefined || meta.dictionary_page_offset !== undefined) throw new Error('an unexpected column chunk');
    const start = Number(meta.data_page_offset);
    const byteLength = Number(meta.total_compressed_size);
    return {
      parts: [image.subarray(start, start + byteLength)],
      layout: {
        codec: CompressionCodecs.indexOf(meta.codec) as Codec,
        encodings: meta.encodings.map((encoding) => Encodings.indexOf(encoding)),
        numValues: Number(meta.num_values),
        byteLength,
        uncompressedLength: Number(meta.total_uncompressed_size),
        dataPageOffset: 0,
      },
    };
  });
}

/** Each column's pages of one row group of `rows` rows, in the order of `columns`. */
export function encodeThroughWasm(columns: readonly WasmColumn[], rows: number): EncodedColumn[] {
  const encoded: EncodedColumn[] = [];
  let image: WasmColumn[] = [];
  let arrays: ArrowArray[] = [];
  let inputBytes = 0;
  const finishImage = (): void => {
    if (image.length > 0) encoded.push(...encodeImage(image, arrays, rows));
    image = [];
    arrays = [];
    inputBytes = 0;
  };
  for (const column of columns) {
    const array = arrowArray(column);
    const size = byteLengthOf(array.buffers);
    if (inputBytes + size > MAX_IMAGE_INPUT_BYTES) finishImage();
    image.push(column);
    arrays.push(array);
    inputBytes += size;
  }
  finishImage();
  return encoded;
}
