/** Rows of a segment on their way out: cut into row groups and decoded column by column. */

import { type CleanCounts, cleanCountsOf } from './cleanCounts.js';
import type { ColumnChunk } from './columnChunk.js';
import type { GroupMemory } from './columns/chunkMemory.js';
import { MAX_CHUNK_BYTES } from './columns/columnReader.js';
import { type ColumnReader, openColumn } from './columns/openColumn.js';
import { ColumnTag } from './columnType.js';
import type { Damage } from './damage.js';
import type { DataEvent } from './events/record.js';
import { join } from './files.js';
import { provenanceChunks } from './origin.js';
import { provenanceColumns } from './parquet/provenance.js';
import { type ParquetColumn, parquetColumnOf } from './parquet/schema.js';
import type { LiveColumn, Schema } from './schema.js';
import type { SegmentTask } from './segmentTask.js';
import type { Source } from './source/source.js';
import { type ColumnSymbols, columnSymbols } from './symbols.js';
import type { TransactionRows } from './transactions.js';

/** Added to the name of a user's column that is called like a provenance column. */
export const USER_COLUMN_SUFFIX = '__user';

/** Bytes that the values of one column may take in a row group; the group is cut smaller before it is exceeded. */
const MAX_GROUP_COLUMN_BYTES = MAX_CHUNK_BYTES / 4;

/** One row group, decoded. */
export interface RowGroup {
  readonly rows: readonly TransactionRows[];
  readonly length: number;
  /** A chunk for each of `SegmentRows.columns`. */
  readonly chunks: readonly ColumnChunk[];
  /** Cells lost, by column name. */
  readonly lostCells: ReadonlyMap<string, number>;
  readonly damage: readonly Damage[];
}

/** The rows of a segment, ready to be encoded. */
export interface SegmentRows {
  readonly columns: readonly ParquetColumn[];
  /** Where the designated timestamp is among `columns`; -1 for none. */
  readonly designatedIndex: number;
  /** User columns whose name had to be changed, by their name in the table. */
  readonly renamed: ReadonlyMap<string, string>;
  /** The row groups, one after the other, before they are read. */
  cuts(): Generator<Cut>;
  /** The rows of a cut. */
  stretches(cut: Cut): readonly TransactionRows[];
  /** Reads the rows of a cut. What is read into a `memory` ends when the memory is used again. */
  decode(cut: Cut, memory?: GroupMemory): RowGroup;
  /** True for a column, by its name in the table, that is declared REQUIRED. */
  isRequired(name: string): boolean;
  /** Cells lost in some rows of the named columns; reads them again. */
  lostCells(rows: TransactionRows, names: readonly string[]): number;
  /** Damage of the symbol tables, once all groups are read. */
  symbolDamage(): readonly Damage[];
  close(): void;
}

export interface RowsInput {
  readonly segmentDir: string;
  readonly schema: Schema;
  readonly columns: readonly LiveColumn[];
  readonly rows: readonly TransactionRows[];
  /** All DATA events of the segment that read. */
  readonly events: readonly DataEvent[];
  /** Columns that are known to lose cells: OPTIONAL, whatever their type. */
  readonly lossy: ReadonlySet<string>;
}

interface Cursor {
  readonly index: number;
  /** First row not yet taken of the stretch at `index`. */
  readonly row: number;
}

/** The place of a row group among the rows of a segment; plain data. */
export interface Cut extends Cursor {
  readonly count: number;
  /** One past its last row. */
  readonly hi: number;
}

/** The next rows after a cursor, at most `count` of them. */
function take(
  rows: readonly TransactionRows[],
  cursor: Cursor,
  count: number,
): { taken: TransactionRows[]; next: Cursor } {
  const taken: TransactionRows[] = [];
  let { index, row } = cursor;
  let left = count;
  for (let stretch = rows[index]; stretch !== undefined && left > 0; stretch = rows[index]) {
    const lo = Math.max(row, stretch.lo);
    const hi = Math.min(stretch.hi, lo + left);
    taken.push({ ...stretch, lo, hi });
    left -= hi - lo;
    if (hi === stretch.hi) index += 1;
    row = hi === stretch.hi ? 0 : hi;
  }
  return { taken, next: { index, row } };
}

const countOf = (rows: readonly TransactionRows[]): number => rows.reduce((sum, { lo, hi }) => sum + hi - lo, 0);

/** What a user's column is called in the output: another name only beside a provenance column of the same name. */
function outputName(name: string, shoulder: boolean, taken: ReadonlySet<string>): string {
  const isTaken = (candidate: string): boolean => taken.has(candidate.toLowerCase());
  if (!shoulder || !provenanceColumns.some((column) => column.name.toLowerCase() === name.toLowerCase())) return name;
  let renamed = name + USER_COLUMN_SUFFIX;
  while (isTaken(renamed)) renamed += USER_COLUMN_SUFFIX;
  return renamed;
}

interface OpenColumn {
  readonly column: LiveColumn;
  readonly reader: ColumnReader;
  readonly symbols: ColumnSymbols | undefined;
}

function open(
  source: Source,
  task: SegmentTask,
  input: RowsInput,
  cleanCounts: CleanCounts,
  column: LiveColumn,
): OpenColumn[] {
  const { name, type, designated } = column;
  if (type === undefined) return [];
  const place = { table: task.table, walId: task.walId, schema: input.schema };
  const symbols =
    type.tag === ColumnTag.SYMBOL ? columnSymbols(source, place, column, input.rows, cleanCounts) : undefined;
  const path = join(input.segmentDir, name);
  const rowCount = input.events.reduce((most, event) => Math.max(most, event.rowHi), input.rows.at(-1)?.hi ?? 0);
  const reader = openColumn(source, {
    path,
    name,
    type,
    designated,
    rowCount,
    ...(symbols === undefined ? {} : { symbols: symbols.resolver }),
  });
  return [{ column, reader, symbols }];
}

const ordinary = new WeakMap<LiveColumn, ParquetColumn>();

/** How a column is declared; made once for those that keep their name and lose nothing. */
function declared(column: LiveColumn, called: string, lossy: boolean): ParquetColumn {
  const { name, type, designated } = column;
  const isOrdinary = called === name && !lossy;
  const known = isOrdinary ? ordinary.get(column) : undefined;
  if (known !== undefined) return known;
  if (type === undefined) throw new Error(`column ${name} was opened without a type`);
  const made = parquetColumnOf(called, type, { designated, lossy });
  if (isOrdinary) ordinary.set(column, made);
  return made;
}

/** Opens the columns of a segment. Columns of an unknown type are left out; the caller reports them. */
export function openRows(source: Source, task: SegmentTask, input: RowsInput): SegmentRows {
  const { shoulder, rowGroupRows } = task.encode;
  const cleanCounts = cleanCountsOf(source, task.table, task, input.events);
  const opened = input.columns.flatMap((column) => open(source, task, input, cleanCounts, column));
  const names = new Set(input.columns.map(({ name }) => name.toLowerCase()));
  const renamed = new Map<string, string>();
  const columns = opened.map(({ column }) => {
    const called = outputName(column.name, shoulder, names);
    if (called !== column.name) renamed.set(column.name, called);
    return declared(column, called, input.lossy.has(column.name));
  });

  const fits = (rows: readonly TransactionRows[]): number =>
    opened.reduce((least, { reader }) => Math.min(least, reader.maxRows(rows, MAX_GROUP_COLUMN_BYTES)), countOf(rows));

  const stretches = (cut: Cut): readonly TransactionRows[] => take(input.rows, cut, cut.count).taken;

  const decode = (cut: Cut, memory?: GroupMemory): RowGroup => {
    const rows = stretches(cut);
    const reads = opened.map(({ column, reader }, i) => ({
      name: column.name,
      read: reader.read(rows, memory?.of(i)),
    }));
    const lost = reads
      .filter(({ read }) => read.lostCells > 0)
      .map(({ name, read }) => [name, read.lostCells] as const);
    const provenance = shoulder ? provenanceChunks(task, rows, task.table.watermark) : [];
    return {
      rows,
      length: countOf(rows),
      chunks: [...reads.map(({ read }) => read.chunk), ...provenance],
      lostCells: new Map(lost),
      damage: reads.flatMap(({ read }) => read.damage),
    };
  };

  return {
    columns: shoulder ? [...columns, ...provenanceColumns] : columns,
    designatedIndex: columns.findIndex((column) => column.designated),
    renamed,
    *cuts() {
      let cursor: Cursor = { index: 0, row: 0 };
      while (cursor.index < input.rows.length) {
        const count = fits(take(input.rows, cursor, rowGroupRows).taken);
        const { taken, next } = take(input.rows, cursor, count);
        yield { ...cursor, count, hi: taken.at(-1)?.hi ?? 0 };
        cursor = next;
      }
    },
    stretches,
    decode,
    isRequired: (name) => columns[opened.findIndex(({ column }) => column.name === name)]?.required === true,
    lostCells: (rows, names) =>
      opened
        .filter(({ column }) => names.includes(column.name))
        .reduce((sum, { reader }) => sum + reader.read([rows]).lostCells, 0),
    symbolDamage: () => opened.flatMap(({ symbols }) => symbols?.damage() ?? []),
    close: () => {
      for (const { reader, symbols } of opened) {
        reader.close();
        symbols?.close();
      }
    },
  };
}
