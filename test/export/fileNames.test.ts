/** What the names of output files are made of. */
import { describe, expect, it } from 'vitest';
import { outputNames } from '../../src/fileNames.js';

const namesOf = (...tableNames: string[]): string[] => [
  ...outputNames(tableNames.map((tableName, i) => ({ dirName: `${tableName}~${i}`, tableName }))).values(),
];

describe('outputNames', () => {
  it.each(['trades', 'Ünï çödé', '日本語テーブル', 'dot.in.name', 'a-b'])('leaves %s as it is', (name) => {
    expect(namesOf(name)).toEqual([name]);
  });

  it.each([
    ['a right-to-left override', '\u202e'],
    ['an isolate', '\u2066'],
    ['a zero-width space', '\u200b'],
    ['a soft hyphen', '\u00ad'],
    ['a byte order mark', '\ufeff'],
    ['a tag character', '\u{e0041}'],
    ['a line separator', '\u2028'],
    ['a paragraph separator', '\u2029'],
    ['an escape', '\u001b'],
    ['a C1 control', '\u009b'],
    ['a lone surrogate', '\ud800'],
  ])('keeps %s out, and tables that differ in nothing else apart', (_, character) => {
    const [hidden = '', plain = ''] = namesOf(`tra${character}des`, 'trades');
    expect(hidden).not.toContain(character);
    expect(hidden).toMatch(/^tra_des~0-[0-9a-f]{8}$/);
    expect(plain).toBe('trades');
  });
});
