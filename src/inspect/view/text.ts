/** A tree as lines of text: fields beside their bytes where there is room, else above them. */
import { escapeText } from '../escape.js';
import type { Field, FileBytes, Problem } from '../field.js';
import { fieldLine, problemLine } from './fieldText.js';
import {
  address,
  addressDigits,
  emptyRow,
  type HexShape,
  hexDump,
  hexRow,
  hexWidth,
  rowStarts,
  shapeIn,
} from './hex.js';
import { bytesStyle, type Style, type StyledLine, segment } from './style.js';
import { type Entry, entriesOf } from './walk.js';
import { wrapLine } from './wrap.js';

export interface TextOptions {
  /** Columns at which lines are broken. `undefined`: as long as they are, bytes beside. */
  readonly width: number | undefined;
  readonly depth: number;
  readonly limit: number;
  readonly problems: readonly Problem[];
  /** No bytes at all. */
  readonly plain?: boolean;
  /** Whose bytes stand below a narrow tree; those of all that it shows, unless given. */
  readonly bytesOf?: Field;
}

/** From this width on there are 16 bytes in a row beside the tree, from that on 8, below it none. */
const WIDE_COLUMNS = 150;
const MEDIUM_COLUMNS = 100;
const INDENT = 2;
/** Columns that are left for a line, however deep it is: from there on deeper ones begin at the same place. */
const MIN_COLUMNS = 16;
/** Rows of bytes beside one field; `--hex` shows all. */
const MAX_ROWS_BESIDE = 4;
const MAX_ROWS_OF_FILL = 1;
/** Rows of bytes below a tree; `--hex` shows all. */
const MAX_ROWS_BELOW = 64;
/** The same for one of several files. */
const MAX_ROWS_OF_PART = 16;
/** Bytes that are looked at for either: runs of zeros can be long. */
const MAX_BYTES_BELOW = 64 * 1024;

/** Fields that are not at a place of a file. */
const PLACELESS = new Set(['computed', 'folder', 'file']);
const FILL = new Set(['preallocated', 'zeros', 'stale', 'unread', 'gap']);

/** Bytes in a row beside the tree; 0 when they go below it. */
const bytesBeside = (width: number | undefined): number =>
  width === undefined || width >= WIDE_COLUMNS ? 16 : width >= MEDIUM_COLUMNS ? 8 : 0;

const omittedText = ({ count, list, from }: Extract<Entry, { kind: 'omitted' }>): string => {
  const range = count === 1 ? `${from}` : `${from}-${from + count - 1}`;
  const example = list.kind === 'list' ? `${list.path}[${range}] or ` : '';
  return `… ${count} more: ${example}--limit shows them`;
};

/** The lines of the tree's side for an entry. */
function treeLines(entry: Entry, width: number | undefined): StyledLine[] {
  const at = (depth: number, line: StyledLine): StyledLine[] => {
    const indent = width === undefined ? INDENT * depth : Math.min(INDENT * depth, Math.max(0, width - MIN_COLUMNS));
    const room = width === undefined ? undefined : width - indent;
    return wrapLine(line, room).map((part) => [segment(' '.repeat(indent), 'plain'), ...part]);
  };
  if (entry.kind === 'omitted') return at(entry.depth, [segment(omittedText(entry), 'meaning')]);
  const { field, depth } = entry;
  const own = at(depth, fieldLine(field, depth === 0));
  return field.problem === undefined ? own : [...own, ...at(depth + 1, [problemLine(field.problem)])];
}

/** True for fields whose bytes stand in their line: those of the others stand in the lines below. */
const showsBytes = (entry: Entry): entry is Extract<Entry, { kind: 'field' }> =>
  entry.kind === 'field' &&
  entry.isLast &&
  entry.field.length > 0 &&
  entry.field.kind !== 'computed' &&
  entry.field.kind !== 'folder';

function besideRows(field: Field, shape: HexShape): StyledLine[] {
  const most =
    FILL.has(field.kind) || field.kind === 'list' || field.kind === 'file' ? MAX_ROWS_OF_FILL : MAX_ROWS_BESIDE;
  const end = field.offset + field.length;
  const style = bytesStyle(field);
  const rows: StyledLine[] = [];
  for (const row of rowStarts(field.offset, end, shape.bytesPerRow)) {
    if (rows.length === most) {
      const [blank, ...rest] = emptyRow(shape);
      return [...rows, [segment('…'.padEnd(blank?.text.length ?? 1), 'frame'), ...rest]];
    }
    rows.push(hexRow(field.file, row, [field.offset, end], shape, () => style));
  }
  return rows;
}

function* besideLines(start: Field, options: TextOptions, shape: HexShape, seen: Seen): Generator<StyledLine> {
  const width = options.width === undefined ? undefined : options.width - hexWidth(shape);
  for (const entry of entriesOf(start, options)) {
    if (entry.kind === 'field') seen(entry.field);
    const tree = treeLines(entry, width);
    const bytes = showsBytes(entry) ? besideRows(entry.field, shape) : [];
    for (let row = 0; row < Math.max(tree.length, bytes.length); row++)
      yield [...(bytes[row] ?? emptyRow(shape)), ...(tree[row] ?? [])];
  }
}

/** The style of each byte by the fields that were shown. */
function styleMap(shown: readonly Field[]): (offset: number) => Style {
  const sorted = [...shown].sort((a, b) => a.offset - b.offset);
  return (offset) => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (sorted[middle]!.offset <= offset) low = middle + 1;
      else high = middle;
    }
    const field = sorted[low - 1];
    return field !== undefined && offset < field.offset + field.length ? bytesStyle(field) : 'plain';
  };
}

function* belowLines(start: Field, options: TextOptions, seen: Seen): Generator<StyledLine> {
  const digits = addressDigits(start.file.size);
  const width = options.width === undefined ? undefined : options.width - digits - 4;
  const shown: Field[] = [];
  for (const entry of entriesOf(start, options)) {
    if (entry.kind === 'field') seen(entry.field);
    const isPlaced = entry.kind === 'field' && !PLACELESS.has(entry.field.kind);
    const place = isPlaced ? address(entry.field.offset, digits) : ' '.repeat(digits + 2);
    if (options.plain === true) {
      yield* treeLines(entry, options.width);
      continue;
    }
    for (const [index, line] of treeLines(entry, width).entries())
      yield [segment(index === 0 ? place : ' '.repeat(digits + 2), 'frame'), segment('  ', 'plain'), ...line];
    if (showsBytes(entry)) shown.push(entry.field);
  }
  if (options.plain !== true) yield* dumpBelow(start, options, shown);
}

/** The bytes of a tree of one file, or of the parts of several, each under the name of its file. */
function* dumpBelow(
  start: Field,
  { width, bytesOf = start }: TextOptions,
  shown: readonly Field[],
): Generator<StyledLine> {
  if (start.kind !== 'folder') {
    const { file, offset, length } = bytesOf;
    if (length > 0) yield [];
    yield* dumpOf(file, [offset, offset + length], shown, { width, most: MAX_ROWS_BELOW });
    return;
  }
  const byFile = new Map<string, Field[]>();
  for (const field of shown) {
    const { path } = field.file;
    const known = byFile.get(path);
    if (known === undefined) byFile.set(path, [field]);
    else known.push(field);
  }
  for (const [path, fields] of byFile) {
    const from = fields.reduce((least, { offset }) => Math.min(least, offset), Number.POSITIVE_INFINITY);
    const to = fields.reduce((most, { offset, length }) => Math.max(most, offset + length), 0);
    yield [];
    yield* wrapLine([segment(escapeText(path), 'title')], width);
    yield* dumpOf(fields[0]!.file, [from, to], fields, { width, most: MAX_ROWS_OF_PART });
  }
}

function* dumpOf(
  file: FileBytes,
  [from, to]: readonly [number, number],
  shown: readonly Field[],
  { width, most }: { readonly width: number | undefined; readonly most: number },
): Generator<StyledLine> {
  const shape = shapeIn(width, addressDigits(file.size));
  let rows = 0;
  for (const line of hexDump(file, [from, Math.min(to, from + MAX_BYTES_BELOW)], shape, styleMap(shown))) {
    rows += 1;
    if (rows > most) break;
    yield line;
  }
  if (rows > most || to - from > MAX_BYTES_BELOW)
    yield* wrapLine([segment('… more bytes: --hex shows them', 'meaning')], width);
}

/** Told about each field that is shown. */
type Seen = (field: Field) => void;

/** The lines of a tree from `start` down. */
export function treeText(start: Field, options: TextOptions, seen: Seen = () => undefined): Generator<StyledLine> {
  const bytesPerRow = options.plain === true ? 0 : bytesBeside(options.width);
  if (bytesPerRow === 0) return belowLines(start, options, seen);
  return besideLines(start, options, { bytesPerRow, addressDigits: addressDigits(start.file.size) }, seen);
}

/** Nothing but the bytes of `start`, coloured by its fields. */
export function* hexText(start: Field, options: TextOptions): Generator<StyledLine> {
  const shown: Field[] = [];
  for (const entry of entriesOf(start, options)) if (showsBytes(entry)) shown.push(entry.field);
  const shape = shapeIn(options.width, addressDigits(start.file.size));
  yield* hexDump(start.file, [start.offset, start.offset + start.length], shape, styleMap(shown));
}
