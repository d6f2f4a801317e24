/** The system under test: the export of a source, whole, into memory. */
import { type TableResult, tableResult, writeSidecars } from '../collect.js';
import type { Damage } from '../damage.js';
import { discoverTables, type TableFolder } from '../discover.js';
import type { ExitCode } from '../exitCode.js';
import { exitCodeOf } from '../exitCode.js';
import { outputNames } from '../fileNames.js';
import type { OutputFolder } from '../output.js';
import { runSegmentTask } from '../runSegment.js';
import type { Source } from '../source/source.js';
import { planTable, type TablePlan } from '../tablePlan.js';

/** What an export made of one table. */
export interface TableRun {
  readonly folder: TableFolder;
  readonly outputName: string;
  readonly result: TableResult;
  /** Every output file of the table, Parquet and JSON, by name. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

export interface ExportRun {
  readonly tables: readonly TableRun[];
  /** Of the root itself. */
  readonly damage: readonly Damage[];
  readonly exitCode: ExitCode;
}

export interface RunChoice {
  /** What is known of a table already and need not be made again; it must be what a run would give. */
  readonly reuse?: ((folder: TableFolder, outputName: string) => TableRun | undefined) | undefined;
  /** Segments are worked on from the last to the first: as good an order as any other. */
  readonly reversed?: boolean;
}

/** Something that exports. The harness judges it by what it wrote and what it said. */
export type System = (source: Source, choice: RunChoice) => Promise<ExportRun>;

/** As small as the tool allows, so that small folders have several of them. */
const ROW_GROUP_ROWS = 1024;
const STAMP = { generatedAt: '1970-01-01T00:00:00.000Z', dbRoot: 'memory' } as const;
const OPTIONS = {
  rows: { unappliedOnly: false, seqTxns: undefined, orphans: true },
  encode: { shoulder: true, compression: 'none', rowGroupRows: ROW_GROUP_ROWS },
} as const;

function memoryFolder(files: Map<string, Uint8Array>): OutputFolder {
  return {
    create() {
      const parts: Uint8Array[] = [];
      return {
        write(written) {
          for (const part of written) parts.push(part.slice());
        },
        commit(name) {
          files.set(name, joined(parts));
        },
        abort() {
          parts.length = 0;
        },
      };
    },
  };
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** The plan of a table as the harness runs it. */
export const planOf = (source: Source, folder: TableFolder, outputName: string): TablePlan =>
  planTable(source, folder, { ...OPTIONS, outputName });

async function runTable(source: Source, folder: TableFolder, outputName: string, reversed: boolean): Promise<TableRun> {
  const files = new Map<string, Uint8Array>();
  const output = memoryFolder(files);
  const plan = planOf(source, folder, outputName);
  const reports = new Array<Awaited<ReturnType<typeof runSegmentTask>>>(plan.tasks.length);
  const order = plan.tasks.map((_, i) => (reversed ? plan.tasks.length - 1 - i : i));
  for (const i of order) {
    const task = plan.tasks[i];
    if (task !== undefined) reports[i] = await runSegmentTask(source, task, { output });
  }
  const result = tableResult(plan, reports);
  await writeSidecars(output, plan, result, STAMP);
  return { folder, outputName, result, files };
}

/** walrescue itself. `loadParquetWasm()` must have been awaited in this thread. */
export const walrescue: System = async (source, { reuse, reversed = false }) => {
  const discovered = discoverTables(source);
  const names = outputNames(discovered.value);
  const tables: TableRun[] = [];
  for (const folder of discovered.value) {
    const outputName = names.get(folder.dirName) ?? folder.dirName;
    tables.push(reuse?.(folder, outputName) ?? (await runTable(source, folder, outputName, reversed)));
  }
  const results = tables.map(({ result }) => result);
  return { tables, damage: discovered.damage, exitCode: exitCodeOf(results, discovered.damage) };
};
