/**
 * `generated/` is what `formats/` makes, and the check says so when it isn't.
 */
import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'walrescue-stale-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

function generate(...args: readonly string[]): { readonly status: number | null; readonly stderr: string } {
  const run = spawnSync(process.execPath, ['--import', 'tsx', 'generator/main.ts', ...args], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  return { status: run.status, stderr: run.stderr };
}

/** Paths and contents of all files below a folder. */
const filesOf = (folder: string): ReadonlyMap<string, string> =>
  new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [path.slice(folder.length), readFileSync(path, 'utf8')]),
  );

/** Two compilers start anew for each run. */
const TIMEOUT_MS = 120_000;

describe('npx tsx generator/main.ts --check', { timeout: TIMEOUT_MS }, () => {
  beforeAll(() => cpSync(join(ROOT, 'generated'), join(home, 'generated'), { recursive: true }));

  it('exits 0 for what is committed', () => {
    expect(generate('--check')).toEqual({ status: 0, stderr: '' });
  });

  it('exits 1 and names every file that is changed, missing or too many; writing puts it right', () => {
    const generated = join(home, 'generated');
    appendFileSync(join(generated, 'Event.ts'), '// edited\n');
    rmSync(join(generated, 'code', 'Txn.ts'));
    writeFileSync(join(generated, 'Surplus.ts'), '');
    const before = readdirSync(generated, { recursive: true }).length;
    const { status, stderr } = generate('--check', '--generated', generated);
    expect(status).toBe(1);
    for (const name of ['Event.ts', 'code/Txn.ts', 'Surplus.ts'])
      expect(stderr).toContain(`generated/${name} is not what formats/ and kernels/ make`);
    expect(stderr.trim().split('\n')).toHaveLength(3);
    expect(readdirSync(generated, { recursive: true })).toHaveLength(before);
    expect(generate('--generated', generated).status).toBe(0);
    expect(filesOf(generated)).toEqual(filesOf(join(ROOT, 'generated')));
  });
});
