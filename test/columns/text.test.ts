import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countNotUtf8, isAscii, isUtf8 } from '../../src/columns/utf8.js';
import { type Utf8Sink, unitsOf, writeUtf16 } from '../../src/columns/utf16.js';
import { wtf8 } from './kinds.js';

const decoder = new TextDecoder('utf-8', { fatal: true });
function decodes(bytes: Uint8Array): boolean {
  try {
    decoder.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Bytes that are UTF-8 about as often as not. */
const bytes = fc.oneof(
  fc.string({ unit: 'binary' }).map((text) => new TextEncoder().encode(text)),
  fc
    .array(
      fc.constantFrom(
        0x00,
        0x41,
        0x7f,
        0x80,
        0x8f,
        0x90,
        0x9f,
        0xa0,
        0xbf,
        0xc0,
        0xc1,
        0xc2,
        0xdf,
        0xe0,
        0xe1,
        0xed,
        0xee,
        0xef,
        0xf0,
        0xf1,
        0xf4,
        0xf5,
        0xff,
      ),
      { maxLength: 5 },
    )
    .map((list) => Uint8Array.from(list)),
);

const SECONDS = [0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xff];

describe('UTF-8', () => {
  it('is what the platform decodes', () => {
    fc.assert(
      fc.property(bytes, (sample) => {
        expect(isUtf8(sample, 0, sample.length)).toBe(decodes(sample));
      }),
      { numRuns: 5000 },
    );
    // Every first byte, and the limits of those behind it.
    for (let first = 0; first < 256; first++) {
      for (const second of SECONDS) {
        for (const sample of [
          [first, second],
          [first, second, 0x80],
          [first, second, 0xbf, 0x80],
          [first, second, 0x7f],
          [first, second, 0x80, 0xc0],
        ]) {
          const array = Uint8Array.from(sample);
          if (isUtf8(array, 0, array.length) !== decodes(array)) throw new Error(sample.join());
        }
      }
    }
  });

  it('is judged value by value: a character cut in two makes two wrong ones', () => {
    const data = new TextEncoder().encode('aé€😀');
    expect(countNotUtf8({ offsets: Int32Array.of(0, 1, 3, 6, 10), data }, 4)).toBe(0);
    expect(countNotUtf8({ offsets: Int32Array.of(0, 2, 3, 6, 10), data }, 4)).toBe(2);
    expect(countNotUtf8({ offsets: Int32Array.of(0, 0, 0), data }, 2)).toBe(0);
  });

  it('ASCII is found at any place and length', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), fc.nat(8), fc.boolean(), (sample, skip, plain) => {
        const whole = Uint8Array.from(plain ? sample.map((byte) => byte & 0x7f) : sample);
        const part = whole.subarray(Math.min(skip, whole.length));
        expect(isAscii(part)).toBe(part.every((byte) => byte < 0x80));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('UTF-16', () => {
  it('becomes UTF-8, a lone surrogate its three bytes', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'grapheme-ascii', maxLength: 50 }),
      fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
    );
    fc.assert(
      fc.property(text, fc.string({ unit: 'grapheme', maxLength: 3 }), (sample, before) => {
        const sink: Utf8Sink = { bytes: new Uint8Array(3 * (sample.length + before.length)), at: 0, loneSurrogates: 0 };
        const units = unitsOf(before + sample);
        writeUtf16(units, before.length, units.length, sink);
        expect([...sink.bytes.subarray(0, sink.at)]).toEqual(wtf8(sample));
        expect(sink.loneSurrogates).toBe([...sample].filter((char) => /^\p{Surrogate}$/u.test(char)).length);
      }),
      { numRuns: 2000 },
    );
  });
});
