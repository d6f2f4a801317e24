/**
 * What must come out of a folder: what comes out of it undamaged. That this is right in turn is for the tests to show, against
 * what the servers said of each fixture.
 */

import { type OpenedSegment, openSegment } from '../openSegment.js';
import { provenanceColumns } from '../parquet/provenance.js';
import type { LiveColumn } from '../schema.js';
import type { Source } from '../source/source.js';
import type { TablePlan } from '../tablePlan.js';
import { fingerprint } from './fingerprint.js';
import { metered, type Work } from './metered.js';
import { type Cell, readBack } from './readBack.js';
import { type ExportRun, planOf, type System, type TableRun } from './system.js';
import { findTargets, type Target } from './targets.js';

/** Columns of an output file that are not the user's. */
export const provenanceNames: ReadonlySet<string> = new Set(provenanceColumns.map(({ name }) => name));

/** A column of a segment's file. */
export interface ColumnTruth {
  readonly column: LiveColumn;
  /** Name in the file. */
  readonly name: string;
  readonly form: string;
  readonly cells: readonly Cell[];
}

/** Rows of one transaction: [first, first + count) of the segment's rows. */
export interface TxnRows {
  readonly first: number;
  readonly count: number;
}

/** The rows of a segment in their order, those of complete records that were never committed too. */
export interface SegmentTruth {
  readonly segmentDir: string;
  readonly walId: number;
  readonly segmentId: number;
  readonly rows: number;
  /** Rows of complete records that were never committed; they are in a file of their own. */
  readonly orphan: readonly boolean[];
  /** Place of each row in the column files. */
  readonly position: readonly number[];
  readonly segmentTxn: readonly number[];
  /** `null`: never committed. */
  readonly seqTxn: readonly (bigint | null)[];
  readonly commitTs: readonly (bigint | null)[];
  readonly status: readonly string[];
  /** By name in the file. */
  readonly columns: ReadonlyMap<string, ColumnTruth>;
  readonly transactions: ReadonlyMap<number, TxnRows>;
  readonly opened: OpenedSegment;
}

export interface TableTruth {
  readonly run: TableRun;
  readonly plan: TablePlan;
  /** By folder. */
  readonly segments: ReadonlyMap<string, SegmentTruth>;
}

export interface Truth {
  readonly source: Source;
  readonly targets: readonly Target[];
  /** By folder name. */
  readonly tables: ReadonlyMap<string, TableTruth>;
  readonly run: ExportRun;
  /** Bytes of all files. */
  readonly bytes: number;
  /** What it took to read it all. */
  readonly work: Work;
  /** Of the source's whole content. */
  readonly fingerprint: string;
}

type Stretch = OpenedSegment['rows'][number];

/** The rows of one file beside what the plan says of them. */
async function rowsOfFile(run: TableRun, name: string, stretches: readonly Stretch[], isOrphans: boolean) {
  const file = await readBack(run.files.get(name) ?? new Uint8Array(0));
  const places = stretches.flatMap(({ lo, hi, transactions }) =>
    Array.from({ length: hi - lo }, (_, i) => ({ position: lo + i, segmentTxn: transactions[0]?.segmentTxn ?? -1 })),
  );
  if (places.length !== file.rows) throw new Error(`${name} has ${file.rows} rows, ${places.length} were planned`);
  return { file, places, isOrphans };
}

/** The segment's rows, from its file and the file of its orphans, in the order of the column files. */
async function segmentTruth(run: TableRun, opened: OpenedSegment, index: number): Promise<SegmentTruth | undefined> {
  const report = run.result.segments[index];
  if (report === undefined) return undefined;
  const parts: Awaited<ReturnType<typeof rowsOfFile>>[] = [];
  if (report.outputFile !== null) parts.push(await rowsOfFile(run, report.outputFile, opened.rows, false));
  if (report.orphansFile !== null) parts.push(await rowsOfFile(run, report.orphansFile, opened.orphanRows, true));
  const order = parts
    .flatMap(({ places }, part) => places.map((place, row) => ({ ...place, part, row })))
    .sort((a, b) => a.position - b.position);
  const cellsOf = (name: string): Cell[] =>
    order.map(({ part, row }) => parts[part]?.file.columns.get(name)?.cells[row] ?? null);
  const names = [...(parts[0]?.file.columns.keys() ?? [])].filter((name) => !provenanceNames.has(name));
  const columns = names.flatMap((name, i): [string, ColumnTruth][] => {
    const column = opened.columns[i];
    const form = parts[0]?.file.columns.get(name)?.form ?? '';
    return column === undefined ? [] : [[name, { column, name, form, cells: cellsOf(name) }]];
  });
  const transactions = new Map<number, { first: number; count: number }>();
  order.forEach(({ segmentTxn }, i) => {
    const known = transactions.get(segmentTxn);
    if (known === undefined) transactions.set(segmentTxn, { first: i, count: 1 });
    else known.count += 1;
  });
  return {
    segmentDir: opened.segmentDir,
    walId: report.walId,
    segmentId: report.segmentId,
    rows: order.length,
    orphan: order.map(({ part }) => parts[part]?.isOrphans === true),
    position: order.map(({ position }) => position),
    segmentTxn: order.map(({ segmentTxn }) => segmentTxn),
    seqTxn: cellsOf('_txnSeq_') as (bigint | null)[],
    commitTs: cellsOf('_commit_ts') as (bigint | null)[],
    status: cellsOf('_recovery_status_').map((cell) => new TextDecoder().decode(cell as Uint8Array)),
    columns: new Map(columns),
    transactions,
    opened,
  };
}

async function tableTruth(source: Source, run: TableRun): Promise<TableTruth> {
  const plan = planOf(source, run.folder, run.outputName);
  const segments = new Map<string, SegmentTruth>();
  for (const [i, task] of plan.tasks.entries()) {
    const opened = openSegment(source, task);
    const segment = await segmentTruth(run, opened, i);
    if (segment !== undefined) segments.set(opened.segmentDir, segment);
  }
  return { run, plan, segments };
}

/** The truth of a source, by an export of it as it is. */
export async function truthOf(source: Source, system: System): Promise<Truth> {
  const meter = metered(source, { calls: Number.POSITIVE_INFINITY, bytes: Number.POSITIVE_INFINITY });
  const run = await system(meter.source, {});
  const tables = new Map<string, TableTruth>();
  for (const table of run.tables) tables.set(table.folder.dirName, await tableTruth(source, table));
  const targets = findTargets(source);
  const whole = fingerprint(source);
  return { source, targets, tables, run, ...whole, work: { ...meter.work } };
}
