/** `walrescue corrupt` and `walrescue fuzz`. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, lstatSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { DISK_KINDS, damageCase } from '../../src/corrupt/damageCase.js';
import { fingerprint } from '../../src/corrupt/fingerprint.js';
import { randomOf } from '../../src/corrupt/random.js';
import { findTargets } from '../../src/corrupt/targets.js';
import { loadSource } from '../../src/source/nodeMemory.js';
import { overlay } from '../../src/source/overlay.js';
import { start, walrescue } from '../cli/run.js';
import { fixture } from '../helpers/fixtures.js';

const work = mkdtempSync(join(tmpdir(), 'walrescue-corrupt-'));
afterAll(() => {
  execFileSync('chmod', ['-R', 'u+rwX', work]);
  rmSync(work, { recursive: true });
});
let folders = 0;
const newFolder = (): string => join(work, String(folders++));
const dbOf = (name: string): string => join(fixture(name), 'db');

interface Note {
  readonly seed: number;
  readonly kind: string;
  readonly damage: readonly {
    kind: string;
    file: string;
    did: string;
    ranges: readonly { file: string; from: number }[];
  }[];
}
const noteIn = (folder: string): Note => JSON.parse(readFileSync(join(folder, 'note.json'), 'utf8')) as Note;

describe('walrescue corrupt', () => {
  it('makes the same copy from the same seed, and leaves the folder alone', async () => {
    const root = dbOf('07-symbol-reuse');
    const before = fingerprint(loadSource(root));
    for (const seed of [0, 1, 2, 3, 4, 5, 6, 7]) {
      const [a, b] = [newFolder(), newFolder()];
      for (const folder of [a, b])
        expect(await walrescue(['corrupt', root, '-o', folder, '--seed', String(seed)])).toMatchObject({
          code: 0,
          err: '',
        });
      const compared = spawnSync('diff', ['--recursive', '--no-dereference', join(a, 'db'), join(b, 'db')]);
      expect(String(compared.stdout)).toBe('');
      expect(readFileSync(join(a, 'note.json'))).toEqual(readFileSync(join(b, 'note.json')));
    }
    expect(fingerprint(loadSource(root))).toEqual(before);
  });

  it('writes what the overlay shows, hard links as such', async () => {
    const root = dbOf('07-symbol-reuse');
    const source = loadSource(root);
    const folder = newFolder();
    const kinds = ['flip_bit', 'stale', 'shifted', 'records_exchanged'];
    await walrescue(['corrupt', root, '-o', folder, '--seed', '3', ...kinds.flatMap((kind) => ['--kind', kind])]);
    const damage = damageCase(source, findTargets(source), randomOf(3), kinds);
    expect(noteIn(folder)).toMatchObject({ seed: 3, kind: damage?.kind });
    expect(fingerprint(loadSource(join(folder, 'db')))).toEqual(fingerprint(overlay(source, damage?.mutations ?? [])));
    const twins = ['symreuse~6/sym.c', 'symreuse~6/wal2/sym.c'].map((name) => statSync(join(folder, 'db', name)).ino);
    expect(twins[0]).toBe(twins[1]);
  });

  it('says in the note what was done where', async () => {
    const folder = newFolder();
    const outcome = await walrescue([
      'corrupt',
      dbOf('01-trades-v1'),
      '-o',
      folder,
      '--seed',
      '9',
      '--kind',
      'set_byte',
    ]);
    const [done] = noteIn(folder).damage;
    expect(done?.kind).toBe('set_byte');
    const [, offset, value] = /^byte (\d+) set to (\d+)$/.exec(done?.did ?? '') ?? [];
    expect(done?.ranges).toEqual([{ file: done?.file, from: Number(offset), to: Number(offset) + 1 }]);
    expect(readFileSync(join(folder, 'db', done?.file ?? ''))[Number(offset)]).toBe(Number(value));
    expect(outcome.out).toContain(`set_byte: ${done?.file}: ${done?.did}`);
  });

  it('makes links that lead to themselves and takes permissions away', async () => {
    for (const kind of ['link_loop', 'denied']) {
      const folder = newFolder();
      await walrescue(['corrupt', dbOf('01-trades-v1'), '-o', folder, '--seed', '2', '--kind', kind]);
      const path = join(folder, 'db', noteIn(folder).damage[0]?.file ?? '');
      if (kind === 'denied') expect(statSync(path).mode & 0o777).toBe(0);
      else {
        expect(lstatSync(path).isSymbolicLink()).toBe(true);
        expect(() => statSync(path)).toThrow(/ELOOP|ENOENT/);
      }
    }
  });

  it('refuses what it can’t do, and then writes nothing', async () => {
    const root = dbOf('01-trades-v1');
    const folder = newFolder();
    const refused = async (...args: string[]) => walrescue(['corrupt', ...args]);
    expect(await refused(root, '-o', folder, '--seed', '1', '--kind', 'io_error')).toMatchObject({ code: 2 });
    expect(await refused(root, '-o', join(root, 'x'), '--seed', '1')).toMatchObject({ code: 1 });
    expect(await refused(work, '-o', folder, '--seed', '1')).toMatchObject({ code: 1 });
    expect(await refused(root, '-o', folder)).toMatchObject({ code: 2 });
    expect(await refused(root, '-o', folder, '--seed', '-1')).toMatchObject({ code: 2 });
    expect(existsSync(folder)).toBe(false);
    await walrescue(['corrupt', root, '-o', folder, '--seed', '1']);
    expect((await refused(root, '-o', folder, '--seed', '2')).err).toMatch(/is there already/);
    expect(noteIn(folder).seed).toBe(1);
  });

  it('knows no kind that a disk can’t have', () => {
    expect(DISK_KINDS).toContain('denied');
    for (const kind of ['io_error', 'io_error_range', 'short_read', 'shrinks']) expect(DISK_KINDS).not.toContain(kind);
  });
});

interface Report {
  readonly cases: number;
  readonly kinds: Readonly<Record<string, { readonly cases: number; readonly violations: number }>>;
  readonly violations: readonly { seed: number; root: string; findings: readonly { invariant: string }[] }[];
}

describe('walrescue fuzz', () => {
  it('counts cases by kind', async () => {
    const args = [
      'fuzz',
      dbOf('01-trades-v1'),
      '--cases',
      '30',
      '--kind',
      'flip_bit',
      '--kind',
      'truncate_0',
      '--workers',
      '1',
    ];
    const { code, out, err } = await walrescue([...args, '--json']);
    expect([code, err]).toEqual([0, '']);
    const report = JSON.parse(out) as Report;
    expect(report.cases).toBe(30);
    expect(Object.keys(report.kinds)).toEqual(['flip_bit', 'truncate_0']);
    expect(Object.values(report.kinds).reduce((sum, { cases }) => sum + cases, 0)).toBe(30);
    const text = await walrescue(args);
    expect(text.out).toMatch(/^kind +cases +losses +rows +knowable +recovered +lost +violations$/m);
    expect(text.out).toMatch(/30 cases in .*, 0 violations\n$/);
  });

  it('tells a violation with the seed that makes it again', async () => {
    const args = ['fuzz', dbOf('01-trades-v1'), '--workers', '1', '--canary', 'wrong_cell'];
    const { code, err } = await walrescue([...args, '--cases', '6', '--seed', '40']);
    expect(code).toBe(1);
    const [, seed] = /again: walrescue fuzz \S+ --seed (\d+) --cases 1$/m.exec(err) ?? [];
    const again = await walrescue([...args, '--cases', '1', '--seed', seed ?? '', '--json']);
    const report = JSON.parse(again.out) as Report;
    expect(report.violations.map((violation) => violation.seed)).toEqual([Number(seed)]);
    expect(report.violations[0]?.findings.map(({ invariant }) => invariant)).toContain('no_wrong_data');
  });

  it('is the same over several threads', { timeout: 120_000 }, async () => {
    const args = ['fuzz', dbOf('01-trades-v1'), '--cases', '40', '--json', '--canary', 'miscounts'];
    const [one, three] = await Promise.all(['1', '3'].map((workers) => start([...args, '--workers', workers]).ended));
    const seeds = (out: string | undefined): number[] =>
      (JSON.parse(out ?? '') as Report).violations.map(({ seed }) => seed).sort((a, b) => a - b);
    expect(seeds(one?.out).length).toBeGreaterThan(20);
    expect(seeds(three?.out)).toEqual(seeds(one?.out));
    expect([one?.code, three?.code]).toEqual([1, 1]);
  });

  it('shares the cases out over several folders', async () => {
    const roots = ['01-trades-v1', '10-empty-segments'].map(dbOf);
    const { out } = await walrescue([
      'fuzz',
      ...roots,
      '--cases',
      '11',
      '--workers',
      '1',
      '--json',
      '--canary',
      'wrong_exit',
    ]);
    const report = JSON.parse(out) as Report;
    const perRoot = roots.map((root) => report.violations.filter((violation) => violation.root === root).length);
    expect(report.cases).toBeLessThanOrEqual(11);
    for (const count of perRoot) expect(count).toBeGreaterThan(2);
  });

  it('ends when its time is over', async () => {
    const start = performance.now();
    const { code } = await walrescue([
      'fuzz',
      dbOf('01-trades-v1'),
      '--time',
      '1',
      '--workers',
      '1',
      '--quiet',
      '--kind',
      'flip_bit',
    ]);
    expect(code).toBe(0);
    expect(performance.now() - start).toBeGreaterThan(1000);
  });

  it('refuses kinds and canaries that there are not', async () => {
    const root = dbOf('01-trades-v1');
    expect((await walrescue(['fuzz', root, '--kind', 'nonsense'])).err).toMatch(
      /no such kind of damage: nonsense; there are /,
    );
    expect((await walrescue(['fuzz', root, '--canary', 'nonsense'])).err).toMatch(/no such canary/);
    expect((await walrescue(['fuzz', work])).code).toBe(1);
    expect((await walrescue(['fuzz'])).code).toBe(2);
  });
});
