/**
 * BOOLEANs and dictionary indices become the bits that they become one by one: for every width, any number of them, wherever they
 * are. A byte that is no BOOLEAN is noticed at any row and nothing behind the last row is.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBoolean } from '../../src/columns/boolean.js';
import { kernels } from '../../src/kernels/module.js';
import { bitPack } from '../../src/parquet/hybrid.js';
import { cellsOf } from '../columns/cells.js';
import { BYTE_PLACES, IN_MEMORY, PLACES } from './placing.js';
import {
  LENGTHS,
  LONG_LENGTHS,
  lengths,
  many,
  type Random,
  randomOf,
  randoms,
  SHORT_LENGTHS,
  tellingRows,
} from './random.js';
import { rawRows } from './rawRows.js';

/** Bytes of a string of binary digits, the last digit first. */
function bytesOfDigits(digits: string): Uint8Array {
  const bytes = Math.ceil(digits.length / 8);
  const hex =
    bytes === 0
      ? ''
      : BigInt(`0b${digits}`)
          .toString(16)
          .padStart(2 * bytes, '0');
  return Uint8Array.from(Buffer.from(hex, 'hex')).reverse();
}

/** Values in `width` bits each, the first in the lowest bits. */
const packed = (values: readonly number[], width: number): Uint8Array =>
  bytesOfDigits(
    values
      .map((value) => value.toString(2).padStart(width, '0'))
      .reverse()
      .join(''),
  );

describe('BOOLEAN', () => {
  const BOOLEAN = { kind: 'boolean', sqlType: 'BOOLEAN' } as const;
  const booleans = (count: number, random: Random): number[] => many(count, () => random.below(2));

  /** What the kernel says of bytes in its memory, and the bits that it makes of them. */
  const pack = (bytes: readonly number[]): { seen: number; bits: Uint8Array } =>
    IN_MEMORY.hold((put) => {
      const bits = put.bytes(many(Math.ceil(bytes.length / 8), () => 0xa5));
      const seen = kernels().packBooleans(put.bytes(bytes).byteOffset, bytes.length, bits.byteOffset);
      return { seen, bits: bits.slice() };
    });

  it.each(LENGTHS)('%d of them become bits', (count) => {
    for (const random of [1, 2, 3].map(randomOf)) {
      const bytes = booleans(count, random);
      expect(pack(bytes)).toEqual({ seen: bytes.includes(1) ? 1 : 0, bits: packed(bytes, 1) });
    }
  });

  it('any other byte shows in what is seen of all, at any row', () => {
    for (const count of [...many(40, (length) => length), ...LONG_LENGTHS]) {
      for (const row of tellingRows(count)) {
        for (const bit of [1, 4, 7]) {
          const bytes = many(count, () => 0);
          bytes[row] = 2 ** bit;
          expect(pack(bytes).seen, `byte ${row} of ${count}`).toBe(2 ** bit);
        }
      }
    }
  });

  it.each(BYTE_PLACES)('is lost where it is neither 0 nor 1, and nowhere else: $name', (place) => {
    fc.assert(
      fc.property(lengths, randoms, fc.nat(3), (count, random, wrong) => {
        const bytes = booleans(count, random);
        for (let left = wrong; left > 0 && count > 0; left--)
          bytes[random.of(tellingRows(count))] = 2 + random.below(254);
        const { cells, lost } = place.hold((put) => {
          const rows = rawRows(Uint8Array.from(bytes), 1, put);
          return { cells: cellsOf(decodeBoolean(rows), BOOLEAN), lost: rows.losses.lostCells };
        });
        expect(cells).toEqual(bytes.map((byte) => (byte > 1 ? null : String(byte === 1))));
        expect(lost).toBe(bytes.filter((byte) => byte > 1).length);
      }),
      { numRuns: 40 },
    );
  });
});

describe('values of one width', () => {
  const WIDTHS = many(32, (index) => index + 1);
  /** Some of them with all bits set or none. */
  const valuesOf = (count: number, width: number, random: Random): number[] =>
    many(count, () => random.of([random.word(), random.word(), 0, 2 ** 32 - 1]) % 2 ** width);

  it.each(WIDTHS)('of %d bits, in kernel memory', (width) => {
    for (const count of [...many(34, (length) => length), 8191, 16_400]) {
      const values = valuesOf(count, width, randomOf(width + 100 * count));
      const bits = IN_MEMORY.hold((put) => {
        const out = put.bytes(new Uint8Array(Math.ceil((count * width) / 8)));
        kernels().packBits(put.ints(values).byteOffset, count, width, out.byteOffset);
        return out.slice();
      });
      expect(bits.join(), `${count} values`).toBe(packed(values, width).join());
    }
  });

  it.each(PLACES)('fill their groups of eight with zeros: $name', (place) => {
    const cases = fc.tuple(fc.constantFrom(...SHORT_LENGTHS, ...LONG_LENGTHS), fc.constantFrom(...WIDTHS), randoms);
    fc.assert(
      fc.property(cases, ([count, width, random]) => {
        const values = valuesOf(count, width, random);
        const bits = place.hold((put) => bitPack(put.ints(values), count, width));
        const groups = [...values, ...many((8 - (count % 8)) % 8, () => 0)];
        expect(bits.join()).toBe(packed(groups, width).join());
      }),
      { numRuns: 60 },
    );
  });
});
