import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { borrowMemory, FRESH_MEMORY } from '../../src/columns/chunkMemory.js';
import { readColumn, type Seen, sourceOf } from './reading.js';
import { cellOf, NULL_KEY, readSymbols, SYMBOL, scope, tableOf } from './symbols.js';

function dictionaryOf({ chunk }: Seen): string[] {
  if (chunk.kind !== 'dictionary') throw new Error(chunk.kind);
  const { offsets, data, length } = chunk.dictionary;
  return Array.from({ length }, (_, index) =>
    new TextDecoder().decode(data.subarray(offsets[index], offsets[index + 1])),
  );
}

describe('symbol keys', () => {
  it('mean what their own transaction says, the same key another thing in the next', () => {
    const base = tableOf(['A', 'B', 'C']);
    const seen = readSymbols(
      [0, 3, 2, NULL_KEY, 3, 1, 3, 4],
      [
        scope({ lo: 0, hi: 3, cleanCount: 3, base, diff: new Map([[3, 'D']]) }),
        scope({ lo: 3, hi: 6, cleanCount: 3, base, diff: new Map([[3, 'E']]) }),
        scope({
          lo: 6,
          hi: 8,
          cleanCount: 3,
          base,
          diff: new Map([
            [3, 'D'],
            [4, 'A'],
          ]),
        }),
      ],
    );
    expect(seen.cells).toEqual(
      ['A', 'D', 'C', null, 'E', 'B', 'D', 'A'].map((text) => (text === null ? null : cellOf(text))),
    );
    expect(dictionaryOf(seen)).toEqual(['A', 'D', 'C', 'E', 'B']);
    expect(seen.damage).toEqual([]);
  });

  it('of no transaction, of none of its symbols, or of lost ones are NULL and told apart', () => {
    const seen = readSymbols(
      [0, NULL_KEY, 5, 1, 7, -1, 0, 1, 2, 3],
      [
        scope({ lo: 1, hi: 6, cleanCount: 3, base: tableOf(['A', undefined]), diff: new Map([[3, 'X']]) }),
        scope({ lo: 6, hi: 8, cleanCount: 1, base: tableOf(['A']), diffKnown: false }),
        scope({ lo: 8, hi: 10, cleanCount: 4 }),
      ],
    );
    expect(seen.cells).toEqual([null, null, null, null, null, null, cellOf('A'), null, null, null]);
    expect(seen.lostCells).toBe(8);
    expect(
      seen.damage.map(({ code, severity, cells, byteOffset, expected }) => [
        code,
        severity,
        cells,
        byteOffset,
        expected,
      ]),
    ).toEqual([
      ['symbol_key_unresolved', 'loss', 2n, 0, 'the new symbols of the transaction, which are lost'],
      ['symbol_key_unresolved', 'loss', 3n, 8, 'a key below 3 or one of the 1 new symbols of the transaction'],
      ['symbol_key_unresolved', 'loss', 3n, 12, 'a symbol table with the 3 symbols that the transaction knew'],
    ]);
  });

  it('without any resolver only NULL is known', () => {
    const seen = readColumn(sourceOf({ d: Uint8Array.of(0, 0, 0, 128, 1, 0, 0, 0) }), SYMBOL, [{ lo: 0, hi: 2 }]);
    expect([seen.cells, seen.lostCells]).toEqual([[null, null], 1]);
  });

  it('that are hostile cost neither time nor memory', () => {
    const huge = new Map([
      [2 ** 31 - 1, 'far'],
      [5, 'near'],
    ]);
    const keys = [2 ** 31 - 1, 5, 2 ** 31 - 2, 6, NULL_KEY + 1];
    const seen = readSymbols(keys, [scope({ diff: huge })]);
    expect(seen.cells).toEqual([cellOf('far'), cellOf('near'), null, null, null]);
    const clean = scope({
      cleanCount: 2 ** 31 - 1,
      base: { count: 2 ** 31 - 1, get: (key) => (key > 10 ? 'x' : undefined) },
    });
    expect(readSymbols([2 ** 31 - 2, 3, 1_000_000], [clean]).cells).toEqual([cellOf('x'), null, cellOf('x')]);
    expect(readSymbols([0, 1], [scope({ cleanCount: -5, diff: new Map([[0, 'a']]) })]).cells).toEqual([
      cellOf('a'),
      null,
    ]);
  });

  it('in rows that can not be read are not resolved', () => {
    const d = Uint8Array.of(1, 0, 0, 0, 0, 0);
    const seen = readColumn(sourceOf({ d }), SYMBOL, [{ lo: 0, hi: 3 }], {
      symbols: {
        scopes: [
          scope({
            diff: new Map([
              [0, 'not used'],
              [1, 'a'],
            ]),
          }),
        ],
      },
    });
    expect(seen.cells).toEqual([cellOf('a'), null, null]);
    expect(dictionaryOf(seen)).toEqual(['a']);
    expect(seen.damage.map(({ code, cells }) => [code, cells])).toEqual([['column_short', 2n]]);
  });

  it('keep lone surrogates, the empty text and texts that differ in nothing that prints', () => {
    const texts = ['\ud800', '\udc00\ud800', '', '\0', 'é', 'e\u0301', '😀'];
    const seen = readSymbols([0, 1, 2, 3, 4, 5, 6, 0], [scope({ diff: new Map(texts.entries()) })]);
    expect(seen.cells).toEqual([...texts, '\ud800'].map(cellOf));
    expect(seen.chunk.kind === 'dictionary' && seen.chunk.dictionary.utf8).toBe(false);
    expect(seen.damage).toMatchObject([
      { code: 'text_not_utf8', severity: 'note', actual: '2 symbols with lone surrogates' },
    ]);
  });

  it('an array of NULLs has an empty dictionary', () => {
    const seen = readSymbols([NULL_KEY, NULL_KEY], [scope({})]);
    expect([seen.cells, dictionaryOf(seen), seen.damage]).toEqual([[null, null], [], []]);
  });

  it.each([
    ['in memory of their own', FRESH_MEMORY],
    ['in kernel memory', borrowMemory().of(0)],
  ])('resolve as a plain reading of the rules does, %s', (_name, memory) => {
    const texts = fc.constantFrom('A', 'B', 'C', 'DD', '', '\udfff');
    const key = fc.oneof(fc.integer({ min: -2, max: 9 }), fc.constant(NULL_KEY), fc.integer());
    const oneScope = fc.record({
      rows: fc.nat(6),
      gap: fc.nat(2),
      cleanCount: fc.integer({ min: 0, max: 5 }),
      base: fc.option(fc.nat(1)),
      diff: fc.option(fc.array(fc.tuple(fc.integer({ min: 0, max: 8 }), texts), { maxLength: 5 }), { nil: undefined }),
      diffKnown: fc.boolean(),
    });
    const cases = fc.record({
      bases: fc.array(fc.array(texts, { maxLength: 5 }), { minLength: 2, maxLength: 2 }),
      scopes: fc.array(oneScope, { maxLength: 6 }),
      keys: fc.array(key, { maxLength: 40 }),
      cuts: fc.array(fc.nat(40), { maxLength: 6 }),
    });
    fc.assert(
      fc.property(cases, ({ bases, scopes, keys, cuts }) => {
        const tables = bases.map(tableOf);
        let row = 0;
        const all = scopes.map(({ rows, gap, base, diff, cleanCount, diffKnown }) => {
          const lo = row + gap;
          row = lo + rows;
          return scope({
            lo,
            hi: row,
            cleanCount,
            diffKnown,
            base: base === null ? undefined : tables[base],
            diff: diff && new Map(diff),
          });
        });
        const rising = cuts.map((cut) => Math.min(cut, keys.length)).sort((a, b) => a - b);
        const ranges = Array.from({ length: rising.length >> 1 }, (_, index) => ({
          lo: rising[2 * index]!,
          hi: rising[2 * index + 1]!,
        }));
        const meaning = (at: number): string | null | undefined => {
          const own = all.find(({ lo, hi }) => at >= lo && at < hi);
          if (keys[at] === NULL_KEY) return null;
          if (own === undefined) return undefined;
          return keys[at]! < own.cleanCount ? own.base?.get(keys[at]!) : own.diff?.get(keys[at]!);
        };
        const rows = ranges.flatMap(({ lo, hi }) => Array.from({ length: hi - lo }, (_, index) => lo + index));
        const seen = readSymbols(keys, all, ranges, memory);
        expect(seen.cells).toEqual(rows.map(meaning).map((text) => (text == null ? null : cellOf(text))));
        expect(seen.lostCells).toBe(rows.filter((at) => meaning(at) === undefined).length);
        const used = rows.map(meaning).filter((text) => typeof text === 'string');
        expect(seen.chunk.kind === 'dictionary' && seen.chunk.dictionary.length).toBe(new Set(used).size);
      }),
      { numRuns: 1000 },
    );
  });
});
