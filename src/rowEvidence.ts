/** What a segment's column files say of its rows: how many they can hold, and which timestamps rows have. */
import { type ColumnReader, openColumn } from './columns/openColumn.js';
import { ColumnTag } from './columnType.js';
import type { RangeEvidence } from './events/ranges.js';
import type { DataEvent } from './events/record.js';
import { attempt, join } from './files.js';
import { type LiveColumn, liveColumns, type Schema } from './schema.js';
import type { Source } from './source/source.js';

/** Bytes of a row in the `.d` of a fixed-size column; 0 for others. The designated timestamp has a row id beside its value. */
export function rowWidth(column: LiveColumn): number {
  const width = column.type?.width ?? 0;
  return column.designated ? width * 2 : width;
}

/** Rows that the largest of the fixed-size column files can hold: no transaction ends past it. */
function capacity(source: Source, segmentDir: string, schema: Schema): number {
  const rows = liveColumns(schema)
    .filter((column) => rowWidth(column) > 0)
    .map((column) => {
      const path = join(segmentDir, `${column.name}.d`);
      return Math.floor((attempt(path, () => source.stat(path)).value?.size ?? 0) / rowWidth(column));
    });
  return rows.reduce((most, count) => Math.max(most, count), 0);
}

/** Least and greatest of int64 values; `undefined` for none. */
function bounds(values: BigInt64Array): { min: bigint; max: bigint } | undefined {
  let min = values[0];
  let max = min;
  if (min === undefined || max === undefined) return undefined;
  for (const value of values) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return { min, max };
}

/** Rows of one transaction whose timestamps are read to settle a doubt; more are not worth it. */
const MAX_ROWS_COMPARED = 4_000_000;

/**
 * Evidence from the column files of a segment. The designated timestamp is opened only when a boundary is in doubt; call
 * `close` when done.
 */
export function rowEvidence(
  source: Source,
  segmentDir: string,
  schema: Schema | undefined,
  dataOf: (segmentTxn: number) => DataEvent | undefined,
): RangeEvidence & { close(): void } {
  const columns = schema === undefined ? [] : liveColumns(schema);
  const designated = columns.find((column) => column.designated && column.type?.tag === ColumnTag.TIMESTAMP);
  let reader: ColumnReader | undefined;
  return {
    capacity: schema === undefined ? Number.POSITIVE_INFINITY : capacity(source, segmentDir, schema),
    matches: (segmentTxn, lo, hi) => {
      const event = dataOf(segmentTxn);
      if (event === undefined || designated?.type === undefined || hi - lo > MAX_ROWS_COMPARED) return undefined;
      if (lo === hi) return false;
      reader ??= openColumn(source, {
        path: join(segmentDir, designated.name),
        name: designated.name,
        type: designated.type,
        designated: true,
      });
      const { chunk, lostCells } = reader.read([{ lo, hi }]);
      if (chunk.kind !== 'fixed' || lostCells > 0) return lostCells > 0 ? false : undefined;
      const { buffer, byteOffset } = chunk.values;
      const seen = bounds(new BigInt64Array(buffer, byteOffset, chunk.length));
      return seen !== undefined && seen.min === event.minTimestamp && seen.max === event.maxTimestamp;
    },
    close: () => reader?.close(),
  };
}
