import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byteCount, counted, duration, grouped, printable, wrapped } from '../../src/cli/text.js';

describe('printable', () => {
  it('leaves text alone and spells out what a terminal would act on', () => {
    expect(printable('Ünï çödé 日本語 "x"')).toBe('Ünï çödé 日本語 "x"');
    expect(printable('a\u001b[31mb\nc\td\u0000e\u009bf\u202eg')).toBe('a\\x1b[31mb\\nc\\td\\x00e\\x9bf\\u{202e}g');
    expect(printable('\ud800')).toBe('\\u{d800}');
  });

  it('gives no control or direction character, whatever comes in', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const codes = [...printable(text)].map((character) => character.codePointAt(0) ?? 0);
        const isActedOn = (code: number): boolean =>
          code < 0x20 || (code >= 0x7f && code < 0xa0) || (code >= 0x202a && code <= 0x202e);
        expect(codes.filter(isActedOn)).toEqual([]);
      }),
    );
  });
});

describe('wrapped', () => {
  it('breaks at spaces and indents what follows', () => {
    expect(wrapped('one two three four', 10, 2, 2)).toEqual(['  one two', '    three', '    four']);
    expect(wrapped('one two three four', undefined, 2, 2)).toEqual(['  one two three four']);
  });

  it('loses no word, and is wider than asked only where a word is', () => {
    const words = fc.array(fc.stringMatching(/^[a-z/]{1,30}$/), { minLength: 1 });
    fc.assert(
      fc.property(words, fc.integer({ min: 20, max: 80 }), (list, width) => {
        const lines = wrapped(list.join(' '), width, 2, 2);
        expect(lines.flatMap((line) => line.trim().split(' '))).toEqual(list);
        for (const line of lines) expect(line.length <= width || !line.trim().includes(' ')).toBe(true);
      }),
    );
  });
});

describe('numbers', () => {
  it('groups thousands, exactly', () => {
    expect([0, 999, 1000, 1234567].map((n) => grouped(n))).toEqual(['0', '999', '1,000', '1,234,567']);
    expect(grouped(2n ** 63n - 1n)).toBe('9,223,372,036,854,775,807');
  });

  it('counts nouns', () => {
    expect([counted(0, 'row'), counted(1, 'row'), counted(1200n, 'row')]).toEqual(['0 rows', '1 row', '1,200 rows']);
    expect(counted(2, 'stretch', 'stretches')).toBe('2 stretches');
  });

  it('gives sizes three digits', () => {
    const sizes = [0, 512, 999, 1000, 45_200_000, 99_900_000, 999_600_000, 1.5e12].map(byteCount);
    expect(sizes).toEqual(['0 bytes', '512 bytes', '999 bytes', '1.0 kB', '45.2 MB', '100 MB', '1.0 GB', '1.5 TB']);
  });

  it('gives times two units', () => {
    expect([0, 59, 60, 185, 3600, 7_620].map(duration)).toEqual(['0s', '59s', '1m00s', '3m05s', '1h00m', '2h07m']);
  });
});
