/**
 * The stream under the parsers, and what parse() makes of its errors.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ArrayAux,
  BinaryValue,
  ColumnVersions,
  Event,
  SequencerMeta,
  Str16,
  TableRegistry,
  Txn,
  Txnlog,
} from '../../generated/index.js';
import { lazy, parse, parseLean, sizeOf, span, text } from '../../src/kaitai/parse.js';
import { KaitaiError, KaitaiStream } from '../../src/kaitai/stream.js';
import { bytesOf } from './files.js';

/** A stream in the middle of a larger buffer, so that a read past its end would find bytes. */
function streamOf(...bytes: readonly number[]): KaitaiStream {
  return new KaitaiStream(Uint8Array.from([9, 9, 9, ...bytes, 9, 9, 9]).subarray(3, 3 + bytes.length));
}

/** `hex`, blanks ignored, as bytes. */
function fromHex(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
}

describe('64-bit integers', () => {
  it('are exact for every value', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (value) => {
        const bits = BigInt.asUintN(64, value);
        const bytes = Array.from({ length: 8 }, (_, at) => Number((bits >> BigInt(8 * at)) & 0xffn));
        expect(streamOf(...bytes).readS8le()).toBe(value);
        expect(streamOf(...bytes).readU8le()).toBe(bits);
      }),
    );
  });

  it('as lengths, counts and offsets are numbers, or an error where a number would not be exact', () => {
    expect(streamOf(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff).readS8leAsNumber()).toBe(-1);
    expect(streamOf(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x1f, 0).readS8leAsNumber()).toBe(Number.MAX_SAFE_INTEGER);
    expect(() => streamOf(0, 0, 0, 0, 0, 0, 0x20, 0).readS8leAsNumber()).toThrow(KaitaiError);
    const parsed = parse(TableRegistry, fromHex('0000000000002000'));
    expect(parsed.failure).toMatchObject({ fieldPath: 'ofsEnd', byteOffset: 0, specPath: 'table_registry/seq/0' });
  });
});

describe('bounds', () => {
  it('a read past the end is an error, also where the buffer goes on', () => {
    expect(() => streamOf(1, 2, 3).readBytes(4)).toThrow('expected 4 bytes, found 3 bytes');
    expect(() => streamOf(1, 2, 3, 4, 5, 6, 7).readS8le()).toThrow(KaitaiError);
  });

  it.each([-1, 2 ** 32 + 1, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY])('a length of %d is an error', (length) => {
    expect(() => streamOf(1, 2, 3, 4).readBytes(length)).toThrow(KaitaiError);
  });

  it.each([-100, -1, 5, 2 ** 32, Number.NaN, 0.5])('a seek to %d is an error, not the nearest place', (pos) => {
    expect(() => streamOf(1, 2, 3, 4).seek(pos)).toThrow(KaitaiError);
  });

  it('the end may be sought', () => {
    const io = streamOf(1, 2, 3, 4);
    io.seek(4);
    expect(io.isEof()).toBe(true);
  });

  it('a loop that stands still is an error', () => {
    const io = streamOf(1);
    expect(() => {
      while (!io.isEof()) io.seek(0);
    }).toThrow('elements with at least one byte');
  });
});

describe('text', () => {
  it('keeps null and the empty string apart', () => {
    expect(text(parse(Str16, fromHex('ffffffff')).value)).toBeNull();
    expect(text(parse(Str16, fromHex('00000000')).value)).toBe('');
    expect(text(parse(Str16, fromHex('02000000 4100 fc00')).value)).toBe('Aü');
  });

  it('keeps unpaired surrogates and byte order marks', () => {
    expect(text(parse(Str16, fromHex('04000000 fffe 00d8 4100 00dc')).value)).toBe('\ufeff\ud800A\udc00');
  });

  it('takes texts that are longer than what is converted in one go', () => {
    const long = 'aé'.repeat(10_000);
    const bytes = new Uint8Array(4 + 2 * long.length);
    new DataView(bytes.buffer).setInt32(0, long.length, true);
    for (let at = 0; at < long.length; at++)
      new DataView(bytes.buffer).setUint16(4 + 2 * at, long.charCodeAt(at), true);
    expect(text(parse(Str16, bytes).value)).toBe(long);
  });
});

describe('parse', () => {
  it('reads a header taken from a real file by hand', () => {
    // 05-multi-segment, evolve~6: format 0, 31 transactions, created 1795452225821565 µs after 1970.
    const header = fromHex(`00000000 1f00000000000000 7d9b214cf4600600 00000000 ${'00'.repeat(52)}`);
    expect(parse(Txnlog, header).value).toMatchObject({
      format: 0,
      maxTxn: 31n,
      createTimestampUs: 1795452225821565n,
      numPartTxns: 0,
    });
  });

  it('says where the bytes of a field are, in substreams and imported types too', () => {
    const bytes = bytesOf('06-sql-events', 'db/upd~9/wal1/0/_event');
    const shifted = new Uint8Array(bytes.length + 5);
    shifted.set(bytes, 5);
    const event = parse(Event, shifted.subarray(5)).value;
    const body = event.records?.map((record) => record.body).find((each) => each instanceof Event.SqlBody);
    if (!(body instanceof Event.SqlBody)) throw new Error('no SQL event');
    const place = span(body.sql, 'value');
    expect(place).toBeDefined();
    expect(Buffer.from(bytes.subarray(place?.start, place?.end)).toString('utf16le')).toBe(text(body.sql));
    expect(span(event, 'records', 0)?.start).toBe(sizeOf(Event));
    expect(span(parseLean(Event, bytes).value, 'maxTxn')).toBeUndefined();
  });

  it('names the innermost field that failed and keeps all before it', () => {
    // A DATA record whose only symbol diff claims two billion entries.
    const bytes = fromHex(
      `${'3f000000'} 0700000000000000 00 ${'00'.repeat(32)} 01 02000000 01 00000000 ffffff7f ffffffff 00000000`,
    );
    const wanted = {
      fieldPath: 'body.symbolDiffs[0].numEntries',
      byteOffset: 13 + 33 + 9,
      specPath: 'event/types/symbol_diff/seq/3',
      expected: 'at most 0',
      actual: '2147483647',
    };
    for (const parsed of [parse(Event.Record, bytes), parseLean(Event.Record, bytes)]) {
      expect(parsed.failure).toMatchObject(wanted);
      expect(parsed.value.txn).toBe(7n);
      const { body } = parsed.value;
      expect(body instanceof Event.DataBody && body.symbolDiffs[0]?.columnIndex).toBe(2);
    }
  });

  it('a lazy instance that fails does so every time, and shows what it has', () => {
    const good = '1000000000000000 00000000 0200000000000000 01000000 0000000000000000 0100000000000000';
    const bytes = fromHex(`00000000 00000000 ${good.slice(0, 8)}`);
    const event = parse(Event, bytes).value;
    for (let round = 0; round < 2; round++) {
      const records = lazy(event, 'records');
      expect(records.failure).toMatchObject({ fieldPath: 'records[0].lenRecord', byteOffset: 8 });
      expect(records.value).toHaveLength(1);
    }
  });

  it('has no lazy or computed instances of what was not wholly read', () => {
    const cut = parse(Event, fromHex('00000000 0000')).value;
    for (const field of ['formatLow', 'records'] as const) {
      expect(lazy(cut, field)).toMatchObject({ value: undefined, failure: { fieldPath: 'format', byteOffset: 4 } });
    }
    expect(lazy(parse(Txn, new Uint8Array(40)).value, 'recordB').failure?.fieldPath).toBe('areaB.lenPartitions');
  });

  it('an offset that points outside is a failure', () => {
    const txn = new Uint8Array(300);
    new DataView(txn.buffer).setInt32(8, -100, true);
    expect(lazy(parse(Txn, txn).value, 'recordA').failure?.actual).toBe('-100');
    const versions = new Uint8Array(72);
    new DataView(versions.buffer).setBigInt64(8, 64n, true);
    new DataView(versions.buffer).setBigInt64(16, 32n, true);
    expect(parse(ColumnVersions, versions).value).toMatchObject({
      areaA: { isInside: false },
      areaB: { isInside: true },
    });
    expect(lazy(parse(ColumnVersions, versions).value, 'entriesA')).toEqual({ value: undefined });
  });

  it('a null binary value is not an empty one', () => {
    expect(parse(BinaryValue, fromHex('ffffffffffffffff')).value).toMatchObject({ lenValue: -1 });
    expect(parse(BinaryValue, fromHex('feffffffffffffff')).failure?.expected).toBe('at least -1');
  });

  it('takes apart 48-bit offsets exactly', () => {
    const { value } = parse(ArrayAux.Entry, fromHex('ffffffffffff0000 08000000 00000000'));
    expect(value.ofsValue).toBe(2 ** 48 - 1);
  });

  it('keeps the slots of sequencer metadata whose length is being written', () => {
    const bytes = bytesOf('05-multi-segment', 'db/evolve~6/txn_seq/_meta').slice();
    bytes.fill(0, 0, 4);
    const parsed = parse(SequencerMeta, bytes);
    expect(parsed.failure).toBeUndefined();
    expect(parsed.value.slots).toHaveLength(12);
    expect(parsed.value.readOrder).toBeUndefined();
  });
});
