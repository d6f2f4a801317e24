/**
 * docs/formats.md as it stands: the Python example with the stock runtime and the stock compiler's code, against the truth of the
 * fixtures.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compile } from '../../generator/compile.js';
import { loadSpecs } from '../../generator/spec.js';
import { fixture, type TruthTransaction, truth } from '../helpers/fixtures.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const RUNTIME = 'kaitaistruct==0.11';

/** The folder of the stock Python runtime; installed once per working copy. */
function runtimeFolder(): string {
  const home = join(ROOT, '.build', 'python', RUNTIME);
  if (existsSync(home)) return home;
  mkdirSync(join(ROOT, '.build', 'python'), { recursive: true });
  const fresh = mkdtempSync(join(ROOT, '.build', 'python', 'new-'));
  execFileSync('python3', ['-m', 'pip', 'install', '--quiet', '--no-deps', '--target', fresh, RUNTIME], {
    stdio: 'pipe',
  });
  renameSync(fresh, home);
  return home;
}

describe('read_wal.py', () => {
  const parsers = mkdtempSync(join(tmpdir(), 'walrescue-python-'));
  afterAll(() => rmSync(parsers, { recursive: true }));

  beforeAll(async () => {
    const specs = loadSpecs(join(ROOT, 'formats'));
    for (const spec of specs.values()) {
      for (const [name, code] of Object.entries(await compile('python', spec, specs, false)))
        writeFileSync(join(parsers, name), code);
    }
  });

  /** What it prints about a table of a fixture. */
  function readWal(name: string, table: string): string[] {
    const script = join(ROOT, 'docs', 'read_wal.py');
    const env = { ...process.env, PYTHONPATH: [parsers, runtimeFolder()].join(':'), PYTHONIOENCODING: 'utf-8' };
    const text = execFileSync('python3', [script, join(fixture(name), 'db', table)], { env, encoding: 'utf8' });
    return text.trimEnd().split('\n');
  }

  /** The statement as QuestDB logged it: the truth has the client's places and values of bind variables. */
  function logged(sql: string): string {
    let number = 0;
    return (sql.split(' -- bind ')[0] ?? '').replaceAll('%s', () => `$${++number}`);
  }

  /** The line of a transaction as far as the truth tells it; rows count on in each segment. */
  function lineOf(transaction: TruthTransaction, rows: Map<string, number>): string {
    const { seqTxn, walId, segmentId, segmentTxn, commitTs, kind, rowCount, sql, structureVersion } = transaction;
    if (walId === -1) return `${seqTxn} structural change to version ${structureVersion}`;
    const place = `wal${walId}/${segmentId}`;
    const lo = rows.get(place) ?? 0;
    rows.set(place, lo + (rowCount ?? 0));
    const what =
      rowCount === null
        ? `${kind}${kind === 'sql' && sql !== undefined ? ` ${logged(sql)}` : ''}`
        : `data rows ${lo}..${lo + rowCount}`;
    return `${seqTxn} ${place} ${segmentTxn} ${commitTs} ${what}`;
  }

  it.each([
    ['07-symbol-reuse', 'symreuse~6'],
    ['05-multi-segment', 'evolve~6'],
    ['04-all-types-v2', 'alltypes~6'],
    ['06-sql-events', 'upd~9'],
    ['14-release-7.2.1', 'evolving~5'],
  ])('%s %s', (name, table) => {
    const { transactions } = truth(name).tables.find((each) => each.dirName === table)!;
    const rows = new Map<string, number>();
    const expected = transactions.map((transaction) => lineOf(transaction, rows));
    const lines = readWal(name, table);
    expect(lines.length).toBe(expected.length);
    for (const [at, line] of lines.entries())
      expect(line.startsWith(expected[at]!), `${line} | ${expected[at]}`).toBe(true);
  });

  it('prints what the document says', () => {
    const document = readFileSync(join(ROOT, 'docs', 'formats.md'), 'utf8');
    const [first, second] = readWal('07-symbol-reuse', 'symreuse~6');
    expect(document).toContain(`\n${first}\n${second}\n`);
  });
});
