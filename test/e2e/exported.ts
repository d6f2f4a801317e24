/** An export of a live or left database folder, held against what was inserted. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ExportOptions, ExportResult } from '../../src/index.js';
import { builtMain } from '../cli/build.js';
import { type ParquetFile, readWithHyparquet } from '../helpers/parquetEngines.js';
import { type Cell, type ExpectedColumn, expectedColumn } from '../helpers/truthColumns.js';
import { ID, type ModelColumn, type ModelRow, TS } from './tableModel.js';

export interface ExportedDatabase {
  readonly outDir: string;
  readonly result: ExportResult;
  /** All damage that is more than a note, in words, and Parquet files that no manifest names. */
  readonly alarms: readonly string[];
  /** By folder, or by the name of a table that is not dropped. */
  table(name: string): ExportedTable;
}

export interface ExportedTable {
  readonly manifest: Manifest;
  readonly sqlLog: readonly SqlLogEntry[];
  /** Paths of the Parquet files, by WAL and segment. */
  readonly files: readonly string[];
}

export interface SqlLogEntry {
  readonly seqTxn: number;
  readonly type: string;
  readonly sql: string | null;
}

export interface Manifest {
  readonly table: string;
  readonly tableDir: string;
  readonly dropped: boolean;
  readonly rowsWritten: number;
  readonly tableSeqTxn: number | null;
  readonly appliedSeqTxn: number | null;
  readonly lagTxnCount: number | null;
  readonly txnLog: { readonly formatVersion: number; readonly maxTxn: number };
  readonly structuralChanges: readonly { readonly seqTxn: number }[];
  readonly segments: readonly {
    readonly walId: number;
    readonly segmentId: number;
    readonly status: string;
    readonly outputFile: string | null;
    readonly lastSeqTxn: number;
  }[];
}

/** The library as it is installed: its threads can't be loaded from TypeScript. */
export const walrescue = (): Promise<typeof import('../../src/index.js')> =>
  import(pathToFileURL(join(dirname(builtMain()), '..', 'index.js')).href);

/** Exports `root` into `outDir`. */
export async function exportRoot(
  root: string,
  outDir: string,
  options: Partial<ExportOptions> = {},
): Promise<ExportedDatabase> {
  const { exportDatabase, describeDamage } = await walrescue();
  const result = await exportDatabase({ root, outputDir: outDir, ...options });
  const names = readdirSync(outDir);
  const read = <T>(name: string): T => JSON.parse(readFileSync(join(outDir, name), 'utf8')) as T;
  const manifests = new Map(
    names
      .filter((name) => name.endsWith('__manifest.json'))
      .map((name): [string, { prefix: string; manifest: Manifest }] => {
        const manifest = read<Manifest>(name);
        return [manifest.tableDir, { prefix: basename(name, '__manifest.json'), manifest }];
      }),
  );
  const damage = [...result.damage, ...result.tables.flatMap((table) => table.damage)];
  const named = new Set([...manifests.values()].flatMap(({ manifest }) => manifest.segments.map((s) => s.outputFile)));
  const strays = names.filter((name) => name.endsWith('.parquet') && !named.has(name));
  return {
    outDir,
    result,
    alarms: [...damage.filter(({ severity }) => severity !== 'note').map(describeDamage), ...strays],
    table: (name) => {
      const isNamed = ({ manifest: { dropped, table } }: { manifest: Manifest }) => !dropped && table === name;
      const found = manifests.get(name) ?? [...manifests.values()].find(isNamed);
      if (found === undefined) throw new Error(`no table ${name} in ${[...manifests.keys()].join(', ')}`);
      const { prefix, manifest } = found;
      const log = `${prefix}__sql_log.json`;
      return {
        manifest,
        sqlLog: names.includes(log) ? read<{ statements: SqlLogEntry[] }>(log).statements : [],
        files: manifest.segments.flatMap(({ outputFile }) => (outputFile === null ? [] : [join(outDir, outputFile)])),
      };
    },
  };
}

/** What the server's `wal_transactions()` says of a transaction. */
export interface ServerTransaction {
  readonly seqTxn: number;
  readonly walId: number;
  readonly segmentId: number;
  readonly segmentTxn: number;
  readonly commitUs: string;
}

export interface Expectations {
  /** The row that has an id; `undefined` when none was ever sent. */
  readonly row: (id: number) => ModelRow | undefined;
  /** The columns of a file, by their names in it; those of its rows unless given. */
  readonly columns?: (names: readonly string[]) => readonly ModelColumn[];
  /** Columns in which a cell may be NULL in place of its value. */
  readonly mayBeNull?: (column: string) => boolean;
  readonly status?: (seqTxn: number) => string;
  readonly transactions?: ReadonlyMap<number, ServerTransaction>;
}

export interface ExportedRows {
  /** Ids of the rows, in the order of their transactions. */
  readonly ids: readonly number[];
  /** The transaction of each. */
  readonly seqTxns: readonly number[];
  /** One line for each kind of thing that is wrong. */
  readonly problems: readonly string[];
}

const PROVENANCE: readonly ModelColumn[] = [
  { name: '_wal_id', type: 'INT' },
  { name: '_segment_id', type: 'INT' },
  { name: '_segment_txn', type: 'INT' },
  { name: '_txnSeq_', type: 'LONG' },
  { name: '_commit_ts', type: 'TIMESTAMP' },
  { name: '_recovery_status_', type: 'SYMBOL' },
];

const textCell = (text: string): Cell => `x:${Buffer.from(text, 'utf8').toString('hex')}`;

type Say = (kind: string, text: string) => void;

function checkForms(file: ParquetFile, path: string, columns: readonly ExpectedColumn[], say: Say): void {
  const names = columns.map(({ name }) => name).join(', ');
  if (file.columnNames.join(', ') !== names) say('columns', `${path}: ${file.columnNames.join(', ')} is not ${names}`);
  columns.forEach(({ form, name }, place) => {
    if (file.columnTypes[place] !== form) say(`form of ${name}`, `${file.columnTypes[place]} is not ${form} (${path})`);
  });
}

function checkProvenance(cells: readonly Cell[], expected: Expectations, row: ModelRow, place: string, say: Say): void {
  const [walId, segmentId, segmentTxn, seqTxn, commitUs, status] = cells;
  const server = expected.transactions?.get(Number(seqTxn));
  if (expected.transactions !== undefined) {
    const said = server && [server.walId, server.segmentId, server.segmentTxn, server.commitUs].join(' ');
    const found = [walId, segmentId, segmentTxn, commitUs].join(' ');
    if (said !== found) say('provenance', `${place}: ${found} is not ${said}, seqTxn ${seqTxn}`);
  }
  if (row.seqTxn !== undefined && seqTxn !== String(row.seqTxn))
    say('seqTxn', `${place}: ${seqTxn} is not ${row.seqTxn}`);
  const wanted = expected.status?.(Number(seqTxn));
  if (wanted !== undefined && status !== textCell(wanted))
    say('status', `${place}: ${status} is not ${wanted} (seqTxn ${seqTxn})`);
}

function idsOf(file: ParquetFile, path: string): number[] {
  const place = file.columnNames.indexOf(ID.name);
  if (place < 0) throw new Error(`${path} has no column ${ID.name}: ${file.columnNames.join(', ')}`);
  return file.cells(place, 'integer').map(Number);
}

/** Compares one file; gives the id and seqTxn of each of its rows. */
async function checkFile(path: string, expected: Expectations, say: Say): Promise<{ id: number; seqTxn: number }[]> {
  const file = await readWithHyparquet(path);
  const ids = idsOf(file, path);
  const dataNames = file.columnNames.slice(0, -PROVENANCE.length);
  const rowColumns = expected.columns?.(dataNames) ?? ids.map(expected.row).find((row) => row !== undefined)?.columns;
  const columns = [...(rowColumns ?? []), ...PROVENANCE].map(({ name, type }) =>
    expectedColumn(name, type, name === TS.name),
  );
  checkForms(file, path, columns, say);
  const cells = columns.map(({ name, kind }) => {
    const place = file.columnNames.indexOf(name);
    return place < 0 ? [] : file.cells(place, kind);
  });
  const data = columns.slice(0, -PROVENANCE.length);
  const found = ids.map((id, r) => {
    const row = expected.row(id);
    const place = `${basename(path)} row ${r} (id ${id})`;
    const provenance = cells.slice(data.length).map((column) => column[r] ?? null);
    if (row === undefined) say('a row that nobody inserted', place);
    else {
      checkProvenance(provenance, expected, row, place, say);
      data.forEach(({ name, sqlType, cell }, c) => {
        const [actual, wanted] = [cells[c]?.[r] ?? null, cell(row.texts.get(name) ?? null)];
        if (actual === null && expected.mayBeNull?.(name) === true) return;
        if (actual !== wanted) say(`wrong ${sqlType} ${name}`, `${place}: ${actual} is not ${wanted}`);
      });
      for (const [name, text] of row.texts)
        if (text !== null && !file.columnNames.includes(name)) say(`no column ${name}`, `${place}: ${text}`);
    }
    return { id, seqTxn: Number(provenance[3]) };
  });
  if (found.some(({ seqTxn }, r) => seqTxn < (found[r - 1]?.seqTxn ?? 0))) say('order', `${path} is not in log order`);
  return found;
}

/** Compares all rows of an exported table, cell by cell, with those that were inserted. */
export async function checkRows(table: ExportedTable, expected: Expectations): Promise<ExportedRows> {
  const problems = new Map<string, string>();
  const say: Say = (kind, text) => {
    if (!problems.has(kind)) problems.set(kind, `${kind}: ${text}`);
  };
  const found: { id: number; seqTxn: number }[] = [];
  for (const path of table.files) found.push(...(await checkFile(path, expected, say)));
  const seen = new Set(found.map(({ id }) => id));
  if (seen.size !== found.length) say('rows twice', `${found.length - seen.size} of ${found.length}`);
  // Sorting is stable: rows of one transaction keep their order.
  found.sort((a, b) => a.seqTxn - b.seqTxn);
  return {
    ids: found.map(({ id }) => id),
    seqTxns: found.map(({ seqTxn }) => seqTxn),
    problems: [...problems.values()],
  };
}

/** `checkRows` against the rows of a model; all of them must be there, in their order. */
export async function checkModelRows(
  table: ExportedTable,
  rows: readonly ModelRow[],
  expected: Omit<Expectations, 'row'> = {},
): Promise<{ readonly missing: readonly number[]; readonly problems: readonly string[] }> {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const found = await checkRows(table, { ...expected, row: (id) => byId.get(id) });
  const present = new Set(found.ids);
  const missing = rows.map(({ id }) => id).filter((id) => !present.has(id));
  const wanted = rows.map(({ id }) => id).filter((id) => present.has(id));
  const outOfOrder = wanted.some((id, i) => id !== found.ids[i]);
  return {
    missing,
    problems: outOfOrder ? [...found.problems, 'rows are not in the order of commits'] : found.problems,
  };
}
