/** Bytes as hex and as characters, in rows that begin at multiples of their length. */
import type { FileBytes } from '../field.js';
import { type Segment, type Style, type StyledLine, segment } from './style.js';

/** How bytes stand in columns. */
export interface HexShape {
  readonly bytesPerRow: number;
  /** Hex digits of an address. */
  readonly addressDigits: number;
}

const MIN_ADDRESS_DIGITS = 8;

export const addressDigits = (size: number): number =>
  Math.max(MIN_ADDRESS_DIGITS, Math.max(0, size - 1).toString(16).length);

export const address = (offset: number, digits: number): string => `0x${offset.toString(16).padStart(digits, '0')}`;

/** Bytes in a row of a dump, where there is room for so many. */
const ROW_BYTES = [16, 8, 4] as const;

/** The shape of a dump that is no wider than `width`, as far as that can be. */
export function shapeIn(width: number | undefined, digits: number): HexShape {
  const shapes = ROW_BYTES.map((bytesPerRow) => ({ bytesPerRow, addressDigits: digits }));
  return shapes.find((shape) => width === undefined || hexWidth(shape) <= width) ?? shapes.at(-1)!;
}

/** Columns of a row: address, hex, characters and the frames between. */
export const hexWidth = ({ bytesPerRow, addressDigits: digits }: HexShape): number =>
  2 + digits + 1 + bytesPerRow * 3 - 1 + 1 + bytesPerRow + 1;

const character = (byte: number): string =>
  byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : byte === 0 ? '.' : '·';

/** Neighbours of one style as one segment. */
function joined(segments: readonly Segment[]): Segment[] {
  const out: Segment[] = [];
  for (const one of segments) {
    const last = out.at(-1);
    if (last?.style === one.style) out.splice(-1, 1, segment(last.text + one.text, last.style));
    else out.push(one);
  }
  return out;
}

/** A row: bytes [from, to) of the row that begins at `rowStart`; nothing at the places of the others. */
export function hexRow(
  file: FileBytes,
  rowStart: number,
  [from, to]: readonly [number, number],
  shape: HexShape,
  styleOf: (offset: number) => Style,
): StyledLine {
  const start = Math.max(from, rowStart);
  const bytes = file.bytes(start, Math.max(0, Math.min(to, rowStart + shape.bytesPerRow) - start));
  const hex: Segment[] = [];
  const chars: Segment[] = [];
  for (let column = 0; column < shape.bytesPerRow; column++) {
    const offset = rowStart + column;
    const byte = offset < start ? undefined : bytes[offset - start];
    const gap = column === shape.bytesPerRow - 1 ? '' : ' ';
    const style = byte === undefined ? 'plain' : styleOf(offset);
    hex.push(segment(byte === undefined ? '  ' : byte.toString(16).padStart(2, '0'), style), segment(gap, style));
    chars.push(segment(byte === undefined ? ' ' : character(byte), style));
  }
  const frame = segment('│', 'frame');
  return [
    segment(address(rowStart, shape.addressDigits), 'frame'),
    frame,
    ...joined(hex),
    frame,
    ...joined(chars),
    frame,
  ];
}

/** Columns where a row would be. */
export const emptyRow = (shape: HexShape): StyledLine => {
  const frame = segment('│', 'frame');
  const blank = (width: number): Segment => segment(' '.repeat(width), 'plain');
  return [
    blank(2 + shape.addressDigits),
    frame,
    blank(shape.bytesPerRow * 3 - 1),
    frame,
    blank(shape.bytesPerRow),
    frame,
  ];
};

/** Starts of the rows that [from, to) touches. */
export function* rowStarts(from: number, to: number, bytesPerRow: number): Generator<number> {
  for (let row = from - (from % bytesPerRow); row < to; row += bytesPerRow) yield row;
}

/** Bytes that are compared at a time with the row before them: whole rows of every shape. */
const COMPARED_BYTES = 256 * 1024;

/** How many of the bytes in `count` rows from `from` on only repeat `row`: whole rows. */
function repeatedBytes(file: FileBytes, row: Uint8Array, from: number, count: number): number {
  const end = from + count * row.length;
  for (let at = from; at < end; ) {
    const bytes = file.bytes(at, Math.min(COMPARED_BYTES, end - at));
    let same = 0;
    while (same < bytes.length && bytes[same] === row[same % row.length]) same += 1;
    at += same - (same % row.length);
    if (same < bytes.length || same === 0) return at - from;
  }
  return end - from;
}

/** The hex dump of [from, to), equal rows but the first of a run as `*`. */
export function* hexDump(
  file: FileBytes,
  [from, to]: readonly [number, number],
  shape: HexShape,
  styleOf: (offset: number) => Style,
): Generator<StyledLine> {
  const { bytesPerRow } = shape;
  for (let row = from - (from % bytesPerRow); row < to; row += bytesPerRow) {
    yield hexRow(file, row, [from, to], shape, styleOf);
    const bytes = file.bytes(row, bytesPerRow).slice();
    // The last row is always shown.
    const between = Math.ceil((to - row) / bytesPerRow) - 2;
    if (row < from || bytes.length < bytesPerRow || between <= 0) continue;
    const skipped = repeatedBytes(file, bytes, row + bytesPerRow, between);
    if (skipped > 0) yield [segment('*', 'frame')];
    row += skipped;
  }
}
