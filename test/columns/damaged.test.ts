/** Any damage to the files of any column: no wrong cell, nothing lost in silence. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALL_KINDS, type Kind, type Stored, VAR_KINDS } from './kinds.js';
import { readColumn, sourceOf } from './reading.js';
import type { ColumnFiles } from './writer.js';

type FileName = 'd' | 'i';

/** One thing done to one file; places are parts of its length. */
interface Harm {
  readonly file: FileName;
  readonly what: 'truncate' | 'flip' | 'zero' | 'noise' | 'copy' | 'delete';
  readonly at: number;
  readonly length: number;
  readonly from: number;
}

const harms: fc.Arbitrary<Harm> = fc.record({
  file: fc.constantFrom('d', 'i'),
  what: fc.constantFrom('truncate', 'flip', 'flip', 'zero', 'noise', 'copy', 'delete'),
  at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  length: fc.integer({ min: 1, max: 100 }),
  from: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
});

/** The file after the harm; `undefined` when it is gone. */
function harmed(bytes: Uint8Array, { what, at, length, from }: Harm): Uint8Array | undefined {
  const place = Math.floor(at * bytes.length);
  const changed = bytes.slice();
  const end = Math.min(bytes.length, place + length);
  switch (what) {
    case 'truncate':
      return bytes.slice(0, place);
    case 'delete':
      return undefined;
    case 'flip':
      if (place < bytes.length) changed[place]! ^= 1 << (length & 7);
      return changed;
    case 'zero':
      return changed.fill(0, place, end);
    case 'noise':
      for (let index = place; index < end; index++) changed[index] = (index * 151 + length * 89) & 0xff;
      return changed;
    case 'copy':
      changed.set(bytes.subarray(Math.floor(from * bytes.length)).subarray(0, end - place), place);
      return changed;
  }
}

/** Whether any byte of a span is not what it was. */
function differs(
  before: Uint8Array | undefined,
  after: Uint8Array | undefined,
  [from, to]: readonly [number, number],
): boolean {
  for (let index = from; index < to; index++) if (before?.[index] !== after?.[index]) return true;
  return false;
}

/** The kind's column in damaged files must differ from the truth only where that may be. */
function check(
  kind: Kind,
  { files, cells }: Stored,
  after: Pick<ColumnFiles, 'i'> & { d?: Uint8Array | undefined },
  countKnown: boolean,
  cut: number,
): void {
  const count = cells.length;
  const middle = Math.floor(cut * (count + 1));
  const ranges = [
    { lo: 0, hi: middle },
    { lo: middle, hi: count },
  ];
  for (const asked of [[{ lo: 0, hi: count }], [ranges[0]!], [ranges[1]!]]) {
    const read = readColumn(sourceOf(after), kind, asked, countKnown ? { rowCount: count } : {});
    const { lo, hi } = asked[0]!;
    let silent = 0;
    for (let row = lo; row < hi; row++) {
      const seen = read.cells[row - lo];
      if (seen === cells[row]) continue;
      const touched =
        differs(files.d, after.d, files.dataSpans[row]!) || differs(files.i, after.i, files.entrySpans[row]!);
      if (seen !== null) expect(touched, `row ${row} is ${seen}, was ${cells[row]}`).toBe(true);
      if (!touched) silent++;
    }
    expect(silent).toBeLessThanOrEqual(read.lostCells);
    const losses = read.damage.filter(({ severity }) => severity === 'loss');
    expect(losses.length > 0).toBe(read.lostCells > 0);
    for (const { cells: lost, column, byteOffset } of losses) {
      expect(lost).toBeGreaterThan(0n);
      expect(column).toBe('c');
      expect(byteOffset).toBeGreaterThanOrEqual(0);
    }
  }
}

describe('damaged columns', () => {
  it.each(ALL_KINDS)('$name', (kind) => {
    const cases = fc.record({
      stored: kind.stored(1, 40),
      harm: fc.array(harms, { minLength: 1, maxLength: 3 }),
      countKnown: fc.boolean(),
      cut: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
    });
    fc.assert(
      fc.property(cases, ({ stored, harm, countKnown, cut }) => {
        let d: Uint8Array | undefined = stored.files.d;
        let i = stored.files.i;
        for (const one of harm) {
          if (one.file === 'd') d = d && harmed(d, one);
          else i = i && harmed(i, one);
        }
        check(kind, stored, { d, ...(i === undefined ? {} : { i }) }, countKnown, cut);
      }),
      { numRuns: Number(process.env.WALRESCUE_RUNS ?? (VAR_KINDS.includes(kind) ? 250 : 60)) },
    );
  });
});
