import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeSource } from '../../src/source/node.js';
import { SMALL_FILE_BYTES } from '../../src/source/nodeSmallFile.js';
import type { RandomAccess } from '../../src/source/source.js';
import { CONTRACT_FILES, codeOf, sourceContract } from './contract.js';

const scratch = mkdtempSync(join(tmpdir(), 'walrescue-source-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** A new folder below the scratch folder. */
function folder(name: string): string {
  const path = join(scratch, name);
  mkdirSync(path, { recursive: true });
  return path;
}

/** Runs `step` with the rights of an ordinary user. */
function asNobody(step: () => void): void {
  const root = process.geteuid?.() === 0;
  if (root) {
    chmodSync(scratch, 0o755);
    process.seteuid?.(65_534);
  }
  try {
    step();
  } finally {
    if (root) process.seteuid?.(0);
  }
}

/** The content of a file that is not small: `text`, after zeros. */
const large = (text: string): string => '\0'.repeat(SMALL_FILE_BYTES) + text;

const descriptorsInUse = (): number => readdirSync('/proc/self/fd').length;

describe('nodeSource', () => {
  const root = folder('contract');
  beforeAll(() => {
    for (const [path, bytes] of CONTRACT_FILES) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), bytes);
    }
  });
  sourceContract(() => nodeSource(root));

  it('follows symbolic links, out of the root too, and names broken ones and loops', () => {
    const base = folder('links');
    const volume = folder('volume/table');
    writeFileSync(join(volume, 'f'), 'abc');
    symlinkSync(volume, join(base, 'table'));
    symlinkSync(join(volume, 'f'), join(base, 'file'));
    symlinkSync('nowhere', join(base, 'broken'));
    symlinkSync('loop2', join(base, 'loop1'));
    symlinkSync('loop1', join(base, 'loop2'));
    const source = nodeSource(base);
    expect(source.list('').map(({ name, kind }) => `${name} ${kind}`)).toEqual([
      'broken broken',
      'file file',
      'loop1 broken',
      'loop2 broken',
      'table folder',
    ]);
    expect(source.list('table')).toEqual([{ name: 'f', kind: 'file' }]);
    expect(source.stat('table')?.kind).toBe('folder');
    expect(source.stat('file')?.size).toBe(3);
    expect(source.stat('broken')).toEqual({ kind: 'broken', size: 0 });
    expect(source.stat('loop1')).toEqual({ kind: 'broken', size: 0 });
    expect(codeOf(() => source.open('loop1'))).toBe('link-loop');
    expect(codeOf(() => source.open('broken'))).toBe('not-found');
    const file = source.open('table/f');
    expect([...file.read(0, 3)]).toEqual([97, 98, 99]);
    file.close();
  });

  it('sees hard links as one file', () => {
    const base = folder('hard');
    writeFileSync(join(base, 'a'), '1');
    linkSync(join(base, 'a'), join(base, 'b'));
    writeFileSync(join(base, 'c'), '1');
    const source = nodeSource(base);
    expect(source.stat('a')?.identity).toBe(source.stat('b')?.identity);
    expect(source.stat('a')?.identity).not.toBe(source.stat('c')?.identity);
  });

  it('does not wait on a FIFO and opens no socket', async () => {
    const base = folder('special');
    execFileSync('mkfifo', [join(base, 'fifo')]);
    const server = createServer();
    await new Promise<void>((done) => server.listen(join(base, 'socket'), done));
    const source = nodeSource(base);
    expect(source.list('')).toEqual([
      { name: 'fifo', kind: 'other' },
      { name: 'socket', kind: 'other' },
    ]);
    expect(codeOf(() => source.open('fifo'))).toBe('not-a-file');
    expect(codeOf(() => source.open('socket'))).toBe('not-a-file');
    await new Promise((done) => server.close(done));
  });

  it('gives what is left of a file that shrank, and nothing that was added to it', () => {
    const base = folder('moving');
    writeFileSync(join(base, 'shrinks'), large('0123456789'));
    writeFileSync(join(base, 'grows'), large('01234'));
    const source = nodeSource(base);
    const shrinks = source.open('shrinks');
    const grows = source.open('grows');
    truncateSync(join(base, 'shrinks'), 4);
    appendFileSync(join(base, 'grows'), '56789');
    expect(shrinks.size).toBe(SMALL_FILE_BYTES + 10);
    expect(shrinks.read(2, 8).length).toBe(2);
    expect(shrinks.readInto(new Uint8Array(8), 5)).toBe(0);
    expect(grows.read(SMALL_FILE_BYTES, 10).length).toBe(5);
    shrinks.close();
    grows.close();
  });

  it('shows a small file as it was when it was opened, and what was read of it for as long as it is wanted', () => {
    const base = folder('small');
    const source = nodeSource(base);
    const before = descriptorsInUse();
    const files = Array.from({ length: 3 }, (_, i) => {
      writeFileSync(join(base, `f${i}`), `file ${i}`);
      return source.open(`f${i}`);
    });
    expect(descriptorsInUse()).toBe(before);
    writeFileSync(join(base, 'f1'), 'else');
    const texts = files.map((file) => file.read(0, 99));
    for (const file of files) file.close();
    // Their memory is used for others now.
    for (const name of ['f1', 'f2', 'f0', 'f1']) expect(source.open(name).size).toBeGreaterThan(0);
    expect(texts.map((bytes) => new TextDecoder().decode(bytes))).toEqual(['file 0', 'file 1', 'file 2']);
    expect(() => files[0]?.read(0, 1)).toThrow('after close');
  });

  it('reads files of all sizes about that of a small one', () => {
    const base = folder('sizes');
    const source = nodeSource(base);
    for (const size of [0, 1, SMALL_FILE_BYTES - 1, SMALL_FILE_BYTES, SMALL_FILE_BYTES + 1]) {
      const bytes = new Uint8Array(size).map((_, i) => i * 7 + size);
      writeFileSync(join(base, `${size}`), bytes);
      const file = source.open(`${size}`);
      expect(file.size).toBe(size);
      expect(Buffer.compare(file.read(0, size + 1), bytes)).toBe(0);
      const target = new Uint8Array(3);
      expect(file.readInto(target, Math.max(0, size - 2))).toBe(Math.min(2, size));
      expect([...target.subarray(0, 2)]).toEqual(size < 2 ? [...bytes, 0, 0].slice(0, 2) : [...bytes.subarray(-2)]);
      file.close();
      file.close();
    }
  });

  it('reads any number of small files that are open at a time', () => {
    const base = folder('wide');
    for (let i = 0; i < 300; i++) writeFileSync(join(base, `f${i}`), `file ${i}`);
    const source = nodeSource(base);
    for (let round = 0; round < 2; round++) {
      const files = Array.from({ length: 300 }, (_, i) => source.open(`f${i}`));
      const texts = files.map((file) => new TextDecoder().decode(file.read(0, 99)));
      expect(texts).toEqual(files.map((_, i) => `file ${i}`));
      for (const file of files) file.close();
    }
  });

  it('keeps to its limit of descriptors and reads right past it', () => {
    const base = folder('many');
    for (let i = 0; i < 40; i++) writeFileSync(join(base, `f${i}`), large(`file ${i}`));
    const source = nodeSource(base, { maxOpenDescriptors: 4 });
    const before = descriptorsInUse();
    const files: RandomAccess[] = [];
    for (let i = 0; i < 40; i++) files.push(source.open(`f${i}`));
    for (let round = 0; round < 2; round++) {
      for (const [i, file] of files.entries())
        expect(new TextDecoder().decode(file.read(SMALL_FILE_BYTES, 99))).toBe(`file ${i}`);
    }
    expect(descriptorsInUse() - before).toBe(4);
    for (const file of files) file.close();
    expect(descriptorsInUse()).toBe(before);
  });

  it('does not take another file for one whose descriptor it gave back', () => {
    const base = folder('replaced');
    for (const name of ['a', 'b', 'new']) writeFileSync(join(base, name), large(name));
    const source = nodeSource(base, { maxOpenDescriptors: 1 });
    const a = source.open('a');
    const b = source.open('b');
    renameSync(join(base, 'new'), join(base, 'a'));
    expect(codeOf(() => a.read(0, 1))).toBe('not-found');
    expect(b.read(0, 1).length).toBe(1);
    a.close();
    b.close();
  });

  it('gives its descriptors back when the process has none left', () => {
    const base = folder('exhausted');
    for (let i = 0; i < 60; i++) writeFileSync(join(base, `f${i}`), large(`${i}`));
    const script = `
      import { nodeSource } from ${JSON.stringify(join(import.meta.dirname, '../../src/source/node.ts'))};
      const source = nodeSource(${JSON.stringify(base)});
      const files = Array.from({ length: 60 }, (_, i) => source.open('f' + i));
      console.log(files.map((file) => Buffer.from(file.read(${SMALL_FILE_BYTES}, 9)).toString()).join());`;
    const out = execFileSync(
      'sh',
      ['-c', 'ulimit -n 48 && exec "$0" --import tsx --input-type=module -e "$1"', process.execPath, script],
      {
        cwd: join(import.meta.dirname, '../..'),
        encoding: 'utf8',
      },
    );
    expect(out.trim()).toBe(Array.from({ length: 60 }, (_, i) => i).join());
  });

  it('names too long a name as missing and denies what it may not read', () => {
    const base = folder('denied');
    const source = nodeSource(base);
    expect(source.stat('x'.repeat(300))).toBeUndefined();
    expect(codeOf(() => source.open('x'.repeat(300)))).toBe('not-found');
    writeFileSync(join(base, 'secret'), 'x', { mode: 0 });
    mkdirSync(join(base, 'closed'), { mode: 0 });
    asNobody(() => {
      expect(codeOf(() => source.open('secret'))).toBe('denied');
      expect(codeOf(() => source.list('closed'))).toBe('denied');
      expect(codeOf(() => source.stat('closed/x'))).toBe('denied');
    });
    expect(source.list('').map((entry) => entry.kind)).toEqual(['folder', 'file']);
  });

  it('reads a real file byte for byte, in pieces of any size', () => {
    const base = folder('large');
    const bytes = new Uint8Array(300_001).map((_, i) => (i * 2_654_435_761) >>> 13);
    writeFileSync(join(base, 'f'), bytes);
    const file = nodeSource(base).open('f');
    const hash = createHash('sha256');
    for (let at = 0; at < file.size; at += 7919) hash.update(file.read(at, 7919));
    expect(hash.digest('hex')).toBe(
      createHash('sha256')
        .update(readFileSync(join(base, 'f')))
        .digest('hex'),
    );
    file.close();
  });
});
