/**
 * No bytes make a parser throw, hang, or build more than the bytes justify.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as formats from '../../generated/index.js';
import { lazy, parse, parseLean } from '../../src/kaitai/parse.js';
import type { GeneratedType, KaitaiNode } from '../../src/kaitai/types.js';
import { bytesOf } from './files.js';
import { type AnyType, typeOfFile } from './kinds.js';
import { fieldNames, isNode, plain } from './tree.js';

type AnyArgs = GeneratedType<KaitaiNode, readonly (number | boolean)[]>;

/** A type or parameter list that can be damaged too. */
const COUNTS = [0, 1, 2, 3, 24, 64, -1, -(2 ** 31), 2 ** 31 - 1];

/** Every type of every specification, by its place. */
function allTypes(): readonly AnyArgs[] {
  const found: AnyArgs[] = [];
  const visit = (type: unknown): void => {
    if (typeof type !== 'function' || !('specPath' in type)) return;
    found.push(type as unknown as AnyArgs);
    for (const each of Object.values(type)) visit(each);
  };
  for (const type of Object.values(formats)) visit(type);
  return found;
}

const anyArgs = fc.array(fc.oneof(fc.constantFrom(...COUNTS), fc.boolean()), { minLength: 2, maxLength: 2 });
/** Random bytes, small numbers and extreme ones, so that counts are often plausible. */
const anyBytes = fc
  .array(
    fc.oneof(
      fc.uint8Array({ maxLength: 9 }).map((bytes) => [...bytes]),
      fc.integer({ min: -2, max: 40 }).map((value) => [...new Uint8Array(Int32Array.of(value).buffer)]),
      fc
        .constantFrom(-(2n ** 63n), 2n ** 63n - 1n, 2n ** 40n, 0n)
        .map((value) => [...new Uint8Array(BigInt64Array.of(value).buffer)]),
    ),
    { maxLength: 40 },
  )
  .map((parts) => Uint8Array.from(parts.flat()));

/** Parses in both ways, lazy parts too; the number of values built. */
function exercise(type: AnyArgs, bytes: Uint8Array, args: readonly (number | boolean)[]): number {
  const parsed = parse(type, bytes, ...args);
  const lean = parseLean(type, bytes, ...args);
  expect(lean.failure).toEqual(parsed.failure);
  expect(plain(lean.value)).toEqual(plain(parsed.value));
  if (parsed.failure !== undefined) {
    expect(parsed.failure.byteOffset).toBeGreaterThanOrEqual(0);
    expect(parsed.failure.byteOffset).toBeLessThanOrEqual(bytes.length);
  }
  return size(parsed.value);
}

/** Nodes, elements and bytes below `value`. */
function size(value: unknown): number {
  if (value instanceof Uint8Array) return 1;
  if (Array.isArray(value)) return value.reduce((sum: number, each) => sum + size(each), 1);
  if (!isNode(value)) return 1;
  return fieldNames(value, true).reduce((sum, name) => sum + size(lazy(value, name).value), 1);
}

/** Values that a node may have per byte of input, and besides. */
const VALUES_PER_BYTE = 4;
const VALUES_BESIDES = 120;

describe('any bytes', () => {
  it('leave every type with a value or a failure', () => {
    const types = allTypes();
    expect(types.length).toBeGreaterThan(60);
    fc.assert(
      fc.property(fc.constantFrom(...types), anyBytes, anyArgs, (type, bytes, args) => {
        expect(exercise(type, bytes, args)).toBeLessThan(VALUES_PER_BYTE * bytes.length + VALUES_BESIDES);
      }),
      { numRuns: 6000 },
    );
  });

  it.each([0, 0xff, 0x7f, 1])('of %d, 300,000 of them, are done with quickly', (byte) => {
    const bytes = new Uint8Array(300_000).fill(byte);
    for (const type of allTypes()) {
      const parsed = parse(type, bytes, 1, 1);
      for (const name of fieldNames(parsed.value, true)) lazy(parsed.value, name);
    }
  });
});

/** Small real files of many kinds. */
const REAL: readonly (readonly [name: string, path: string])[] = [
  ['05-multi-segment', 'db/evolve~6/txn_seq/_txnlog'],
  ['05-multi-segment', 'db/evolve~6/txn_seq/_txnlog.meta.d'],
  ['05-multi-segment', 'db/evolve~6/txn_seq/_meta'],
  ['05-multi-segment', 'db/evolve~6/txn_seq/_meta.0'],
  ['05-multi-segment', 'db/evolve~6/wal1/5/_meta'],
  ['06-sql-events', 'db/upd~9/wal1/0/_event'],
  ['06-sql-events', 'db/mv_hour~7/wal1/0/_event'],
  ['06-sql-events', 'db/v_last~8/wal1/0/_event'],
  ['07-symbol-reuse', 'db/symreuse~6/wal1/0/_event'],
  ['09-watermark', 'db/applied_evolved~9/_txn'],
  ['09-watermark', 'db/applied_evolved~9/_cv'],
  ['12-names', 'db/tables.d.0'],
];

describe('real files', () => {
  it('with any bytes overwritten, cut or put in between leave a value or a failure', () => {
    const damage = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      bytes: anyBytes,
      cut: fc.integer({ min: 0, max: 30 }),
    });
    fc.assert(
      fc.property(
        fc.constantFrom(...REAL),
        fc.array(damage, { minLength: 1, maxLength: 4 }),
        ([name, path], damages) => {
          const type = typeOfFile(path) as AnyType as AnyArgs;
          let bytes: Uint8Array = bytesOf(name, path).slice(0, 1400);
          for (const { at, bytes: put, cut } of damages) {
            const start = Math.floor(at * bytes.length);
            bytes = Uint8Array.from([
              ...bytes.subarray(0, start),
              ...put.subarray(0, 12),
              ...bytes.subarray(start + cut),
            ]);
          }
          expect(exercise(type, bytes, [])).toBeLessThan(VALUES_PER_BYTE * bytes.length + VALUES_BESIDES);
        },
      ),
      { numRuns: 1500 },
    );
  });
});
