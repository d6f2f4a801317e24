/**
 * What the keys of a symbol column mean: the transaction's own new symbols, and below its `cleanCount` those of the table,
 * in the files that were linked beside the segments when the WAL writer was opened.
 */

import type { CleanCounts } from './cleanCounts.js';
import type { SymbolResolver, SymbolScope } from './columns/symbolScope.js';
import { type OpenSymbolTable, openSymbolTable } from './columns/symbolTable.js';
import { type Damage, damage } from './damage.js';
import { join, walFolder } from './files.js';
import { statusOf } from './origin.js';
import type { LiveColumn } from './schema.js';
import type { Source } from './source/source.js';
import { type SymbolFinder, type SymbolPlace, symbolFinder } from './symbolFiles.js';
import type { TransactionRows } from './transactions.js';
import type { Watermark } from './watermark.js';

/** The columns of a segment share their counts, and one finder. */
const finders = new WeakMap<CleanCounts, SymbolFinder>();

function finderOf(source: Source, place: SymbolPlace, cleanCounts: CleanCounts): SymbolFinder {
  const known = finders.get(cleanCounts);
  if (known !== undefined) return known;
  const made = symbolFinder(source, place, cleanCounts);
  finders.set(cleanCounts, made);
  return made;
}

/** The symbols below `cleanCount`; `undefined` when no file has any. The fullest of the files that may have them. */
function openBase(source: Source, finder: SymbolFinder, columnIndex: number, cleanCount: number) {
  let best: OpenSymbolTable | undefined;
  for (const { ofs, chars } of finder.files(columnIndex)) {
    const opened = openSymbolTable(source, ofs, chars, { expectedCount: cleanCount });
    const isFuller = best === undefined || opened.table.count > best.table.count;
    (isFuller ? best : opened)?.close();
    if (isFuller) best = opened;
    if (opened.table.count >= cleanCount) break;
  }
  return best;
}

/** True when the table has applied all of these rows. */
const areApplied = (rows: readonly TransactionRows[], watermark: Watermark | undefined): boolean =>
  rows.every((stretch) => statusOf(stretch, watermark) === 'applied_unpurged');

export interface ColumnSymbols {
  readonly resolver: SymbolResolver;
  /** Damage of the table's symbols, once keys have been resolved. */
  damage(): readonly Damage[];
  close(): void;
}

/** How the keys of rows resolve, transaction by transaction. */
export function columnSymbols(
  source: Source,
  place: SymbolPlace,
  column: LiveColumn,
  rows: readonly TransactionRows[],
  cleanCounts: CleanCounts,
): ColumnSymbols {
  const clean = cleanCounts.counts.get(column.index) ?? (cleanCounts.isComplete ? 0 : undefined);
  const needsBase = clean !== undefined && clean > 0;
  const finder = needsBase ? finderOf(source, place, cleanCounts) : undefined;
  const opened = finder === undefined ? undefined : openBase(source, finder, column.index, clean ?? 0);
  const base = opened?.table;
  // What the user dropped after it was applied is no loss: nothing could bring it back.
  const isDropped =
    finder?.isDropped(column.index) === true && opened === undefined && areApplied(rows, place.table.watermark);
  const missing = damage(
    'symbol_table_missing',
    join(walFolder(place.table.dirName, place.walId), `${column.name}.o`),
    {
      column: column.name,
      expected: `${clean} symbols`,
      ...(isDropped ? { actual: 'the table has dropped the column since', severity: 'note' } : {}),
    },
  );
  const scopes = rows.map(({ lo, hi, transactions }): SymbolScope => {
    const only = transactions.length === 1 ? transactions[0]?.event?.body : undefined;
    const event = only?.kind === 'data' ? only : undefined;
    const diff = event?.diffs.get(column.index);
    const isDoubtful = cleanCounts.doubtful.has(column.index);
    if (diff !== undefined && !isDoubtful)
      return { lo, hi, cleanCount: clean ?? diff.cleanCount, base, diff: diff.entries, diffKnown: true };
    if (event?.diffsComplete === true && !isDoubtful)
      return { lo, hi, cleanCount: 0, base: undefined, diff: undefined, diffKnown: true };
    return { lo, hi, cleanCount: clean ?? 0, base, diff: undefined, diffKnown: false };
  });
  return {
    resolver: { scopes, isDropped },
    damage: () => (needsBase ? (opened?.damage ?? [missing]) : []),
    close: () => opened?.close(),
  };
}
