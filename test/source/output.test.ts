/** Files of an output folder: small ones, and large ones that go past the page cache where that can be. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { nodeOutput } from '../../src/source/nodeOutput.js';

const MB = 1024 * 1024;
/** The file system of the machine's disk, and one in memory: not every one takes writes past the page cache. */
const PLACES = [tmpdir(), '/dev/shm'].filter(existsSync);
const homes = PLACES.map((place) => mkdtempSync(join(place, 'walrescue-output-')));
afterAll(() => {
  for (const home of homes) rmSync(home, { recursive: true, force: true });
});

/** Bytes that differ from place to place. */
const noise = (length: number, seed: number): Uint8Array =>
  new Uint8Array(length).map((_, i) => Math.imul(i + seed, 2_654_435_761) >>> 13);

describe.each(homes)('files below %s', (home) => {
  it.each([
    ['a small file', [[3, 0, 5], [1]]],
    ['a first write that is large', [[4, MB], [1], [7 * MB + 1, 2]]],
    ['a large write that is not the first', [[4], [2 * MB]]],
    ['writes of whole blocks', [[2 * MB], [6 * MB], [8 * MB]]],
    ['many stages one after the other', [[40 * MB + 511]]],
  ])('%s has what was written, though the parts are used again at once', async (name, writes) => {
    const file = nodeOutput(home).create();
    const expected: Uint8Array[] = [];
    for (const [k, lengths] of writes.entries()) {
      const parts = lengths.map((length, i) => noise(length, 31 * k + i));
      expected.push(...parts.map((part) => part.slice()));
      await file.write(parts);
      for (const part of parts) part.fill(0xee);
    }
    await file.commit(name);
    expect(Buffer.compare(readFileSync(join(home, name)), Buffer.concat(expected))).toBe(0);
  });

  it('several files at a time', async () => {
    const names = ['a', 'b', 'c'];
    const folder = nodeOutput(home);
    const files = names.map(() => folder.create());
    for (let round = 0; round < 4; round++)
      await Promise.all(files.map((file, k) => file.write([noise(3 * MB + k, round)])));
    await Promise.all(files.map((file, k) => file.commit(names[k] ?? '')));
    for (const [k, name] of names.entries()) {
      const expected = Buffer.concat([0, 1, 2, 3].map((round) => noise(3 * MB + k, round)));
      expect(Buffer.compare(readFileSync(join(home, name)), expected)).toBe(0);
    }
  });

  it('an aborted file leaves nothing, whatever was under way', async () => {
    const before = readdirSync(home);
    const file = nodeOutput(home).create();
    await file.write([noise(9 * MB, 1)]);
    await file.abort();
    expect(readdirSync(home)).toEqual(before);
  });

  it('a large file that can not be written is an error, at once or at its end', () => {
    const script = `
      import { nodeOutput } from ${JSON.stringify(join(import.meta.dirname, '../../src/source/nodeOutput.ts'))};
      const file = nodeOutput(${JSON.stringify(home)}).create();
      try {
        for (let i = 0; i < 4; i++) await file.write([new Uint8Array(3 * 1024 * 1024)]);
        await file.commit('too-large');
        console.log('written');
      } catch (error) {
        await file.abort();
        console.log(error.name, error.detail);
      }`;
    const before = readdirSync(home);
    const out = execFileSync(
      'bash',
      ['-c', 'ulimit -f 5000 && exec "$0" --import tsx --input-type=module -e "$1"', process.execPath, script],
      { cwd: join(import.meta.dirname, '../..'), encoding: 'utf8' },
    );
    expect(out).toMatch(/^OutputError EFBIG/);
    expect(readdirSync(home)).toEqual(before);
  });
});
