/**
 * VARCHAR entries are taken apart as their layout says, whatever is in them, and are believed only where all are sound and each
 * starts where the one before it ends.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ColumnFile } from '../../src/columns/file.js';
import { noLosses } from '../../src/columns/losses.js';
import { VARCHAR_FORMAT } from '../../src/columns/varchar.js';
import { kernels } from '../../src/kernels/module.js';
import { TILE_ROWS } from '../../src/kernels/tiles.js';
import { varcharFiles } from '../columns/writer.js';
import { IN_MEMORY } from './placing.js';
import { LENGTHS, many, type Random, randomOf, randoms, SHORT_LENGTHS, tellingRows } from './random.js';

const [STORED, INLINE, NULL, INVALID] = [0, 1, 2, 3];
const FAR = 2 ** 47;

interface Decoded {
  readonly states: readonly number[];
  readonly starts: readonly number[];
  readonly sizes: readonly number[];
  readonly positions: readonly number[];
  readonly next: number;
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const placeOf = (entry: DataView): number => Number(entry.getBigUint64(8, true) >> 16n);

/** The state and size of an entry by columns.md 1.5. */
function readEntry(entry: DataView): readonly [state: number, size: number] {
  const first = entry.getUint8(0);
  const header = entry.getUint32(0, true);
  const isNever = (first & 0b1000) !== 0 || (first & 0b100) !== 0;
  if (first % 2 === 1) {
    const size = first >> 4;
    const padding = many(9, (at) => entry.getUint8(at + 1)).slice(size);
    return [isNever || size > 9 || padding.some((byte) => byte !== 0) ? INVALID! : INLINE!, size];
  }
  if (header === 4) return [NULL!, 0];
  const size = Math.floor(header / 16);
  return [isNever || size < 10 ? INVALID! : STORED!, size];
}

function expected(entries: Uint8Array, start: number, position: number): Decoded {
  const rows = many(entries.length / 16, (row) => viewOf(entries.subarray(16 * row, 16 * row + 16)));
  const values = rows.map(readEntry);
  const positions: number[] = [];
  let next = start;
  let sound = true;
  for (const [row, [state, size]] of values.entries()) {
    positions.push(position + next - start);
    if (state === INVALID || placeOf(rows[row]!) !== next) sound = false;
    if (state === STORED) next += size;
  }
  const [states, sizes] = [values.map(([state]) => state), values.map(([, size]) => size)];
  return { states, starts: rows.map(placeOf), sizes, positions, next: sound ? next : Number.NaN };
}

function decoded(entries: Uint8Array, start: number, position: number): Decoded {
  return IN_MEMORY.hold((put) => {
    const count = entries.length / 16;
    const none = new Uint8Array(count);
    const states = put.bytes(none);
    const [starts, sizes, positions] = [put.doubles(none), put.ints(none), put.ints(none)];
    const [into, at] = [
      [states, starts, sizes, positions].map((view) => view.byteOffset),
      put.bytes(entries).byteOffset,
    ];
    const next = kernels().decodeVarchar(at, count, start, position, into[0]!, into[1]!, into[2]!, into[3]!);
    return { states: [...states], starts: [...starts], sizes: [...sizes], positions: [...positions], next };
  });
}

/** Values of the sizes at which the layout changes; some are NULL. */
const valuesOf = (count: number, random: Random): (Uint8Array | null)[] =>
  many(count, () => {
    const size = random.of([0, 1, 5, 8, 9, 10, 11, random.below(40), -1]);
    return size < 0 ? null : random.bytes(size);
  });

/** Entries as if `.d` began at byte `start`. */
function entriesAt(start: number, values: readonly (Uint8Array | null)[]): Uint8Array {
  const entries = varcharFiles(values).i!;
  for (let at = 0; at < entries.length; at += 16) movePlace(entries, at / 16, start);
  return entries;
}

/** Moves the place of a row's value. */
function movePlace(entries: Uint8Array, row: number, by: number): Uint8Array {
  const view = viewOf(entries.subarray(16 * row + 8, 16 * row + 16));
  view.setBigUint64(0, view.getBigUint64(0, true) + (BigInt(by) << 16n), true);
  return entries;
}

describe('an entry', () => {
  it('of any first byte, with any of its bytes not 0, is what its layout says', () => {
    const entries = many(256, (first) =>
      many(16, (at) => Uint8Array.from(many(16, (byte) => (byte === 0 ? first : byte === at ? 0x41 : 0)))),
    ).flat();
    for (const entry of entries) expect(decoded(entry, 0, 0), entry.join()).toEqual(expected(entry, 0, 0));
  });

  it('of random bytes too', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), fc.nat(255), fc.nat(255), (entry, first, fill) => {
        const full = entry.with(0, first).fill(fill, 1, 10);
        for (const one of [entry, full]) expect(decoded(one, 0, 0)).toEqual(expected(one, 0, 0));
      }),
    );
  });
});

describe('entries', () => {
  const STARTS = [0, 1, 2 ** 31 - 5, 2 ** 32 - 7, 2 ** 32, 2 ** 47];

  it.each(STARTS)('that follow each other from byte %d on are sound', (start) => {
    for (const count of [...SHORT_LENGTHS, TILE_ROWS + 1]) {
      const values = valuesOf(count, randomOf(count));
      const found = decoded(entriesAt(start, values), start, 77);
      expect(found).toEqual(expected(entriesAt(start, values), start, 77));
      expect(found.next).toBe(
        start + values.reduce((sum, value) => sum + ((value?.length ?? 0) > 9 ? value!.length : 0), 0),
      );
    }
  });

  it('with one that is moved, or that is none, at any row, are not', () => {
    for (const count of [...SHORT_LENGTHS, TILE_ROWS]) {
      const sound = entriesAt(2 ** 32, valuesOf(count, randomOf(count)));
      for (const row of tellingRows(count)) {
        const broken = [-(2 ** 32), -1, 1, 2 ** 40].map((by) => movePlace(sound.slice(), row, by));
        for (const entries of [...broken, sound.with(16 * row, 8)])
          expect(decoded(entries, 2 ** 32, 0), `row ${row} of ${count}`).toEqual(expected(entries, 2 ** 32, 0));
        for (const entries of [...broken, sound.with(16 * row, 8)]) expect(decoded(entries, 2 ** 32, 0).next).toBeNaN();
      }
    }
  });

  it('that start nowhere follow nothing, not even where all bits of a place are set', () => {
    expect(decoded(movePlace(entriesAt(0, [null]), 0, 2 ** 48 - 1), -1, 0).next).toBeNaN();
    expect(decoded(entriesAt(0, []), 5, 0).next).toBe(5);
  });

  it('that are any bytes are taken apart one by one', () => {
    fc.assert(
      fc.property(randoms, fc.nat(60), fc.nat(9), (random, count, harm) => {
        const entries = entriesAt(100, valuesOf(count, random));
        for (let left = harm; left > 0 && count > 0; left--) entries[random.below(16 * count)] = random.below(256);
        expect(decoded(entries, 100, 3)).toEqual(expected(entries, 100, 3));
      }),
      { numRuns: 300 },
    );
  });
});

describe('rows of a column', () => {
  /** A file of these bytes at its start, as large as can be. */
  const fileOf = (bytes: Uint8Array): ColumnFile => ({
    path: 's/c.d',
    size: FAR,
    beyond: { code: 'column_short', actual: '' },
    fill(target, offset) {
      target.set(bytes.subarray(offset, offset + target.length));
      return [];
    },
    close: () => undefined,
  });
  /** The spans of the rows from `lo` on, if they are believed, and all that is known of them. */
  const located = (entries: Uint8Array, lo: number): unknown => {
    const files = { aux: fileOf(entries), data: fileOf(new Uint8Array(0)), rowCount: undefined };
    const found = VARCHAR_FORMAT.locate(files, [{ lo, hi: entries.length / 16 }], false, noLosses('c'));
    const { states, starts, sizes, positions } = found.table;
    if (found.spans === undefined) return undefined;
    return { spans: found.spans, table: [states, starts, sizes, positions].map((list) => list.join()) };
  };

  it.each(LENGTHS)('are believed: %d of them behind a first one far into .d', (count) => {
    const first = new Uint8Array(10);
    const start = 2 ** 32 - 5;
    const values = valuesOf(count, randomOf(count));
    const { states, starts, sizes, positions, next } = expected(entriesAt(start + 10, values), start + 10, 0);
    const bytes = next - start - 10;
    const spans = [{ first: 0, end: count, start: start + 10, position: 0, bytes }];
    expect(located(entriesAt(start, [first, ...values]), 1)).toEqual({
      spans,
      table: [states, starts, sizes, positions].map((list) => list.join()),
    });
  });

  it('are not where one is moved, on either side of the border of a call or elsewhere', () => {
    const count = 2 * TILE_ROWS + 13;
    const sound = entriesAt(0, valuesOf(count, randomOf(5)));
    expect(located(sound, 0)).toBeDefined();
    for (const row of tellingRows(count))
      expect(located(movePlace(sound.slice(), row, 1), 0), `row ${row}`).toBeUndefined();
    for (const row of [0, TILE_ROWS - 1, TILE_ROWS]) expect(located(sound.with(16 * row, 8), 0)).toBeUndefined();
  });

  it('are not behind a row that is not sound', () => {
    const entries = entriesAt(0, valuesOf(TILE_ROWS + 9, randomOf(6)));
    expect(located(entries, 1)).toBeDefined();
    expect(located(entries.with(0, 8), 1)).toBeUndefined();
  });
});
