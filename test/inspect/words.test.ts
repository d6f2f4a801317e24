/**
 * `walrescue inspect` as a command: what it shows of a single byte, and how it says what is wrong.
 */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { walrescue } from '../cli/run.js';
import { fixture } from '../helpers/fixtures.js';

const SYMBOLS = join(fixture('07-symbol-reuse'), 'db', 'symreuse~6');
const EVENT = join(SYMBOLS, 'wal1', '0', '_event');
const DAMAGED = join(fixture('16-damaged'), 'db');

const inspect = (args: readonly string[]) => walrescue(['inspect', ...args]);

const folder = mkdtempSync(join(tmpdir(), 'walrescue-inspect-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('a byte', () => {
  it('is among those that are shown, however long its field is', async () => {
    const log = join(SYMBOLS, 'txn_seq', '_txnlog');
    expect((await inspect([log, '--offset', '0xf05'])).out).toMatch(/^0x00000f00│.*around$/m);
  });

  it('is among those below the tree in a narrow terminal', async () => {
    const { out } = await walrescue(['inspect', EVENT, '--offset', '0x90'], { COLUMNS: '80' });
    const rows = out.match(/^0x[0-9a-f]{8}│/gm) ?? [];
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.every((row) => Math.abs(Number(row.slice(0, -1)) - 0x90) <= 32)).toBe(true);
  });

  it('alone is the innermost field that has it', async () => {
    const { out } = await inspect([EVENT, '--hex', '--offset', '8']);
    expect(out).toMatch(/^0x00000000│ +(?:[0-9a-f]{2} ){3}[0-9a-f]{2} +│[^\n]*\n$/);
  });
});

describe('what is wrong', () => {
  it('is said once, without the codes of the system', async () => {
    const { out } = await inspect([join(DAMAGED, 'event_gone~9'), '--seq-txn', '2']);
    expect(out).toContain("BAD can't be read: no such file or directory");
    expect(out).toContain('BAD its rows or its statement are gone');
    expect(out).not.toMatch(/ENOENT|BAD lost|not there/);
  });

  it('of a folder is the worst first', async () => {
    const table = join(folder, 'worst~1');
    cpSync(join(DAMAGED, 'column_gone~10'), table, { recursive: true });
    rmSync(join(table, 'wal1/0/_event.i'));
    const { out } = await inspect([join(table, 'wal1/0')]);
    expect(out).toMatch(
      /BAD column missing \(column price\): price\.d \(and 1 more problem\): no such file or directory\n/,
    );
  });
});
