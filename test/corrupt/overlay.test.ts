import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memorySource } from '../../src/source/memory.js';
import type { Mutation } from '../../src/source/mutation.js';
import { overlay } from '../../src/source/overlay.js';
import type { Source } from '../../src/source/source.js';
import { CONTRACT_FILES, codeOf, sourceContract } from '../source/contract.js';

const utf8 = new TextEncoder();
const bytesOf = (source: Source, path: string): number[] => {
  const file = source.open(path);
  const bytes = [...file.read(0, file.size)];
  file.close();
  return bytes;
};
const names = (source: Source, folder: string): string[] => source.list(folder).map(({ name }) => name);

describe('an overlay without mutations', () => {
  sourceContract(() => overlay(memorySource(CONTRACT_FILES), []));
});

describe('an overlay that puts everything there', () => {
  const mutations = CONTRACT_FILES.map(([path, bytes]): Mutation => ({ op: 'file', path, bytes }));
  sourceContract(() => overlay(memorySource([]), mutations));
});

describe('an overlay that puts together what was changed', () => {
  sourceContract(() => {
    const base = memorySource([
      ['x/deep/ten', Uint8Array.of(0, 1, 2, 9, 9, 9, 9)],
      ['x/日本 é', Uint8Array.of(3)],
      ['b', Uint8Array.of(1)],
      ['a', Uint8Array.of(5, 5)],
      ['gone', Uint8Array.of(5, 5)],
      ['folder/é', Uint8Array.of(2)],
    ]);
    return overlay(base, [
      { op: 'swap', path: 'x', with: 'b' },
      { op: 'move', path: 'x', to: 'B' },
      { op: 'remove', path: 'gone' },
      { op: 'resize', path: 'a', size: 0 },
      { op: 'move', path: 'folder/é', to: 'é' },
      { op: 'remove', path: 'folder' },
      { op: 'write', path: 'b/deep/ten', offset: 3, bytes: Uint8Array.of(3, 4, 5, 6, 7, 8, 9) },
    ]);
  });
});

it('bytes are those of the same changes made to an array', () => {
  const change = fc.oneof(
    fc.record({ op: fc.constant('write' as const), offset: fc.nat(40), bytes: fc.uint8Array({ maxLength: 12 }) }),
    fc.record({ op: fc.constant('resize' as const), size: fc.nat(50) }),
  );
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 30 }),
      fc.array(change),
      fc.nat(60),
      fc.nat(60),
      (base, changes, at, length) => {
        let model = [...base];
        for (const one of changes) {
          if (one.op === 'resize') model = Array.from({ length: one.size }, (_, i) => model[i] ?? 0);
          else {
            while (model.length < one.offset) model.push(0);
            model.splice(one.offset, one.bytes.length, ...one.bytes);
          }
        }
        const original = base.slice();
        const source = overlay(
          memorySource([['f', base]]),
          changes.map((one) => ({ ...one, path: 'f' })),
        );
        const file = source.open('f');
        expect(source.stat('f')?.size).toBe(model.length);
        expect([...file.read(0, file.size)]).toEqual(model);
        expect([...file.read(at, length)]).toEqual(model.slice(at, at + length));
        const target = new Uint8Array(length).fill(7);
        const filled = file.readInto(target, at);
        expect([...target.subarray(0, filled)]).toEqual(model.slice(at, at + length));
        expect([...target.subarray(filled)].every((byte) => byte === 7)).toBe(true);
        expect(base).toEqual(original);
      },
    ),
  );
});

describe('faults', () => {
  const files = [
    ['t/f', utf8.encode('0123456789')],
    ['t/g/h', utf8.encode('h')],
  ] as const;
  const over = (...mutations: Mutation[]): Source => overlay(memorySource(files), mutations);

  it('no permission: the name is seen, the file is not opened, the folder lets nobody in', () => {
    const file = over({ op: 'deny', path: 't/f' });
    expect(file.stat('t/f')).toMatchObject({ kind: 'file', size: 10 });
    expect(codeOf(() => file.open('t/f'))).toBe('denied');
    const folder = over({ op: 'deny', path: 't/g' });
    expect(folder.stat('t/g')?.kind).toBe('folder');
    expect(codeOf(() => folder.list('t/g'))).toBe('denied');
    expect(codeOf(() => folder.stat('t/g/h'))).toBe('denied');
    expect(codeOf(() => folder.open('t/g/h'))).toBe('denied');
  });

  it('an i/o error: at opening, at listing, or for reads of some bytes alone', () => {
    expect(codeOf(() => over({ op: 'fail', path: 't/f' }).open('t/f'))).toBe('io');
    expect(codeOf(() => over({ op: 'fail', path: 't' }).list('t'))).toBe('io');
    const file = over({ op: 'failRange', path: 't/f', offset: 4, length: 2 }).open('t/f');
    expect([...file.read(0, 4)]).toEqual([...utf8.encode('0123')]);
    expect(codeOf(() => file.read(0, 5))).toBe('io');
    expect(codeOf(() => file.readInto(new Uint8Array(3), 5))).toBe('io');
    expect([...file.read(6, 9)]).toEqual([...utf8.encode('6789')]);
  });

  it('a file that shrinks says its old size and ends early, at once or later', () => {
    const file = over({ op: 'shrink', path: 't/f', size: 3, afterReads: 1 }).open('t/f');
    expect(file.size).toBe(10);
    expect(file.read(0, 10).length).toBe(10);
    expect(file.read(0, 10).length).toBe(3);
    expect(file.read(5, 2).length).toBe(0);
    expect(over({ op: 'shrink', path: 't/f', size: 3, afterReads: 0 }).open('t/f').read(2, 4).length).toBe(1);
  });

  it('a symbolic link that leads to itself', () => {
    const source = over({ op: 'loop', path: 't/g' });
    expect(source.list('t')).toEqual([
      { name: 'f', kind: 'file' },
      { name: 'g', kind: 'broken' },
    ]);
    expect(source.stat('t/g')).toEqual({ kind: 'broken', size: 0 });
    expect(codeOf(() => source.list('t/g'))).toBe('link-loop');
    expect(codeOf(() => source.open('t/g'))).toBe('link-loop');
    expect(codeOf(() => source.open('t/g/h'))).toBe('link-loop');
  });

  it('a folder for a file, a file for a folder', () => {
    const source = over({ op: 'folder', path: 't/f' }, { op: 'file', path: 't/g', bytes: Uint8Array.of(1) });
    expect(source.list('t/f')).toEqual([]);
    expect(codeOf(() => source.open('t/f'))).toBe('not-a-file');
    expect(codeOf(() => source.list('t/g'))).toBe('not-a-folder');
    expect(source.stat('t/g/h')).toBeUndefined();
    expect(codeOf(() => source.open('t/g/h'))).toBe('not-found');
  });

  it('errors tell the name in the overlay, not the one below', () => {
    const source = over({ op: 'move', path: 't', to: 'u' });
    expect(names(source, '')).toEqual(['u']);
    expect(bytesOf(source, 'u/g/h')).toEqual([...utf8.encode('h')]);
    expect(source.open('u/f').path).toBe('u/f');
    expect(() => source.open('u/none')).toThrow(/u\/none/);
    expect(() => source.list('u/f')).toThrow(/u\/f/);
  });
});

it('changed bytes stay the same file, another file does not', () => {
  const bytes = utf8.encode('linked');
  const base = memorySource([
    ['a', bytes],
    ['b', bytes],
  ]);
  const source = overlay(base, [{ op: 'write', path: 'a', offset: 0, bytes: Uint8Array.of(1) }]);
  expect(source.stat('a')?.identity).toBe(source.stat('b')?.identity);
  expect(overlay(base, [{ op: 'file', path: 'a', bytes }]).stat('a')?.identity).toBeUndefined();
  const linked = overlay(base, [{ op: 'copy', path: 'c', from: 'b' }]);
  expect(linked.stat('c')?.identity).toBe(base.stat('b')?.identity);
});

it('a mutation of what is not there does nothing', () => {
  const base = memorySource([['a/b', Uint8Array.of(1)]]);
  const source = overlay(base, [
    { op: 'write', path: 'none/b', offset: 0, bytes: Uint8Array.of(1) },
    { op: 'resize', path: 'a', size: 4 },
    { op: 'remove', path: 'a/b/c' },
    { op: 'swap', path: 'a/b', with: 'none' },
    { op: 'copy', path: 'x', from: 'none' },
    { op: 'move', path: 'none', to: 'x' },
    { op: 'deny', path: '../a' },
  ]);
  expect(names(source, '')).toEqual(['a']);
  expect(bytesOf(source, 'a/b')).toEqual([1]);
});

it('copies are changed apart from what they were copied from', () => {
  const base = memorySource([['a/b', Uint8Array.of(1)]]);
  const source = overlay(base, [
    { op: 'write', path: 'a/b', offset: 1, bytes: Uint8Array.of(2) },
    { op: 'copy', path: 'c', from: 'a' },
    { op: 'write', path: 'c/b', offset: 0, bytes: Uint8Array.of(9) },
    { op: 'remove', path: 'a/b' },
  ]);
  expect(names(source, 'a')).toEqual([]);
  expect(bytesOf(source, 'c/b')).toEqual([9, 2]);
});
