import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkOrder } from '../../src/logOrder.js';
import type { LogRecord } from '../../src/logRecord.js';

const record = (seqTxn: number, segmentTxn: number): LogRecord => ({
  seqTxn: BigInt(seqTxn),
  structureVersion: 0n,
  walId: 1,
  segmentId: 0,
  segmentTxn,
  commitTimestampUs: 1_000n + BigInt(segmentTxn),
});

const check = (numbers: readonly number[]) => {
  const list = numbers.map((segmentTxn, i) => record(i + 1, segmentTxn));
  const { named, invalid, damage } = checkOrder({ named: new Map([['1/0', list]]), gone: new Map() }, [], false, 'log');
  const pairs = (named.get('1/0') ?? []).map((r) => [Number(r.seqTxn), r.segmentTxn]);
  return { pairs, invalid: invalid.map((r) => Number(r.seqTxn)), severities: damage.map((d) => d.severity) };
};

describe('checkOrder', () => {
  it('leaves a segment alone whose records are in a row, wherever the row begins', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.integer({ min: 1, max: 50 }), (first, length) => {
        const numbers = Array.from({ length }, (_, i) => first + i);
        expect(check(numbers)).toEqual({ pairs: numbers.map((n, i) => [i + 1, n]), invalid: [], severities: [] });
      }),
    );
  });

  it('takes out exactly the one record whose number is damaged', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 4, max: 40 }),
        fc.nat(),
        fc.integer({ min: 0, max: 2 ** 31 - 1 }),
        (length, pick, wrong) => {
          const numbers = Array.from({ length }, (_, i) => i);
          const place = pick % (length - 1);
          fc.pre(wrong !== place);
          numbers[place] = wrong;
          const { pairs, invalid } = check(numbers);
          expect(invalid).toEqual([place + 1]);
          expect(pairs.every(([seqTxn, n]) => seqTxn === (n ?? 0) + 1)).toBe(true);
        },
      ),
    );
  });

  it('keeps the row when a record of it has gone elsewhere', () => {
    expect(check([0, 1, 2, 4, 5, 6])).toMatchObject({ invalid: [] });
    expect(check([0, 1, 2, 4, 5, 6]).pairs).toHaveLength(6);
  });

  it('puts two exchanged records under their own seqTxn again', () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 30 }), fc.nat(), fc.nat(), (length, a, b) => {
        const numbers = Array.from({ length }, (_, i) => i);
        const [i, j] = [a % (length - 1), b % (length - 1)];
        fc.pre(i !== j);
        [numbers[i], numbers[j]] = [numbers[j] ?? 0, numbers[i] ?? 0];
        const { pairs, invalid, severities } = check(numbers);
        expect(invalid).toEqual([]);
        expect(pairs).toEqual(Array.from({ length }, (_, n) => [n + 1, n]));
        expect(new Set(severities)).toEqual(new Set(['repaired']));
      }),
    );
  });
});
