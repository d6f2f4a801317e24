/** The command line as a process: signals, readers that go away. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { TEMPORARY_PREFIX } from '../../src/source/nodeOutput.js';
import { fixture } from '../helpers/fixtures.js';
import { builtMain } from './build.js';
import { start, walrescue } from './run.js';

/** Enough for an export that takes seconds. */
const TABLES = 1_500;
const folder = mkdtempSync(join(tmpdir(), 'walrescue-process-'));
const manyDb = join(folder, 'db');

beforeAll(() => {
  builtMain();
  const table = join(fixture('05-multi-segment'), 'db');
  const [name = ''] = readdirSync(table).filter((each) => existsSync(join(table, each, 'wal1')));
  mkdirSync(manyDb);
  for (let id = 1; id <= TABLES; id++) symlinkSync(join(table, name), join(manyDb, `copy${id}~${id}`));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Waits until a folder has some Parquet files. */
async function firstFiles(out: string): Promise<void> {
  while (!existsSync(out) || readdirSync(out).filter((name) => name.endsWith('.parquet')).length < 3)
    await new Promise((resolve) => setTimeout(resolve, 20));
}

const MAGIC = 'PAR1';
const isWhole = (file: string): boolean => {
  const bytes = readFileSync(file);
  return bytes.subarray(0, 4).toString() === MAGIC && bytes.subarray(-4).toString() === MAGIC;
};

it.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s stops an export and leaves no half-written file', async (signal, exitCode) => {
  const out = join(folder, signal);
  const { child, ended } = start(['export', manyDb, '--output-dir', out, '--no-space-check']);
  await firstFiles(out);
  child.kill(signal);
  const outcome = await ended;
  expect({ code: outcome.code, out: outcome.out }).toEqual({ code: exitCode, out: '' });
  expect(outcome.err).toBe(
    `walrescue: stopped by ${signal}; files that are whole stay, nothing half-written is left\n`,
  );
  const names = readdirSync(out);
  expect(names.filter((name) => name.startsWith(TEMPORARY_PREFIX))).toEqual([]);
  expect(names.filter((name) => name.endsWith('__manifest.json')).length).toBeLessThan(TABLES);
  const parquet = names.filter((name) => name.endsWith('.parquet'));
  expect(parquet.filter((name) => !isWhole(join(out, name)))).toEqual([]);
});

it('a survey hears signals too, though it waits for no file', async () => {
  const others = process.listenerCount('SIGINT');
  const ended = walrescue(['survey', manyDb, '--json']);
  while (process.listenerCount('SIGINT') === others) await new Promise((resolve) => setTimeout(resolve, 1));
  process.listeners('SIGINT').at(-1)?.('SIGINT');
  const { code, out } = await ended;
  expect({ code, exitCode: JSON.parse(out).exitCode }).toEqual({ code: 130, exitCode: 130 });
  expect(process.listenerCount('SIGINT')).toBe(others);
});

it('an export goes on when nobody reads what it says', async () => {
  const out = join(folder, 'unread');
  const { child, ended } = start(['export', join(fixture('13-many'), 'db'), '--output-dir', out, '--json']);
  child.stdout?.destroy();
  const outcome = await ended;
  expect(outcome).toEqual({ code: 0, out: '', err: '' });
  expect(readdirSync(out).filter((name) => name.endsWith('__manifest.json')).length).toBeGreaterThan(40);
});

it('no progress bar where stderr is no terminal', async () => {
  const { ended } = start(['survey', join(fixture('01-trades-v1'), 'db')]);
  expect(await ended).toEqual({ code: 0, out: expect.stringContaining('Nothing is lost.'), err: '' });
});

it.each([
  ['xterm', true],
  ['dumb', false],
])('on a terminal of the kind %s, a progress bar: %s', async (term, isThere) => {
  const { ended } = start(
    ['export', join(fixture('01-trades-v1'), 'db'), '--output-dir', join(folder, term)],
    `command=$(printf '%s ' "$@"); TERM=${term} script -qec "$command" /dev/null < /dev/null`,
  );
  const { code, out } = await ended;
  expect(code).toBe(0);
  expect(out).toContain('Nothing is lost.');
  expect(out.includes('\u001b')).toBe(isThere);
});

it('--force keeps the earlier files when the new ones can not be written', async () => {
  const out = join(folder, 'kept');
  const args = ['export', join(fixture('01-trades-v1'), 'db'), '--output-dir', out];
  expect((await start(args).ended).code).toBe(0);
  const contents = () => readdirSync(out).map((name) => [name, readFileSync(join(out, name), 'base64')]);
  const before = contents();
  const { code, err } = await start([...args, '--force'], 'ulimit -f 4; exec "$@"').ended;
  expect(code).toBe(1);
  expect(err).toContain('the files of the earlier run were left as they are');
  expect(contents()).toEqual(before);
});

it('an output that can not be written is 1: what fits is there, the rest is named', async () => {
  const out = join(folder, 'limited');
  const db = join(fixture('01-trades-v1'), 'db');
  const { ended } = start(['export', db, '--output-dir', out], 'ulimit -f 4; exec "$@"');
  const { code, out: text, err } = await ended;
  expect({ code, err }).toEqual({ code: 1, err: '' });
  expect(text).toContain('seqTxn 1-3: NOT SAVED (74 rows)');
  expect(text).toContain('file too large');
  expect(text).toContain('Some files could not be written.');
  expect(readdirSync(out).sort()).toEqual(['trades__ledger.json', 'trades__manifest.json', 'trades__schemas.json']);
  const manifest = JSON.parse(readFileSync(join(out, 'trades__manifest.json'), 'utf8'));
  expect(manifest.segments.map((segment: { status: string }) => segment.status)).toEqual(['encode_failed']);
});
