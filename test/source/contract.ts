import { expect, it } from 'vitest';
import { type Source, SourceError, type SourceErrorCode } from '../../src/source/source.js';

/** The error code that `step` throws; fails the test when it throws none. */
export function codeOf(step: () => unknown): SourceErrorCode {
  try {
    step();
  } catch (error) {
    if (error instanceof SourceError) return error.code;
    throw error;
  }
  throw new Error('nothing was thrown');
}

/** Files that `sourceContract` expects below the root. */
export const CONTRACT_FILES: readonly (readonly [string, Uint8Array])[] = [
  ['b/deep/ten', Uint8Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9)],
  ['B', Uint8Array.of(1)],
  ['a', new Uint8Array(0)],
  ['é', Uint8Array.of(2)],
  ['b/日本 é', Uint8Array.of(3)],
];

/** What every source must do, over `CONTRACT_FILES`. */
export function sourceContract(make: () => Source): void {
  it('lists folders in code-unit order with their kinds', () => {
    expect(make().list('')).toEqual([
      { name: 'B', kind: 'file' },
      { name: 'a', kind: 'file' },
      { name: 'b', kind: 'folder' },
      { name: 'é', kind: 'file' },
    ]);
    expect(
      make()
        .list('b')
        .map((entry) => entry.name),
    ).toEqual(['deep', '日本 é']);
  });

  it('tells files from folders and from nothing', () => {
    const source = make();
    expect(source.stat('b/deep/ten')).toMatchObject({ kind: 'file', size: 10 });
    expect(source.stat('b')).toMatchObject({ kind: 'folder', size: 0 });
    expect(source.stat('')).toMatchObject({ kind: 'folder' });
    expect(source.stat('c')).toBeUndefined();
    expect(source.stat('a/below-a-file')).toBeUndefined();
  });

  it('reads at positions and stops where the file ends', () => {
    const file = make().open('b/deep/ten');
    expect(file.path).toBe('b/deep/ten');
    expect(file.size).toBe(10);
    expect([...file.read(3, 4)]).toEqual([3, 4, 5, 6]);
    expect([...file.read(8, 100)]).toEqual([8, 9]);
    expect([...file.read(10, 5)]).toEqual([]);
    expect([...file.read(2 ** 52, 5)]).toEqual([]);
    const target = new Uint8Array(6).fill(77);
    expect(file.readInto(target.subarray(1, 4), 5)).toBe(3);
    expect([...target]).toEqual([77, 5, 6, 7, 77, 77]);
    expect(file.readInto(target, 7)).toBe(3);
    expect(file.readInto(target, 11)).toBe(0);
    file.close();
    expect(() => file.read(0, 1)).toThrow(/after close/);
  });

  it('takes a wrong offset or length as a mistake of the caller', () => {
    const file = make().open('b/deep/ten');
    for (const offset of [-1, 0.5, Number.NaN, 2 ** 60]) {
      expect(() => file.read(offset, 1)).toThrow(RangeError);
      expect(() => file.readInto(new Uint8Array(1), offset)).toThrow(RangeError);
    }
    expect(() => file.read(0, -1)).toThrow(RangeError);
    file.close();
  });

  it('says what is wrong with a path', () => {
    const source = make();
    expect(codeOf(() => source.open('c'))).toBe('not-found');
    expect(codeOf(() => source.open('b'))).toBe('not-a-file');
    expect(codeOf(() => source.open(''))).toBe('not-a-file');
    expect(codeOf(() => source.list('a'))).toBe('not-a-folder');
    expect(codeOf(() => source.list('c'))).toBe('not-found');
  });

  it('gives no name a way out of the root', () => {
    const source = make();
    for (const path of [
      '..',
      '../a',
      'b/../../a',
      '/etc/passwd',
      'b//deep',
      'b/',
      '.',
      './a',
      'b/deep/../../a',
      'a\0',
    ]) {
      expect(source.stat(path), path).toBeUndefined();
      expect(
        codeOf(() => source.open(path)),
        path,
      ).toBe('not-found');
      expect(
        codeOf(() => source.list(path)),
        path,
      ).toBe('not-found');
    }
  });
}
