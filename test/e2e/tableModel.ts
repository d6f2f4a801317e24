/**
 * What a table's WAL must hold, kept by the test while it sends its statements: columns, rows, numbers of transactions.
 * Nothing here looks at the server's files.
 */
import { omittedText, type SqlValue, sqlValue } from './values.js';

export interface ModelColumn {
  readonly name: string;
  /** As SQL writes it. */
  readonly type: string;
  /** For text: what its values begin with, so that no other column has them; else they are those of its type. */
  readonly tag?: string;
}

/** A row that was committed. */
export interface ModelRow {
  /** In the column `id`; no two rows of a table have the same. */
  readonly id: number;
  /** Of the moment when it was committed. */
  readonly columns: readonly ModelColumn[];
  /** Texts by column name; what is not there is NULL. */
  readonly texts: ReadonlyMap<string, string | null>;
  /** `undefined` where the test can't know it: several writers at a time. */
  readonly seqTxn: number | undefined;
}

/** Rows on their way: their INSERT, and what they are once it is committed. */
export interface Draft {
  readonly sql: string;
  /** Texts by column name, under the names of now. */
  readonly rows: readonly { readonly id: number; readonly texts: Map<string, string | null> }[];
}

export interface TableModel {
  /** As it is now; `renamed` changes it. */
  name: string;
  /** In the order of their slots. */
  columns: ModelColumn[];
  readonly rows: ModelRow[];
  /** Rows that were sent and may still be committed. */
  readonly drafts: Set<Draft>;
  /** Statements that are no rows and no structural changes, as they were sent. */
  readonly statements: { readonly seqTxn: number; readonly sql: string | null }[];
  readonly structuralChanges: number[];
  /** Number of the last transaction. */
  seqTxn: number;
  nextId: number;
}

export const ID: ModelColumn = { name: 'id', type: 'LONG' };
export const TS: ModelColumn = { name: 'ts', type: 'TIMESTAMP' };

/** 2024-01-01, µs. */
const START_US = 1_704_067_200_000_000;
/** Rows are that far apart: each has a timestamp of its own, and a day has many. */
const STEP_US = 1_000_000;

export const quoteName = (name: string): string => `"${name}"`;

/** A table with `id`, `columns` and the designated `ts`. */
export function newTable(name: string, columns: readonly ModelColumn[]): TableModel {
  const all = [ID, ...columns, TS];
  return {
    name,
    columns: all,
    rows: [],
    drafts: new Set(),
    statements: [],
    structuralChanges: [],
    seqTxn: 0,
    nextId: 1,
  };
}

/** `CREATE TABLE` of a table as it is now. */
export function createSql(table: TableModel, clauses = 'WAL'): string {
  const columns = table.columns.map(({ name, type }) => `${quoteName(name)} ${type}`).join(', ');
  return `CREATE TABLE ${quoteName(table.name)} (${columns}) TIMESTAMP(ts) PARTITION BY DAY ${clauses}`;
}

export const timestampUs = (id: number): number => START_US + id * STEP_US;

/** Some values come back, some are new each time. */
function taggedValue(tag: string, id: number): SqlValue {
  if (id % 7 === 0) return { sql: 'NULL', text: null };
  const text = id % 3 === 0 ? `${tag} é ${id}` : `${tag} ${id % 5}`;
  return { sql: `'${text}'`, text };
}

/** An INSERT of `count` rows with new ids, one statement and so one transaction. */
export function draftRows(table: TableModel, count: number): Draft {
  const columns = [...table.columns];
  const rows = Array.from({ length: count }, () => {
    const id = table.nextId++;
    const values = columns.map(({ name, type, tag }, place): SqlValue => {
      if (name === ID.name) return { sql: String(id), text: String(id) };
      if (name === TS.name) return { sql: String(timestampUs(id)), text: String(timestampUs(id)) };
      return tag === undefined ? sqlValue(type, id, place) : taggedValue(tag, id);
    });
    return { id, values };
  });
  const names = columns.map(({ name }) => quoteName(name)).join(', ');
  const tuples = rows.map(({ values }) => `(${values.map(({ sql }) => sql).join(', ')})`).join(', ');
  const draft: Draft = {
    sql: `INSERT INTO ${quoteName(table.name)} (${names}) VALUES ${tuples}`,
    rows: rows.map(({ id, values }) => ({
      id,
      texts: new Map(columns.map(({ name }, place) => [name, values[place]?.text ?? null])),
    })),
  };
  table.drafts.add(draft);
  return draft;
}

/** The rows of a draft are committed, under the columns of now. */
export function committed(table: TableModel, draft: Draft): void {
  table.drafts.delete(draft);
  table.seqTxn += 1;
  const columns = [...table.columns];
  for (const { id, texts } of draft.rows) {
    const all = columns.map(({ name, type }): [string, string | null] => [
      name,
      texts.has(name) ? (texts.get(name) ?? null) : omittedText(type),
    ]);
    table.rows.push({ id, columns, texts: new Map(all), seqTxn: table.seqTxn });
  }
}

/** What drafts have in column `from` is in `to` once they are committed; without `to` it is gone. */
export function movedInDrafts(table: TableModel, from: string, to?: string): void {
  for (const { texts } of [...table.drafts].flatMap(({ rows }) => rows)) {
    const text = texts.get(from);
    texts.delete(from);
    if (text !== undefined && to !== undefined) texts.set(to, text);
  }
}

/** A structural change is committed: the columns are `columns` from now on. */
export function restructured(table: TableModel, columns: readonly ModelColumn[]): void {
  table.seqTxn += 1;
  table.structuralChanges.push(table.seqTxn);
  table.columns = [...columns];
}

/** A statement is committed that is an event of its own; `null` for one that has no text in the WAL. */
export function stated(table: TableModel, sql: string | null): void {
  table.seqTxn += 1;
  table.statements.push({ seqTxn: table.seqTxn, sql });
}
