/** Runs as Arrow has no form for them that its users could rely on: row by row, or a dictionary of the few texts. */
import type { ColumnChunk, RunsChunk } from '../columnChunk.js';
import { byteStringsOf } from '../parquet/pages.js';
import { distinctRuns, expandRuns } from '../parquet/runs.js';
import type { ParquetColumn } from '../parquet/schema.js';

/** The same values, row by row; a column of NULLs in a form that suits its type. */
export function expandedRuns(column: ParquetColumn, chunk: RunsChunk): Exclude<ColumnChunk, RunsChunk> {
  if (chunk.nullCount === chunk.length) return nullsOnly(column, chunk.length);
  return column.type === 'BYTE_ARRAY' ? textRuns(chunk) : expandRuns(column, chunk);
}

/** Bytes of the widest value that is no FIXED_LEN_BYTE_ARRAY. */
const MAX_WIDTH = 8;

function nullsOnly(column: ParquetColumn, length: number): Exclude<ColumnChunk, RunsChunk> {
  const base = { length, nullCount: length, validity: new Uint8Array((length + 7) >>> 3) };
  const offsets = new Int32Array(length + 1);
  if (column.dimensions > 0) {
    const inner = Array.from({ length: column.dimensions - 1 }, () => new Int32Array(1));
    return { kind: 'list', ...base, offsets: [offsets, ...inner], values: new Float64Array(0), valuesNullCount: 0 };
  }
  if (column.type === 'BYTE_ARRAY') return { kind: 'bytes', ...base, offsets, data: new Uint8Array(0), utf8: true };
  if (column.type === 'BOOLEAN') return { kind: 'boolean', ...base, bits: new Uint8Array(base.validity.byteLength) };
  const byteWidth = column.typeLength === 0 ? MAX_WIDTH : column.typeLength;
  return { kind: 'fixed', ...base, byteWidth, values: new Uint8Array(length * byteWidth) };
}

function textRuns(chunk: RunsChunk): ColumnChunk & { kind: 'dictionary' } {
  const { length, nullCount } = chunk;
  const { values } = distinctRuns(chunk);
  const indices = new Map(values.map((value, index) => [value, index]));
  const keys = new Int32Array(length);
  const validity = new Uint8Array((length + 7) >>> 3);
  let row = 0;
  for (const [run, value] of chunk.values.entries()) {
    const end = row + chunk.lengths[run]!;
    const key = value === null ? undefined : indices.get(value);
    for (; row < end; row += 1) {
      if (key === undefined) continue;
      keys[row] = key;
      validity[row >>> 3]! |= 1 << (row & 7);
    }
  }
  const dictionary = { length: values.length, ...byteStringsOf(values.map(String)) };
  return { kind: 'dictionary', length, nullCount, keys, dictionary, ...(nullCount === 0 ? {} : { validity }) };
}
