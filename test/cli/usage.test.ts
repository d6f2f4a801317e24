import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { CODEC_CHOICES } from '../../src/cli/export.js';
import { COMPRESSIONS } from '../../src/parquet/compression.js';
import { fixture, freshFixture } from '../helpers/fixtures.js';
import { unprivileged, walrescue } from './run.js';

const folder = mkdtempSync(join(tmpdir(), 'walrescue-usage-'));
const out = join(folder, 'out');
let db = '';
const tableFolder = (): string => readdirSync(db).find((name) => name.startsWith('trades~')) ?? '';

beforeAll(() => {
  db = join(fixture('01-trades-v1'), 'db');
  mkdirSync(join(folder, 'empty'));
  mkdirSync(join(folder, 'installation'));
  symlinkSync(db, join(folder, 'installation', 'db'));
  mkdirSync(join(folder, 'denied'), { mode: 0o700 });
  mkdirSync(join(folder, 'held'), { mode: 0o555 });
  writeFileSync(join(folder, 'file'), 'not a folder');
});
afterAll(() => rmSync(folder, { recursive: true }));

/** One line on stderr, nothing on stdout, no output folder. */
async function expectRefusal(args: readonly string[], code: number, message: string | RegExp): Promise<void> {
  const outcome = await walrescue(args);
  expect(outcome).toEqual({ code, out: '', err: expect.stringMatching(message) });
  expect(outcome.err).toMatch(/^walrescue: [^\n]+\n$/);
  expect(existsSync(out)).toBe(false);
}

describe('a wrong command line is a usage error, 2, in one line', () => {
  it.each<[name: string, args: string[], message: RegExp]>([
    ['an unknown command', ['exprot'], /unknown command 'exprot' \(Did you mean export\?\)/],
    [
      'an unknown option',
      ['export', 'x', '--outputdir', 'y'],
      /unknown option '--outputdir' \(Did you mean --output-dir\?\)/,
    ],
    ['no root', ['export', '--output-dir', 'x'], /missing argument 'db-root'/],
    ['no root of a survey', ['survey'], /missing argument 'db-root'/],
    ['two roots', ['export', 'a', '--db-root', 'b'], /two database roots: a and --db-root b/],
    ['a root too many', ['export', 'a', 'b'], /too many arguments/],
    ['an empty root', ['export', ''], /argument value '' is invalid/],
    ['no value', ['export', 'a', '--output-dir'], /argument missing/],
    ['an empty value, as of a variable that is not set', ['export', 'a', '--output-dir', ''], /It is empty/],
    ['an option in place of a value', ['export', 'a', '--output-dir', '--quiet'], /The value is missing/],
    ['a table id that is no number', ['export', 'a', '--table-id', '1x'], /from 0 to 2,147,483,647/],
    ['row groups too small', ['export', 'a', '--row-group-rows', '1023'], /from 1,024 to 1,048,576/],
    ['row groups too large', ['export', 'a', '--row-group-rows', '1048577'], /from 1,024 to 1,048,576/],
    [
      'a codec that is not there',
      ['export', 'a', '--compression', 'gzip'],
      /Allowed choices are none, snappy, lz4, zstd/,
    ],
    ['no threads', ['export', 'a', '--jobs', '0'], /from 1 to 256/],
    ['seqTxn 0', ['export', 'a', '--seq-txn', '0'], /LO-HI or one number/],
    ['seqTxns from high to low', ['export', 'a', '--seq-txn', '5-4'], /LO-HI or one number/],
    ['seqTxns past int64', ['export', 'a', '--seq-txn', '9223372036854775808'], /LO-HI or one number/],
    ['seqTxns that are words', ['export', 'a', '--seq-txn', '1-x'], /LO-HI or one number/],
  ])('%s', async (_name, args, message) => {
    await expectRefusal(args, 2, message);
  });

  it('nothing at all: the help, on stderr', async () => {
    const { code, out: text, err } = await walrescue([]);
    expect({ code, text }).toEqual({ code: 2, text: '' });
    expect(err).toContain('Usage: walrescue');
  });
});

describe('what can not be done is 1, in one line, and nothing is written', () => {
  it.each<[name: string, args: () => string[], message: RegExp]>([
    ['no such folder', () => [join(folder, 'nowhere')], /nowhere: no such folder/],
    ['a file', () => [join(folder, 'file')], /file is not a folder/],
    ['an empty folder', () => [join(folder, 'empty')], /holds no QuestDB database\n/],
    ['the folder above', () => [join(folder, 'installation')], /did you mean .*installation\/db\?/],
    [
      'the folder of a table',
      () => [join(db, tableFolder())],
      /holds no QuestDB database; it is the folder of a table: give the one above it, and this one as --table-dir/,
    ],
    ['no table of that name', () => [db, '--table-name', 'nope'], /no WAL table named nope/],
    ['no table that matches', () => [db, '--table', 'trad*', '--table', 'no*'], /no WAL table matches no\*/],
    ['no table in that folder', () => [db, '--table-dir', 'trades'], /no WAL table in folder trades/],
    ['no table of that id', () => [db, '--table-id', '77'], /no WAL table with id 77/],
  ])('%s', async (_name, args, message) => {
    await expectRefusal(['export', ...args(), '--output-dir', out], 1, message);
    await expectRefusal(['survey', ...args()], 1, message);
  });

  it('an output folder in the database, also by way of a link', async () => {
    await expectRefusal(['export', db, '--output-dir', join(db, 'out')], 1, /lies in the database/);
    const inside = join(folder, 'installation', 'db', 'out');
    await expectRefusal(['export', db, '--output-dir', inside], 1, /lies in the database/);
    expect(existsSync(join(db, 'out'))).toBe(false);
  });

  it('an output folder in a table that lies in a volume', async () => {
    const root = join(freshFixture('01-trades-v1', folder), 'db');
    const [table, volume] = [join(root, tableFolder()), join(folder, 'volume')];
    renameSync(table, volume);
    symlinkSync(volume, table);
    for (const inside of [volume, join(volume, 'new'), join(table, 'new')])
      await expectRefusal(['export', root, '--output-dir', inside, '--force'], 1, /lies in the database/);
    expect(existsSync(join(volume, 'new'))).toBe(false);
    expect((await walrescue(['export', root, '--output-dir', join(folder, 'beside'), '--quiet'])).code).toBe(0);
  });

  it('an output folder that is a file, or below one', async () => {
    await expectRefusal(['export', db, '--output-dir', join(folder, 'file')], 1, /file is not a folder/);
    await expectRefusal(['export', db, '--output-dir', join(folder, 'file', 'x')], 1, /file is not a folder/);
  });

  it('folders of other users', async () => {
    const caseDir = freshFixture('01-trades-v1', folder);
    const readable = join(caseDir, 'db');
    for (const path of [folder, join(caseDir, '..')]) chmodSync(path, 0o755);
    // All modules must be there before this process gives up its rights.
    await walrescue(['survey', db]);
    await unprivileged(async () => {
      await expectRefusal(['export', join(folder, 'denied'), '--output-dir', out], 1, /permission denied/);
      const held = join(folder, 'held', 'out');
      await expectRefusal(['export', readable, '--output-dir', held], 1, /held\/out can't be written to: EACCES/);
      expect(existsSync(held)).toBe(false);
    });
  });

  it('a SOURCE_DATE_EPOCH that is no number', async () => {
    const outcome = await walrescue(['export', db, '--output-dir', out], { SOURCE_DATE_EPOCH: 'noon' });
    expect(outcome).toEqual({
      code: 1,
      out: '',
      err: 'walrescue: SOURCE_DATE_EPOCH is not a number of seconds: noon\n',
    });
    expect(existsSync(out)).toBe(false);
  });

  it('with --json, as a document too', async () => {
    const { code, out: text, err } = await walrescue(['export', join(folder, 'nowhere'), '--json']);
    const message = `${join(folder, 'nowhere')}: no such folder`;
    expect({ code, err }).toEqual({ code: 1, err: `walrescue: ${message}\n` });
    expect(JSON.parse(text)).toEqual({ exitCode: 1, error: message });
  });

  it('a usage error with --json too', async () => {
    const { code, out: text, err } = await walrescue(['export', 'db', '--json', '--jobs', 'x']);
    const error = "option '-j, --jobs <n>' argument 'x' is invalid. It must be a whole number from 1 to 256.";
    expect({ code, err }).toEqual({ code: 2, err: `walrescue: ${error}\n` });
    expect(JSON.parse(text)).toEqual({ exitCode: 2, error });
  });

  it('names in messages are escaped', async () => {
    const { err } = await walrescue(['export', '/no\u001b[31m\n/where']);
    expect(err).toBe('walrescue: /no\\x1b[31m\\n/where: no such folder\n');
  });
});

describe('help and version', () => {
  it('version is that of the package', async () => {
    expect(await walrescue(['--version'])).toEqual({ code: 0, out: `${packageJson.version}\n`, err: '' });
  });

  it.each([[['--help']], [['export', '--help']], [['survey', '--help']], [['help', 'export']]])('%j', async (args) => {
    const { code, out: text, err } = await walrescue(args);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(text).toMatch(/^Usage: walrescue/);
    expect(text).toContain('Examples:');
  });

  it('fits the terminal', async () => {
    const { out: text } = await walrescue(['export', '--help'], { COLUMNS: '60' });
    const options = text.slice(text.indexOf('Options:'), text.indexOf('\nWithout --output-dir'));
    expect(options.split('\n').filter((line) => line.length > 60)).toEqual([]);
  });

  it('lists the codecs that there are', () => {
    expect([...CODEC_CHOICES]).toEqual([...COMPRESSIONS]);
  });
});
