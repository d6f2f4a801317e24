import { describe, expect, it } from 'vitest';
import { memorySource } from '../../src/source/memory.js';
import { CONTRACT_FILES, sourceContract } from './contract.js';

describe('memorySource', () => {
  sourceContract(() => memorySource(CONTRACT_FILES));

  it('has empty folders, and takes one array under two paths for a hard link', () => {
    const bytes = Uint8Array.of(1, 2);
    const source = memorySource(
      [
        ['x/a', bytes],
        ['y', bytes],
        ['z', Uint8Array.of(1, 2)],
      ],
      { folders: ['x/empty/deeper'] },
    );
    expect(source.list('x/empty')).toEqual([{ name: 'deeper', kind: 'folder' }]);
    expect(source.list('x/empty/deeper')).toEqual([]);
    expect(source.stat('x/a')?.identity).toBe(source.stat('y')?.identity);
    expect(source.stat('z')?.identity).not.toBe(source.stat('y')?.identity);
  });

  it('refuses paths that are none, or that are taken', () => {
    const bytes = new Uint8Array(0);
    for (const path of ['', 'a/', '/a', '../a', 'a//b', 'a/./b']) {
      expect(() => memorySource([[path, bytes]]), path).toThrow(RangeError);
    }
    expect(() =>
      memorySource([
        ['a', bytes],
        ['a', bytes],
      ]),
    ).toThrow(RangeError);
    expect(() =>
      memorySource([
        ['a', bytes],
        ['a/b', bytes],
      ]),
    ).toThrow(RangeError);
    expect(() =>
      memorySource([
        ['a/b', bytes],
        ['a', bytes],
      ]),
    ).toThrow(RangeError);
  });
});
