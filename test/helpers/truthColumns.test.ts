import { describe, expect, it } from 'vitest';
import { doubleCell, expectedColumn, floatCell, listCell } from './truthColumns.js';

const cell = (type: string, text: string | null): string | null => expectedColumn('c', type, false).cell(text);

describe('the cells of the truth', () => {
  it.each([
    ['BOOLEAN', 'true', 'true'],
    ['BYTE', '-128', '-128'],
    ['CHAR', 'a', '97'],
    ['CHAR', null, '0'],
    ['INT', null, null],
    ['LONG', '-9223372036854775807', '-9223372036854775807'],
    ['FLOAT', '3.4028234663852886e+38', 'f32:7f7fffff'],
    ['FLOAT', '-0.0', 'f32:80000000'],
    ['DOUBLE', '-0.0', 'f64:8000000000000000'],
    ['DOUBLE', '5e-324', 'f64:0000000000000001'],
    ['DOUBLE', '-Infinity', 'f64:fff0000000000000'],
    ['VARCHAR', 'é', 'x:c3a9'],
    ['VARCHAR', '', 'x:'],
    ['BINARY', '00ff', 'x:00ff'],
    ['UUID', '00112233-4455-6677-8899-aabbccddeeff', 'x:00112233445566778899aabbccddeeff'],
    ['LONG128', '00112233-4455-6677-8899-aabbccddeeff', 'x:ffeeddccbbaa99887766554433221100'],
    ['LONG256', '0x1ff', `x:ff01${'0'.repeat(60)}`],
    ['IPv4', '255.255.255.255', '4294967295'],
    ['GEOHASH(2c)', 'zz', '1023'],
    ['GEOHASH(2c)', '01', '1'],
    ['GEOHASH(7b)', '1000001', '65'],
    ['DECIMAL(9,3)', '-12.345', '-12345'],
    ['DECIMAL(1,0)', '9', '9'],
    ['DOUBLE[]', '[1.0, null]', '[f64:3ff0000000000000,null]'],
    ['DOUBLE[][]', '[[null], [-0.0]]', '[[null],[f64:8000000000000000]]'],
    ['DOUBLE[]', null, null],
  ])('%s %s', (type, text, expected) => {
    expect(cell(type, text)).toBe(expected);
  });

  it('hold every array without elements as one', () => {
    expect([listCell([]), listCell([[], []]), listCell([[[]]])]).toEqual(['[]', '[]', '[]']);
    expect(listCell([[], [1]])).not.toBe('[]');
    expect(listCell([null])).toBe('[null]');
  });

  it('tell floats apart by their bits', () => {
    expect(doubleCell(0)).not.toBe(doubleCell(-0));
    expect(floatCell(0.1)).toBe('not a float: 0.1');
  });

  it('hold DuckDB to what its types can show', () => {
    const duckdb = (type: string, text: string) => expectedColumn('c', type, false).duckdbCell(text);
    expect(duckdb('DATE', '-1')).toBe('-1000');
    expect(duckdb('TIMESTAMP_NS', '1700000000123456789')).toBe('1700000000123456');
    expect(duckdb('DECIMAL(38,2)', '0.25')).toBe('25');
    expect(duckdb('DECIMAL(39,2)', '0.25')).toBe('about 0.250000000000');
  });
});

describe('the columns of the truth', () => {
  // Codes that real servers wrote into `_meta` files.
  it.each([
    ['TIMESTAMP', 8],
    ['TIMESTAMP_NS', 262152],
    ['GEOHASH(1c)', 66830],
    ['GEOHASH(7b)', 67342],
    ['GEOHASH(3c)', 69391],
    ['GEOHASH(31b)', 73488],
    ['GEOHASH(6c)', 73232],
    ['GEOHASH(12c)', 80913],
    ['DOUBLE[]', 2587],
    ['DOUBLE[][]', 18971],
    ['DOUBLE[][][]', 35355],
    ['DECIMAL(2,1)', 262684],
    ['DECIMAL(4,2)', 525341],
    ['DECIMAL(9,3)', 788766],
    ['DECIMAL(18,3)', 791071],
    ['DECIMAL(38,10)', 2631200],
    ['DECIMAL(76,20)', 5262369],
  ])('%s has the code %i', (type, code) => {
    expect(expectedColumn('c', type, false).typeCode).toBe(code);
  });

  it('are REQUIRED where QuestDB has no NULL', () => {
    expect(expectedColumn('ts', 'TIMESTAMP', true).form).toMatch(/^REQUIRED/);
    expect(expectedColumn('ts', 'TIMESTAMP', false).form).toMatch(/^OPTIONAL/);
    expect(expectedColumn('c', 'CHAR', false).form).toMatch(/^REQUIRED/);
    expect(expectedColumn('c', 'INT', false).form).toMatch(/^OPTIONAL/);
  });

  it('refuse a type that they do not know', () => {
    expect(() => expectedColumn('c', 'INTERVAL', false)).toThrow('no rule for the type INTERVAL');
  });
});
