/**
 * VARCHAR values whose entries are taken apart are summed, confirmed and put one after another as they are one by one: the same
 * wherever entries, table and bytes are, and nothing beside them is changed.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openColumnFile } from '../../src/columns/file.js';
import { noLosses } from '../../src/columns/losses.js';
import { tally } from '../../src/columns/storedValues.js';
import { nullMask, setNull } from '../../src/columns/validity.js';
import { VARCHAR_FORMAT } from '../../src/columns/varchar.js';
import type { Values } from '../../src/columns/varSize.js';
import { TILE_ROWS } from '../../src/kernels/tiles.js';
import { sourceOf } from '../columns/reading.js';
import { BYTE_PLACES, NOISE, PLACES, type Put } from './placing.js';
import { LENGTHS, lengths, many, type Random, randomOf, randoms, tellingRows } from './random.js';

const [STORED, INLINE, NULL, INVALID, NO_DATA] = [0, 1, 2, 3, 6] as const;

interface Row {
  readonly state: 0 | 1 | 2 | 3 | 6;
  /** What it has, or had. */
  readonly bytes: Uint8Array;
  /** Another byte than 0 behind an inlined value: what is copied too far shows. */
  readonly entry: Uint8Array;
}

function rowOf(state: Row['state'], size: number, random: Random): Row {
  const bytes = random.bytes(size);
  const entry = new Uint8Array(16).fill(0xee);
  if (state === INLINE) entry.set(bytes, 1);
  else entry.set(bytes.subarray(0, 6), 4);
  return { state, bytes, entry };
}

const INLINE_SIZES = many(10, (size) => size);
const storedSize = (random: Random): number => random.of([10, 11, 95, 96, 97, 10 + random.below(190)]);

/** Rows of these states. */
const rowsOf = (count: number, states: readonly Row['state'][], random: Random): Row[] =>
  many(count, () => {
    const state = random.of(states);
    return rowOf(state, state === STORED || state === NO_DATA ? storedSize(random) : random.of(INLINE_SIZES), random);
  });

/** True for a row with bytes among those that were read. */
const isRead = ({ state }: Row): boolean => state === STORED || state === NO_DATA;
const hasValue = ({ state }: Row): boolean => state === STORED || state === INLINE;
const sizeOf = (rows: readonly Row[]): number => rows.reduce((sum, { bytes }) => sum + bytes.length, 0);
/** Bytes one after another. */
const joined = (rows: readonly Row[]): Uint8Array => Buffer.concat(rows.map(({ bytes }) => bytes));

/** The rows as `varSize.ts` has them when it has read them; table and bytes may be at different places. */
function valuesOf(rows: readonly Row[], putTable: Put, putBytes: Put): Values {
  let position = 0;
  const positions = rows.map((row) => {
    const at = position;
    if (isRead(row)) position += row.bytes.length;
    return at;
  });
  const room = rows.filter(({ state }) => state === INLINE);
  const bytes = Buffer.concat([Buffer.alloc(sizeOf(room), 0xdd), joined(rows.filter(isRead))]);
  const table = {
    count: rows.length,
    states: putTable.bytes(rows.map(({ state }) => state)),
    starts: putTable.doubles([]),
    sizes: putTable.ints(rows.map((row) => (row.state === NULL ? 0 : row.bytes.length))),
    positions: putTable.ints(positions),
  };
  return {
    table,
    entries: putTable.bytes(Buffer.concat(rows.map(({ entry }) => entry))),
    bytes: putBytes.bytes(bytes),
    storedAt: sizeOf(room),
    nulls: rows.filter((row) => !hasValue(row)).length,
    complete: !rows.some(({ state }) => state === NO_DATA),
  };
}

/** Where table and bytes are. */
const PAIRS = PLACES.flatMap((table) =>
  BYTE_PLACES.slice(0, 3).map((bytes) => [table.name, bytes.name, table, bytes] as const),
);

function packed(rows: readonly Row[], [, , tablePlace, bytesPlace]: (typeof PAIRS)[number]): unknown {
  return tablePlace.hold((putTable) =>
    bytesPlace.hold((putBytes) => {
      const mask = nullMask(rows.length);
      for (const [row, one] of rows.entries()) if (!hasValue(one)) setNull(mask, row);
      const file = openColumnFile(sourceOf({}), 's/c.d');
      // What is left in it from before is no offset.
      const memory = { bytes: (_use: string, length: number) => putTable.bytes(new Uint8Array(length).fill(NOISE)) };
      const chunk = VARCHAR_FORMAT.emit(valuesOf(rows, putTable, putBytes), mask, noLosses('c'), file, memory);
      if (chunk.kind !== 'bytes') throw new Error(chunk.kind);
      return { offsets: chunk.offsets.join(), data: Buffer.from(chunk.data).toString('hex'), nulls: chunk.nullCount };
    }),
  );
}

/** The same, one after another. */
function concatenated(rows: readonly Row[]): unknown {
  const values = rows.map((row) => (hasValue(row) ? row.bytes : new Uint8Array(0)));
  let end = 0;
  const ends = values.map(({ length }) => {
    end += length;
    return end;
  });
  const data = Buffer.concat(values).toString('hex');
  return { offsets: [0, ...ends].join(), data, nulls: rows.filter((row) => !hasValue(row)).length };
}

describe.each(PAIRS)('values with their table %s and their bytes %s', (...pair) => {
  const MIXTURES = [
    [STORED, INLINE, NULL, INVALID, NO_DATA],
    [STORED, INLINE],
    [INLINE],
    [INLINE, NULL],
    [STORED],
    [STORED, NULL, INVALID],
    [STORED, NO_DATA],
    [NULL],
  ] as const;

  it('are put one after another', () => {
    fc.assert(
      fc.property(lengths, fc.constantFrom<readonly Row['state'][]>(...MIXTURES), randoms, (count, states, random) => {
        const rows = rowsOf(count, states, random);
        expect(packed(rows, pair)).toEqual(concatenated(rows));
      }),
      { numRuns: 25 },
    );
  });

  it('are so where little room is left between what is put and what is to be read', () => {
    const random = randomOf(1);
    for (const inline of INLINE_SIZES) {
      for (const next of [0, 1, 7, 8, 9]) {
        for (const stored of [10, 95, 96, 97, 200]) {
          const [short, other, long] = [
            rowOf(INLINE, inline, random),
            rowOf(INLINE, next, random),
            rowOf(STORED, stored, random),
          ];
          for (const rows of [
            [long, short],
            [short, long],
            [short, other],
            [long, short, other, long],
            [short, long, other],
          ])
            expect(packed(rows, pair)).toEqual(concatenated(rows));
        }
      }
    }
  });
});

describe.each(PAIRS)('data with its table %s and its bytes %s', (_table, _bytes, tablePlace, bytesPlace) => {
  const confirms = (rows: readonly Row[]): boolean =>
    tablePlace.hold((putTable) =>
      bytesPlace.hold((putBytes) => VARCHAR_FORMAT.confirm(valuesOf(rows, putTable, putBytes))),
    );
  /** One byte of the entry is another one. */
  const changed = (row: Row, at: number): Row => ({ ...row, entry: row.entry.with(at, row.entry[at]! ^ 0x10) });

  it('agrees with its entries until a byte of the first six differs, at any row', () => {
    for (const count of [1, 2, 9, TILE_ROWS + 1]) {
      const rows = rowsOf(count, [STORED], randomOf(count));
      expect(confirms(rows)).toBe(true);
      for (const row of tellingRows(count)) {
        for (let at = 4; at < 10; at++)
          expect(confirms(rows.with(row, changed(rows[row]!, at))), `byte ${at} of ${row}`).toBe(false);
        for (const at of [0, 3, 10, 15]) expect(confirms(rows.with(row, changed(rows[row]!, at)))).toBe(true);
      }
    }
  });

  it('is not asked for rows that have none', () => {
    for (const count of LENGTHS) {
      const rows = rowsOf(count, [STORED, INLINE, NULL, INVALID, NO_DATA], randomOf(count));
      const others = rows.map((row) => (row.state === STORED ? row : changed(changed(row, 4), 9)));
      expect(confirms(others), `${count} rows`).toBe(true);
    }
  });
});

it.each(PLACES)('sizes are summed by state, far beyond 32 bits: $name', (place) => {
  fc.assert(
    fc.property(lengths, randoms, (count, random) => {
      const states = many(count, () => random.below(7));
      const sizes = many(count, () => random.of([0, 9, 2 ** 28 - 1, 2 ** 31 - 1, random.below(2 ** 28)]));
      const sums = place.hold((put) =>
        tally({
          count,
          states: put.bytes(states),
          sizes: put.ints(sizes),
          starts: put.doubles([]),
          positions: put.ints([]),
        }),
      );
      const sum = (state: number): number =>
        sizes.reduce((all, size, row) => all + (states[row] === state ? size : 0), 0);
      const nulls = states.filter((state) => state !== STORED && state !== INLINE).length;
      expect(sums).toEqual({ storedBytes: sum(STORED), inlineBytes: sum(INLINE), nulls });
    }),
    { numRuns: 60 },
  );
});
