/**
 * A Parquet file from row groups: what goes where, and the footer. Where the bytes go is the sink's business.
 */
import type { ColumnChunk } from '../columnChunk.js';
import type { CompressionName } from './compression.js';
import type { EncodedRowGroup, RowGroupLayout } from './encodedColumn.js';
import { type FooterFrame, footerBytes, footerFrame, magic, type PlacedRowGroup } from './footer.js';
import { QUESTDB_KEY, questdbMetadata } from './questdbMetadata.js';
import { encodeRowGroup } from './rowGroup.js';
import { leafPath, type ParquetColumn, schemaElements } from './schema.js';
import { CREATED_BY } from './version.js';

/** Takes the bytes of a file in order. The parts may be re-used once `write` has returned, unless the sink says otherwise. */
export interface ParquetSink {
  write(parts: readonly Uint8Array[]): void;
}

export interface ParquetFileOptions {
  readonly columns: readonly ParquetColumn[];
  /** Key-value metadata beside `questdb`, in this order. */
  readonly metadata?: ReadonlyMap<string, string>;
}

/** What became of a file. */
export interface ParquetSummary {
  readonly bytes: number;
  readonly rows: number;
  /** Text columns that hold bytes which are no UTF-8: they stayed BYTE_ARRAY without the STRING annotation. */
  readonly notUtf8: readonly string[];
}

/** The layout of a file whose bytes are written by others, row group by row group in order. */
export interface ParquetLayout {
  /** Lays the next row group out; returns the file offset of its first byte. */
  place(group: RowGroupLayout): number;
  /** The bytes that close the file, after the last row group. */
  close(): { readonly footer: Uint8Array; readonly summary: ParquetSummary };
}

/** The first bytes of every Parquet file. */
export const parquetHead = magic;

const namesIn = (columns: readonly ParquetColumn[], names: ReadonlySet<string>): string[] =>
  columns.map(({ name }) => name).filter((name) => names.has(name));

/** Of a file's footer, what follows from its columns alone. */
interface SharedParts {
  readonly frame: FooterFrame;
  readonly questdb: string;
}

/** Those made last: the segments of a table mostly have the same columns, and small ones take longer to describe than to encode. */
let last: { readonly columns: readonly ParquetColumn[]; readonly parts: SharedParts } | undefined;

/** True for columns whose files are described in the same way. */
const isLike = (one: ParquetColumn, other: ParquetColumn | undefined): boolean =>
  one === other ||
  (one.name === other?.name && one.questdbCode === other.questdbCode && one.required === other.required);

function sharedParts(columns: readonly ParquetColumn[], notUtf8: ReadonlySet<string>): SharedParts {
  const isKnown = last?.columns.length === columns.length && columns.every((c, i) => isLike(c, last?.columns[i]));
  if (last !== undefined && isKnown && notUtf8.size === 0) return last.parts;
  const leaves = columns.map((column) => ({ path: leafPath(column), type: column.type }));
  const frame = footerFrame(schemaElements(columns, notUtf8), leaves, CREATED_BY);
  const parts = { frame, questdb: questdbMetadata(columns, notUtf8) };
  if (notUtf8.size === 0) last = { columns, parts };
  return parts;
}

/** An empty layout: the next byte to write is the one after `parquetHead()`. */
export function createParquetLayout({ columns, metadata = new Map() }: ParquetFileOptions): ParquetLayout {
  const rowGroups: PlacedRowGroup[] = [];
  const notUtf8 = new Set<string>();
  let end = magic().byteLength;
  let rows = 0;
  let sorted = true;
  let lastTimestamp: bigint | undefined;
  const designated = columns.findIndex((column) => column.designated);

  /** Sorted by the designated timestamp: inside each row group and from one to the next. */
  const noteOrder = (group: RowGroupLayout): void => {
    const bounds = group.chunks[designated]?.statistics;
    if (!group.sorted || bounds?.min === undefined || (lastTimestamp !== undefined && bounds.min < lastTimestamp)) {
      sorted = false;
    }
    lastTimestamp = bounds?.max;
  };

  return {
    place: (group) => {
      const fileOffset = end;
      rowGroups.push({ fileOffset, rows: group.rows, chunks: group.chunks });
      columns.forEach(({ name }, index) => {
        if (group.utf8[index] !== true) notUtf8.add(name);
      });
      noteOrder(group);
      end += group.byteLength;
      rows += group.rows;
      return fileOffset;
    },
    close: () => {
      const { frame, questdb } = sharedParts(columns, notUtf8);
      const footer = footerBytes(frame, {
        rowGroups,
        metadata: new Map([[QUESTDB_KEY, questdb], ...metadata]),
        ...(sorted && designated >= 0 ? { sortedBy: designated } : {}),
      });
      return { footer, summary: { bytes: end + footer.byteLength, rows, notUtf8: namesIn(columns, notUtf8) } };
    },
  };
}

export interface ParquetWriterOptions extends ParquetFileOptions {
  readonly sink: ParquetSink;
  readonly compression?: CompressionName;
}

/** Writes one file in order, in this thread. */
export interface ParquetWriter {
  /** Encodes and writes one row group, one chunk per column; the chunks are not kept. No rows, nothing written. */
  writeRowGroup(chunks: readonly ColumnChunk[]): void;
  /** Writes a row group that was encoded elsewhere, for the same columns. */
  appendRowGroup(group: EncodedRowGroup): void;
  /** Writes the footer. */
  finish(): ParquetSummary;
}

/** Starts a file: its head is written with the first bytes that follow. `loadParquetWasm()` must have been awaited in this thread. */
export function createParquetWriter(options: ParquetWriterOptions): ParquetWriter {
  const { sink, columns, compression = 'none' } = options;
  const layout = createParquetLayout(options);
  let head: readonly Uint8Array[] = [parquetHead()];
  const write = (parts: readonly Uint8Array[]): void => {
    sink.write([...head, ...parts]);
    head = [];
  };
  const appendRowGroup = (group: EncodedRowGroup): void => {
    layout.place(group.layout);
    write(group.parts);
  };
  return {
    appendRowGroup,
    writeRowGroup: (chunks) => {
      if (chunks[0]?.length === 0) return;
      appendRowGroup(encodeRowGroup(columns, chunks, compression));
    },
    finish: () => {
      const { footer, summary } = layout.close();
      write([footer]);
      return summary;
    },
  };
}
