/** Values that QuestDB can't have written. */
import { describe, expect, it } from 'vitest';
import { readColumn, sourceOf } from './reading.js';
import { fixedFiles, littleEndian } from './writer.js';

const geohash = (bits: number) => {
  const [tag, bytes] = bits < 8 ? [14, 1] : bits < 16 ? [15, 2] : bits < 32 ? [16, 4] : [17, 8];
  return { kind: { name: `GEOHASH(${bits}b)`, code: tag! | (bits << 8) | (1 << 16) }, bytes: bytes! };
};

describe('values outside of their type', () => {
  it('a BOOLEAN is 0 or 1', () => {
    const d = Uint8Array.of(0, 1, 2, 255, 1, 0, 0, 0, 3);
    const seen = readColumn(sourceOf({ d }), { name: 'BOOLEAN', code: 1 }, [{ lo: 1, hi: 9 }]);
    expect(seen.cells).toEqual(['true', null, null, 'true', 'false', 'false', 'false', null]);
    expect(seen.damage).toMatchObject([
      { code: 'column_entry_invalid', severity: 'loss', cells: 3n, byteOffset: 2, expected: '0 or 1', actual: '2' },
    ]);
  });

  it.each([1, 7, 8, 15, 16, 31, 32, 33, 60])('a GEOHASH of %i bits has no more bits', (bits) => {
    const { kind, bytes } = geohash(bits);
    const top = 1n << BigInt(bits);
    const stored = [0n, top - 1n, top, -1n, -2n, 1n, -top];
    const { d } = fixedFiles(
      stored.map((value) => littleEndian([value, bytes])),
      bytes,
    );
    const seen = readColumn(sourceOf({ d }), kind, [{ lo: 0, hi: stored.length }]);
    // A hash of 1 bit: -2 is not -1, and `top` is 2.
    expect(seen.cells).toEqual(['0', String(top - 1n), null, null, null, '1', null]);
    expect(seen.lostCells).toBe(3);
    expect(seen.damage).toMatchObject([
      {
        code: 'column_entry_invalid',
        byteOffset: 2 * bytes,
        expected: `a hash of ${bits} bits`,
        actual: `0x${top.toString(16).padStart(2 * bytes, '0')}`,
      },
    ]);
  });
});
