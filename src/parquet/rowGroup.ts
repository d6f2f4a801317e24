/**
 * A row group, encoded: each column by the fastest way that is right for it. The result depends on the chunks alone, not
 * on where or when it is made.
 */
import type { ColumnChunk, RunsChunk } from '../columnChunk.js';
import type { CompressionName } from './compression.js';
import { byteLengthOf, type EncodedColumn, type EncodedRowGroup } from './encodedColumn.js';
import { encodeDictionary, encodeNulls, encodePlain, encodePlainBytes, encodeRuns } from './pages.js';
import { countRuns, expandRuns } from './runs.js';
import type { ParquetColumn } from './schema.js';
import { type Int64Summary, summarizeInt64 } from './statistics.js';
import { lengthsColumn, withBytes } from './textPages.js';
import { encodeThroughWasm, type WasmColumn } from './wasmEncoder.js';

/** Runs shorter than this on average are cheaper as plain values. */
const MIN_ROWS_PER_RUN = 2;

/** Byte strings of a row group beyond this stay uncompressed: parquet-wasm would run out of memory. */
const MAX_COMPRESSED_BYTES = 128 * 2 ** 20;

/** Rows up to which values stay PLAIN: the call of parquet-wasm costs more than it saves; see bench/README.md. */
const MAX_PLAIN_ROWS = 1024;

/** Types that runs can have values of; NULLs they can have of every type. */
const RUN_TYPES: ReadonlySet<ParquetColumn['type']> = new Set(['INT32', 'INT64', 'BYTE_ARRAY']);

function kindFits(column: ParquetColumn, chunk: ColumnChunk): boolean {
  switch (chunk.kind) {
    case 'fixed':
      return column.dimensions === 0 && column.type !== 'BOOLEAN' && column.type !== 'BYTE_ARRAY';
    case 'boolean':
      return column.type === 'BOOLEAN';
    case 'bytes':
      return column.type === 'BYTE_ARRAY';
    case 'dictionary':
      return column.text;
    case 'list':
      return column.dimensions > 0 && chunk.offsets.length === column.dimensions;
    case 'runs':
      return chunk.nullCount === chunk.length || (column.dimensions === 0 && RUN_TYPES.has(column.type));
  }
}

/** Mistakes of the caller, which would make files that nobody can read. */
function check(column: ParquetColumn, chunk: ColumnChunk, rows: number): void {
  const where = `column ${column.name}`;
  if (chunk.length !== rows) throw new Error(`${where}: ${chunk.length} rows in a row group of ${rows}`);
  if (chunk.nullCount > 0 && chunk.kind !== 'runs' && chunk.validity === undefined) {
    throw new Error(`${where}: ${chunk.nullCount} NULLs without a validity bitmap`);
  }
  if (column.required && chunk.nullCount > 0)
    throw new Error(`${where}: ${chunk.nullCount} NULLs in a REQUIRED column`);
  if (!kindFits(column, chunk)) throw new Error(`${where}: a ${chunk.kind} chunk does not fit its type`);
}

const isUtf8 = (column: ParquetColumn, chunk: ColumnChunk): boolean =>
  !column.text || (chunk.kind === 'bytes' ? chunk.utf8 : chunk.kind === 'dictionary' ? chunk.dictionary.utf8 : true);

/** Runs as pages of runs; `undefined` where they are so short that single values take less. */
function encodeLongRuns(column: ParquetColumn, chunk: RunsChunk): EncodedColumn | undefined {
  const areShort = column.type !== 'BYTE_ARRAY' && countRuns(chunk) * MIN_ROWS_PER_RUN > chunk.length;
  return areShort ? undefined : encodeRuns(column, chunk);
}

/** The pages that are copied rather than encoded; `undefined` where parquet-wasm has to do it. */
function encodeHere(
  column: ParquetColumn,
  chunk: ColumnChunk,
  compression: CompressionName,
): EncodedColumn | undefined {
  if (chunk.nullCount === chunk.length) return encodeNulls(column, chunk.length);
  if (chunk.kind === 'runs') return encodeLongRuns(column, chunk);
  if (chunk.kind === 'dictionary') return encodeDictionary(column, chunk);
  if (compression !== 'none' || (column.encoding !== 'PLAIN' && chunk.length > MAX_PLAIN_ROWS)) return undefined;
  if (chunk.kind === 'bytes') return encodePlainBytes(column, chunk);
  return chunk.kind === 'list' ? undefined : encodePlain(column, chunk);
}

/** A column on its way through parquet-wasm. */
interface WasmTask {
  readonly index: number;
  readonly input: WasmColumn;
  /** What is still to be done with the pages that come back. */
  readonly complete: (encoded: EncodedColumn) => EncodedColumn;
}

/** What parquet-wasm gets of a chunk that is not encoded here. */
function wasmTask(index: number, column: ParquetColumn, chunk: ColumnChunk, compression: CompressionName): WasmTask {
  const complete = (encoded: EncodedColumn): EncodedColumn => encoded;
  if (chunk.kind === 'dictionary') throw new Error('dictionaries are encoded here');
  if (chunk.kind === 'runs') {
    const values = {
      column: { ...column, encoding: 'DELTA_BINARY_PACKED' as const },
      chunk: expandRuns(column, chunk),
      compression,
    };
    return { index, input: values, complete };
  }
  if (chunk.kind === 'bytes' && (compression === 'none' || chunk.data.byteLength > MAX_COMPRESSED_BYTES)) {
    return { index, input: lengthsColumn(column, chunk), complete: (encoded) => withBytes(encoded, chunk) };
  }
  return { index, input: { column, chunk, compression }, complete };
}

/** Every column's pages. */
function encodeColumns(
  columns: readonly ParquetColumn[],
  chunks: readonly ColumnChunk[],
  compression: CompressionName,
): EncodedColumn[] {
  const tasks: WasmTask[] = [];
  const encoded = columns.map((column, index) => {
    const here = encodeHere(column, chunks[index]!, compression);
    if (here === undefined) tasks.push(wasmTask(index, column, chunks[index]!, compression));
    return here;
  });
  if (tasks.length > 0) {
    const inputs = tasks.map(({ input }) => input);
    const fromWasm = encodeThroughWasm(inputs, chunks[0]!.length);
    for (const [at, { index, complete }] of tasks.entries()) encoded[index] = complete(fromWasm[at]!);
  }
  return encoded.filter((column) => column !== undefined);
}

function summaryOf(column: ParquetColumn, chunk: ColumnChunk): Int64Summary | undefined {
  if (!column.statistics) return undefined;
  if (chunk.kind !== 'fixed' && chunk.kind !== 'runs') throw new Error(`column ${column.name} can't have statistics`);
  return summarizeInt64(chunk);
}

/** Encodes one chunk per column, all of the same length, above 0. Throws on programming errors only. */
export function encodeRowGroup(
  columns: readonly ParquetColumn[],
  chunks: readonly ColumnChunk[],
  compression: CompressionName,
): EncodedRowGroup {
  const rows = chunks[0]?.length ?? 0;
  if (chunks.length !== columns.length) throw new Error(`${chunks.length} chunks for ${columns.length} columns`);
  columns.forEach((column, index) => {
    check(column, chunks[index]!, rows);
  });
  const complete = encodeColumns(columns, chunks, compression);
  const summaries = columns.map((column, index) => summaryOf(column, chunks[index]!));
  const designated = columns.findIndex((column) => column.designated);
  const parts = complete.flatMap((column) => column.parts);
  return {
    parts,
    layout: {
      rows,
      byteLength: byteLengthOf(parts),
      chunks: complete.map(({ layout }, index) => {
        const summary = summaries[index];
        return summary === undefined ? layout : { ...layout, statistics: summary.statistics };
      }),
      utf8: columns.map((column, index) => isUtf8(column, chunks[index]!)),
      sorted: summaries[designated]?.sorted ?? false,
    },
  };
}
