import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type OpenSymbolTable, openSymbolTable } from '../../src/columns/symbolTable.js';
import { memorySource } from '../../src/source/memory.js';
import { type Faults, faultySource } from './faulty.js';
import { littleEndian } from './writer.js';

/** `.o` and `.c` as columns.md 3.2 has them. */
function symbolFiles(texts: readonly string[]): { o: Uint8Array; c: Uint8Array } {
  const o = [...littleEndian([128, 4]), 1, 0, 0, 0, 0, ...new Array<number>(55).fill(0), ...littleEndian([0, 8])];
  const c: number[] = [];
  for (const text of texts) {
    c.push(
      ...littleEndian(
        [text.length, 4],
        ...Array.from({ length: text.length }, (_, at) => [text.charCodeAt(at), 2] as const),
      ),
    );
    o.push(...littleEndian([c.length, 8]));
  }
  return { o: Uint8Array.from(o), c: Uint8Array.from(c) };
}

function open(
  { o, c }: { o?: Uint8Array; c?: Uint8Array },
  expectedCount: number,
  faults: Record<string, Faults> = {},
): OpenSymbolTable {
  const files: [string, Uint8Array][] = [];
  if (o !== undefined) files.push(['w/s.o', o]);
  if (c !== undefined) files.push(['w/s.c', c]);
  return openSymbolTable(faultySource(files, faults), 'w/s.o', 'w/s.c', { expectedCount });
}

const all = ({ table }: OpenSymbolTable, count: number): (string | undefined)[] =>
  Array.from({ length: count }, (_, key) => table.get(key));
const outcomes = ({ damage }: OpenSymbolTable): unknown[] =>
  damage.map(({ code, severity, file, actual }) => [code, severity, file, actual]);

const TEXTS = ['AAPL', '', 'MSFT', 'ünï 😀', '\ud800 lone', 'a longer symbol than the others', 'B', 'AAPL2'];
const FILES = symbolFiles(TEXTS);
const texts = fc.array(
  fc.oneof(
    fc.string({ unit: 'binary', maxLength: 8 }),
    fc.array(fc.nat(0xffff), { maxLength: 4 }).map((units) => String.fromCharCode(...units)),
  ),
  { maxLength: 20 },
);

describe('a symbol table', () => {
  it('gives what was written, up to the expected count, whatever is behind', () => {
    fc.assert(
      fc.property(texts, fc.nat(20), fc.uint8Array({ maxLength: 100 }), (written, expected, tail) => {
        const { o, c } = symbolFiles(written);
        const count = Math.min(expected, written.length);
        const opened = open(
          { o: Uint8Array.from([...o, ...new Array<number>(4096).fill(0)]), c: Uint8Array.from([...c, ...tail]) },
          count,
        );
        expect(opened.table.count).toBe(count);
        expect(all(opened, count + 2)).toEqual([...written.slice(0, count), undefined, undefined]);
        expect(opened.table.get(-1)).toBeUndefined();
        expect(opened.damage).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('that has fewer symbols than expected says so', () => {
    const o = Uint8Array.from([...FILES.o, ...new Array<number>(800).fill(0)]);
    for (const file of [FILES.o, o]) {
      const opened = open({ o: file, c: FILES.c }, TEXTS.length + 5);
      expect(opened.table.count).toBe(TEXTS.length);
      expect(all(opened, TEXTS.length)).toEqual(TEXTS);
      expect(outcomes(opened)).toEqual([['symbol_table_invalid', 'loss', 'w/s.o', '8 symbols']]);
    }
  });

  it('that is missing or unreadable has none', () => {
    expect(outcomes(open({ c: FILES.c }, 3))).toEqual([['symbol_table_missing', 'loss', 'w/s.o', 'no such file']]);
    expect(outcomes(open({ o: FILES.o }, 3))).toEqual([['symbol_table_missing', 'loss', 'w/s.c', 'no such file']]);
    const denied = open(FILES, 3, { 'w/s.c': { open: 'denied' } });
    expect(outcomes(denied)).toEqual([['symbol_table_invalid', 'loss', 'w/s.c', 'made to fail: denied']]);
    expect(denied.table.count).toBe(0);
    const broken = open(FILES, 3, { 'w/s.o': { unreadable: [[70, 80]] } });
    expect(outcomes(broken)).toEqual([['symbol_table_invalid', 'loss', 'w/s.o', 'EIO: i/o error']]);
  });

  it('puts any damaged offset between sound ones right', () => {
    for (let key = 0; key < TEXTS.length; key++) {
      for (let bit = 0; bit < 64; bit++) {
        const o = FILES.o.slice();
        o[64 + key * 8 + (bit >> 3)]! ^= 1 << (bit & 7);
        const opened = open({ o, c: FILES.c }, TEXTS.length);
        expect(all(opened, TEXTS.length), `key ${key} bit ${bit}`).toEqual(TEXTS);
        expect(opened.damage).toMatchObject([{ code: 'symbol_table_invalid', severity: 'repaired', file: 'w/s.o' }]);
      }
    }
    const o = FILES.o.slice().fill(0, 64 + 16, 64 + 48);
    const opened = open({ o, c: FILES.c }, TEXTS.length);
    expect(all(opened, TEXTS.length)).toEqual(TEXTS);
    expect(outcomes(opened)).toEqual([
      ['symbol_table_invalid', 'repaired', 'w/s.o', '5 symbols from key 1 on, which the lengths in .c correct'],
    ]);
  });

  it('loses the symbol whose length is wrong, and no other', () => {
    const starts = Array.from({ length: TEXTS.length }, (_, key) =>
      Number(new DataView(FILES.o.buffer).getBigInt64(64 + key * 8, true)),
    );
    for (const [key, start] of starts.entries()) {
      if (key === TEXTS.length - 1) continue;
      for (const wrong of [
        [0xff, 0xff, 0xff, 0xff],
        [0xff, 0xff, 0xff, 0x7f],
        [9, 9, 0, 0],
      ]) {
        const c = FILES.c.slice();
        c.set(wrong, start);
        const opened = open({ o: FILES.o, c }, TEXTS.length);
        expect(all(opened, TEXTS.length)).toEqual(TEXTS.map((text, index) => (index === key ? undefined : text)));
        expect(opened.damage).toMatchObject([
          { code: 'symbol_table_invalid', severity: 'loss', byteOffset: 64 + key * 8 },
        ]);
      }
    }
  });

  it('follows no length that does not lead to a sound symbol', () => {
    const o = FILES.o.slice();
    o[64 + 5 * 8]! ^= 2;
    const c = FILES.c.slice();
    // Symbol 5 starts where 4 ends; one unit less in its length leads into the middle of its text.
    c[Number(new DataView(FILES.o.buffer).getBigInt64(64 + 5 * 8, true))]! -= 1;
    const opened = open({ o, c }, TEXTS.length);
    expect(all(opened, TEXTS.length)).toEqual(TEXTS.map((text, key) => (key === 4 || key === 5 ? undefined : text)));
    expect(outcomes(opened)).toEqual([['symbol_table_invalid', 'loss', 'w/s.o', '2 symbols from key 4 on']]);
  });

  it('never gives a text that was not written, whatever happens to its offsets', () => {
    const harm = fc.record({
      at: fc.nat(200),
      bytes: fc.uint8Array({ minLength: 1, maxLength: 40 }),
      size: fc.nat(300),
    });
    fc.assert(
      fc.property(texts, harm, (written, { at, bytes, size }) => {
        const { o, c } = symbolFiles(written);
        o.set(bytes.subarray(0, Math.max(0, o.length - at)), Math.min(at, o.length));
        const opened = open({ o: o.slice(0, 64 + size), c }, written.length);
        for (const [key, text] of all(opened, written.length).entries()) {
          // Offsets that agree with the lengths in .c are a symbol of the table, if not this one.
          if (text !== undefined && text !== written[key])
            expect(at + bytes.length > 64 + key * 8 && at < 64 + key * 8 + 16).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('of any size costs a bounded time where all of it is damaged', () => {
    const count = 20_000;
    const { o, c } = symbolFiles(Array.from({ length: count }, (_, key) => `symbol ${key}`));
    for (let key = 20; key < count - 20; key++) o[64 + key * 8] = o[64 + key * 8]! ^ 1;
    const opened = open({ o, c }, count);
    const started = performance.now();
    const found = all(opened, count);
    expect(performance.now() - started).toBeLessThan(20_000);
    expect(found.slice(0, 18)).toEqual(Array.from({ length: 18 }, (_, key) => `symbol ${key}`));
    expect(opened.damage.every(({ code }) => code === 'symbol_table_invalid')).toBe(true);
  });

  it('holds large tables in windows, and gives the same again', () => {
    const count = 100_000;
    const { o, c } = symbolFiles(Array.from({ length: count }, (_, key) => `s${key}`));
    const opened = openSymbolTable(
      memorySource([
        ['o', o],
        ['c', c],
      ]),
      'o',
      'c',
      { expectedCount: count },
    );
    for (let round = 0; round < 2; round++) {
      for (let key = 0; key < count; key += 7) expect(opened.table.get(key)).toBe(`s${key}`);
    }
    opened.close();
  });
});
