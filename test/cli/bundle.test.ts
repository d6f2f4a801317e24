/** The program in one file, as it is installed, and V8's code of it. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { codeFile } from '../../src/cli/bundle.js';
import { PROJECT, type Run, run } from '../helpers/build.js';
import { fixture } from '../helpers/fixtures.js';

const INSTALLED = join(PROJECT, 'dist/cli');
const home = mkdtempSync(join(tmpdir(), 'walrescue-bundle-'));
let copies = 0;

afterAll(() => rmSync(home, { recursive: true, force: true }));

/** A copy of dist/cli that may be spoiled; what it needs of the package is found from where it lies. */
function copy(): string {
  const folder = join(home, String(copies++), 'dist/cli');
  cpSync(INSTALLED, folder, { recursive: true });
  writeFileSync(join(folder, '../../package.json'), readFileSync(join(PROJECT, 'package.json')));
  return folder;
}

/** Whether V8 took the code that lies beside the program, in the first thread or in another: `undefined` where it was given none. */
function isTaken(folder: string, thread: 'first' | 'other' = 'first'): boolean | undefined {
  const load = `const { script } = require('${folder}/bundle.cjs').loadBundle('${folder}');
    console.log(String(script.cachedDataRejected));`;
  const script =
    thread === 'first' ? load : `new (require('node:worker_threads').Worker)(${JSON.stringify(load)}, { eval: true })`;
  const { exitCode, stdout, stderr } = run(process.execPath, ['-e', script]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  const rejected = stdout.trim();
  return rejected === 'undefined' ? undefined : rejected === 'false';
}

const version = (folder: string): Run => run(process.execPath, [join(folder, 'main.js'), '--version']);
const { version: expected } = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')) as { version: string };
const works = { exitCode: 0, stdout: `${expected}\n`, stderr: '' };

describe('the kept code', () => {
  it('is taken', () => {
    expect(isTaken(INSTALLED)).toBe(true);
    expect(isTaken(INSTALLED, 'other')).toBe(true);
    expect(version(INSTALLED)).toEqual(works);
  });

  it('need not be there', () => {
    const folder = copy();
    rmSync(codeFile(folder, 'first'));
    expect(isTaken(folder)).toBe(undefined);
    expect(version(folder)).toEqual(works);
  });

  it.each([0, 4, 5_000, 300_000])('is left alone where byte %d is another', (offset) => {
    const folder = copy();
    const bytes = readFileSync(codeFile(folder, 'first'));
    bytes[offset]! ^= 0xff;
    writeFileSync(codeFile(folder, 'first'), bytes);
    expect(isTaken(folder)).toBe(undefined);
    expect(version(folder)).toEqual(works);
  });

  it.each([0, 3, 4, 200_000])('is left alone where it ends after %d bytes', (length) => {
    const folder = copy();
    writeFileSync(codeFile(folder, 'first'), readFileSync(codeFile(folder, 'first')).subarray(0, length));
    expect(isTaken(folder)).toBe(undefined);
    expect(version(folder)).toEqual(works);
  });

  it('of other threads is another', () => {
    const folder = copy();
    rmSync(codeFile(folder, 'other'));
    expect([isTaken(folder), isTaken(folder, 'other')]).toEqual([true, undefined]);
  });

  it('is left alone where the program is another of the same length', () => {
    const folder = copy();
    const program = join(folder, 'program.cjs');
    writeFileSync(program, readFileSync(program, 'latin1').replace('use strict', 'use STRICT'), 'latin1');
    expect(isTaken(folder)).toBe(undefined);
  });
});

it('exports the same bytes as the modules do, in one thread and in two', () => {
  const root = join(fixture('13-many'), 'db');
  const files = (main: string, jobs: string): Map<string, string> => {
    const output = join(home, `out${copies++}`);
    const command = ['SOURCE_DATE_EPOCH=1767323045', process.execPath, main, 'export', root, '-o', output, '-j', jobs];
    expect(run('env', command)).toMatchObject({ exitCode: 0, stderr: '' });
    return new Map(readdirSync(output).map((name) => [name, readFileSync(join(output, name), 'base64')]));
  };
  const modules = files(join(PROJECT, 'dist/src/cli/main.js'), '1');
  expect(modules.size).toBeGreaterThan(20);
  expect(files(join(INSTALLED, 'main.js'), '1')).toEqual(modules);
  expect(files(join(INSTALLED, 'main.js'), '2')).toEqual(modules);
});
