/** Which rows and cells a change in a segment's `_event` touches. */
import { Event } from '../../generated/Event.js';
import { parse, span, text } from '../kaitai/parse.js';
import { type Bytes, overlaps } from './changes.js';
import type { Cell } from './readBack.js';
import { readBytes } from './targets.js';
import { LOST, mark, OTHER, type SegmentTouch, type TouchedFile } from './touchMap.js';
import type { SegmentTruth, TxnRows } from './truth.js';

const utf8 = new TextEncoder();

const isText = (cell: Cell | undefined, bytes: Uint8Array): boolean =>
  cell instanceof Uint8Array && cell.length === bytes.length && cell.every((byte, i) => byte === bytes[i]);

/** Cells whose symbol's own entry in the record is other than it was. */
function touchEntries(
  body: Event.DataBody,
  byteOffset: number,
  changed: readonly Bytes[],
  segment: SegmentTruth,
  touch: SegmentTouch,
  rows: TxnRows,
): void {
  for (const diff of body.symbolDiffs) {
    const column = [...segment.columns.values()].find((each) => each.column.index === diff.columnIndex);
    for (const [i, entry] of (diff.entries ?? []).entries()) {
      const place = span(diff, 'entries', i);
      if (column === undefined || place === undefined) continue;
      if (!overlaps(changed, byteOffset + place.start, byteOffset + place.end)) continue;
      const symbol = utf8.encode(text(entry.symbol) ?? '');
      for (let row = rows.first; row < rows.first + rows.count; row++)
        if (isText(column.cells[row], symbol)) mark(touch.cells.get(column.name), OTHER, row, 1);
    }
  }
}

/**
 * Marks rows beside a record that its bounds, as they now are, claim or leave, if their timestamps fit it and the transaction that
 * they are of: a V1 log has no row counts that would tell whose they are.
 */
function touchBounds(
  file: TouchedFile,
  byteOffset: number,
  byteLength: number,
  before: Event.DataBody,
  segment: SegmentTruth,
  touch: SegmentTouch,
): void {
  const bytes = file.change.after?.subarray(byteOffset, byteOffset + byteLength);
  const now = bytes && parse(Event.Record, bytes).value.body;
  if (now === undefined || !('symbolDiffs' in now) || file.table.plan.context.logHasRowCounts) return;
  const timestamps = [...segment.columns.values()].find(({ column }) => column.designated)?.cells ?? [];
  const isBetween = (row: bigint, a: bigint, b: bigint): boolean => (row >= a && row < b) || (row >= b && row < a);
  segment.position.forEach((position, row) => {
    const at = BigInt(position);
    if (!isBetween(at, before.rowLo, now.rowLo) && !isBetween(at, before.rowHi, now.rowHi)) return;
    const value = timestamps[row];
    if (typeof value !== 'bigint' || value < before.minTimestamp || value > before.maxTimestamp) return;
    for (const flags of [touch.rows, touch.provenance, touch.status]) mark(flags, LOST, row, 1);
  });
}

/** Marks the rows of each record of which bytes are others or gone: they, their symbols and their origin may be lost. */
export function touchEvents(file: TouchedFile, segment: SegmentTruth, touch: SegmentTouch): void {
  const bytes = readBytes(file.truth.source, file.change.path);
  for (const { byteOffset, byteLength, segmentTxn } of segment.opened.walk.records) {
    const rows = segment.transactions.get(segmentTxn);
    if (!overlaps(file.any, byteOffset, byteOffset + byteLength)) continue;
    touch.records.add(segmentTxn);
    if (rows === undefined) continue;
    mark(touch.rows, LOST, rows.first, rows.count);
    mark(touch.provenance, LOST, rows.first, rows.count);
    mark(touch.status, LOST, rows.first, rows.count);
    for (const { name, column } of segment.columns.values())
      if (column.type?.name === 'SYMBOL') mark(touch.cells.get(name), LOST, rows.first, rows.count);
    const { body } = parse(Event.Record, bytes.subarray(byteOffset, byteOffset + byteLength)).value;
    if (body === undefined || !('symbolDiffs' in body)) continue;
    touchEntries(body, byteOffset, file.change.changed, segment, touch, rows);
    touchBounds(file, byteOffset, byteLength, body, segment, touch);
  }
}
