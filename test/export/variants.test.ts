/**
 * What options and repetition must not change: values, bytes, the source.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportDatabase } from '../../src/index.js';
import { unprivileged } from '../cli/run.js';
import { type ExportedFolder, exportFixture, removeExports } from '../helpers/exportRun.js';
import { fixtureNames, freshFixture } from '../helpers/fixtures.js';
import { readWithHyparquet } from '../helpers/parquetEngines.js';
import { compareWithTruth } from '../helpers/truthCheck.js';

const ALL_RIGHT = { missing: 0, extra: 0, wrong: 0, provenanceWrong: 0, problems: [] };

afterAll(removeExports);

describe('values are the same', () => {
  it.each(['none', 'snappy', 'lz4', 'zstd'] as const)('with the codec %s', async (compression) => {
    for (const name of ['02-all-types-v1', '03-all-types-ns']) {
      const { caseDir, outDir } = await exportFixture(name, { compression });
      expect(await compareWithTruth(caseDir, outDir)).toMatchObject(ALL_RIGHT);
    }
  });

  it.each(['02-all-types-v1', '03-all-types-ns', '04-all-types-v2', '07-symbol-reuse', '11-killed-v1'])(
    'in row groups of five rows, %s',
    async (name) => {
      const { caseDir, outDir, files } = await exportFixture(name, { rowGroupRows: 5 });
      expect(await compareWithTruth(caseDir, outDir)).toMatchObject(ALL_RIGHT);
      const parquet = files.filter((file) => file.endsWith('.parquet'));
      for (const file of parquet) {
        const { metadata, rowCount } = await readWithHyparquet(join(outDir, file));
        expect(metadata.row_groups).toHaveLength(Math.ceil(rowCount / 5));
      }
    },
  );
});

describe('bytes are the same', () => {
  const hashes = ({ outDir, files }: ExportedFolder): Record<string, string> =>
    Object.fromEntries(
      files.map((file) => [
        file,
        createHash('sha256')
          .update(readFileSync(join(outDir, file)))
          .digest('hex'),
      ]),
    );

  it.each(['02-all-types-v1', '05-multi-segment', '11-killed-v2-applying', '16-damaged'])(
    'in a second run of %s',
    async (name) => {
      const generatedAt = '2026-01-02T03:04:05Z';
      const first = hashes(await exportFixture(name, { generatedAt }));
      expect(Object.keys(first).length).toBeGreaterThan(2);
      expect(hashes(await exportFixture(name, { generatedAt }))).toEqual(first);
    },
  );
});

describe('the source is the same after an export', () => {
  let home: string;

  beforeAll(() => {
    home = mkdtempSync(join(tmpdir(), 'walrescue-source-'));
  });
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  /** Names, sizes, modes, times and contents of all that is below a folder. */
  function snapshot(folder: string) {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .sort()
      .map((name) => {
        const { size, mode, mtimeNs, ctimeNs, ino } = statSync(join(folder, name), { bigint: true });
        const isFile = statSync(join(folder, name)).isFile();
        const content = isFile
          ? createHash('sha256')
              .update(readFileSync(join(folder, name)))
              .digest('hex')
          : '';
        return { name, size, mode, mtimeNs, ctimeNs, ino, content };
      });
  }

  const contentOf = ({ name, content }: ReturnType<typeof snapshot>[number]) => ({ name, content });

  it.each(fixtureNames())('%s', async (name) => {
    const root = join(freshFixture(name, home), 'db');
    const before = snapshot(root);
    expect(before.length).toBeGreaterThan(10);
    await exportDatabase({ root, outputDir: join(home, `${name}-out`), includeSystem: true, orphans: true });
    expect(snapshot(root)).toEqual(before);
  });

  it.each(['04-all-types-v2', '07-symbol-reuse', '16-damaged'])('%s, by a user who may only read it', async (name) => {
    const root = join(freshFixture(name, home), 'db');
    const outputDir = mkdtempSync(join(home, 'read-only-'));
    const generatedAt = '2026-01-02T03:04:05Z';
    // Also loads every module, which another user may not be able to.
    const ours = await exportDatabase({ root, outputDir: join(home, `${name}-ours`), generatedAt, jobs: 1 });
    execFileSync('chmod', ['-R', 'a=rX', root]);
    for (const folder of [home, join(root, '..'), join(root, '..', '..')]) chmodSync(folder, 0o755);
    chmodSync(outputDir, 0o777);
    const before = snapshot(root);
    const theirs = await unprivileged(() => {
      expect(() => writeFileSync(join(root, 'new'), '')).toThrow('EACCES');
      return exportDatabase({ root, outputDir, generatedAt, jobs: 1 });
    });
    expect(snapshot(root)).toEqual(before);
    expect(theirs.exitCode).toBe(ours.exitCode);
    expect(snapshot(outputDir).map(contentOf)).toEqual(snapshot(join(home, `${name}-ours`)).map(contentOf));
  });
});
