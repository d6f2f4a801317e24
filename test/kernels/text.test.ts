/** Text is called ASCII exactly when none of its bytes is above 0x7f, and values are as long as their offsets say. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countNotUtf8, isAscii } from '../../src/columns/utf8.js';
import { columnTypeOf } from '../../src/columnType.js';
import { kernels } from '../../src/kernels/module.js';
import { parquetColumnOf } from '../../src/parquet/schema.js';
import { lengthsColumn } from '../../src/parquet/textPages.js';
import { BYTE_PLACES, IN_MEMORY, PLACES } from './placing.js';
import { LENGTHS, LONG_LENGTHS, lengths, many, randomOf, randoms, tellingRows } from './random.js';

describe.each(BYTE_PLACES)('ASCII $name', (place) => {
  const text = (length: number): number[] => {
    const random = randomOf(length);
    return many(length, () => random.of([0, 0x7f, random.below(128)]));
  };
  const found = (bytes: readonly number[]): boolean => place.hold((put) => isAscii(put.bytes(bytes)));

  it('is text of any length', () => {
    for (const length of LENGTHS) expect(found(text(length)), `${length} bytes`).toBe(true);
  });

  it('is no text with a byte above 0x7f, wherever it is', () => {
    for (const length of [...many(40, (bytes) => bytes), ...LONG_LENGTHS]) {
      const bytes = text(length);
      for (const at of tellingRows(length)) {
        for (const wrong of [0x80, 0xff]) expect(found(bytes.with(at, wrong)), `${at} of ${length}`).toBe(false);
      }
    }
  });

  it('are values among others that are not', () => {
    const data = [0xff, ...text(100), 0xff, 0xff];
    place.hold((put) => {
      const strings = { data: put.bytes(data), offsets: Int32Array.of(1, 1, 50, 101, 102, 103) };
      expect([3, 4, 5].map((count) => countNotUtf8(strings, count))).toEqual([0, 1, 2]);
    });
  });
});

describe('lengths of values', () => {
  it.each(PLACES)('are those of its byte strings: $name', (place) => {
    const column = parquetColumnOf('v', columnTypeOf(26)!);
    fc.assert(
      fc.property(lengths, randoms, (count, random) => {
        const sizes = many(count, () => random.of([0, 1, random.below(100_000)]));
        const offsets = [0];
        for (const size of sizes) offsets.push(offsets.at(-1)! + size);
        place.hold((put) => {
          const strings = { offsets: put.ints(offsets), data: new Uint8Array(0), utf8: true };
          const chunk = { kind: 'bytes', length: count, nullCount: 0, ...strings } as const;
          const { values } = lengthsColumn(column, chunk).chunk as { readonly values: Uint8Array<ArrayBuffer> };
          expect(new Int32Array(values.buffer).join()).toBe(sizes.join());
        });
      }),
      { numRuns: 50 },
    );
  });

  it('are stored for each value and not behind the last', () => {
    for (const count of [...many(20, (length) => length), ...LONG_LENGTHS]) {
      const random = randomOf(count);
      const offsets = many(count + 1, () => random.word() >>> 1);
      IN_MEMORY.hold((put) => {
        const found = put.ints(new Int32Array(count));
        kernels().valueLengths(put.ints(offsets).byteOffset, count, found.byteOffset);
        expect(found.join()).toBe(many(count, (row) => offsets[row + 1]! - offsets[row]!).join());
      });
    }
  });
});
