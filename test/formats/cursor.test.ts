/**
 * Walking through files in windows gives what reading them whole gives.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventIndex, Str16, Txnlog, VarcharAux } from '../../generated/index.js';
import { openWindow, readInt64s, records } from '../../src/kaitai/cursor.js';
import { parse, sizeOf } from '../../src/kaitai/parse.js';
import { memoryAccess } from '../../src/source/memory.js';
import type { RandomAccess } from '../../src/source/source.js';
import { bytesOf } from './files.js';
import { plain } from './tree.js';

const LOG = bytesOf('05-multi-segment', 'db/evolve~6/txn_seq/_txnlog');

describe('records', () => {
  it.each([1, 27, 28, 29, 100, 1 << 20])('are those of the whole file, in windows of %d bytes', (windowBytes) => {
    const whole = parse(Txnlog, LOG).value.recordsV1 ?? [];
    const walked = [...records(memoryAccess('_txnlog', LOG), Txnlog.RecordV1, { offset: sizeOf(Txnlog), windowBytes })];
    expect(walked.map(plain)).toEqual(whole.map(plain));
  });

  it('begin and end where asked', () => {
    const range = { offset: sizeOf(Txnlog) + 2 * sizeOf(Txnlog.RecordV1), count: 3, windowBytes: 60 };
    const walked = [...records(memoryAccess('_txnlog', LOG), Txnlog.RecordV1, range)];
    expect(walked.map(plain)).toEqual((parse(Txnlog, LOG).value.recordsV1 ?? []).slice(2, 5).map(plain));
  });

  it('may lie further apart than they are long', () => {
    const twice = [
      ...records(memoryAccess('_txnlog', LOG), Txnlog.RecordV1, { offset: sizeOf(Txnlog), count: 4, recordSize: 56 }),
    ];
    const whole = parse(Txnlog, LOG).value.recordsV1 ?? [];
    expect(twice.map(plain)).toEqual([0, 2, 4, 6].map((at) => plain(whole[at])));
  });

  it('end where the file ends or has shrunk', () => {
    const shrunk: RandomAccess = { ...memoryAccess('_txnlog', LOG.subarray(0, 76 + 28 * 2 + 5)), size: LOG.length };
    expect([...records(shrunk, Txnlog.RecordV1, { offset: 76, count: 9 })]).toHaveLength(2);
    expect([
      ...records(memoryAccess('x', LOG.subarray(0, 80)), Txnlog.RecordV1, { offset: 76, count: 9 }),
    ]).toHaveLength(0);
    expect([...records(memoryAccess('x', LOG.subarray(0, 10)), Txnlog.RecordV1, { offset: 76 })]).toHaveLength(0);
  });

  it('need a type of fixed size', () => {
    expect(sizeOf(VarcharAux.Entry)).toBe(16);
    expect(() => [...records(memoryAccess('x', LOG), Str16, { offset: 0 })]).toThrow('str16 has no fixed size');
  });
});

describe('openWindow', () => {
  it('gives the bytes of the file for every offset and length', () => {
    const bytes = Uint8Array.from({ length: 500 }, (_, at) => at % 251);
    const wanted = fc.record({ offset: fc.integer({ min: -3, max: 520 }), length: fc.integer({ min: -3, max: 200 }) });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 120 }), fc.array(wanted, { maxLength: 20 }), (windowBytes, pieces) => {
        const window = openWindow(memoryAccess('x', bytes), windowBytes);
        for (const { offset, length } of pieces) {
          const found = window.bytes(offset, length);
          expect([...found]).toEqual(offset < 0 || length < 0 ? [] : [...bytes.slice(offset, offset + length)]);
        }
      }),
    );
  });

  it('gives the records of the file for every offset, and none where the file ends before they do', () => {
    const offsets = fc.array(fc.integer({ min: -3, max: LOG.length + 3 }), { maxLength: 20 });
    const size = sizeOf(Txnlog.RecordV1);
    let given = 0;
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), offsets, (windowBytes, at) => {
        const window = openWindow(memoryAccess('x', LOG), windowBytes);
        for (const offset of at) {
          const record = window.record(Txnlog.RecordV1, offset);
          const { value, failure } = parse(Txnlog.RecordV1, LOG.subarray(Math.max(offset, 0)));
          const isThere = offset >= 0 && offset + size <= LOG.length && failure === undefined;
          expect(record && plain(record)).toEqual(isThere ? plain(value) : undefined);
          if (isThere) given += 1;
        }
      }),
    );
    expect(given).toBeGreaterThan(100);
  });

  it('reads each part of a file once when it is walked in order', () => {
    const inner = memoryAccess('x', new Uint8Array(1000));
    let read = 0;
    const counting: RandomAccess = {
      ...inner,
      read: (offset, length) => {
        read += length;
        return inner.read(offset, length);
      },
    };
    const window = openWindow(counting, 100);
    for (let offset = 0; offset < 1000; offset += 10) window.bytes(offset, 10);
    expect(read).toBe(1000);
  });

  it.each([Number.NaN, 2 ** 60, -(2 ** 40), 0.5])('gives nothing for the offset %d', (offset) => {
    expect(openWindow(memoryAccess('x', new Uint8Array(10))).bytes(offset, 4)).toHaveLength(0);
  });
});

describe('readInt64s', () => {
  it('reads the entries that a parser reads', () => {
    const bytes = bytesOf('07-symbol-reuse', 'db/symreuse~6/wal1/0/_event.i');
    const { entries } = parse(EventIndex, bytes).value;
    expect([...readInt64s(memoryAccess('_event.i', bytes), 0, 1e9)]).toEqual(entries);
    expect([...readInt64s(memoryAccess('_event.i', bytes), 8, 2)]).toEqual(entries.slice(1, 3));
  });

  it('gives what there is', () => {
    expect([...readInt64s(memoryAccess('x', new Uint8Array(20)), 8, 5)]).toEqual([0n]);
    expect([...readInt64s(memoryAccess('x', new Uint8Array(20)), 24, 5)]).toEqual([]);
    const shrunk: RandomAccess = { ...memoryAccess('x', new Uint8Array(11)), size: 100 };
    expect([...readInt64s(shrunk, 0, 12)]).toEqual([0n]);
  });
});
