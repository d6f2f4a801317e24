/**
 * Regions of the kernels' memory never overlap while they are taken, are used again, and are refused when there are none; and what a
 * call of a kernel has in the window is gone with the next call, also when something throws in between.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  beginCall,
  endCall,
  giveRegionBack,
  isInMemory,
  memory,
  reading,
  reusedMemory,
  takeRegion,
  writing,
} from '../../src/kernels/memory.js';
import { kernels } from '../../src/kernels/module.js';
import { everyTile, inTiles, TILE_ROWS } from '../../src/kernels/tiles.js';
import { ELSEWHERE } from './placing.js';
import { LENGTHS, many } from './random.js';

const MEGABYTE = 2 ** 20;
/** The most that one region takes. */
const MOST = 16 * MEGABYTE;

describe('regions', () => {
  it('that are taken do not overlap, hold what was asked for, and suit every type', () => {
    const sizes = fc.oneof(fc.nat(300), fc.nat(70_000), fc.constantFrom(0, 64, 65, 2 ** 16, 2 ** 16 + 1));
    const steps = fc.array(fc.record({ size: sizes, back: fc.option(fc.nat(20)) }), { maxLength: 40 });
    fc.assert(
      fc.property(steps, (all) => {
        const taken: Uint8Array[] = [];
        for (const { size, back } of all) {
          const region = takeRegion(size)!;
          expect(region.length).toBeGreaterThanOrEqual(size);
          expect(region.byteOffset % 16).toBe(0);
          expect(isInMemory(region)).toBe(true);
          const end = region.byteOffset + region.length;
          for (const other of taken)
            expect(end <= other.byteOffset || other.byteOffset + other.length <= region.byteOffset).toBe(true);
          taken.push(region);
          if (back !== null) for (const one of taken.splice(back, 1)) giveRegionBack(one);
        }
        for (const region of taken) giveRegionBack(region);
      }),
      { numRuns: 100 },
    );
  });

  it('are not much larger than what was asked for, and used again for as much', () => {
    for (const length of [1, 63, 100, 4097, 70_001, MEGABYTE + 1]) {
      const region = takeRegion(length)!;
      expect(region.length).toBeLessThanOrEqual(Math.max(64, 2 * length - 1));
      giveRegionBack(region);
      const again = takeRegion(length)!;
      expect([again.byteOffset, again.length]).toEqual([region.byteOffset, region.length]);
      const other = takeRegion(length)!;
      expect(other.byteOffset).not.toBe(again.byteOffset);
      for (const one of [again, other]) giveRegionBack(one);
    }
  });

  it('are not where windows are', () => {
    const region = takeRegion(100)!.fill(0x5a);
    beginCall();
    const end = reading(new Uint8Array(500_000).fill(1), 0, 500_000) + 500_000;
    endCall();
    expect(region.every((byte) => byte === 0x5a)).toBe(true);
    expect(end).toBeLessThanOrEqual(region.byteOffset);
    giveRegionBack(region);
  });
});

describe('a window', () => {
  const input = Int32Array.of(1, 3, 6);

  it('holds what a call reads, from any element on, and gives back what it writes there', () => {
    const target = Int32Array.of(7, 7, 7, 7);
    beginCall();
    kernels().valueLengths(reading(input, 0, 3), 2, writing(target, 1, 2));
    expect([...target]).toEqual([7, 7, 7, 7]);
    endCall();
    expect([...target]).toEqual([7, 2, 3, 7]);
  });

  it('keeps nothing of calls before, however many', () => {
    const bytes = new Uint8Array(300_000);
    const addresses = many(20, () => {
      beginCall();
      const address = reading(bytes, 0, bytes.length);
      endCall();
      return address;
    });
    expect(new Set(addresses).size).toBe(1);
  });

  it('refuses more than it holds, and then goes on', () => {
    beginCall();
    expect(() => reading(new Uint8Array(MEGABYTE), 0, MEGABYTE)).toThrow(RangeError);
    beginCall();
    expect(reading(new Uint8Array(10), 0, 10)).toBeLessThan(MEGABYTE);
    endCall();
  });

  it.each([inTiles, everyTile])('of a tile that throws writes nothing later: %o', (each) => {
    const [abandoned, target] = [Int32Array.of(7, 7), Int32Array.of(7, 7)];
    const fail = (): never => {
      kernels().valueLengths(reading(input, 0, 3), 2, writing(abandoned, 0, 2));
      throw new Error('in a tile');
    };
    for (let time = 0; time < 100; time++) expect(() => each(TILE_ROWS, fail)).toThrow('in a tile');
    inTiles(2, (first, rows) => {
      kernels().valueLengths(reading(input, first, rows + 1), rows, writing(target, first, rows));
    });
    expect([[...abandoned], [...target]]).toEqual([
      [7, 7],
      [2, 3],
    ]);
  });
});

describe('tiles', () => {
  it.each(LENGTHS)('hold each of %d rows once, and no more than a call takes', (count) => {
    const rows: number[] = [];
    inTiles(count, (first, some) => {
      expect(some).toBeGreaterThan(0);
      expect(some).toBeLessThanOrEqual(8192);
      rows.push(...many(some, (row) => first + row));
    });
    expect(rows.join()).toBe(many(count, (row) => row).join());
  });

  it('end where one says so, with what it has written', () => {
    const target = new Int32Array(3 * TILE_ROWS);
    const offsets = ELSEWHERE.hold((put) => put.ints(many(TILE_ROWS + 1, (row) => 2 * row)));
    const goesOn = (stop: number): boolean =>
      everyTile(target.length, (first, rows) => {
        kernels().valueLengths(reading(offsets, 0, rows + 1), rows, writing(target, first, rows));
        return first !== stop;
      });
    expect(goesOn(TILE_ROWS)).toBe(false);
    expect(target.join()).toBe(many(target.length, (row) => (row < 2 * TILE_ROWS ? 2 : 0)).join());
    expect(goesOn(-1)).toBe(true);
    expect(target.every((value) => value === 2)).toBe(true);
  });
});

// It takes all of the memory: it comes last.
describe('memory that is used up', () => {
  const taken: Uint8Array[] = [];
  /** There is one of this size when all is taken. */
  const SMALL = 2 * MEGABYTE;

  it('gives none of more than the most there is', () => {
    expect(takeRegion(MOST + 1)).toBeUndefined();
    expect(takeRegion(2 ** 40)).toBeUndefined();
    const region = takeRegion(MOST)!;
    expect(region.length).toBe(MOST);
    giveRegionBack(region);
  });

  it('gives what is left, all within it, and then none', () => {
    for (let length = MOST; length >= 64; length /= 2) {
      for (let region = takeRegion(length); region !== undefined; region = takeRegion(length)) taken.push(region);
    }
    const ends = taken.map((region) => region.byteOffset + region.length);
    // Kernels read up to 63 bytes past the end of what they are given.
    expect(Math.max(...ends)).toBeLessThanOrEqual(memory().buffer.byteLength - 63);
    expect(Math.max(...ends)).toBeGreaterThan(memory().buffer.byteLength - 256);
    expect(taken.filter(({ length }) => length === MOST)).toHaveLength(2);
    for (const length of [0, 1, 64, MEGABYTE]) expect(takeRegion(length)).toBeUndefined();
  });

  it('gives again what was given back', () => {
    const region = taken.find(({ length }) => length === MOST)!;
    giveRegionBack(region);
    expect(takeRegion(MOST)?.byteOffset).toBe(region.byteOffset);
    expect(takeRegion(MOST)).toBeUndefined();
  });

  it('makes room for other memory, until there is a region again', () => {
    const bytes = reusedMemory();
    for (const length of [0, 5, 1000, MOST, MOST + 1]) {
      const plain = bytes(length);
      expect([plain.length, isInMemory(plain)]).toEqual([length, false]);
    }
    const region = taken.find(({ length }) => length === SMALL)!;
    giveRegionBack(region);
    const first = bytes(SMALL);
    expect([first.length, first.byteOffset]).toEqual([SMALL, region.byteOffset]);
    expect(bytes(10).byteOffset).toBe(region.byteOffset);
    const larger = bytes(MOST);
    expect([larger.length, isInMemory(larger)]).toEqual([MOST, false]);
    expect(takeRegion(SMALL)?.byteOffset).toBe(region.byteOffset);
  });
});
