/** One thread or several: the same bytes, and a thread that dies costs no more than the segment that it died of. */
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtMain } from '../cli/build.js';
import { run } from '../helpers/build.js';
import { fixture, freshFixture } from '../helpers/fixtures.js';

type Library = typeof import('../../src/index.js');

let library: Library;
let home: string;
let outputs = 0;

beforeAll(async () => {
  // Threads can't be loaded from TypeScript.
  library = await import(pathToFileURL(join(dirname(builtMain()), '..', 'index.js')).href);
  home = mkdtempSync(join(tmpdir(), 'walrescue-jobs-'));
});

afterAll(() => rmSync(home, { recursive: true, force: true }));

const freshOutput = (): string => join(home, `out${outputs++}`);

/** The hash of every file of a folder, by name. */
const hashes = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder)
      .sort()
      .map((name) => [
        name,
        createHash('sha256')
          .update(readFileSync(join(folder, name)))
          .digest('hex'),
      ]),
  );

const generatedAt = '2026-01-02T03:04:05Z';

async function exported(root: string, jobs: number, rowGroupRows: number): Promise<Record<string, string>> {
  const outputDir = freshOutput();
  await library.exportDatabase({ root, outputDir, jobs, rowGroupRows, generatedAt, orphans: true });
  return hashes(outputDir);
}

describe('bytes are the same in one, two and three threads', () => {
  const SEVERAL_GROUPS = 5;
  const ONE_GROUP = 1024;

  it.each([
    ['05-multi-segment', ONE_GROUP],
    ['13-many', ONE_GROUP],
    ['16-damaged', ONE_GROUP],
    ['02-all-types-v1', SEVERAL_GROUPS],
    ['04-all-types-v2', SEVERAL_GROUPS],
    ['07-symbol-reuse', SEVERAL_GROUPS],
    ['08-ooo-replace-dedup', SEVERAL_GROUPS],
    ['11-killed-v2-applying', SEVERAL_GROUPS],
    ['16-damaged', SEVERAL_GROUPS],
  ] as const)('%s, row groups of %d rows', async (name, rowGroupRows) => {
    const root = join(fixture(name), 'db');
    const alone = await exported(root, 1, rowGroupRows);
    expect(Object.keys(alone).length).toBeGreaterThan(2);
    expect(await exported(root, 2, rowGroupRows)).toEqual(alone);
    expect(await exported(root, 3, rowGroupRows)).toEqual(alone);
  });

  it('where symbols, timestamps and texts of large segments are damaged', async () => {
    const root = join(freshFixture('02-all-types-v1', home), 'db');
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).map((name) => join(root, name));
    const damaged = files.filter(
      (file) => /wal\d+\/(?:\d+\/\w+\.[di]|\w+\.[oc])$/.test(file) && statSync(file).size > 0,
    );
    expect(damaged.length).toBeGreaterThan(10);
    for (const file of damaged) truncateSync(file, Math.floor(statSync(file).size * 0.7));
    const alone = await exported(root, 1, SEVERAL_GROUPS);
    expect(await exported(root, 2, SEVERAL_GROUPS)).toEqual(alone);
    expect(await exported(root, 3, SEVERAL_GROUPS)).toEqual(alone);
  });
});

it('progress ends at the same sums', async () => {
  const root = join(fixture('05-multi-segment'), 'db');
  const last = async (jobs: number) => {
    let seen: unknown;
    await library.exportDatabase({
      root,
      outputDir: freshOutput(),
      jobs,
      onProgress: ({ tableName: _name, ...sums }) => {
        seen = sums;
      },
    });
    return seen;
  };
  const alone = await last(1);
  expect(alone).toMatchObject({ rowsWritten: expect.any(Number) });
  expect(await last(2)).toEqual(alone);
});

it('tables are told of in order', async () => {
  const names: string[] = [];
  const { tables } = await library.exportDatabase({
    root: join(fixture('13-many'), 'db'),
    outputDir: freshOutput(),
    jobs: 3,
    onTable: ({ tableName }) => names.push(tableName),
  });
  expect(names.length).toBeGreaterThan(10);
  expect(names).toEqual(tables.map(({ tableName }) => tableName));
});

it('an abort ends the threads and leaves nothing unfinished', async () => {
  const controller = new AbortController();
  const outputDir = freshOutput();
  const reason = new Error('enough');
  const run = library.exportDatabase({
    root: join(fixture('13-many'), 'db'),
    outputDir,
    jobs: 2,
    signal: controller.signal,
    onProgress: ({ segmentsDone }) => {
      if (segmentsDone > 2) controller.abort(reason);
    },
  });
  await expect(run).rejects.toBe(reason);
  expect(readdirSync(outputDir).filter((name) => name.startsWith('.'))).toEqual([]);
});

describe('a thread that dies', () => {
  /** A module that ends every thread but the main one when it opens the given file: `times` times at most. */
  function killer(file: string, times: number): string {
    const path = join(home, `killer${outputs++}.mjs`);
    const deaths = `${path}.deaths`;
    writeFileSync(deaths, '');
    writeFileSync(
      path,
      `import fs from 'node:fs';
       import { syncBuiltinESMExports } from 'node:module';
       import { isMainThread } from 'node:worker_threads';
       const { openSync, readFileSync, appendFileSync } = fs;
       fs.openSync = (path, ...rest) => {
         if (!isMainThread && String(path).endsWith(${JSON.stringify(file)})) {
           if (readFileSync(${JSON.stringify(deaths)}).length < ${times}) {
             appendFileSync(${JSON.stringify(deaths)}, 'x');
             process.exit(7);
           }
         }
         return openSync(path, ...rest);
       };
       syncBuiltinESMExports();`,
    );
    return path;
  }

  const root = join(fixture('05-multi-segment'), 'db');
  const deadly = (): string => {
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' });
    return files.filter((name) => /wal\d+\/\d+\/_event$/.test(name)).sort()[1] ?? '';
  };
  const runExport = (outputDir: string, ...before: string[]) => {
    const command = [...before, builtMain(), 'export', root, '-o', outputDir, '--jobs', '2', '--json'];
    return run('env', ['SOURCE_DATE_EPOCH=1767323045', process.execPath, ...command]);
  };

  interface Manifest {
    readonly segments: readonly {
      walId: number;
      segmentId: number;
      status: string;
      reason: string;
      outputFile: string;
    }[];
  }
  const segmentsOf = (folder: string) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('__manifest.json'))
      .flatMap((name) => (JSON.parse(readFileSync(join(folder, name), 'utf8')) as Manifest).segments);

  it('again and again costs the segment that it died of', () => {
    const [healthy, struck] = [freshOutput(), freshOutput()];
    expect(runExport(healthy).exitCode).toBe(0);
    const { exitCode, stderr } = runExport(struck, '--import', killer(deadly(), Number.POSITIVE_INFINITY));
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
    const lost = segmentsOf(struck).filter(({ status }) => status === 'encode_failed');
    expect(lost).toMatchObject([{ reason: expect.stringContaining('died'), outputFile: null }]);
    const before = segmentsOf(healthy).find(
      ({ walId, segmentId }) => walId === lost[0]?.walId && segmentId === lost[0]?.segmentId,
    );
    expect(before?.outputFile).toMatch(/\.parquet$/);
    const parquet = (folder: string): Record<string, string> =>
      Object.fromEntries(Object.entries(hashes(folder)).filter(([name]) => name.endsWith('.parquet')));
    const { [before?.outputFile ?? '']: _gone, ...others } = parquet(healthy);
    expect(parquet(struck)).toEqual(others);
    expect(readdirSync(struck).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it.each([
    ['05-multi-segment', '2'],
    ['13-many', '2'],
    ['02-all-types-v1', '3'],
  ])('at its start leaves the work to the first one: %s in %s threads', (name, jobs) => {
    const module = join(home, `dead${outputs++}.mjs`);
    writeFileSync(
      module,
      `import { isMainThread } from 'node:worker_threads';
       if (!isMainThread) throw new Error('no room for a thread');`,
    );
    const exportWith = (threads: string, ...before: string[]): Record<string, string> => {
      const output = freshOutput();
      const options = ['-o', output, '--jobs', threads, '--row-group-rows', '1024'];
      const command = [...before, builtMain(), 'export', join(fixture(name), 'db'), ...options];
      const stamped = ['SOURCE_DATE_EPOCH=1767323045', process.execPath, ...command];
      expect(run('env', stamped)).toMatchObject({ exitCode: 0, stderr: '' });
      return hashes(output);
    };
    expect(exportWith(jobs, '--import', module)).toEqual(exportWith('1'));
  });

  it('once costs nothing', () => {
    const [healthy, struck] = [freshOutput(), freshOutput()];
    runExport(healthy);
    const module = killer(deadly(), 1);
    expect(runExport(struck, '--import', module).exitCode).toBe(0);
    expect(existsSync(`${module}.deaths`) && readFileSync(`${module}.deaths`, 'utf8')).toBe('x');
    expect(hashes(struck)).toEqual(hashes(healthy));
  });
});
