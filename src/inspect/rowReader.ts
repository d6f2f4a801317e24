/** Rows of one column file, read with the export's decoders, and the transactions that they belong to. */
import { cleanCountsOf } from '../cleanCounts.js';
import { openColumn } from '../columns/openColumn.js';
import { ColumnTag, type ColumnType } from '../columnType.js';
import type { Damage } from '../damage.js';
import { join } from '../files.js';
import type { LiveColumn } from '../schema.js';
import { columnSymbols } from '../symbols.js';
import type { TransactionRows } from '../transactions.js';
import { type Cell, cellOf } from './cells.js';
import type { SegmentFacts } from './facts.js';
import type { Problem } from './field.js';

/** Rows that are decoded together; damage is judged by what is around it. */
const BLOCK_ROWS = 1024;
/** Bytes of values that one read may give. */
const READ_BYTES = 4 * 1024 * 1024;

/** A row's value; a lost one says why. */
export interface RowCell extends Cell {
  readonly lost?: Damage;
}

/** A column of a segment, row by row. */
export interface Rows {
  readonly column: LiveColumn;
  readonly type: ColumnType;
  /** Rows that some transaction has. */
  readonly count: number;
  /** Stretches of rows with their transactions, in order. */
  readonly stretches: readonly TransactionRows[];
  cell(row: number): RowCell;
  /** What is wrong with the rows [from, to). */
  check(from: number, to: number): readonly Damage[];
  close(): void;
}

/** The stretch that has a row. */
export function stretchOf(stretches: readonly TransactionRows[], row: number): TransactionRows | undefined {
  let [low, high] = [0, stretches.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (stretches[middle]!.hi <= row) low = middle + 1;
    else high = middle;
  }
  const found = stretches[low];
  return found !== undefined && found.lo <= row ? found : undefined;
}

/** Whose rows a stretch are: `txn 3, seqTxn 17`. */
export function ownerText(stretch: TransactionRows | undefined): string {
  if (stretch === undefined) return 'of no transaction';
  const [first] = stretch.transactions;
  if (first === undefined || stretch.transactions.length > 1) return 'of one of several transactions';
  const log = first.log === undefined ? '' : `, seqTxn ${first.log.seqTxn}`;
  return `txn ${first.segmentTxn}${log}${first.standing === 'orphan' ? ', never committed' : ''}`;
}

/** Opens the rows of a live column of an opened segment. */
export function openRowReader({ source, task, opened, folder }: SegmentFacts, column: LiveColumn): Rows | undefined {
  const { type, name, designated } = column;
  const { schema } = opened;
  if (type === undefined || schema === undefined) return undefined;
  const stretches = opened.transactions.rows;
  const count = stretches.reduce((most, { hi }) => Math.max(most, hi), 0);
  const place = { table: task.table, walId: task.walId, schema };
  const symbols =
    type.tag === ColumnTag.SYMBOL
      ? columnSymbols(source, place, column, stretches, cleanCountsOf(source, task.table, task, opened.events))
      : undefined;
  const path = join(folder, name);
  const reader = openColumn(source, {
    path,
    name,
    type,
    designated,
    rowCount: count,
    ...(symbols === undefined ? {} : { symbols: symbols.resolver }),
  });
  const read = (lo: number, hi: number) => reader.read([{ lo, hi }]);
  let block: { readonly lo: number; readonly hi: number; readonly read: ReturnType<typeof read> } | undefined;
  const blockOf = (row: number) => {
    if (block !== undefined && row >= block.lo && row < block.hi) return block;
    const start = row - (row % BLOCK_ROWS);
    const wanted = [{ lo: start, hi: Math.min(start + BLOCK_ROWS, count) }];
    const rows = reader.maxRows(wanted, READ_BYTES);
    const lo = start + rows > row ? start : row;
    const hi = Math.min(
      count,
      lo + Math.max(1, reader.maxRows([{ lo, hi: Math.min(lo + BLOCK_ROWS, count) }], READ_BYTES)),
    );
    block = { lo, hi, read: read(lo, hi) };
    return block;
  };
  return {
    column,
    type,
    count,
    stretches,
    cell(row) {
      const { lo, read: found } = blockOf(row);
      const cell = cellOf(found.chunk, type, row - lo);
      if (cell.value !== null || found.lostCells === 0) return cell;
      const alone = read(row, row + 1);
      const lost = alone.damage.find((one) => (one.cells ?? 0n) > 0n);
      if (lost !== undefined) return { ...cell, lost };
      const isStored = cellOf(alone.chunk, type, 0).value !== null;
      const around = found.damage.find((one) => (one.cells ?? 0n) > 0n);
      return isStored && around !== undefined ? { ...cell, lost: around } : cell;
    },
    check(from, to) {
      const damage = new Map<string, Damage>();
      for (let lo = from; lo < to; ) {
        const rows = Math.max(1, reader.maxRows([{ lo, hi: to }], READ_BYTES));
        const hi = Math.min(to, lo + rows);
        for (const one of read(lo, hi).damage)
          damage.set(`${one.code} ${one.severity} ${one.file}`, merged(damage, one));
        lo = hi;
      }
      return [...damage.values(), ...(symbols?.damage() ?? [])];
    },
    close() {
      reader.close();
      symbols?.close();
    },
  };
}

/** `one`, or with the cells of the same kind of damage that was met before it. */
function merged(known: ReadonlyMap<string, Damage>, one: Damage): Damage {
  const before = known.get(`${one.code} ${one.severity} ${one.file}`);
  if (before === undefined) return one;
  const cells = (before.cells ?? 0n) + (one.cells ?? 0n);
  return cells === 0n ? before : { ...before, cells };
}

/**
 * What is wrong with the column files of a segment, told by their last rows: one read a column finds files that are missing,
 * can't be opened or are too short. Where the damage begins and how many cells it costs is not looked for.
 */
export function columnDamage(segment: SegmentFacts): readonly Damage[] {
  return segment.opened.columns.flatMap((column) => {
    const rows = openRowReader(segment, column);
    const found = rows === undefined || rows.count === 0 ? [] : rows.check(rows.count - 1, rows.count);
    rows?.close();
    return found.map(({ cells: _, byteOffset: __, ...damage }) => damage);
  });
}

/** What a row's line says. */
export function rowText(rows: Rows, row: number, cell: RowCell): string {
  const parts = [cell.value === null ? 'NULL' : '', cell.meaning ?? '', ownerText(stretchOf(rows.stretches, row))];
  return parts.filter((part) => part !== '').join(', ');
}

export function rowProblem(cell: RowCell): Problem | undefined {
  if (cell.lost === undefined) return undefined;
  const { code, severity, expected, actual } = cell.lost;
  return {
    severity,
    message: code.replaceAll('_', ' '),
    ...(expected === undefined ? {} : { expected }),
    ...(actual === undefined ? {} : { actual }),
  };
}
