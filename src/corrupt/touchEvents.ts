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
    if (body !== undefined && 'symbolDiffs' in body)
      touchEntries(body, byteOffset, file.change.changed, segment, touch, rows);
  }
}
