import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openColumn, type RowRange } from '../../src/columns/openColumn.js';
import { columnTypeOf } from '../../src/columnType.js';
import { ALL_KINDS } from './kinds.js';
import { readColumn, sourceOf } from './reading.js';

/** `bytes` and what a live or rolled-back writer leaves behind them. */
function withTail(bytes: Uint8Array, tail: Uint8Array): Uint8Array {
  return Uint8Array.from([...bytes, ...tail]);
}

/** Rising ranges within `count` rows. */
function rangesIn(count: number): fc.Arbitrary<RowRange[]> {
  return fc.array(fc.nat(count), { maxLength: 8 }).map((cuts) => {
    const rising = cuts.sort((a, b) => a - b);
    return Array.from({ length: rising.length >> 1 }, (_, index) => ({
      lo: rising[2 * index]!,
      hi: rising[2 * index + 1]!,
    }));
  });
}

describe('what was written is what is read', () => {
  it.each(ALL_KINDS)('$name', (kind) => {
    const cases = kind.stored(0, 30).chain((stored) =>
      fc.record({
        stored: fc.constant(stored),
        ranges: rangesIn(stored.cells.length),
        tail: fc.uint8Array({ maxLength: 40 }),
      }),
    );
    fc.assert(
      fc.property(cases, fc.boolean(), ({ stored, ranges, tail }, countKnown) => {
        const { files, cells } = stored;
        const source = sourceOf({ d: withTail(files.d, tail), i: files.i && withTail(files.i, tail) });
        const rowCount = countKnown ? { rowCount: cells.length } : {};
        for (const asked of [[{ lo: 0, hi: cells.length }], ranges]) {
          const read = readColumn(source, kind, asked, rowCount);
          expect(read.cells).toEqual(asked.flatMap(({ lo, hi }) => cells.slice(lo, hi)));
          expect(read.damage.filter(({ code }) => code !== 'text_not_utf8')).toEqual([]);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('the 9.2.0 pattern of DECIMAL128 and DECIMAL256 is NULL', () => {
    for (const [code, bytes] of [
      [32 | (38 << 8), 16],
      [33 | (76 << 8), 32],
    ] as const) {
      const odd = Uint8Array.from({ length: bytes }, (_, at) => (at < 7 ? 0 : at === 7 ? 0x80 : 0xff));
      const near = Uint8Array.from({ length: bytes }, (_, at) =>
        at < 7 ? 0 : at === 7 ? 0x80 : at === bytes - 1 ? 0xfe : 0xff,
      );
      const read = readColumn(sourceOf({ d: Uint8Array.from([...odd, ...near]) }), { name: 'DECIMAL', code }, [
        { lo: 0, hi: 2 },
      ]);
      expect(read.cells.map((cell) => cell === null)).toEqual([true, false]);
    }
  });

  it('says which text is not UTF-8, and keeps it', () => {
    fc.assert(
      fc.property(
        fc
          .constantFrom(...ALL_KINDS.filter(({ name }) => name === 'STRING' || name === 'VARCHAR'))
          .chain((kind) => kind.stored(1, 12).map((stored) => ({ kind, stored }))),
        ({ kind, stored }) => {
          const read = readColumn(sourceOf(stored.files), kind, [{ lo: 0, hi: stored.cells.length }]);
          const decoder = new TextDecoder('utf-8', { fatal: true });
          const wrong = stored.cells.filter((cell) => {
            if (cell === null) return false;
            try {
              decoder.decode(Buffer.from(cell.slice(2), 'hex'));
              return false;
            } catch {
              return true;
            }
          }).length;
          expect(read.chunk.kind === 'bytes' && read.chunk.utf8).toBe(wrong === 0);
          expect(read.damage.map(({ code, severity, actual }) => [code, severity, actual])).toEqual(
            wrong === 0 ? [] : [['text_not_utf8', 'note', `${wrong} values that are not`]],
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  it('BINARY is never called UTF-8', () => {
    const read = readColumn(sourceOf({ d: new Uint8Array(0), i: new Uint8Array(8) }), { name: 'BINARY', code: 18 }, []);
    expect(read.chunk).toMatchObject({ kind: 'bytes', length: 0, utf8: false });
  });

  it('takes ranges that do not rise for a mistake of the caller', () => {
    const reader = openColumn(sourceOf({ d: new Uint8Array(40) }), {
      path: 's/c',
      name: 'c',
      type: columnTypeOf(5)!,
      designated: false,
    });
    for (const ranges of [
      [{ lo: 2, hi: 1 }],
      [
        { lo: 0, hi: 2 },
        { lo: 1, hi: 3 },
      ],
      [{ lo: -1, hi: 1 }],
      [{ lo: 0, hi: 0.5 }],
    ]) {
      expect(() => reader.read(ranges)).toThrow(RangeError);
    }
    expect(
      reader.read([
        { lo: 0, hi: 2 },
        { lo: 2, hi: 2 },
        { lo: 2, hi: 4 },
      ]).chunk.length,
    ).toBe(4);
  });
});
