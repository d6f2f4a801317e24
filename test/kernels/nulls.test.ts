/**
 * The kernels that find NULLs find those that a look at each value by itself finds, whatever the bits of a NaN, wherever the values
 * are and however many: and rows that are NULL already stay so and are counted once.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nullDoubles, nullFloats, nullsOfPattern, nullsOfWord } from '../../src/columns/nulls.js';
import { addNulls, isNull, type NullMask, nullMask, setNull, validityOf } from '../../src/columns/validity.js';
import { kernels } from '../../src/kernels/module.js';
import { BYTE_PLACES, IN_MEMORY } from './placing.js';
import { lengths, many, type Random, randoms } from './random.js';

interface Finder {
  readonly name: string;
  readonly width: 4 | 8;
  /** Values of which some are NULL or nearly so, as unsigned numbers of `width` bytes. */
  readonly telling: readonly bigint[];
  readonly isNull: (value: DataView) => boolean;
  readonly find: (values: number, count: number, validity: number) => number;
  readonly mark: (values: Uint8Array<ArrayBuffer>, mask: NullMask) => void;
}

const INT_NULL = -0x80000000;
const LONG_NULL = [0, -0x80000000];
/** The noise behind the last value is NULL too. */
const ONES = [-1, -1];

const intFinder = (nullWord: number, telling: readonly bigint[]): Finder => ({
  name: `nullInts of ${nullWord}`,
  width: 4,
  telling,
  isNull: (value) => value.getInt32(0, true) === nullWord,
  find: (values, count, validity) => kernels().nullInts(values, count, nullWord, validity),
  mark: (values, mask) => nullsOfWord(values, nullWord, mask),
});

const longFinder = (words: readonly number[], telling: readonly bigint[]): Finder => ({
  name: `nullLongs of ${words}`,
  width: 8,
  telling,
  isNull: (value) => value.getInt32(0, true) === words[0] && value.getInt32(4, true) === words[1],
  find: (values, count, validity) => kernels().nullLongs(values, count, words[0]!, words[1]!, validity),
  mark: (values, mask) => nullsOfPattern(values, words, mask),
});

/** Zeros, infinities, the numbers next to them, quiet and signaling NaNs with payloads; of both signs. */
const bothSigns = (sign: bigint, list: readonly bigint[]): bigint[] => list.flatMap((bits) => [bits, bits | sign]);
const FLOATS = bothSigns(1n << 31n, [
  0n,
  1n,
  0x7f7fffffn,
  0x7f800000n,
  0x7f800001n,
  0x7fa00000n,
  0x7fc00000n,
  0x7fffffffn,
]);
const DOUBLES = bothSigns(1n << 63n, [
  0n,
  1n,
  0x7fefffffffffffffn,
  0x7ff0000000000000n,
  0x7ff0000000000001n,
  0x7ff0000100000000n,
  0x7ff8000000000000n,
  0x7fffffffffffffffn,
]);

const FINDERS: readonly Finder[] = [
  intFinder(INT_NULL, [0x80000000n, 0x80000000n, 0x80000001n, 0x7fffffffn, 0n]),
  intFinder(0, [0n, 0n, 1n, 0x80000000n, 0x01000000n]),
  intFinder(-1, [0xffffffffn, 0xfffffffen, 0x7fffffffn, 0n]),
  longFinder(LONG_NULL, [1n << 63n, 1n << 63n, (1n << 63n) | 1n, 0x80000000n, 0x8000000080000000n, 0n]),
  longFinder([-1, 5], [0x5ffffffffn, 0x5ffffffffn, 0x5fffffffen, 0x6ffffffffn, (1n << 64n) - 1n]),
  longFinder(ONES, [(1n << 64n) - 1n, (1n << 64n) - 2n, 0xffffffffn, 0xffffffffn << 32n]),
  {
    name: 'nullFloats',
    width: 4,
    telling: FLOATS,
    isNull: (value) => Number.isNaN(value.getFloat32(0, true)),
    find: (values, count, validity) => kernels().nullFloats(values, count, validity),
    mark: nullFloats,
  },
  {
    name: 'nullDoubles',
    width: 8,
    telling: DOUBLES,
    isNull: (value) => Number.isNaN(value.getFloat64(0, true)),
    find: (values, count, validity) => kernels().nullDoubles(values, count, validity),
    mark: nullDoubles,
  },
];

/** `count` values, at times none of them NULL; of those that are random a few are. */
function someValues({ width, telling }: Finder, count: number, random: Random): Uint8Array {
  const bytes = new Uint8Array(count * width);
  const view = new DataView(bytes.buffer);
  const share = random.of([0, 0.5, 1]);
  for (let at = 0; at < bytes.length; at += width) {
    const any = (BigInt(random.word()) << 32n) | BigInt(random.word());
    const value = random.below(1000) < 1000 * share ? random.of(telling) : any;
    if (width === 4) view.setUint32(at, Number(BigInt.asUintN(32, value)), true);
    else view.setBigUint64(at, value, true);
  }
  return bytes;
}

/** Which of the values are NULL, each looked at by itself. */
const nullsIn = (finder: Finder, bytes: Uint8Array): boolean[] =>
  many(bytes.length / finder.width, (row) => finder.isNull(new DataView(bytes.buffer, row * finder.width)));

/** A bit a row, 1 where there is a value. */
function bitsOf(nulls: readonly boolean[]): Uint8Array {
  const bits = new Uint8Array(Math.ceil(nulls.length / 8));
  for (const [row, isLost] of nulls.entries()) if (!isLost) bits[row >> 3]! += 2 ** (row & 7);
  return bits;
}

const countOf = (nulls: readonly boolean[]): number => nulls.filter(Boolean).length;

/** A mask with these rows NULL. */
function maskOf(nulls: readonly boolean[]): NullMask {
  const mask = nullMask(nulls.length);
  for (const [row, isLost] of nulls.entries()) if (isLost) setNull(mask, row);
  return mask;
}

/** A mask is that of `nulls`: bits and count, and no bits past the last row. */
function expectMask(mask: NullMask, nulls: readonly boolean[]): void {
  expect(mask.count).toBe(countOf(nulls));
  if (countOf(nulls) > 0) expect(mask.bits).toEqual(bitsOf(nulls));
  else expect(validityOf(mask).nullCount).toBe(0);
}

describe.each(FINDERS)('$name', (finder) => {
  it('tells each NULL, and how many there are, and no bits past the last row', () => {
    fc.assert(
      fc.property(lengths, randoms, (count, random) => {
        const bytes = someValues(finder, count, random);
        const nulls = nullsIn(finder, bytes);
        IN_MEMORY.hold((put) => {
          const validity = put.bytes(many(Math.ceil(count / 8), () => 0xa5));
          const found = finder.find(put.bytes(bytes).byteOffset, count, validity.byteOffset);
          expect([found, Buffer.from(validity).toString('hex')]).toEqual([
            countOf(nulls),
            Buffer.from(bitsOf(nulls)).toString('hex'),
          ]);
        });
      }),
      { numRuns: 60 },
    );
  });

  it.each(BYTE_PLACES)('adds them to what is NULL already: $name', (place) => {
    fc.assert(
      fc.property(lengths, randoms, fc.constantFrom(0, 0, 3), (count, random, share) => {
        const bytes = someValues(finder, count, random);
        const before = many(count, () => random.below(10) < share);
        const mask = maskOf(before);
        place.hold((put) => finder.mark(put.bytes(bytes), mask));
        const nulls = nullsIn(finder, bytes);
        expectMask(
          mask,
          many(count, (row) => before[row]! || nulls[row]!),
        );
      }),
      { numRuns: 30 },
    );
  });
});

it('a mask takes NULLs from any byte on; bits past its end count for nothing', () => {
  const cases = fc.record({
    before: fc.array(fc.boolean(), { maxLength: 60 }),
    start: fc.nat(6),
    validity: fc.uint8Array({ maxLength: 10 }),
  });
  fc.assert(
    fc.property(cases, ({ before, start, validity }) => {
      const mask = maskOf(before);
      addNulls(mask, 8 * start, validity);
      const isAdded = (row: number): boolean => {
        const bit = row - 8 * start;
        return bit >= 0 && bit < 8 * validity.length && ((validity[bit >> 3]! >> (bit & 7)) & 1) === 0;
      };
      const nulls = before.map((isLost, row) => isLost || isAdded(row));
      expectMask(mask, nulls);
      expect(before.map((_, row) => isNull(mask, row))).toEqual(nulls);
    }),
    { numRuns: 300 },
  );
});
