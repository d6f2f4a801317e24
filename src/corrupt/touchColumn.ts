/** Which cells a change in a column's files touches. */
import { ArrayAux } from '../../generated/ArrayAux.js';
import { StringAux } from '../../generated/StringAux.js';
import { VarcharAux } from '../../generated/VarcharAux.js';
import { ColumnTag } from '../columnType.js';
import { parse } from '../kaitai/parse.js';
import { type Bytes, overlaps } from './changes.js';
import { entryBytes } from './columnSpec.js';
import { readBytes } from './targets.js';
import { LOST, mark, markAll, OTHER, type SegmentTouch, type TouchedFile } from './touchMap.js';
import type { ColumnTruth, SegmentTruth, TxnRows } from './truth.js';

/** Bytes of each row, in the order of the truth's rows. */
type Spans = readonly Bytes[];

/** Rows of `.i`. The value of a STRING or BINARY row is between its own entry and the next row's. */
function auxSpans(column: ColumnTruth, segment: SegmentTruth): Spans {
  const width = entryBytes(column.column, 'aux');
  const { tag } = column.column.type ?? {};
  const entries = tag === ColumnTag.STRING || tag === ColumnTag.BINARY ? 2 : 1;
  return segment.position.map((row) => ({ from: row * width, to: (row + entries) * width }));
}

/** Where each row's value is in `.d`, by its entry in `.i`; empty for values that are not there. */
function valueSpans(aux: Uint8Array, column: ColumnTruth, segment: SegmentTruth): Spans {
  const at = (from: number, length: number): Bytes => ({ from, to: from + length });
  switch (column.column.type?.tag) {
    case ColumnTag.VARCHAR: {
      const { entries } = parse(VarcharAux, aux).value;
      return segment.position.map((row) => {
        const entry = entries[row];
        return entry === undefined || entry.isNull || entry.isInlined ? at(0, 0) : at(entry.ofsValue, entry.lenValue);
      });
    }
    case ColumnTag.ARRAY: {
      const { entries } = parse(ArrayAux, aux).value;
      return segment.position.map((row) => at(entries[row]?.ofsValue ?? 0, entries[row]?.lenValue ?? 0));
    }
    default: {
      const { entries } = parse(StringAux, aux).value;
      return segment.position.map((row) => ({ from: Number(entries[row] ?? 0n), to: Number(entries[row + 1] ?? 0n) }));
    }
  }
}

function spansOf(file: TouchedFile, column: ColumnTruth, segment: SegmentTruth, isAux: boolean): Spans {
  if (isAux) return auxSpans(column, segment);
  const width = entryBytes(column.column, 'data');
  if (width > 0) return segment.position.map((row) => ({ from: row * width, to: (row + 1) * width }));
  const aux = readBytes(file.truth.source, file.change.path.replace(/d$/, 'i'));
  return valueSpans(aux, column, segment);
}

/** Bytes of a designated timestamp that are its value; behind them is the number of its row. */
const TIMESTAMP_BYTES = BigInt64Array.BYTES_PER_ELEMENT;

/**
 * Two entries that changed places leave those between them, if these have nothing in `.d`, as they would be had one entry been moved past
 * them: which row each of them is nothing tells.
 */
function touchBetween(
  file: TouchedFile,
  column: ColumnTruth,
  segment: SegmentTruth,
  flags: Uint8Array | undefined,
  isHit: readonly boolean[],
): void {
  const values = spansOf(file, column, segment, false);
  for (let row = isHit.indexOf(true); row >= 0 && row < isHit.lastIndexOf(true); row++)
    if (values[row]?.from === values[row]?.to) mark(flags, LOST, row, 1);
}

/** True when the values next before and next after a row that has none are both hit, as far as there are such. */
function isAmongHit(spans: Spans, isHit: (span: Bytes) => boolean, row: number): boolean {
  const hasValue = ({ from, to }: Bytes): boolean => from < to;
  const around = [spans.slice(0, row).findLast(hasValue), spans.slice(row + 1).find(hasValue)];
  const known = around.flatMap((span) => span ?? []);
  return known.length > 0 && known.every(isHit);
}

/**
 * The rows' timestamps are what shows that a record of `_event` is another segment's. Where they are another segment's themselves,
 * a log that has no timestamps (V1) can't tell which of the two files it is, nor can `_event.i`: records of one length are common.
 */
const isDisputed = ({ kinds, table }: TouchedFile): boolean =>
  (kinds.has('anothers_content') || kinds.has('page_misdirected')) && !table.plan.context.logHasRowCounts;

/**
 * Marks what is disputed: the segment, where the file is another's; of a page, the transactions of which it has timestamps, once it
 * has all of one of them.
 */
function touchDisputed(file: TouchedFile, segment: SegmentTruth, touch: SegmentTouch, isHit: readonly boolean[]): void {
  if (file.kinds.has('anothers_content')) {
    markAll(touch);
    mark(touch.status, LOST);
    return;
  }
  const all = [...segment.transactions.values()].filter(({ count }) => count > 0);
  const hitsOf = ({ first, count }: TxnRows): readonly boolean[] => isHit.slice(first, first + count);
  if (!all.some((rows) => hitsOf(rows).every(Boolean))) return;
  for (const rows of all.filter((each) => hitsOf(each).some(Boolean))) {
    for (const flags of [touch.rows, touch.provenance, touch.status]) mark(flags, LOST, rows.first, rows.count);
    for (const { name, column } of segment.columns.values())
      if (column.type?.tag === ColumnTag.SYMBOL) mark(touch.cells.get(name), LOST, rows.first, rows.count);
  }
}

/**
 * Marks the cells of a column of which bytes in `.d` or `.i` are others or gone. An entry of `.i` has nothing of its own that
 * proves it but that it follows the one before and leads to the one after: beside a damaged one it may be lost, though not be
 * taken for another value.
 */
export function touchColumn(file: TouchedFile, segment: SegmentTruth, touch: SegmentTouch, name: string): void {
  const [, called, extension] = /^(.*)\.([di])$/.exec(name) ?? [];
  const column = [...segment.columns.values()].find((each) => each.column.name === called);
  if (column === undefined) return;
  const flags = touch.cells.get(column.name);
  const { changed, gone } = file.change;
  const isTimestamp = column.column.designated && extension === 'd';
  const reach = extension === 'i' ? 1 : 0;
  const spans = spansOf(file, column, segment, extension === 'i');
  const isHit = ({ from, to }: Bytes): boolean => overlaps(gone, from, to) || overlaps(changed, from, to);
  if (isTimestamp && isDisputed(file)) touchDisputed(file, segment, touch, spans.map(isHit));
  // Where the arrays around it in `.d` are not what `.i` says, `.i` may be another's, and so its word that a value is NULL.
  const isSound = (row: number): boolean =>
    column.column.type?.tag !== ColumnTag.ARRAY || !isAmongHit(spans, isHit, row);
  if (extension === 'i' && file.kinds.has('records_exchanged'))
    touchBetween(file, column, segment, flags, spans.map(isHit));
  spans.forEach(({ from, to }, row) => {
    if (from === to) {
      if (!isSound(row)) mark(flags, LOST, row, 1);
      return;
    }
    if (isHit({ from, to })) {
      const first = Math.max(row - reach, 0);
      mark(flags, LOST, first, Math.min(row + reach + 1, segment.rows) - first);
    }
    if (overlaps(changed, from, isTimestamp ? from + TIMESTAMP_BYTES : to)) mark(flags, OTHER, row, 1);
  });
}
