/**
 * The small parts of the inspector: names, times, text that is safe to print, paths, filled gaps.
 */
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { camel, loadSpecs, type TypeSpec } from '../../generator/spec.js';
import { decimalText, geohashText, shortFloat } from '../../src/inspect/cells.js';
import { cutToWidth, displayWidth, escapeText, quote } from '../../src/inspect/escape.js';
import { coveringPosition } from '../../src/inspect/field.js';
import { minorChecksum, partitionSizeText, slotFlagsText } from '../../src/inspect/meanings/table.js';
import { snakeCase } from '../../src/inspect/names.js';
import { ENUMS } from '../../src/inspect/node.js';
import { newProblems } from '../../src/inspect/problems.js';
import { parseQuery } from '../../src/inspect/query.js';
import { timestampText, timeText } from '../../src/inspect/time.js';
import { hexDump } from '../../src/inspect/view/hex.js';
import { segment, textOf } from '../../src/inspect/view/style.js';
import { wrapLine } from '../../src/inspect/view/wrap.js';

const specs = loadSpecs(fileURLToPath(new URL('../../formats', import.meta.url)));

function* typesOf(spec: TypeSpec): Generator<TypeSpec> {
  yield spec;
  for (const type of Object.values(spec.types ?? {})) yield* typesOf(type);
}

describe('names', () => {
  it('are those of the specifications, for every field of every one', () => {
    let fields = 0;
    for (const { spec } of specs.values()) {
      for (const type of typesOf(spec)) {
        const ids = [...(type.seq ?? []).map((each) => each.id ?? ''), ...Object.keys(type.instances ?? {})];
        for (const id of ids) expect(snakeCase(camel(id))).toBe(id);
        fields += ids.length;
      }
    }
    expect(fields).toBeGreaterThan(150);
  });

  it('of enums are known for every enum of every specification', () => {
    const wanted = [...specs.values()].flatMap(({ id, spec }) =>
      Object.keys(spec.enums ?? {}).map((name) => `${pascal(id)}.${pascal(name)}`),
    );
    expect(Object.keys(ENUMS).sort()).toEqual(wanted.sort());
  });
});

const pascal = (name: string): string => camel(`_${name}`);

describe('times', () => {
  it('are those of the calendar, as far as Date knows it', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date(-62_135_596_800_000), max: new Date(253_402_300_799_999), noInvalidDate: true }),
        (date) => {
          const iso = date.toISOString();
          expect(timeText(BigInt(date.getTime()), 'ms')).toBe(iso);
          expect(timeText(BigInt(date.getTime()) * 1000n + 7n, 'us')).toBe(iso.replace('Z', '007Z'));
          expect(timeText(BigInt(date.getTime()) * 1_000_000n + 123_456n, 'ns')).toBe(iso.replace('Z', '123456Z'));
        },
      ),
    );
  });

  it('are exact at the ends of an int64', () => {
    expect(timeText(2n ** 63n - 1n, 'ns')).toBe('2262-04-11T23:47:16.854775807Z');
    expect(timeText(-(2n ** 63n), 'ns')).toBe('1677-09-21T00:12:43.145224192Z');
    expect(timeText(2n ** 63n - 1n, 'us')).toBe('294247-01-10T04:00:54.775807Z');
    expect(timeText(-1n, 'us')).toBe('1969-12-31T23:59:59.999999Z');
  });

  it('have both readings where the unit is not known', () => {
    expect(timestampText(0n, undefined)).toBe(
      '1970-01-01T00:00:00.000000Z if µs, 1970-01-01T00:00:00.000000000Z if ns',
    );
  });
});

describe('text from the input', () => {
  it('has no character left that a terminal acts on', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(escapeText(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
        expect(quote(text)).toMatch(/^"(?:[^"\\]|\\.)*"$/u);
      }),
    );
  });

  it('is spelled out where it is not printable', () => {
    expect(quote('a"b\\c\n\x1b[31m\u202e\ud800')).toBe('"a\\"b\\\\c\\n\\e[31m\\u{202e}\\u{d800}"');
    expect(escapeText('näme☃ 日本')).toBe('näme☃ 日本');
  });

  it('is cut by the columns that it takes', () => {
    expect(displayWidth('日本 é')).toBe(6);
    expect(cutToWidth('日本語', 5)).toBe('日本…');
    expect(cutToWidth('日本語', 6)).toBe('日本語');
  });
});

describe('lines', () => {
  it('are never wider than the terminal and lose nothing but spaces', () => {
    const text = fc.stringMatching(/^[a-zé日 ]{0,60}$/u);
    fc.assert(
      fc.property(fc.array(text, { maxLength: 6 }), fc.integer({ min: 8, max: 60 }), (texts, width) => {
        const line = texts.map((each) => segment(each, 'plain'));
        const wrapped = wrapLine(line, width);
        for (const part of wrapped) expect(displayWidth(textOf(part).trimEnd())).toBeLessThanOrEqual(width);
        const packed = (parts: readonly string[]): string => parts.join('').replaceAll(' ', '');
        expect(packed(wrapped.map(textOf))).toBe(packed(texts));
      }),
    );
  });
});

describe('values', () => {
  it('of geohashes, decimals and bit fields are as QuestDB prints them', () => {
    expect(geohashText(0b00000_00001_11111n, 15)).toBe('01z');
    expect(geohashText(0b0000101n, 7)).toBe('0000101');
    expect(decimalText(-5n, 3)).toBe('-0.005');
    expect(decimalText(12345n, 0)).toBe('12345');
    expect(partitionSizeText((1n << 61n) | (3n << 44n) | 17n)).toBe('17 rows, squashed 3 times, Parquet');
    expect(slotFlagsText(0b1101n)).toBe('indexed, symbols cached, dedup key');
    expect(slotFlagsText(16n)).toBe('unknown bits 0x10');
    expect(minorChecksum(0n, 0)).toBe(-1337 & 0xffff);
  });
});

describe('what is found by its place', () => {
  it('problems are those that begin there, however many there are', () => {
    const places = fc.array(fc.option(fc.nat(60), { nil: undefined }), { maxLength: 80 });
    fc.assert(
      fc.property(places, fc.nat(70), fc.nat(70), (offsets, from, length) => {
        const problems = newProblems();
        for (const byteOffset of offsets)
          problems.add({ severity: 'loss', message: 'bad', ...(byteOffset === undefined ? {} : { byteOffset }) });
        const found = [...problems.within(from, from + length)].map(({ byteOffset = -1 }) => byteOffset);
        const wanted = offsets.filter((at = -1) => at >= from && at < from + length);
        expect(found.sort((a, b) => a - b)).toEqual(wanted.sort((a = 0, b = 0) => a - b));
        expect(problems.all.length).toBe(offsets.length);
      }),
    );
  });

  it('the stretch is the one that has the byte', () => {
    const stretch = fc.record({ gap: fc.nat(3), length: fc.nat(4) });
    fc.assert(
      fc.property(fc.array(stretch, { maxLength: 12 }), fc.nat(80), (lengths, at) => {
        let end = 0;
        const stretches = lengths.map(({ gap, length }) => {
          const offset = end + gap;
          end = offset + length;
          return { offset, length };
        });
        const wanted = stretches.findIndex(({ offset, length }) => at >= offset && at < offset + length);
        expect(coveringPosition(stretches, at)).toBe(wanted < 0 ? undefined : wanted);
      }),
    );
  });
});

describe('a dump', () => {
  it('has every byte, runs of equal rows as a star', () => {
    const runs = fc.array(fc.tuple(fc.nat(3), fc.integer({ min: 1, max: 50 })), { maxLength: 8 });
    fc.assert(
      fc.property(runs, fc.nat(40), fc.constantFrom(4, 8, 16), (lengths, from, bytesPerRow) => {
        const bytes = Uint8Array.from(lengths.flatMap(([value, length]) => Array<number>(length).fill(value)));
        const file = { path: 'x', size: bytes.length, bytes: (at: number, n: number) => bytes.subarray(at, at + n) };
        const dump = hexDump(file, [from, bytes.length], { bytesPerRow, addressDigits: 8 }, () => 'plain');
        const seen: number[] = [];
        let row: number[] = [];
        let hasStar = false;
        for (const line of [...dump].map(textOf)) {
          hasStar = hasStar || line === '*';
          if (line === '*') continue;
          const start = Math.max(from, Number(line.slice(0, 10)));
          expect(hasStar).toBe(start > from + seen.length);
          while (seen.length < start - from) seen.push(...row);
          row = (line.split('│')[1]?.match(/[0-9a-f]{2}/g) ?? []).map((hex) => Number.parseInt(hex, 16));
          seen.push(...row);
          hasStar = false;
        }
        expect(hasStar).toBe(false);
        expect(seen).toEqual([...bytes.subarray(from)]);
      }),
    );
  });
});

describe('floats', () => {
  it('have the digits that tell them from others, and no more', () => {
    expect(shortFloat(Math.fround(0.1))).toBe(0.1);
    expect(shortFloat(Math.fround(3.4028235e38))).toBe(3.4028235e38);
    expect(shortFloat(-0)).toBe(-0);
    fc.assert(
      fc.property(fc.float({ noNaN: true }), (value) => {
        expect(Math.fround(shortFloat(value))).toBe(value);
      }),
    );
  });
});

describe('paths', () => {
  it('are taken apart, and refused where they are none', () => {
    expect(parseQuery('records[3].symbol_diffs[-1].entries[2-5][]')).toEqual([
      { kind: 'name', name: 'records' },
      { kind: 'index', index: 3 },
      { kind: 'name', name: 'symbol_diffs' },
      { kind: 'index', index: -1 },
      { kind: 'name', name: 'entries' },
      { kind: 'range', from: 2, to: 5 },
      { kind: 'all' },
    ]);
    expect(() => parseQuery('records[x]')).toThrow('records[x] is no path: "[x]" at character 8');
    expect(() => parseQuery('records[1')).toThrow('at character 8');
    expect(() => parseQuery('..')).toThrow('at character 1');
  });
});
