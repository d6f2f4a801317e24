/**
 * DELTA_LENGTH_BYTE_ARRAY pages: the lengths as DELTA_BINARY_PACKED INT32, then all bytes as they are. parquet-wasm
 * encodes the lengths, with the NULLs, as a column of their own; the bytes, which are most of it, are never copied.
 */
import { deserializeTCompactProtocol } from 'hyparquet/src/thrift.js';
import type { BytesChunk } from '../columnChunk.js';
import { reading, writing } from '../kernels/memory.js';
import { kernels } from '../kernels/module.js';
import { inTiles } from '../kernels/tiles.js';
import { byteLengthOf, type EncodedColumn } from './encodedColumn.js';
import { PageEncoding } from './footer.js';
import { dataPageHeader } from './pageHeader.js';
import type { ParquetColumn } from './schema.js';
import type { WasmColumn } from './wasmEncoder.js';

/** The column of lengths that stands for a column of byte strings on its way through parquet-wasm. */
export function lengthsColumn(column: ParquetColumn, chunk: BytesChunk): WasmColumn {
  const { length, nullCount, validity, offsets } = chunk;
  const lengths = new Int32Array(length);
  inTiles(length, (first, rows) => {
    kernels().valueLengths(reading(offsets, first, rows + 1), rows, writing(lengths, first, rows));
  });
  return {
    column: { ...column, type: 'INT32', encoding: 'DELTA_BINARY_PACKED' },
    compression: 'none',
    chunk: {
      kind: 'fixed',
      byteWidth: Int32Array.BYTES_PER_ELEMENT,
      values: new Uint8Array(lengths.buffer),
      length,
      nullCount,
      ...(validity === undefined ? {} : { validity }),
    },
  };
}

/** The pages of the byte strings, from those of their lengths: the same pages, each with its bytes after it. */
export function withBytes(lengths: EncodedColumn, chunk: BytesChunk): EncodedColumn {
  const [pages] = lengths.parts;
  if (pages === undefined || lengths.parts.length > 1) throw new Error('lengths are not in one piece');
  const view = new DataView(pages.buffer, pages.byteOffset, pages.byteLength);
  const parts: Uint8Array[] = [];
  let row = 0;
  for (let at = 0; at < pages.byteLength; ) {
    const reader = { view, offset: at };
    const header = deserializeTCompactProtocol(reader);
    at = reader.offset + Number(header.field_3);
    const body = pages.subarray(reader.offset, at);
    const rows = Number(header.field_5.field_1);
    const data = chunk.data.subarray(chunk.offsets[row]!, chunk.offsets[row + rows]!);
    parts.push(dataPageHeader(rows, 'DELTA_LENGTH_BYTE_ARRAY', body.byteLength + data.byteLength), body);
    if (data.byteLength > 0) parts.push(data);
    row += rows;
  }
  const byteLength = byteLengthOf(parts);
  const encodings = [PageEncoding.RLE, PageEncoding.DELTA_LENGTH_BYTE_ARRAY];
  return { parts, layout: { ...lengths.layout, encodings, byteLength, uncompressedLength: byteLength } };
}
