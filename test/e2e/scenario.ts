/** All kinds of transactions that any release can make, one after the other, on one table. */
import { connectPg } from './pgClient.js';
import type { QuestdbServer } from './server.js';
import {
  committed,
  createSql,
  type Draft,
  draftRows,
  type ModelColumn,
  movedInDrafts,
  newTable,
  quoteName,
  restructured,
  stated,
  type TableModel,
} from './tableModel.js';
import { typesOf } from './values.js';

/** True when a release, as `7.4.2`, is not before `first`. */
export function isSince(version: string, first: string): boolean {
  return version.localeCompare(first, 'en', { numeric: true }) >= 0;
}

/** The name of a column of a type. */
export const columnOfType = (type: string): string =>
  `c_${type.toLowerCase().replaceAll('[]', '_array').replaceAll(/\W+/g, '_')}`;

/** A table with a column of each type that the release has. */
export function tableOfTypes(name: string, version: string): TableModel {
  return newTable(
    name,
    typesOf(version).map((type): ModelColumn => ({ name: columnOfType(type), type })),
  );
}

/** Statements on one table, each told to its model once the server has taken it. */
export function statementsOn(server: QuestdbServer, table: TableModel) {
  const alter = async (clause: string, columns: readonly ModelColumn[]): Promise<void> => {
    await server.sql(`ALTER TABLE ${quoteName(table.name)} ${clause}`);
    restructured(table, columns);
  };
  const insertDraft = async (draft: Draft): Promise<void> => {
    await server.sql(draft.sql);
    committed(table, draft);
  };
  return {
    insertDraft,
    create: (clauses?: string) => server.sql(createSql(table, clauses)),
    insert: (count: number) => insertDraft(draftRows(table, count)),
    addColumn: (name: string, type: string, tag?: string) =>
      alter(`ADD COLUMN ${quoteName(name)} ${type}`, [
        ...table.columns,
        { name, type, ...(tag === undefined ? {} : { tag }) },
      ]),
    renameColumn: async (from: string, to: string): Promise<void> => {
      const columns = table.columns.map((column) => (column.name === from ? { ...column, name: to } : column));
      await alter(`RENAME COLUMN ${quoteName(from)} TO ${quoteName(to)}`, columns);
      movedInDrafts(table, from, to);
    },
    dropColumn: async (name: string): Promise<void> => {
      const columns = table.columns.filter((column) => column.name !== name);
      await alter(`DROP COLUMN ${quoteName(name)}`, columns);
      movedInDrafts(table, name);
    },
    /** The column's new slot is the last one. Not every release takes a quoted name here. */
    changeType: (name: string, type: string) => {
      const others = table.columns.filter((column) => column.name !== name);
      const changed = table.columns.filter((column) => column.name === name).map((column) => ({ ...column, type }));
      return alter(`ALTER COLUMN ${name} TYPE ${type}`, [...others, ...changed]);
    },
    /** A structural change that leaves the columns alone. */
    alterOtherwise: (clause: string) => alter(clause, table.columns),
    renameTable: async (to: string): Promise<void> => {
      await server.sql(`RENAME TABLE ${quoteName(table.name)} TO ${quoteName(to)}`);
      restructured(table, table.columns);
      table.name = to;
    },
    /** A statement that the WAL keeps as an event, with its text where it has one. */
    event: async (statement: (table: string) => string, kept?: null): Promise<void> => {
      const sql = statement(quoteName(table.name));
      await server.sql(sql);
      stated(table, kept === null ? null : sql);
    },
  };
}

/** Rows of several connections: rolled back, crossed by a change of the columns, and behind another writer's. */
async function crossingTransactions(server: QuestdbServer, table: TableModel): Promise<void> {
  const on = statementsOn(server, table);
  const pg = await connectPg(server.ports.pg);
  await pg.run('BEGIN');
  const rolledBack = draftRows(table, 3);
  await pg.run(rolledBack.sql);
  await pg.run('ROLLBACK');
  table.drafts.delete(rolledBack);

  const [behind, ahead] = [draftRows(table, 2), draftRows(table, 3)];
  await pg.run('BEGIN');
  await pg.run(ahead.sql);
  await on.insertDraft(behind);
  await pg.run('COMMIT');
  committed(table, ahead);

  const crossed = draftRows(table, 2);
  await pg.run('BEGIN');
  await pg.run(crossed.sql);
  await on.addColumn('late', 'SYMBOL');
  await pg.run('COMMIT');
  committed(table, crossed);
  await pg.close();
}

/** Makes the table, of `tableOfTypes`, and works on it; its rows have rising timestamps. */
export async function runScenario(server: QuestdbServer, table: TableModel, version: string): Promise<void> {
  const on = statementsOn(server, table);
  await on.create();
  for (const count of [7, 1, 8]) await on.insert(count);
  await on.addColumn('added', 'LONG');
  await on.insert(3);
  await crossingTransactions(server, table);
  await on.insert(2);
  await on.renameColumn('c_symbol', 'renamed');
  await on.insert(4);
  await on.event((name) => `UPDATE ${name} SET c_int = 42, c_string = 'naïve ''😀''' WHERE id < 3`);
  await on.insert(2);
  await on.dropColumn('c_double');
  await on.insert(2);
  await on.event((name) => `TRUNCATE TABLE ${name}`, null);
  await on.insert(3);
  if (isSince(version, '7.3')) await on.alterOtherwise('DEDUP ENABLE UPSERT KEYS(ts, id)');
  await on.insert(2);
  if (isSince(version, '8.1')) await on.changeType('c_long', 'SYMBOL');
  if (isSince(version, '8.1')) await on.changeType('renamed', 'STRING');
  await on.insert(3);
  if (isSince(version, '7.2')) await on.renameTable(`${table.name} ☃ ünï`);
  await on.insert(2);
}

/** Ids of the rows that are left after the table's last TRUNCATE. */
export function idsAfterTruncate(table: TableModel): number[] {
  const truncated = table.statements.filter(({ sql }) => sql === null).at(-1)?.seqTxn ?? 0;
  return table.rows.filter(({ seqTxn = 0 }) => seqTxn > truncated).map(({ id }) => id);
}
