/** File systems that give fewer bytes than are asked for, and bad blocks. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { nodeSource } from '../../src/source/node.js';
import { codeOf } from './contract.js';

type ReadSync = (fd: number, buffer: Uint8Array, offset: number, length: number, position: number) => number;

/** Bytes that one call gives at most, and where the file can't be read from on. */
const disk = vi.hoisted(() => ({ mostBytes: 0, badFrom: 0 }));

vi.mock('node:fs', async (original) => {
  const fs = await original<{ readSync: ReadSync }>();
  const readSync: ReadSync = (fd, buffer, offset, length, position) => {
    if (position >= disk.badFrom)
      throw Object.assign(new Error('EIO: i/o error, read'), { code: 'EIO', syscall: 'read' });
    return fs.readSync(fd, buffer, offset, Math.min(length, disk.mostBytes, disk.badFrom - position), position);
  };
  return { ...fs, readSync };
});

const SIZE = 28_000;
const bytes = new Uint8Array(SIZE).map((_, i) => i * 7 + (i >>> 8));
const folder = mkdtempSync(join(tmpdir(), 'walrescue-short-'));
writeFileSync(join(folder, 'f'), bytes);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a small file', () => {
  beforeEach(() => Object.assign(disk, { mostBytes: SIZE, badFrom: Number.POSITIVE_INFINITY }));

  it.each([512, 4_096, 4_099])('is read to its end where %d bytes are given at a time', (mostBytes) => {
    disk.mostBytes = mostBytes;
    const file = nodeSource(folder).open('f');
    expect(file.size).toBe(SIZE);
    expect(Buffer.compare(file.read(0, SIZE), bytes)).toBe(0);
    file.close();
  });

  it('with a bad block has its size, what is before the block, and an error', () => {
    disk.badFrom = 16_384;
    const file = nodeSource(folder).open('f');
    expect(file.size).toBe(SIZE);
    expect(Buffer.compare(file.read(0, 16_384), bytes.subarray(0, 16_384))).toBe(0);
    expect(codeOf(() => file.read(0, SIZE))).toBe('io');
    file.close();
  });
});
