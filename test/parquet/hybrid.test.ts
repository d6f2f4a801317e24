import fc from 'fast-check';
import { readRleBitPackedHybrid } from 'hyparquet/src/encoding.js';
import { expect, it } from 'vitest';
import { bitPack, bitWidthOf, packedHeader, runLengths } from '../../src/parquet/hybrid.js';

/** The values as hyparquet reads them. */
function decode(bytes: Uint8Array, bitWidth: number, count: number): number[] {
  const output: number[] = new Array(count).fill(0);
  const reader = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: 0 };
  readRleBitPackedHybrid(reader, bitWidth, output, bytes.byteLength);
  return output;
}

/** Above any dictionary of a row group; hyparquet's reader extends signs into wider values. */
const MAX_BITS = 24;

const values = fc
  .integer({ min: 1, max: MAX_BITS })
  .chain((bits) =>
    fc.tuple(fc.constant(bits), fc.array(fc.integer({ min: 0, max: 2 ** bits - 1 }), { minLength: 1, maxLength: 300 })),
  );

it('bit-packed values come back', () => {
  fc.assert(
    fc.property(values, ([bits, list]) => {
      const packed = Buffer.concat([packedHeader(list.length), bitPack(Int32Array.from(list), list.length, bits)]);
      expect(decode(packed, bits, list.length)).toEqual(list);
    }),
  );
});

it('run lengths come back, empty runs as nothing', () => {
  fc.assert(
    fc.property(values, fc.array(fc.integer({ min: 0, max: 400 })), ([bits, list], lengths) => {
      const runs = lengths.map((length, run) => ({ length, value: list[run % list.length]! }));
      const rows = runs.flatMap(({ length, value }) => new Array<number>(length).fill(value));
      const bytes = runLengths(
        runs.map(({ length }) => length),
        runs.map(({ value }) => value),
        bits,
      );
      expect(decode(bytes, bits, rows.length)).toEqual(rows);
    }),
  );
});

it('a width holds its greatest value and is never 0', () => {
  expect([0, 1, 2, 3, 4, 255, 256, 70_000].map(bitWidthOf)).toEqual([1, 1, 2, 2, 3, 8, 9, 17]);
});
