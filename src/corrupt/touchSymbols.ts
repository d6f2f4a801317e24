/** Which cells a change in the symbol files beside the segments touches. */
import { SymbolChars } from '../../generated/SymbolChars.js';
import { SymbolOffsets } from '../../generated/SymbolOffsets.js';
import { lazy, parse, span, text } from '../kaitai/parse.js';
import { overlaps } from './changes.js';
import type { Cell } from './readBack.js';
import { readBytes } from './targets.js';
import { LOST, mark, OTHER, type TouchedFile } from './touchMap.js';
import type { ColumnTruth, SegmentTruth } from './truth.js';

const utf8 = new TextDecoder();

/** Texts of the symbols of which bytes are others, and of those of which bytes are others or gone. */
function touchedTexts(file: TouchedFile, ofsPath: string, charsPath: string) {
  const { source } = file.truth;
  const { changed } = file.change;
  const offsets = parse(SymbolOffsets, readBytes(source, ofsPath)).value;
  const chars = parse(SymbolChars, readBytes(source, charsPath)).value;
  const isOffsets = file.change.path === ofsPath;
  const entries = lazy(offsets, 'entries').value ?? [];
  const other = new Set<string>();
  const lost = new Set<string>();
  for (const [k, symbol] of (lazy(chars, 'symbols').value ?? []).entries()) {
    const own = isOffsets ? span(offsets, 'entries', k) : span(chars, 'symbols', k);
    const next = isOffsets ? span(offsets, 'entries', k + 1) : own;
    if (own === undefined || next === undefined || entries[k] === undefined) continue;
    const name = text(symbol) ?? '';
    if (overlaps(changed, own.start, next.end)) other.add(name);
    if (overlaps(file.any, own.start, next.end)) lost.add(name);
  }
  return { other, lost };
}

/** True when a file of this name may hold the column's symbols: the slot has, or had, that name. */
function hadName(file: TouchedFile, segment: SegmentTruth, column: ColumnTruth, name: string): boolean {
  const { replayed, sequencerSchema } = file.table.plan.context;
  const schemas = [...replayed, sequencerSchema, segment.opened.schema];
  return schemas.some((schema) => schema?.slots[column.column.index]?.name.toLowerCase() === name.toLowerCase());
}

const textOf = (cell: Cell | undefined): string | undefined =>
  cell instanceof Uint8Array ? utf8.decode(cell) : undefined;

/**
 * Marks the cells of symbols that a change in `<name>.o` or `<name>.c` touches, in all segments below the folder: of the WAL
 * for its links, of the table for its own files, which have a number (`.N`) behind their names after some changes.
 */
export function touchSymbols(file: TouchedFile, home: string, name: string, number = ''): void {
  const { other, lost } = touchedTexts(file, `${home}/${name}.o${number}`, `${home}/${name}.c${number}`);
  for (const [folder, segment] of file.table.segments) {
    const touch = file.touch.segments.get(folder);
    if (touch === undefined || !folder.startsWith(`${home}/`)) continue;
    touch.touched = true;
    for (const column of segment.columns.values()) {
      if (column.column.type?.name !== 'SYMBOL' || !hadName(file, segment, column, name)) continue;
      const flags = touch.cells.get(column.name);
      column.cells.forEach((cell, row) => {
        const symbol = textOf(cell);
        if (symbol !== undefined && lost.has(symbol)) mark(flags, LOST, row, 1);
        if (symbol !== undefined && other.has(symbol)) mark(flags, OTHER, row, 1);
      });
    }
  }
}
