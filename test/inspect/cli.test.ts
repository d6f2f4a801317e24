/**
 * `walrescue inspect` as a command: what it takes, what it shows, how it ends.
 */
import { cpSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { displayWidth } from '../../src/inspect/escape.js';
import { type Outcome, start, walrescue } from '../cli/run.js';
import { fixture, truth } from '../helpers/fixtures.js';

const SYMBOLS = join(fixture('07-symbol-reuse'), 'db', 'symreuse~6');
const EVENT = join(SYMBOLS, 'wal1', '0', '_event');
const DAMAGED = join(fixture('16-damaged'), 'db');

const inspect = (args: readonly string[], env: Record<string, string> = {}): Promise<Outcome> =>
  walrescue(['inspect', ...args], env);

const folder = mkdtempSync(join(tmpdir(), 'walrescue-inspect-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('exit codes', () => {
  it.each([
    ['a sound file', [EVENT], 0],
    ['a damaged file', [join(DAMAGED, 'event_cut~8/wal1/1/_event')], 3],
    ['a sound part of a damaged file', [join(DAMAGED, 'event_cut~8/wal1/1/_event'), 'max_txn'], 3],
    ['a sound segment', [join(SYMBOLS, 'wal1', '0')], 0],
    ['a segment whose _event is gone', [join(DAMAGED, 'event_gone~9/wal1/0')], 3],
    ['a sound table', [SYMBOLS], 0],
    ['a table with a missing segment', [join(DAMAGED, 'wal_gone~13')], 3],
    ['a table with a column that is cut', [join(DAMAGED, 'column_cut~11')], 3],
    ['a segment without one of its columns', [join(DAMAGED, 'column_gone~10/wal1/0')], 3],
    ['a database with damaged tables', [DAMAGED], 3],
    ['a transaction that is lost', [join(DAMAGED, 'wal_gone~13'), '--seq-txn', '2'], 3],
    ['no such file', [join(SYMBOLS, 'nothing')], 1],
    ['no such field', [EVENT, 'records[0].nothing'], 1],
    ['no such record', [EVENT, '--txn', '99'], 1],
    ['no such column', [join(SYMBOLS, '_meta'), '--column', 'nothing'], 1],
    ['no such transaction of the table', [SYMBOLS, '--seq-txn', '99'], 1],
    ['no such transaction of the segment', [join(SYMBOLS, 'wal1', '0'), '--txn', '99'], 1],
    ['a lost transaction of a segment', [join(DAMAGED, 'event_gone~9/wal1/0'), '--txn', '1'], 3],
    ['a transaction of a table without a log', [join(DAMAGED, 'seq_gone~6'), '--seq-txn', '1'], 1],
    ['a second version that is not there', ['--diff', EVENT, join(SYMBOLS, 'nothing')], 1],
    ['a byte behind the end', [EVENT, '--offset', '0xffffff'], 1],
    ['rows of a file without rows', [EVENT, '--row', '1'], 1],
    ['a kind that is none', [EVENT, '--as', 'nothing'], 2],
    ['two versions of different kinds', ['--diff', EVENT, join(SYMBOLS, '_meta')], 1],
    ['one version', ['--diff', EVENT], 2],
    ['rows that are no range', [EVENT, '--row', '5-2'], 2],
    ['an offset that is none', [EVENT, '--offset', 'x'], 2],
    ['no path', [], 2],
  ] as const)('%s', async (_, args, code) => {
    const outcome = await inspect(args);
    expect(outcome.code).toBe(code);
    if (code === 0 || code === 3) expect(outcome.err).toBe('');
    else expect(outcome.err).toMatch(/^walrescue: [^\n]+\n$/);
    if (code === 1 || code === 2) expect(outcome.out).toBe('');
  });

  it('errors say what would be right', async () => {
    expect((await inspect([EVENT, 'records[0].nothing'])).err).toContain('there is len_record, txn, type, body');
    expect((await inspect([SYMBOLS, '--txn', '3'])).err).toContain('--seq-txn');
    expect((await inspect([EVENT, '--as', 'nothing'])).err).toContain('event_index');
    expect((await inspect([SYMBOLS, '--seq-txn', '99'])).err).toContain('it ends at 9');
    expect((await inspect([EVENT, '--txn', '99'])).err).toContain('transaction 99 is not in symreuse~6/wal1/0/_event');
    expect((await inspect([join(SYMBOLS, 'wal1/0/price.d'), '--row', '99'])).err).toContain('row 99 not in symreuse~6');
    const v2 = join(fixture('04-all-types-v2'), 'db', 'alltypes~6', 'txn_seq', '_txnlog');
    expect((await inspect([v2, '--txn', '2'])).err).toContain('those of a V2 log are in _txn_parts');
    expect((await inspect([join(DAMAGED, 'txnlog_cut~7'), '--seq-txn', '2'])).err).toContain(
      "the log of the table can't",
    );
    expect((await inspect(['--diff', EVENT, DAMAGED])).err).toBe(`walrescue: ${DAMAGED}: not a file\n`);
  });
});

describe('the view', () => {
  it('is below the tree in a narrow terminal, beside it in a wide one, never wider than it', async () => {
    for (const columns of [40, 60, 80, 100, 120, 160, 250]) {
      const { out } = await inspect([EVENT], { COLUMNS: String(columns) });
      const lines = out.split('\n');
      for (const line of lines) expect(displayWidth(line), line).toBeLessThanOrEqual(columns);
      expect(lines[0]?.includes('│'), String(columns)).toBe(columns >= 100);
      expect(lines.some((line) => /^0x0{8}│04 00 00 00/.test(line))).toBe(true);
    }
  });

  it('has colours only where they are wanted', async () => {
    expect((await inspect([EVENT])).out).not.toContain('\u001b');
    expect((await inspect([EVENT], { FORCE_COLOR: '1' })).out).toContain('\u001b[36m');
    expect((await inspect([EVENT], { FORCE_COLOR: '1', NO_COLOR: '1' })).out).not.toContain('\u001b');
  });

  it('takes a path below a folder', async () => {
    const direct = await inspect([EVENT, 'records[1].body.row_lo']);
    const below = await inspect([SYMBOLS, 'wal1/0/_event:records[1].body.row_lo']);
    expect(below.out).toBe(direct.out);
    expect(direct.out).toContain('records[1].body.row_lo: 6 (first row)');
  });

  it('finds what is in the body of a record without its being named', async () => {
    const { code, out } = await inspect([EVENT, 'records[3].symbol_diffs[0].entries']);
    expect(code).toBe(0);
    expect(out).toContain('records[3].body.symbol_diffs[0].entries: 3 elements');
    expect(out).toBe((await inspect([EVENT, 'records[3].body.symbol_diffs[0].entries'])).out);
  });

  it('leaves out of several elements those without the field', async () => {
    const { code, out } = await inspect([EVENT, 'records[*].body.row_hi']);
    expect(code).toBe(0);
    expect(out.match(/records\[\d\]\.body\.row_hi: /g)?.length).toBe(5);
    expect((await inspect([EVENT, 'records[*].nothing'])).code).toBe(1);
  });

  it('shows all of a folder, and all parts of a transaction, whatever the limit for lists', async () => {
    const many = await inspect([join(fixture('13-many'), 'db')]);
    expect(many.out.match(/^ {2}many_\d+~\d+\/: /gm)?.length).toBe(
      truth('13-many').tables.filter(({ dirName }) => dirName.startsWith('many_')).length,
    );
    expect(many.out).not.toContain('more: ');
    const { out } = await inspect([SYMBOLS, '--seq-txn', '1', '--limit', '1']);
    expect(out).toContain('  columns: rows 0 to 5');
    expect(out).toContain('  state = ');
  });

  it('cuts the tree at a depth and lists at a limit', async () => {
    const { out } = await inspect([EVENT, '--depth', '2', '--limit', '2']);
    expect(out).toContain('[1]: DATA, rows 6 to 9');
    expect(out).not.toContain('len_record');
    expect(out).toContain('… 4 more: records[2-5] or --limit shows them');
  });

  it('knows a segment that was copied out of its table', async () => {
    const copy = join(folder, 'copied');
    cpSync(join(SYMBOLS, 'wal1', '0'), copy, { recursive: true });
    const { code, out } = await inspect([join(copy, 'price.d'), '--row', '3']);
    expect(code).toBe(0);
    expect(out).toMatch(/rows\[3\]: 639\.8 \(txn 0\)/);
    rmSync(join(copy, 'price.d'));
    expect((await inspect([copy])).out).toContain('BAD column missing (column price): price.d: no such file');
  });

  it('of a root gives the present name of a table that was renamed', async () => {
    const { out } = await inspect([join(fixture('06-sql-events'), 'db')]);
    expect(out).toContain('  before_rename~10/: WAL table after_rename: V1 log');
    expect(out).toContain('  upd~9/: WAL table: V1 log');
  });

  it('of a root says which tables the registry has and no folder', async () => {
    const root = join(folder, 'without');
    cpSync(join(fixture('07-symbol-reuse'), 'db'), root, { recursive: true });
    expect((await inspect([root])).code).toBe(0);
    rmSync(join(root, 'symreuse~6'), { recursive: true });
    const { code, out } = await inspect([root]);
    expect(code).toBe(3);
    expect(out).toContain('without/: database root\n  BAD table missing: symreuse~6');
  });

  it('writes JSON that says the same', async () => {
    const { out, code } = await inspect([EVENT, '--json']);
    const document = JSON.parse(out);
    expect(document).toMatchObject({ kind: 'event', size: 621, problems: [], exitCode: 0 });
    expect(code).toBe(0);
    const records = document.selected[0].fields.find((field: { name: string }) => field.name === 'records').fields;
    const transactions = truth('07-symbol-reuse').tables.find((table) => table.dirName === 'symreuse~6')!.transactions;
    const own = transactions.filter(({ walId, segmentId }) => walId === 1 && segmentId === 0);
    expect(records.length).toBe(own.length + 1);
    expect(records[0]).toMatchObject({ path: 'records[0]', offset: 8, length: 117 });
    expect(records[0].fields[0]).toMatchObject({ name: 'len_record', raw: '75000000', value: 117 });
  });

  it('keeps 64-bit numbers exact in JSON', async () => {
    const { out } = await inspect([join(SYMBOLS, '_txn'), 'record_a.lag_min_timestamp', '--json']);
    expect(out).toContain('"value": 9223372036854775807');
  });

  it('escapes what a terminal would act on', async () => {
    const table = join(folder, 'evil~1');
    cpSync(SYMBOLS, table, { recursive: true });
    const name = '\u001b]0;x\u0007\u202e\n';
    const bytes = Buffer.alloc(4 + 2 * name.length + 1);
    bytes.writeInt32LE(name.length, 0);
    bytes.write(name, 4, 'utf16le');
    writeFileSync(join(table, '_name'), bytes);
    const { out } = await inspect([join(table, '_name')]);
    expect(out).toContain('\\e]0;x\\u{7}\\u{202e}\\n');
    expect(out.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u);
  });
});

describe('a transaction through all files', () => {
  const table = truth('07-symbol-reuse').tables.find((each) => each.dirName === 'symreuse~6')!;

  it.each(table.transactions.filter(({ rowCount }) => rowCount !== null))('seqTxn $seqTxn', async (transaction) => {
    const { seqTxn, walId, segmentId, segmentTxn, rowCount } = transaction;
    const { out, code } = await inspect([SYMBOLS, '--seq-txn', String(seqTxn), '--limit', '1000']);
    expect(code).toBe(0);
    expect(out).toContain(`wal${walId}/${segmentId} record ${segmentTxn}`);
    const status = seqTxn <= (table.appliedSeqTxn ?? 0) ? 'applied unpurged' : 'unapplied';
    expect(out).toContain(`${rowCount} of ${rowCount} row`);
    expect(out).toContain(`; ${status}`);
    const rows = table.rows.filter((row) => row.seqTxn === seqTxn);
    expect(out.match(new RegExp(`txn ${segmentTxn}, seqTxn ${seqTxn}\\)`, 'g'))?.length).toBe(
      rows.length * table.columns.length,
    );
    for (const { values } of rows) if (values.sym !== null) expect(out).toContain(`"${values.sym}"`);
  });

  it('in a log of parts', async () => {
    const { out, code } = await inspect([join(fixture('04-all-types-v2'), 'db', 'alltypes~6'), '--seq-txn', '2']);
    expect(code).toBe(0);
    expect(out).toContain('txn_seq/_txn_parts/0: ');
    expect(out).toContain('records[1]: seqTxn 2: wal1/0 record 1');
  });

  it('a structural change with what it changes', async () => {
    const { out } = await inspect([join(fixture('05-multi-segment'), 'db', 'evolve~6'), '--seq-txn', '3']);
    expect(out).toContain('structural change to version 1');
    expect(out).toContain('add_column "venue"');
  });
});

describe('large and streamed', () => {
  const big = join(folder, 'big');
  beforeAll(() => cpSync(join(fixture('02-all-types-v1'), 'db'), big, { recursive: true }));
  const SIZE = 4 * 2 ** 30;
  const LIMIT_MS = 300;

  it.each([
    'alltypes~6/txn_seq/_txnlog',
    'alltypes~6/wal1/0/_event',
    'alltypes~6/wal1/0/_event.i',
    'alltypes~6/wal1/0/_meta',
    'alltypes~6/wal1/0/c_double.d',
    'alltypes~6/wal1/0/ts.d',
    'alltypes~6/wal1/0/c_varchar.d',
    'alltypes~6/wal1/0/c_string.i',
    'alltypes~6/_txn',
    'alltypes~6/_meta',
    'alltypes~6/_cv',
    'alltypes~6/c_symbol.c',
    'alltypes~6/c_symbol.k',
    'alltypes~6/txn_seq/_txnlog.meta.d',
    'tables.d.0',
  ])('%s of 4 GB opens at once', async (file) => {
    await inspect([join(big, file)]);
    truncateSync(join(big, file), SIZE);
    for (const columns of ['160', '80']) {
      // The best of several, since other tests run beside this one.
      const times: number[] = [];
      for (let run = 0; run < 5; run++) {
        const from = performance.now();
        const { code, out } = await inspect([join(big, file)], { COLUMNS: columns });
        times.push(performance.now() - from);
        expect(code).toBe(0);
        expect(out).toContain(`${SIZE} bytes`);
      }
      expect(Math.min(...times), `${columns} columns`).toBeLessThan(LIMIT_MS);
    }
    cpSync(join(fixture('02-all-types-v1'), 'db', file), join(big, file));
  });

  it('a reader that goes away ends the output, not the program with an error', async () => {
    const { ended } = start(
      ['inspect', join(fixture('02-all-types-v1'), 'db', 'alltypes~6', 'wal1', '0', 'c_string.d'), '--hex'],
      '"$@" | head -n 2; exit 0',
    );
    const outcome = await ended;
    expect(outcome.err).toBe('');
    expect(outcome.out.split('\n').length).toBe(3);
  });
});

describe('on a terminal', () => {
  /** Runs the command in a terminal of its own. */
  const inTerminal = (args: readonly string[], env: string): Promise<Outcome> =>
    start(args, `stty_cmd=$(printf '%s ' "$@"); ${env} script -qec "stty cols 120; $stty_cmd" /dev/null < /dev/null`)
      .ended;

  it('output goes through the pager, with colours', async () => {
    const { out } = await inTerminal(['inspect', EVENT], `PAGER='sed s/^/paged:/'`);
    expect(out).toMatch(/^paged:.*max_txn/m);
    expect(out).toContain('\u001b[');
  });

  it('the pager knows that it is UTF-8', async () => {
    const { out } = await inTerminal(['inspect', EVENT], 'LC_ALL=C PAGER=env');
    expect(out).toMatch(/^LESSCHARSET=utf-8\r?$/m);
  });

  it('and not when it is not wanted, or is not there', async () => {
    const without = await inTerminal(['inspect', EVENT, '--no-pager'], `PAGER='sed s/^/paged:/'`);
    expect(without.out).toContain('max_txn');
    expect(without.out).not.toContain('paged:');
    const absent = await inTerminal(['inspect', EVENT], `PAGER='/nonexistent/pager'`);
    expect(absent.out).toContain('max_txn');
  });
});
