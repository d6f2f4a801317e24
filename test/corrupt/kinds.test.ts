/** What single kinds do, on bytes that are known here. */
import { describe, expect, it } from 'vitest';
import { Event } from '../../generated/Event.js';
import { Txnlog } from '../../generated/Txnlog.js';
import { CATALOGUE } from '../../src/corrupt/damageCase.js';
import { integerFields, isLengthOrCount, isVersionOrType } from '../../src/corrupt/fields.js';
import type { Wound } from '../../src/corrupt/kind.js';
import { randomOf } from '../../src/corrupt/random.js';
import { recordSpans } from '../../src/corrupt/recordSpans.js';
import { findTargets, readBytes, type Target } from '../../src/corrupt/targets.js';
import { lazy, parse } from '../../src/kaitai/parse.js';
import { overlay } from '../../src/source/overlay.js';
import { fixtureSource } from './harness.js';

const source = fixtureSource('01-trades-v1');
const targets = findTargets(source);
const targetAt = (end: string): Target => targets.find(({ path }) => path.endsWith(end)) as Target;
const EVENT = targetAt('wal1/0/_event');
const TXNLOG = targetAt('txn_seq/_txnlog');

function wound(kind: string, target: Target, seed: number): Wound | undefined {
  return CATALOGUE.find(({ name }) => name === kind)?.wound({ source, target, targets, random: randomOf(seed) });
}
const after = (target: Target, done: Wound): Uint8Array => readBytes(overlay(source, done.mutations), target.path);
const eachSeed = (kind: string, target: Target, check: (bytes: Uint8Array, did: string) => void): void => {
  let made = 0;
  for (let seed = 0; seed < 40; seed++) {
    const done = wound(kind, target, seed);
    if (done === undefined) continue;
    made += 1;
    check(after(target, done), done.did);
  }
  expect(made).toBeGreaterThan(0);
};

describe('_event of three transactions', () => {
  const whole = readBytes(source, EVENT.path);

  it('has three records, and fields at their places', () => {
    const spans = recordSpans(source, EVENT);
    expect(spans).toHaveLength(3);
    expect(spans[0]?.start).toBe(8);
    expect(spans[2]?.end).toBe(whole.length - 4);
    const fields = integerFields(source, EVENT);
    const rowLo = fields.find(({ path }) => path === 'records[0].body.rowLo');
    expect(rowLo).toEqual({ path: 'records[0].body.rowLo', offset: 21, size: 8, value: 0n });
    expect(fields.filter(isLengthOrCount).map(({ path }) => path)).toContain('records[1].lenRecord');
    expect(fields.filter(isVersionOrType).map(({ path }) => path)).toContain('records[2].type');
  });

  it('an older state parses to fewer records', () => {
    eachSeed('stale', EVENT, (bytes, did) => {
      const kept = Number(/with (\d+) of 3/.exec(did)?.[1]);
      const event = parse(Event, bytes).value;
      const numbers = (lazy(event, 'records').value ?? [])
        .filter((each) => each.lenRecord !== -1)
        .map(({ txn }) => txn);
      expect(numbers).toEqual([0n, 1n, 2n].slice(0, kept));
      expect(event.maxTxn).toBe(Math.max(kept - 1, 0));
    });
  });

  it('exchanged records are both there', () => {
    eachSeed('records_exchanged', EVENT, (bytes, did) => {
      const [i, j] = [...did.matchAll(/\d+/g)].map(Number) as [number, number];
      const numbers = (lazy(parse(Event, bytes).value, 'records').value ?? []).map(({ txn }) => txn).slice(0, 3);
      const expected = [0n, 1n, 2n];
      expected[i] = BigInt(j);
      expected[j] = BigInt(i);
      expect(numbers).toEqual(expected);
      expect(bytes.length).toBe(whole.length);
    });
  });

  it('a bit flipped is one bit, a byte set one byte', () => {
    eachSeed('flip_bit', EVENT, (bytes) => {
      const bits = [...bytes].map((byte, i) => byte ^ (whole[i] ?? 0)).filter((bit) => bit !== 0);
      expect(bits).toHaveLength(1);
      expect(Math.log2(bits[0] ?? 0) % 1).toBe(0);
    });
    eachSeed('set_byte', EVENT, (bytes) => {
      expect([...bytes].filter((byte, i) => byte !== whole[i])).toHaveLength(1);
    });
  });

  it('cuts are where they say', () => {
    const ends = recordSpans(source, EVENT).map(({ end }) => end);
    eachSeed('truncate_record', EVENT, (bytes) => {
      expect(ends.some((end) => Math.abs(end - bytes.length) <= 1)).toBe(true);
      expect([...bytes]).toEqual([...whole.subarray(0, bytes.length)]);
    });
    eachSeed('truncate_0', EVENT, (bytes) => expect(bytes.length).toBe(0));
    expect(wound('truncate_512', EVENT, 0)).toBeUndefined();
    eachSeed('truncate_512', TXNLOG, (bytes) => expect(bytes.length % 512).toBe(0));
  });

  it('a length or count gets another value, and nothing else does', () => {
    const seen = new Set<string>();
    eachSeed('length_field', EVENT, (bytes, did) => {
      const [, path, value] = /^(\S+) set from \S+ to (\S+)$/.exec(did) ?? [];
      const field = integerFields(source, EVENT).find((each) => each.path === path);
      expect(field).toBeDefined();
      const { offset = 0, size = 0 } = field ?? {};
      seen.add(value ?? '');
      const outside = [...bytes].filter((byte, i) => byte !== whole[i] && (i < offset || i >= offset + size));
      expect(outside).toEqual([]);
      const view = new DataView(bytes.buffer, bytes.byteOffset + offset, size);
      const stored =
        size === 8 ? view.getBigInt64(0, true) : BigInt(size === 4 ? view.getInt32(0, true) : view.getInt8(0));
      expect(stored).toBe(BigInt(value ?? 'x'));
    });
    expect(seen.size).toBeGreaterThan(4);
  });
});

it('an older state of a log has fewer transactions, in its count too', () => {
  eachSeed('stale', TXNLOG, (bytes, did) => {
    const kept = Number(/with (\d+) of 3/.exec(did)?.[1]);
    const log = parse(Txnlog, bytes).value;
    expect(log.maxTxn).toBe(BigInt(kept));
    const written = (lazy(log, 'recordsV1').value ?? []).filter(({ commitTimestampUs }) => commitTimestampUs !== 0n);
    expect(written).toHaveLength(kept);
  });
});
