/** Which cells a change touches, by layouts that are written down here once more. */
import { beforeAll, describe, expect, it } from 'vitest';
import { fileChanges } from '../../src/corrupt/changes.js';
import type { Cell } from '../../src/corrupt/readBack.js';
import type { Harness } from '../../src/corrupt/runCase.js';
import { touchOf } from '../../src/corrupt/touch.js';
import { LOST, OTHER, type SegmentTouch, type TableTouch } from '../../src/corrupt/touchMap.js';
import type { SegmentTruth } from '../../src/corrupt/truth.js';
import type { Mutation } from '../../src/source/mutation.js';
import { overlay } from '../../src/source/overlay.js';
import { harnessOf } from './harness.js';

let trades: Harness;
let types: Harness;
let symbols: Harness;
beforeAll(async () => {
  [trades, types, symbols] = [
    await harnessOf('01-trades-v1'),
    await harnessOf('02-all-types-v1'),
    await harnessOf('07-symbol-reuse'),
  ];
});

function touched(harness: Harness, mutations: readonly Mutation[], kind = 'set_byte'): TableTouch {
  const { source } = harness.truth;
  const changes = fileChanges(source, overlay(source, mutations), mutations);
  const touches = touchOf(harness.truth, changes, new Set([kind]), false);
  expect(touches.size).toBeLessThan(2);
  return [...touches.values()][0] ?? { segments: new Map(), shared: false, logReplaced: false, txns: new Set() };
}

const inSegment = (harness: Harness, folder: string, mutations: readonly Mutation[]): SegmentTouch =>
  touched(harness, mutations).segments.get(folder) as SegmentTouch;

const byte = (path: string, offset: number): Mutation => ({ op: 'write', path, offset, bytes: Uint8Array.of(0xa5) });
const rowsWith = (flags: Uint8Array | undefined, flag: number): number[] =>
  [...(flags ?? [])].flatMap((value, row) => ((value & flag) === 0 ? [] : [row]));
const touchedColumns = ({ cells }: SegmentTouch): string[] =>
  [...cells].filter(([, flags]) => flags.some((flag) => flag !== 0)).map(([name]) => name);

const TRADES = 'trades~6/wal1/0';
const TYPES = 'alltypes~6/wal1/0';

describe('columns', () => {
  it('a byte of a fixed-size column is one cell', () => {
    const touch = inSegment(trades, TRADES, [byte(`${TRADES}/px.d`, 8 * 20 + 3)]);
    expect(touchedColumns(touch)).toEqual(['px']);
    expect(rowsWith(touch.cells.get('px'), OTHER)).toEqual([20]);
    expect(rowsWith(touch.rows, LOST)).toEqual([]);
  });

  it('the row number beside a timestamp may cost it, not change it', () => {
    const value = inSegment(trades, TRADES, [byte(`${TRADES}/ts.d`, 16 * 5 + 7)]);
    expect(rowsWith(value.cells.get('ts'), OTHER)).toEqual([5]);
    const number = inSegment(trades, TRADES, [byte(`${TRADES}/ts.d`, 16 * 5 + 8)]);
    expect(rowsWith(number.cells.get('ts'), OTHER)).toEqual([]);
    expect(rowsWith(number.cells.get('ts'), LOST)).toEqual([5]);
  });

  it('a cut costs the rows past it', () => {
    const touch = inSegment(trades, TRADES, [{ op: 'resize', path: `${TRADES}/px.d`, size: 8 * 70 + 1 }]);
    expect(rowsWith(touch.cells.get('px'), LOST)).toEqual([70, 71, 72, 73]);
    expect(rowsWith(touch.cells.get('px'), OTHER)).toEqual([]);
  });

  it('an entry of a STRING is the end of one row and the start of the next', () => {
    const touch = inSegment(types, TYPES, [byte(`${TYPES}/c_string.i`, 8 * 7 + 6)]);
    expect(touchedColumns(touch)).toEqual(['c_string']);
    expect(rowsWith(touch.cells.get('c_string'), OTHER)).toEqual([6, 7]);
  });

  it('an entry of a VARCHAR is one row, an empty file all of them', () => {
    const touch = inSegment(types, TYPES, [byte(`${TYPES}/c_varchar.i`, 16 * 7 + 15)]);
    expect(rowsWith(touch.cells.get('c_varchar'), OTHER)).toEqual([7]);
    expect(rowsWith(touch.cells.get('c_varchar'), LOST)).toEqual([6, 7, 8]);
    const all = inSegment(types, TYPES, [{ op: 'resize', path: `${TYPES}/c_varchar.i`, size: 0 }]);
    expect(rowsWith(all.cells.get('c_varchar'), LOST)).toHaveLength(45);
  });

  it('a byte of text is the row whose text it is in', () => {
    const segment = types.truth.tables.get('alltypes~6')?.segments.get(TYPES) as SegmentTruth;
    const cells = segment.columns.get('c_varchar')?.cells ?? [];
    let offset = 0;
    // Values of 10 bytes and more are in `.d` one after the other.
    for (const [row, cell] of cells.entries()) {
      if (!(cell instanceof Uint8Array) || cell.length < 10) continue;
      const touch = inSegment(types, TYPES, [byte(`${TYPES}/c_varchar.d`, offset + cell.length - 1)]);
      expect(rowsWith(touch.cells.get('c_varchar'), OTHER)).toEqual([row]);
      offset += cell.length;
    }
    expect(offset).toBeGreaterThan(0);
  });

  it('what lies behind the last row is nobody’s', () => {
    const touch = inSegment(trades, TRADES, [byte(`${TRADES}/px.d`, 8 * 74)]);
    expect(touchedColumns(touch)).toEqual([]);
  });
});

describe('_event', () => {
  it('a record is the rows of its transaction and their symbols', () => {
    const touch = inSegment(trades, TRADES, [byte(`${TRADES}/_event`, 8 + 13)]);
    const count = trades.truth.tables.get('trades~6')?.segments.get(TRADES)?.transactions.get(0)?.count ?? 0;
    const rows = Array.from({ length: count }, (_, row) => row);
    expect(count).toBeGreaterThan(0);
    expect(rowsWith(touch.rows, LOST)).toEqual(rows);
    expect(touchedColumns(touch)).toEqual(['ticker']);
    expect(rowsWith(touch.cells.get('ticker'), LOST)).toEqual(rows);
    expect(rowsWith(touch.cells.get('ticker'), OTHER)).toEqual([]);
    expect([...touch.records]).toEqual([0]);
  });

  it('the text of a symbol is the cells that have it, of that transaction', () => {
    const segment = trades.truth.tables.get('trades~6')?.segments.get(TRADES) as SegmentTruth;
    const { source } = trades.truth;
    const file = source.open(`${TRADES}/_event`);
    const text = Buffer.from(file.read(0, file.size));
    const offset = text.indexOf(Buffer.from('TSLA', 'utf16le'));
    file.close();
    const touch = inSegment(trades, TRADES, [byte(`${TRADES}/_event`, offset)]);
    const [txn] = touch.records;
    const own = segment.transactions.get(txn ?? -1) as { first: number; count: number };
    const cells = segment.columns.get('ticker')?.cells ?? [];
    const isOwn = (row: number): boolean => row >= own.first && row < own.first + own.count;
    const isTesla = (cell: Cell): boolean => cell instanceof Uint8Array && new TextDecoder().decode(cell) === 'TSLA';
    const expected = cells.flatMap((cell, row) => (isOwn(row) && isTesla(cell) ? [row] : []));
    expect(expected.length).toBeGreaterThan(0);
    expect(rowsWith(touch.cells.get('ticker'), OTHER)).toEqual(expected);
  });

  it('the header and the index touch nothing', () => {
    const header = inSegment(trades, TRADES, [byte(`${TRADES}/_event`, 0)]);
    expect([touchedColumns(header), rowsWith(header.rows, LOST)]).toEqual([[], []]);
    const index = inSegment(trades, TRADES, [byte(`${TRADES}/_event.i`, 9)]);
    expect([touchedColumns(index), rowsWith(index.rows, LOST)]).toEqual([[], []]);
  });
});

describe('files beside the segments', () => {
  it('a symbol table’s text is the cells that have it', () => {
    const path = 'symreuse~6/wal2/sym.c';
    const { source } = symbols.truth;
    expect(source.stat(path)?.kind).toBe('file');
    const length = new DataView(source.open(path).read(0, 4).slice().buffer).getInt32(0, true);
    const text = new TextDecoder('utf-16le').decode(source.open(path).read(4, length * 2));
    const touch = touched(symbols, [byte(path, 4)]);
    for (const [folder, segment] of touch.segments) {
      const cells = symbols.truth.tables.get('symreuse~6')?.segments.get(folder)?.columns.get('sym')?.cells ?? [];
      const expected = cells.flatMap((cell, row) =>
        cell instanceof Uint8Array && new TextDecoder().decode(cell) === text ? [row] : [],
      );
      expect(rowsWith(segment.cells.get('sym'), OTHER)).toEqual(folder.includes('/wal2/') ? expected : []);
    }
  });

  it('a log record is the origin of its rows, not the rows', () => {
    const touch = touched(trades, [byte('trades~6/txn_seq/_txnlog', 76 + 28 + 8)]);
    const segment = touch.segments.get(TRADES) as SegmentTouch;
    const own = trades.truth.tables.get('trades~6')?.segments.get(TRADES)?.transactions.get(1);
    expect(rowsWith(segment.provenance, OTHER)).toEqual(
      Array.from({ length: own?.count ?? 0 }, (_, i) => (own?.first ?? 0) + i),
    );
    expect(rowsWith(segment.rows, LOST)).toEqual([]);
    expect(touch.shared).toBe(true);
  });

  it('the watermark is the status of all rows', () => {
    const segment = touched(trades, [byte('trades~6/_txn', 64 + 80)]).segments.get(TRADES) as SegmentTouch;
    expect(rowsWith(segment.status, LOST)).toHaveLength(74);
    expect(rowsWith(segment.status, OTHER)).toEqual([]);
    expect(touchedColumns(segment)).toEqual([]);
  });

  it('a folder that is gone is all that is in it', () => {
    const segment = touched(trades, [{ op: 'remove', path: 'trades~6/wal1' }]).segments.get(TRADES) as SegmentTouch;
    expect(rowsWith(segment.rows, LOST)).toHaveLength(74);
    expect(touchedColumns(segment).sort()).toEqual(['px', 'size', 'ticker', 'ts']);
  });
});
