/**
 * Where the symbols of old transactions are found: WAL writers that knew some of the table's when they were opened, and
 * columns that were renamed, swapped, dropped, added again and re-typed since.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkModelRows, type ExportedDatabase, exportRoot } from './exported.js';
import { connectPg, type PgClient } from './pgClient.js';
import { statementsOn } from './scenario.js';
import { type QuestdbServer, startQuestdb } from './server.js';
import { untilApplied } from './serverTruth.js';
import { committed, type Draft, draftRows, newTable, quoteName, type TableModel } from './tableModel.js';

const STATES = ['suspended', 'applied'] as const;
const NOTHING_WRONG = { missing: [], problems: [] };

type Statements = ReturnType<typeof statementsOn>;

interface Change {
  /** By a writer that has no rows yet. */
  readonly first?: (on: Statements) => Promise<void>;
  /** By a writer at work, which knows symbols of the table. */
  readonly later?: (on: Statements) => Promise<void>;
  /** The table drops column `a` with all its symbols. */
  readonly dropsSymbols?: true;
}

async function swap(on: Statements): Promise<void> {
  await on.renameColumn('a', 'x');
  await on.renameColumn('b', 'a');
  await on.renameColumn('x', 'b');
}

const CHANGES: Readonly<Record<string, Change>> = {
  none: {},
  rename: { later: (on) => on.renameColumn('a', 'z') },
  'rename by a new writer': { first: (on) => on.renameColumn('a', 'z') },
  'the old name for a new column': {
    later: async (on) => {
      await on.renameColumn('a', 'z');
      await on.addColumn('a', 'SYMBOL', 'new a');
    },
  },
  'names swapped': { later: swap },
  'names swapped by a new writer': { first: swap },
  'names swapped, with rows between': {
    later: async (on) => {
      await on.renameColumn('a', 'x');
      await on.insert(4);
      await on.renameColumn('b', 'a');
      await on.insert(4);
      await on.renameColumn('x', 'b');
    },
  },
  'renamed, then dropped': {
    later: async (on) => {
      await on.renameColumn('a', 'z');
      await on.insert(4);
      await on.dropColumn('z');
    },
  },
  'STRING and SYMBOL again': {
    later: async (on) => {
      await on.changeType('a', 'STRING');
      await on.insert(4);
      await on.changeType('a', 'SYMBOL');
    },
  },
  'another type to SYMBOL': { later: (on) => on.changeType('v', 'SYMBOL') },
  'another capacity': {
    later: (on) => on.event((table) => `ALTER TABLE ${table} ALTER COLUMN a SYMBOL CAPACITY 4096`),
  },
  truncated: { later: (on) => on.event((table) => `TRUNCATE TABLE ${table}`, null) },
  'dropped and added again': {
    later: async (on) => {
      await on.dropColumn('a');
      await on.insert(4);
      await on.addColumn('a', 'SYMBOL', 'new a');
    },
    dropsSymbols: true,
  },
  'the name of a dropped one for another': {
    later: async (on) => {
      await on.dropColumn('a');
      await on.renameColumn('b', 'a');
    },
    dropsSymbols: true,
  },
};

async function prepare(server: QuestdbServer, name: string, suspended: boolean, change: Change): Promise<TableModel> {
  const table = newTable(name, [
    { name: 'a', type: 'SYMBOL', tag: 'a' },
    { name: 'b', type: 'SYMBOL', tag: 'b' },
    { name: 'v', type: 'STRING', tag: 'v' },
  ]);
  const on = statementsOn(server, table);
  await on.create();
  await on.insert(9);
  await on.insert(5);
  await untilApplied(server, name);
  if (suspended) await server.sql(`ALTER TABLE ${quoteName(name)} SUSPEND WAL`);
  // A transaction that is left open keeps the first writer busy, so that the next statement opens another.
  const pg = await connectPg(server.ports.pg);
  const held: Draft = draftRows(table, 3);
  await pg.run('BEGIN');
  await pg.run(held.sql);
  await change.first?.(on);
  await on.insert(6);
  await on.insert(6);
  await change.later?.(on);
  await on.insert(6);
  await on.insert(6);
  await commitHeld(pg, table, held);
  await on.insert(6);
  if (!suspended) await untilApplied(server, name);
  return table;
}

async function commitHeld(pg: PgClient, table: TableModel, held: Draft): Promise<void> {
  await pg.run('COMMIT');
  committed(table, held);
  await pg.close();
}

let home: string;
const tables = new Map<string, TableModel>();
let exported: Record<string, ExportedDatabase>;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'walrescue-symbols-'));
  const root = join(home, 'root');
  const server = await startQuestdb({ root, settings: { QDB_CAIRO_WAL_PURGE_INTERVAL: '9000000000000' } });
  for (const [i, [title, change]] of Object.entries(CHANGES).entries()) {
    for (const state of STATES)
      tables.set(`${title}, ${state}`, await prepare(server, `t${i}${state}`, state === 'suspended', change));
  }
  await server.stop('SIGKILL');
  execFileSync('cp', ['-r', join(root, 'db'), join(home, 'copy')]);
  exported = {
    'as it is': await exportRoot(join(root, 'db'), join(home, 'out')),
    'copied, without hard links': await exportRoot(join(home, 'copy'), join(home, 'out-of-copy')),
  };
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe.each(['as it is', 'copied, without hard links'])('a folder %s', (folder) => {
  describe.each(STATES)('of a table that is %s', (state) => {
    it.each(Object.entries(CHANGES))('%s', async (title, { dropsSymbols }) => {
      const table = tables.get(`${title}, ${state}`) as TableModel;
      const database = exported[folder] as ExportedDatabase;
      const result = database.result.tables.find(({ tableName }) => tableName === table.name);
      const isDropped = dropsSymbols === true && state === 'applied';
      const expected = isDropped ? { mayBeNull: (column: string) => column === 'a' } : {};
      expect(await checkModelRows(database.table(table.name), table.rows, expected)).toEqual(NOTHING_WRONG);
      expect(result?.hasLosses).toBe(false);
      // What the user dropped is gone with the table's consent: named, but no loss.
      const notes = isDropped ? ['symbol_key_unresolved note', 'symbol_table_missing note'] : [];
      expect(result?.damage.map(({ code, severity }) => `${code} ${severity}`).sort()).toEqual(notes);
    });
  });
});
