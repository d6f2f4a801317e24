/**
 * Compares a folder of exported Parquet files with what must be in it, cell by cell, through two engines.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readTruth, type TruthTable } from './fixtures.js';
import { type EngineTable, type ParquetFile, readWithDuckdb, readWithHyparquet } from './parquetEngines.js';
import { checkFileForm } from './truthFile.js';
import { type Comparison, type FileRows, newComparison, TableComparison } from './truthRows.js';

export interface CompareOptions {
  /** False for an export without provenance columns: rows are then told apart by their file alone. Default true. */
  readonly provenance?: boolean;
}

/** What an export's folder and its truth have in common; each number is that of the engine that saw it worse. */
export interface TruthReport extends Comparison {
  /** One line for each kind of thing that is wrong, with the first place where it is. Empty when nothing is. */
  readonly problems: readonly string[];
}

const FILE_NAME =
  /^(?<table>.+)__wal(?<wal>\d+)__seg(?<segment>\d+)__(?:seqTxn(?<lo>\d+)-(?<hi>\d+)|tier2)(?:__tier3)?$/u;
const PARQUET = '.parquet';
const MANIFEST = '__manifest.json';

interface Manifest {
  readonly tableDir: string;
  readonly segments: readonly { readonly outputFile?: string | null }[];
}

/** Compares the Parquet files in `outDir` with the truth of the case in `caseDir`. */
export async function compareWithTruth(
  caseDir: string,
  outDir: string,
  options: CompareOptions = {},
): Promise<TruthReport> {
  const tables = readTruth(caseDir).tables;
  const problems = new Map<string, string>();
  const say = (kind: string, text: string): void => {
    if (!problems.has(kind)) problems.set(kind, `${kind}: ${text}`);
  };
  const owners = ownersOfFiles(outDir, tables, say);
  const engines = ['hyparquet', 'DuckDB'] as const;
  const comparisons = engines.map((engine) =>
    tables.map((table) => new TableComparison(table, (kind, text) => say(`${engine}: ${kind}`, text))),
  );
  let strangers = 0;
  for (const file of parquetFiles(outDir)) {
    const path = join(outDir, file);
    const match = FILE_NAME.exec(file.slice(0, -PARQUET.length));
    const owner = owners.get(file);
    if (!match?.groups || owner === undefined) say('a file of no table', file);
    let physical: ParquetFile;
    let duckdb: EngineTable;
    try {
      physical = await readWithHyparquet(path);
      duckdb = await readWithDuckdb(path);
    } catch (error) {
      say('unreadable', `${file}: ${(error as Error).message}`);
      continue;
    }
    if (!match?.groups || owner === undefined) {
      strangers += physical.rowCount;
      continue;
    }
    const { wal, segment, lo, hi } = match.groups;
    const rows: FileRows = {
      file,
      walId: Number(wal),
      segmentId: Number(segment),
      ...(lo === undefined ? {} : { firstSeqTxn: Number(lo), lastSeqTxn: Number(hi) }),
      provenance: options.provenance ?? true,
    };
    const table = tables[owner] as TruthTable;
    const columns = checkFileForm(table, rows, physical, duckdb, say);
    comparisons[0]?.[owner]?.add(rows, columns, physical, (column) => column.cell);
    comparisons[1]?.[owner]?.add(rows, columns, duckdb, (column) => column.duckdbCell);
  }
  return { ...worst(comparisons.map((each) => sum(each, strangers))), problems: [...problems.values()] };
}

/** Which table (its place in `tables`) each Parquet file belongs to, by the manifests that list it. */
function ownersOfFiles(
  outDir: string,
  tables: readonly TruthTable[],
  say: (kind: string, text: string) => void,
): Map<string, number> {
  const owners = new Map<string, number>();
  for (const name of readdirSync(outDir).filter((each) => each.endsWith(MANIFEST))) {
    const manifest = JSON.parse(readFileSync(join(outDir, name), 'utf8')) as Manifest;
    const owner = tables.findIndex((table) => table.dirName === manifest.tableDir);
    if (owner < 0) say('a manifest of no table', `${name}: ${manifest.tableDir}`);
    for (const { outputFile } of manifest.segments) {
      if (typeof outputFile !== 'string') continue;
      const file = basename(outputFile);
      if (owners.has(file)) say('a file of two segments', file);
      if (owner >= 0) owners.set(file, owner);
    }
  }
  const present = new Set(parquetFiles(outDir));
  for (const file of owners.keys()) if (!present.has(file)) say('a file that is not there', file);
  return owners;
}

function parquetFiles(outDir: string): string[] {
  return readdirSync(outDir)
    .filter((name) => name.endsWith(PARQUET))
    .sort();
}

/** The sum over the tables of one engine; rows of files that belong to no table are extra. */
function sum(tables: readonly TableComparison[], strangers: number): Comparison {
  const total = newComparison();
  total.extra += strangers;
  for (const table of tables) {
    const part = table.finish();
    for (const key of Object.keys(total) as (keyof Comparison)[]) total[key] += part[key];
  }
  return total;
}

function worst(parts: readonly Comparison[]): Comparison {
  const all = (key: keyof Comparison): number[] => parts.map((part) => part[key]);
  return {
    expected: Math.max(...all('expected')),
    found: Math.min(...all('found')),
    missing: Math.max(...all('missing')),
    extra: Math.max(...all('extra')),
    wrong: Math.max(...all('wrong')),
    provenanceWrong: Math.max(...all('provenanceWrong')),
    lost: Math.max(...all('lost')),
    lostCells: Math.max(...all('lostCells')),
  };
}
