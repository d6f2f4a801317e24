/** What the files around an inspected file say of it: its table's log, its segment's columns and transactions. */
import { LONG_MAX } from '../bigints.js';
import { attempt, join, TABLE_FILES } from '../files.js';
import { DEFAULT_ROW_GROUP_ROWS } from '../limits.js';
import { type OpenedSegment, openSegment } from '../openSegment.js';
import { type LiveColumn, liveColumns, type Schema } from '../schema.js';
import type { SegmentTask, TableContext } from '../segmentTask.js';
import type { Source } from '../source/source.js';
import { readInitialSchema } from '../structureLog.js';
import { type PlanOptions, planTable, type TablePlan } from '../tablePlan.js';
import type { SegmentTransaction } from '../transactions.js';

import type { Place } from './place.js';
import { aliasedSource, boundedSource } from './sources.js';
import type { TimeUnit } from './time.js';

/** A segment as the export would open it. */
export interface SegmentFacts {
  readonly source: Source;
  readonly task: SegmentTask;
  readonly opened: OpenedSegment;
  /** What damage calls the segment's folder. */
  readonly folder: string;
}

/** Looked up when asked for, once. */
export interface Facts {
  readonly place: Place;
  readonly source: Source;
  /** The table with its log, as the export would plan it. */
  plan(): TablePlan | undefined;
  /** The segment that the file is in. */
  segment(): SegmentFacts | undefined;
  /** Columns in force for the file: those of its segment, else the table's latest. */
  schema(): Schema | undefined;
  /** Unit of the designated timestamp. */
  unit(): TimeUnit | undefined;
  /** The live or deleted column of a slot. */
  column(slot: number): LiveColumn | undefined;
  transaction(segmentTxn: number): SegmentTransaction | undefined;
}

/** Name under which a segment that was copied out of its table is opened. */
const LOOSE_TABLE = 'table';

function memo<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

const PLAN_OPTIONS: Required<PlanOptions> = {
  rows: { unappliedOnly: false, seqTxns: undefined, orphans: true },
  encode: { shoulder: false, compression: 'none', rowGroupRows: DEFAULT_ROW_GROUP_ROWS },
  outputName: '',
} as const satisfies PlanOptions;

/** The plan of the table in `tableDir`; `undefined` when there is no such folder. */
export function planOf(source: Source, tableDir: string): TablePlan | undefined {
  const seen = attempt(tableDir, () => source.stat(tableDir)).value;
  if (seen?.kind !== 'folder') return undefined;
  const name = tableDir.split('/').at(-1) ?? '';
  return planTable(source, { dirName: tableDir, tableName: name, tableId: undefined }, PLAN_OPTIONS);
}

/** The task of a segment without a table: nobody knows which of its records count. */
function looseTask(): SegmentTask {
  const segment = { walId: 1, segmentId: 0 };
  const table: TableContext = {
    dirName: LOOSE_TABLE,
    tableName: '',
    outputName: '',
    watermark: undefined,
    logHasRowCounts: false,
    logIsDamaged: true,
    unnamed: [{ from: 1n, to: LONG_MAX }],
    replayed: [],
    sequencerSchema: undefined,
    segments: [segment],
  };
  return { ...segment, table, named: [], rows: PLAN_OPTIONS.rows, encode: PLAN_OPTIONS.encode };
}

function segmentFacts(source: Source, place: Place, plan: TablePlan | undefined): SegmentFacts | undefined {
  const { segmentDir, walId, segmentId } = place;
  if (segmentDir === undefined) return undefined;
  if (walId === undefined) {
    const folder = `${LOOSE_TABLE}/wal1/0`;
    const aliased = aliasedSource(source, folder, segmentDir);
    const task = looseTask();
    return { source: aliased, task, opened: openSegment(aliased, task), folder };
  }
  const task = plan?.tasks.find((each) => each.walId === walId && each.segmentId === segmentId);
  return task && { source, task, opened: openSegment(source, task), folder: segmentDir };
}

/** The schema of a table as far as one is needed for units and names: the sequencer's, the last that changes lead to, its own. */
function tableSchema(source: Source, plan: TablePlan | undefined, tableDir: string | undefined): Schema | undefined {
  if (tableDir === undefined) return undefined;
  const known = plan?.context.sequencerSchema ?? plan?.context.replayed.at(-1);
  if (known !== undefined) return known;
  // A table without WAL has no sequencer; its own metadata has the layout of the sequencer's first.
  const own = aliasedSource(source, join(LOOSE_TABLE, TABLE_FILES.initialMeta), join(tableDir, TABLE_FILES.meta));
  return readInitialSchema(own, LOOSE_TABLE).value;
}

/** The facts around `place`. Of each metadata file no more than `limitBytes` are read. */
export function factsOf(source: Source, place: Place, limitBytes: number): Facts {
  const near = boundedSource(source, limitBytes);
  const plan = memo(() => (place.tableDir === undefined ? undefined : planOf(near, place.tableDir)));
  const segment = memo(() => segmentFacts(near, place, plan()));
  const schema = memo(() => segment()?.opened.schema ?? tableSchema(near, plan(), place.tableDir));
  const columns = memo(() => {
    const known = schema();
    return new Map(known === undefined ? [] : liveColumns(known).map((column) => [column.index, column]));
  });
  const transactions = memo(() => new Map(segment()?.opened.transactions.all.map((each) => [each.segmentTxn, each])));
  return {
    place,
    source: near,
    plan,
    segment,
    schema,
    unit: () => {
      const designated = [...columns().values()].find((column) => column.designated);
      return designated?.type === undefined ? undefined : designated.type.nanos ? 'ns' : 'us';
    },
    column: (slot) => columns().get(slot),
    transaction: (segmentTxn) => transactions().get(segmentTxn),
  };
}
