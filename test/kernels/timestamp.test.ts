/**
 * Designated timestamps are taken out of their rows, and a wrong row id or a NULL is noticed at any row, however far into the
 * segment; and a column is called rising exactly when no value is less than the one before it.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { designatedDecoder } from '../../src/columns/timestamp.js';
import { kernels } from '../../src/kernels/module.js';
import { TILE_ROWS } from '../../src/kernels/tiles.js';
import { summarizeInt64 } from '../../src/parquet/statistics.js';
import { cellsOf } from '../columns/cells.js';
import { DESIGNATED_KIND } from '../columns/kinds.js';
import { readColumn, sourceOf } from '../columns/reading.js';
import { BYTE_PLACES, IN_MEMORY, PLACES } from './placing.js';
import { LENGTHS, lengths, many, type Random, randomOf, randoms, tellingRows } from './random.js';
import { rawRows } from './rawRows.js';

const NULL = -(2n ** 63n);
const int64Of = (random: Random): bigint => BigInt.asIntN(64, (BigInt(random.word()) << 32n) | BigInt(random.word()));
const bytesOfLongs = (values: readonly bigint[]): Uint8Array => new Uint8Array(BigInt64Array.from(values).buffer);

describe('the designated timestamp', () => {
  const FIRST_ROWS = [0, 1, 8191, 2 ** 31 - 2, 2 ** 31, 2 ** 32 - 3, 2 ** 32, 2 ** 40 + 7, 2 ** 50];
  const TIMESTAMP = { kind: 'integer', sqlType: 'TIMESTAMP' } as const;

  /** Each value with its row id behind it. */
  const rowsOf = (values: readonly bigint[], first: number): BigInt64Array<ArrayBuffer> =>
    BigInt64Array.from(values.flatMap((value, row) => [value, BigInt(first) + BigInt(row)]));
  const valuesOf = (count: number, random: Random): bigint[] =>
    many(count, () => random.of([int64Of(random), 0n, -1n, NULL + 1n]));

  /** What the kernel says of rows in its memory, and the values that it finds. */
  const gather = (
    rows: BigInt64Array<ArrayBuffer>,
    first: number,
  ): { sound: boolean; values: Uint8Array<ArrayBuffer> } =>
    IN_MEMORY.hold((put) => {
      const count = rows.length / 2;
      const values = put.bytes(new Uint8Array(8 * count));
      const from = put.bytes(new Uint8Array(rows.buffer)).byteOffset;
      const sound = kernels().gatherTimestamps(from, count, first, values.byteOffset) !== 0;
      return { sound, values: values.slice() };
    });

  it.each(FIRST_ROWS)('from row %d on', (first) => {
    for (const count of LENGTHS) {
      const values = valuesOf(count, randomOf(count));
      const found = gather(rowsOf(values, first), first);
      expect(found.sound).toBe(true);
      expect(new BigInt64Array(found.values.buffer).join()).toBe(values.join());
    }
  });

  it('with one bit of a row id wrong, or NULL, at any row, is not sound', () => {
    for (const count of [...many(20, (length) => length), ...LENGTHS.slice(-3)]) {
      for (const first of [0, 2 ** 32 - 3]) {
        const rows = rowsOf(valuesOf(count, randomOf(count)), first);
        for (const row of tellingRows(count)) {
          for (const bit of [0n, 31n, 32n, 63n]) {
            const wrong = rows.with(2 * row + 1, rows[2 * row + 1]! ^ BigInt.asIntN(64, 1n << bit));
            expect(gather(wrong, first).sound, `bit ${bit} at ${row} of ${count}`).toBe(false);
          }
          expect(gather(rows.with(2 * row, NULL), first).sound, `NULL at ${row} of ${count}`).toBe(false);
        }
      }
    }
  });

  const decoded = (rows: BigInt64Array<ArrayBuffer>, first: number, place: (typeof BYTE_PLACES)[number]): unknown =>
    place.hold((put) => {
      const raw = rawRows(new Uint8Array(rows.buffer), 16, put, first);
      const cells = cellsOf(designatedDecoder(undefined)(raw), TIMESTAMP).join();
      return { cells, lost: raw.losses.lostCells };
    });

  it.each(BYTE_PLACES)('of more rows than a call takes is read: $name', (place) => {
    for (const count of LENGTHS) {
      for (const first of [0, 2 ** 32 - 5]) {
        const values = valuesOf(count, randomOf(count));
        expect(decoded(rowsOf(values, first), first, place)).toEqual({ cells: values.join(), lost: 0 });
      }
    }
  });

  it.each(PLACES)('is lost at the row that is wrong, and nowhere else: $name', (place) => {
    for (const count of [1, 2, 9, 2 * TILE_ROWS + 13]) {
      for (const row of tellingRows(count)) {
        const first = 2 ** 32 - 5;
        const values = valuesOf(count, randomOf(row));
        const expected = { cells: values.map((value, at) => (at === row ? null : value)).join(), lost: 1 };
        const wrong = rowsOf(values, first).with(2 * row + 1, 0x1122334455667788n);
        expect(decoded(wrong, first, place), `row id ${row} of ${count}`).toEqual(expected);
        const withNull = rowsOf(values.with(row, NULL), first);
        expect(decoded(withNull, first, place), `NULL ${row} of ${count}`).toEqual(expected);
      }
    }
  });

  it('is not lost for what was left in memory where its value comes later', () => {
    const values = valuesOf(20, randomOf(3));
    const d = new Uint8Array(rowsOf(values, 0).with(7, 0x1122334455667788n).buffer);
    const ranges = [
      { lo: 0, hi: 9 },
      { lo: 10, hi: 20 },
    ];
    const left = {
      bytes: (_use: string, length: number) => new Uint8Array(new BigInt64Array(length / 8).fill(NULL).buffer),
    };
    const { cells } = readColumn(sourceOf({ d }), DESIGNATED_KIND, ranges, {}, left);
    const expected = values.map((value, row) => (row === 3 ? null : String(value)));
    expect(cells).toEqual(expected.toSpliced(9, 1));
  });
});

describe('rising values', () => {
  const isRising = (values: readonly bigint[]): boolean => values.every((value, row) => !(value < values[row - 1]!));
  /** In order, with many neighbours that are equal, on both sides of 0. */
  const risingOf = (count: number, random: Random): bigint[] => {
    const steps = many(count, () => random.of([0n, 1n, BigInt(random.word())]));
    let value = -steps.reduce((sum, step) => sum + step, 0n) / 2n;
    return steps.map((step) => {
      value += step;
      return value;
    });
  };
  const inKernel = (values: readonly bigint[]): boolean =>
    IN_MEMORY.hold((put) => kernels().isRising(put.bytes(bytesOfLongs(values)).byteOffset, values.length) !== 0);

  it.each(BYTE_PLACES)('are told from others: $name', (place) => {
    const summary = (values: readonly bigint[]): unknown =>
      place.hold((put) => {
        const bytes = put.bytes(bytesOfLongs(values));
        const chunk = { kind: 'fixed', length: values.length, byteWidth: 8, values: bytes, nullCount: 0 } as const;
        const { sorted, statistics } = summarizeInt64(chunk);
        return [sorted, statistics.min, statistics.max];
      });
    for (const count of LENGTHS) {
      const values = risingOf(count, randomOf(count));
      const bounds = [values[0], values.at(-1)];
      expect(summary(values)).toEqual([true, ...bounds]);
      for (const row of tellingRows(count).filter((at) => at > 0)) {
        const fallen = values.with(row, values[row - 1]! - 1n);
        const sorted = fallen.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
        expect(summary(fallen), `row ${row} of ${count}`).toEqual([false, sorted[0], sorted.at(-1)]);
      }
    }
  });

  it('are compared as signed numbers of 64 bits', () => {
    const EDGES = [NULL, NULL + 1n, -(2n ** 32n), -1n, 0n, 1n, 2n ** 31n, 2n ** 32n - 1n, 2n ** 32n, 2n ** 63n - 1n];
    for (const one of EDGES) for (const other of EDGES) expect(inKernel([one, other])).toBe(one <= other);
    expect([inKernel([]), inKernel([5n])]).toEqual([true, true]);
  });

  it('are those that plain comparison finds', () => {
    fc.assert(
      fc.property(lengths, randoms, fc.boolean(), (count, random, any) => {
        const values = any ? many(count, () => BigInt(random.below(3)) - 1n) : risingOf(count, random);
        expect(inKernel(values)).toBe(isRising(values));
      }),
      { numRuns: 60 },
    );
  });
});
