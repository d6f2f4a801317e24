import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROJECT, run } from './helpers/build.js';
import { fixture } from './helpers/fixtures.js';

const SLOW_MS = 180_000;

/** What a user needs, and nothing else. */
const WANTED = [
  /^package\.json$/,
  /^(README|CHANGELOG)\.md$/,
  /^docs\/[^/]+\.(md|py)$/,
  /^LICENSE$/,
  /^dist\/(src|generated)\/.+\.(js|d\.ts)$/,
  /^dist\/cli\/([^/]+\.c?js|package\.json|LICENSES\.txt)$/,
  /^dist\/cli\/first-[^/]+\.code$/,
  /^dist\/cli\/other-[^/]+\.code$/,
  /^formats\/.+\.ksy$/,
  /^schemas\/.+\.schema\.json$/,
];

interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

describe('the package', () => {
  let folder: string;
  let packed: Packed;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'walrescue-pack-'));
    const pack = run('npm', ['pack', '--json', '--pack-destination', folder]);
    expect(pack).toMatchObject({ exitCode: 0 });
    packed = (JSON.parse(pack.stdout) as Packed[])[0] as Packed;
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
    const install = ['install', '--no-audit', '--no-fund', '--prefer-offline', `./${packed.filename}`];
    expect(run('npm', install, { cwd: folder })).toMatchObject({ exitCode: 0 });
  }, SLOW_MS);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('holds what a user needs and nothing else', () => {
    const paths = packed.files.map(({ path }) => path);
    expect(paths.filter((path) => !WANTED.some((pattern) => pattern.test(path)))).toEqual([]);
    expect(WANTED.filter((pattern) => !paths.some((path) => pattern.test(path)))).toEqual([]);
  });

  it('brings no development tool with it', () => {
    for (const tool of ['typescript', 'vitest', 'kaitai-struct-compiler', '@duckdb/node-api']) {
      expect(existsSync(join(folder, 'node_modules', tool)), tool).toBe(false);
    }
  });

  it('installs a command that runs', () => {
    const command = join(folder, 'node_modules', '.bin', 'walrescue');
    const { version } = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')) as { version: string };
    expect(run(command, ['--version'], { cwd: folder })).toEqual({ exitCode: 0, stdout: `${version}\n`, stderr: '' });
    const db = join(fixture('01-trades-v1'), 'db');
    const out = join(folder, 'out');
    expect(run(command, ['export', db, '--output-dir', out, '--quiet'], { cwd: folder })).toMatchObject({
      exitCode: 0,
    });
    expect(existsSync(join(out, 'trades__wal1__seg0__seqTxn1-3.parquet'))).toBe(true);
  });

  it(
    'can be imported, types and all',
    () => {
      const consumer = `
      import { exportDatabase } from 'walrescue';
      import { Txnlog } from 'walrescue/formats';
      import manifest from 'walrescue/schemas/manifest.schema.json' with { type: 'json' };
      const [root, outputDir] = process.argv.slice(2) as [string, string];
      const { exitCode } = await exportDatabase({ root, outputDir });
      const title: string = manifest.title;
      console.log(exitCode, typeof Txnlog, title !== '');
    `;
      mkdirSync(join(folder, 'lib'));
      writeFileSync(join(folder, 'lib', 'consumer.ts'), consumer);
      const compilerOptions = {
        module: 'nodenext',
        target: 'es2023',
        strict: true,
        exactOptionalPropertyTypes: true,
        resolveJsonModule: true,
        types: ['node'],
        typeRoots: [join(PROJECT, 'node_modules', '@types')],
      };
      writeFileSync(join(folder, 'lib', 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }));
      const tsc = join(PROJECT, 'node_modules', 'typescript', 'bin', 'tsc');
      expect(run(process.execPath, [tsc, '-p', 'lib'], { cwd: folder })).toEqual({
        exitCode: 0,
        stdout: '',
        stderr: '',
      });
      const db = join(fixture('01-trades-v1'), 'db');
      const args = ['--no-warnings', 'lib/consumer.js', db, join(folder, 'out2')];
      expect(run(process.execPath, args, { cwd: folder }).stdout).toBe('0 function true\n');
    },
    SLOW_MS,
  );
});
