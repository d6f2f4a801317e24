/** What export and survey tell, held against the truth of the fixtures. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixture, freshFixture, truth } from '../helpers/fixtures.js';
import { type Outcome, walrescue } from './run.js';

const folder = mkdtempSync(join(tmpdir(), 'walrescue-account-'));
const dbOf = (name: string): string => join(fixture(name), 'db');
const damaged = truth('16-damaged').tables;
afterAll(() => rmSync(folder, { recursive: true }));

/** The part of a summary that is about one table. */
const blockOf = (text: string, table: string): string =>
  text.split('\n\n').find((block) => block.startsWith(`${table}:`)) ?? '';

/** `wal1/0/price.d removed` → `wal1/0/price.d` */
const damagedFile = (damage: string): string => damage.split(' ')[0] ?? '';

/** What was done to the others can be made good from elsewhere: an index, a segment's or the table's own _meta. */
const LOSES_ROWS = new Set(['event_cut', 'event_gone', 'wal_gone']);
const LOSES = new Set([...LOSES_ROWS, 'seq_gone', 'txnlog_cut', 'txn_gone', 'column_gone', 'column_cut']);

describe('an export of the damaged folder', () => {
  let outcome: Outcome;
  let text: string;
  beforeAll(async () => {
    outcome = await walrescue(['export', dbOf('16-damaged'), '--output-dir', join(folder, 'damaged')]);
    text = outcome.out;
  });

  it('ends with 3 and has no business on stderr', () => {
    expect({ code: outcome.code, err: outcome.err }).toEqual({ code: 3, err: '' });
  });

  it.each(damaged.map((table) => [table.name, table] as const))('%s', (name, table) => {
    const block = blockOf(text, name);
    const loses = LOSES.has(name);
    expect(block).toContain(loses ? 'WITH LOSSES' : 'nothing lost');
    expect(block.includes('To do: ')).toBe(loses);
    if (!LOSES_ROWS.has(name)) expect(block).toContain(`${name}: ${table.rowsOnDisk} rows saved`);
    if (!table.damage) expect(block).not.toContain('[');
    else if (loses) expect(block).toContain(join(table.dirName, damagedFile(table.damage)));
  });

  it('tells which cells and which transactions are lost', () => {
    const lines = text.split('\n');
    const line = (part: string): string | undefined => lines.find((each) => each.includes(part));
    expect(line('A column file is missing')).toContain('column price, 18 cells. [column_missing]');
    expect(line('A column file is too short')).toContain('column price, 9 cells. [column_short]');
    expect(blockOf(text, 'event_cut')).toContain('seqTxn 6: LOST');
    expect(blockOf(text, 'event_gone')).toContain('seqTxn 1-3: LOST');
    expect(blockOf(text, 'wal_gone')).toContain('seqTxn 1-3: LOST');
  });

  it('names files that are there, sound tables first', () => {
    const names = text.match(/\S+\.parquet/g) ?? [];
    expect([...names].sort()).toEqual(
      readdirSync(join(folder, 'damaged'))
        .filter((name) => name.endsWith('.parquet'))
        .sort(),
    );
    expect(text.lastIndexOf('nothing lost')).toBeLessThan(text.indexOf('WITH LOSSES'));
  });

  it('without colours and unwrapped, since it goes to no terminal', () => {
    expect(text).not.toContain('\u001b');
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeGreaterThan(120);
  });

  it('says the same to programs', async () => {
    const { code, out } = await walrescue(['survey', dbOf('16-damaged'), '--json']);
    const document = JSON.parse(out);
    expect({ code, exitCode: document.exitCode, command: document.command }).toEqual({
      code: 3,
      exitCode: 3,
      command: 'survey',
    });
    const rows = new Map(document.tables.map((t: { table: string; rowsWritten: number }) => [t.table, t.rowsWritten]));
    expect(rows.size).toBe(damaged.length);
    expect(rows.get('sound')).toBe(damaged.find((table) => table.name === 'sound')?.rowsOnDisk);
    const gone = document.tables.find((t: { table: string }) => t.table === 'column_gone');
    expect(gone.damage).toEqual([
      expect.objectContaining({ code: 'column_missing', cells: 18, file: 'column_gone~10/wal1/0/price.d' }),
    ]);
    expect(gone.damage[0].advice).toContain('backup');
  });

  it('wraps at COLUMNS', async () => {
    const { out } = await walrescue(['survey', dbOf('16-damaged')], { COLUMNS: '60' });
    const wide = out.split('\n').filter((line) => line.length > 60 && line.trim().includes(' '));
    expect(wide).toEqual([]);
  });

  it('is coloured when that is asked for, and not when it is forbidden', async () => {
    const run = async (env: Record<string, string>) => (await walrescue(['survey', dbOf('16-damaged')], env)).out;
    const coloured = await run({ FORCE_COLOR: '1' });
    expect(coloured).toContain('\u001b[1mcolumn_gone: 27 rows can be saved, WITH LOSSES\u001b[22m');
    const plain = await run({ FORCE_COLOR: '1', NO_COLOR: '1' });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control characters.
    expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(plain);
    expect(await run({ FORCE_COLOR: '0' })).toBe(plain);
  });
});

describe('options', () => {
  const rowsOf = (name: string): number => truth(name).tables.reduce((sum, table) => sum + table.rowsOnDisk, 0);

  it('a sound folder ends with 0', async () => {
    const out = join(folder, 'sound');
    const { code, out: text } = await walrescue(['export', '--db-root', dbOf('01-trades-v1'), '-o', out]);
    expect(code).toBe(0);
    expect(text).toContain(`1 table: ${rowsOf('01-trades-v1')} rows saved in 1 file`);
    expect(readdirSync(out).sort()).toEqual([
      'trades__ledger.json',
      'trades__manifest.json',
      'trades__schemas.json',
      'trades__wal1__seg0__seqTxn1-3.parquet',
    ]);
  });

  it('another run’s files are replaced only with --force', async () => {
    const args = ['export', dbOf('01-trades-v1'), '-o', join(folder, 'sound')];
    const refused = await walrescue(args);
    expect(refused).toEqual({ code: 1, out: '', err: expect.stringContaining('use --force') });
    expect((await walrescue([...args, '--force'])).code).toBe(0);
  });

  it('--force leaves only the new run’s files', async () => {
    const out = join(folder, 'replaced');
    await walrescue(['export', dbOf('01-trades-v1'), '-o', out]);
    writeFileSync(join(out, 'notes.txt'), 'mine');
    mkdirSync(join(out, '.walrescue-1-new'));
    writeFileSync(join(out, '.walrescue-1-new', 'left.parquet'), '');
    expect((await walrescue(['export', dbOf('05-multi-segment'), '-o', out, '--force'])).code).toBe(0);
    await walrescue(['export', dbOf('05-multi-segment'), '-o', join(folder, 'fresh')]);
    expect(readdirSync(out).sort()).toEqual([...readdirSync(join(folder, 'fresh')), 'notes.txt'].sort());
  });

  it('--quiet says nothing', async () => {
    const out = join(folder, 'quiet');
    const outcome = await walrescue(['export', dbOf('16-damaged'), '-o', out, '--quiet']);
    expect(outcome).toEqual({ code: 3, out: '', err: '' });
    expect(existsSync(join(out, 'sound__manifest.json'))).toBe(true);
  });

  it.each([[[]], [['--dry-run', '-o']]])('nothing is written without an output folder, or with %j', async (flags) => {
    const out = join(folder, 'dry');
    const { code, out: text } = await walrescue([
      'export',
      dbOf('01-trades-v1'),
      ...(flags.length > 0 ? [...flags, out] : []),
    ]);
    expect(code).toBe(0);
    expect(text).toContain(`1 table: ${rowsOf('01-trades-v1')} rows in the WAL`);
    expect(text).toContain('Column files were not read');
    expect(existsSync(out)).toBe(false);
  });

  it('--table takes several globs', async () => {
    const { out } = await walrescue(['survey', dbOf('16-damaged'), '--table', 'event_*', '--table', 'soun?']);
    expect(out).toContain('3 tables: ');
    for (const name of ['event_cut', 'event_gone', 'sound']) expect(blockOf(out, name)).not.toBe('');
  });

  it('--seq-txn and --unapplied-only leave rows out', async () => {
    const half = truth('09-watermark').tables.find((table) => table.name === 'half');
    const rows = (keep: (seqTxn: number) => boolean): number =>
      half?.rows.filter(({ seqTxn }) => keep(seqTxn)).length ?? 0;
    const saved = async (...flags: string[]): Promise<number> => {
      const out = join(folder, flags.join(''));
      const args = ['export', dbOf('09-watermark'), '--table-name', 'half', '-o', out, '--json', ...flags];
      return JSON.parse((await walrescue(args)).out).rowsWritten;
    };
    const applied = half?.appliedSeqTxn ?? 0;
    expect(rows((seqTxn) => seqTxn > applied)).toBeGreaterThan(0);
    expect(await saved('--unapplied-only')).toBe(rows((seqTxn) => seqTxn > applied));
    expect(await saved('--seq-txn', '2-3')).toBe(rows((seqTxn) => seqTxn === 2 || seqTxn === 3));
    expect(await saved('--seq-txn', '4')).toBe(rows((seqTxn) => seqTxn === 4));
  });

  it('generatedAt is what SOURCE_DATE_EPOCH says', async () => {
    const out = join(folder, 'dated');
    await walrescue(['export', dbOf('01-trades-v1'), '-o', out], { SOURCE_DATE_EPOCH: '1700000000' });
    const manifest = JSON.parse(readFileSync(join(out, 'trades__manifest.json'), 'utf8'));
    expect(manifest.generatedAt).toBe('2023-11-14T22:13:20.000Z');
  });

  it('many sound tables are told in one line', async () => {
    const { out } = await walrescue(['export', dbOf('13-many'), '-o', join(folder, 'many')]);
    expect(out.split('\n')[0]).toMatch(/^\d+ tables without losses: \d+ rows saved in \d+ files$/);
    expect(out.trim().split('\n').length).toBeLessThan(6);
  });

  it('a table whose name is out to fool a terminal can not', async () => {
    const db = join(freshFixture('01-trades-v1', folder), 'db');
    const [table] = readdirSync(db).filter((name) => name.startsWith('trades~'));
    for (const name of readdirSync(db).filter((each) => each.startsWith('tables.d.'))) rmSync(join(db, name));
    rmSync(join(db, table ?? '', '_name'), { force: true });
    renameSync(join(db, table ?? ''), join(db, 'ev\u001b[2Jil\n\u202ex~6'));
    const { out } = await walrescue(['survey', db]);
    expect(out).toContain('ev\\x1b[2Jil\\n\\u{202e}x');
    expect(out).not.toMatch(/[\u202e]/);
    expect(out).not.toContain('\u001b');
  });
});

describe('a survey', () => {
  it('tells how far each table is', async () => {
    const { code, out } = await walrescue(['survey', dbOf('09-watermark')]);
    expect(code).toBe(0);
    for (const { name, appliedSeqTxn, transactions } of truth('09-watermark').tables) {
      if (transactions.length === 0) continue;
      const last = Math.max(...transactions.map((transaction) => transaction.seqTxn));
      const words =
        appliedSeqTxn === last
          ? `It has applied all of its ${last} transactions.`
          : `It has applied ${appliedSeqTxn} of ${last} transactions; ${last - (appliedSeqTxn ?? 0)} wait.`;
      expect(blockOf(out, name)).toContain(words);
    }
  });

  it('reads the column files, unless it is quick', async () => {
    const db = join(freshFixture('01-trades-v1', folder), 'db');
    const [table] = readdirSync(db).filter((name) => name.startsWith('trades~'));
    const column = readdirSync(join(db, table ?? '', 'wal1', '0')).find((name) => name.endsWith('.d'));
    rmSync(join(db, table ?? '', 'wal1', '0', column ?? ''));
    const full = await walrescue(['survey', db]);
    expect(full.code).toBe(3);
    expect(full.out).toContain(join(table ?? '', 'wal1', '0', column ?? ''));
    const quick = await walrescue(['survey', db, '--quick']);
    expect(quick.code).toBe(0);
    expect(quick.out).toContain('no loss seen so far');
    expect(quick.out).toContain('Column files were not read');
    expect(readdirSync(dirname(db))).not.toContain('out');
  });

  it('says what to do next', async () => {
    const { out } = await walrescue(['survey', dbOf('16-damaged')]);
    expect(out).toContain(`walrescue export ${dbOf('16-damaged')} --output-dir DIR`);
    expect(out).toMatch(/^ {2}The WAL of .*\bsound\b.*RESUME WAL$/m);
    expect(out).not.toMatch(/^ {2}The WAL of .*\b(?:eventindex_gone|column_gone)\b/m);
  });

  it('calls nothing undamaged that was not read', async () => {
    const { out } = await walrescue(['export', dbOf('16-damaged')]);
    expect(out).toMatch(/^ {2}The WAL of .*\bcolumn_gone\b.* has no damage that was seen so far, and waits/m);
  });
});
