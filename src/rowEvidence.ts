/** What a segment's column files say of its rows: how many they can hold, and which timestamps rows have. */
import type { ColumnChunk } from './columnChunk.js';
import { type ColumnReader, openColumn } from './columns/openColumn.js';
import { ColumnTag } from './columnType.js';
import type { RangeEvidence } from './events/ranges.js';
import type { DataEvent } from './events/record.js';
import { attempt, join, withFile } from './files.js';
import { keyed } from './keyed.js';
import type { LogRecord } from './logRecord.js';
import { type LiveColumn, liveColumns, type Schema } from './schema.js';
import type { Source } from './source/source.js';
import { writtenLength } from './source/zeros.js';

/** Bytes of a row in the `.d` of a fixed-size column; 0 for others. The designated timestamp has a row id beside its value. */
export function rowWidth(column: LiveColumn): number {
  const width = column.type?.width ?? 0;
  return column.designated ? width * 2 : width;
}

/** Bytes of an offset in the `.i` of STRING and BINARY. */
const OFFSET_BYTES = 8;

/** Bytes of a row in the `.i` of a column; 0 for those that have none. */
function auxWidth({ type }: LiveColumn): number {
  if (type?.hasAux !== true) return 0;
  return type.tag === ColumnTag.VARCHAR || type.tag === ColumnTag.ARRAY ? 16 : OFFSET_BYTES;
}

/** Bytes of a column's file with an extension; `undefined` where there is none. */
type FileSizes = (column: LiveColumn, extension: 'd' | 'i') => number | undefined;

/** The sizes of a segment's files, each looked at once. */
function fileSizes(source: Source, segmentDir: string): FileSizes {
  const known = new Map<string, number | undefined>();
  return ({ name }, extension) => {
    const path = join(segmentDir, `${name}.${extension}`);
    if (!known.has(path)) known.set(path, attempt(path, () => source.stat(path)).value?.size);
    return known.get(path);
  };
}

/**
 * Rows that the largest of the fixed-size column files can hold, or where all of those are gone, of the others; no more files
 * are looked at once one of them holds `enough`.
 */
function capacity(sizeOf: FileSizes, columns: readonly LiveColumn[], enough: number): number {
  const largest = (extension: 'd' | 'i', width: (column: LiveColumn) => number): number | undefined => {
    let most: number | undefined;
    for (const column of columns) {
      if ((most ?? 0) >= enough || width(column) === 0) continue;
      const size = sizeOf(column, extension);
      if (size !== undefined) most = Math.max(most ?? 0, Math.floor(size / width(column)));
    }
    return most;
  };
  return largest('d', rowWidth) ?? largest('i', auxWidth) ?? 0;
}

/** Files of open segments, and of those that were left with rows not committed, have a multiple of this size. */
const PAGE_BYTES = 4096;

/**
 * Rows that a segment which was closed has, by the size of its fixed-size columns, if that is not `claimed`; `undefined` when
 * it is, or when the files don't tell: they have room for more rows, or don't agree.
 */
function closedRows(sizeOf: FileSizes, columns: readonly LiveColumn[], claimed: number): number | undefined {
  let rows: number | undefined;
  for (const column of columns) {
    const width = rowWidth(column);
    if (width === 0) continue;
    const size = sizeOf(column, 'd') ?? 0;
    if (rows === undefined && (size === claimed * width || size % PAGE_BYTES === 0)) return undefined;
    if (size % width !== 0 || (rows !== undefined && size !== rows * width)) return undefined;
    rows = size / width;
  }
  return rows;
}

/**
 * Columns of fixed width of a segment which was closed that have a file of another size than those rows take that the designated
 * timestamp has. 0 for a segment that was not.
 */
export function misfitsOf(source: Source, segmentDir: string, schema: Schema): number {
  const sizes = fileSizes(source, segmentDir);
  const sizeOf = (column: LiveColumn): number => sizes(column, 'd') ?? 0;
  const columns = liveColumns(schema).filter((column) => rowWidth(column) > 0);
  const designated = columns.find((column) => column.designated);
  if (designated === undefined || sizeOf(designated) % PAGE_BYTES === 0) return 0;
  const rows = sizeOf(designated) / rowWidth(designated);
  return columns.filter((column) => sizeOf(column) !== rows * rowWidth(column)).length;
}

/** Rows whose timestamps are read at a time. */
const ROWS_PER_READ = 65_536;

/** A run of designated timestamps; `undefined` marks a row whose timestamp is lost or was never written. */
type Timestamps = (lo: number, hi: number) => Generator<bigint | undefined>;

/**
 * True when rows [lo, hi) have the event's least and greatest timestamp; `undefined` when one of them is lost, none of the others
 * speaks against it, and one of the bounds is there. Rows at the end that nobody has written speak against it where both are.
 */
function haveBoundsOf(
  event: DataEvent,
  timestamps: Timestamps,
  [lo, hi]: readonly [number, number],
  isUnwritten: (row: number) => boolean,
): boolean | undefined {
  const { minTimestamp, maxTimestamp } = event;
  let [sawMin, sawMax, isLost] = [false, false, false];
  let [row, knownEnd] = [lo, lo];
  for (const value of timestamps(lo, hi)) {
    row += 1;
    if (value === undefined) isLost = true;
    else if (value < minTimestamp || value > maxTimestamp) return false;
    else knownEnd = row;
    sawMin ||= value === minTimestamp;
    sawMax ||= value === maxTimestamp;
  }
  if (!isLost || !(sawMin || sawMax)) return sawMin && sawMax;
  return sawMin && sawMax && knownEnd < hi && isUnwritten(knownEnd) ? false : undefined;
}

/** One past the row by which both bounds of the event have occurred; `undefined` when a row comes first that can't be its. */
function endOf(event: DataEvent, timestamps: Timestamps, lo: number, capacity: number): number | undefined {
  const { minTimestamp, maxTimestamp } = event;
  let [sawMin, sawMax] = [false, false];
  let row = lo;
  for (const value of timestamps(lo, capacity)) {
    if (value === undefined || value < minTimestamp || value > maxTimestamp) return undefined;
    row += 1;
    sawMin ||= value === minTimestamp;
    sawMax ||= value === maxTimestamp;
    if (sawMin && sawMax) return row;
  }
  return undefined;
}

export type SegmentEvidence = RangeEvidence & Required<Pick<RangeEvidence, 'provenEnd'>> & { close(): void };

/**
 * Evidence from the column files of a segment, whose DATA events are given by their number, and the log records that name them. The designated timestamp is opened only when a boundary is in doubt; call
 * `close` when done.
 */
export function rowEvidence(
  source: Source,
  segmentDir: string,
  schema: Schema | undefined,
  events: ReadonlyMap<number, DataEvent>,
  named: readonly LogRecord[],
): SegmentEvidence {
  const columns = schema === undefined ? [] : liveColumns(schema);
  const designated = columns.find((column) => column.designated && column.type?.tag === ColumnTag.TIMESTAMP);
  const claimed = [...events.values()].reduce((most, event) => Math.max(most, event.rowHi), 0);
  const sizeOf = fileSizes(source, segmentDir);
  const roomFor = (enough: number): number =>
    schema === undefined ? Number.POSITIVE_INFINITY : capacity(sizeOf, columns, enough);
  let room: number | undefined;
  const mostRows = (): number => {
    room ??= roomFor(Number.POSITIVE_INFINITY);
    return room;
  };
  let logs: ReadonlyMap<number, LogRecord> | undefined;
  let reader: ColumnReader | undefined;
  const timestamps = function* (lo: number, hi: number): Generator<bigint | undefined> {
    const { name, type } = designated ?? {};
    if (name === undefined || type === undefined) return;
    reader ??= openColumn(source, { path: join(segmentDir, name), name, type, designated: true });
    for (let from = lo; from < hi; from += ROWS_PER_READ) {
      const { chunk } = reader.read([{ lo: from, hi: Math.min(hi, from + ROWS_PER_READ) }]);
      if (chunk.kind !== 'fixed') return;
      const values = new BigInt64Array(chunk.values.buffer, chunk.values.byteOffset, chunk.length);
      for (let i = 0; i < chunk.length; i++) yield isNull(chunk, i) ? undefined : values[i];
    }
  };
  const isZeroFrom = (path: string, offset: number): boolean =>
    withFile(source, path, (file) => writtenLength(file, offset) === 0).value === true;
  /** True when all columns' files can be read and have nothing but zeros from a row on. */
  const isUnwritten = (row: number): boolean =>
    columns.every((column) => {
      const [width, entry] = [rowWidth(column), auxWidth(column)];
      const path = join(segmentDir, column.name);
      // An offset is where the row before it ends.
      const entries = entry === OFFSET_BYTES ? row + 1 : row;
      const hasNoData = width === 0 || isZeroFrom(`${path}.d`, row * width);
      return hasNoData && (entry === 0 || isZeroFrom(`${path}.i`, entries * entry));
    });
  return {
    capacity: roomFor(claimed),
    hasRoomFor: (rows) => rows <= mostRows(),
    matches: (segmentTxn, lo, hi) => {
      const event = events.get(segmentTxn);
      if (event === undefined || designated === undefined) return undefined;
      return lo < hi && hi <= mostRows() ? haveBoundsOf(event, timestamps, [lo, hi], isUnwritten) : false;
    },
    fitsLog: (segmentTxn, lo, hi) => {
      logs ??= keyed(named, (log) => log.segmentTxn);
      const extent = logs.get(segmentTxn)?.extent;
      if (extent === undefined || designated === undefined || lo >= hi) return undefined;
      if (lo >= mostRows()) return false;
      if (hi > mostRows()) return undefined;
      for (const value of timestamps(lo, hi))
        if (value !== undefined && value >= extent.minTimestamp && value <= extent.maxTimestamp) return true;
      return false;
    },
    closedRows: schema === undefined ? undefined : closedRows(sizeOf, columns, claimed),
    provenEnd: (segmentTxn, lo) => {
      const event = events.get(segmentTxn);
      return event === undefined ? undefined : endOf(event, timestamps, lo, mostRows());
    },
    close: () => reader?.close(),
  };
}

const isNull = ({ validity }: ColumnChunk, row: number): boolean =>
  validity !== undefined && (((validity[row >> 3] ?? 0) >> (row & 7)) & 1) === 0;
