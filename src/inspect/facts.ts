/** What the files around an inspected file say of it: its table's log, its segment's columns and transactions. */
import type { Result } from '../damage.js';
import { discoverTables, type TableFolder } from '../discover.js';
import { attempt, join, SEGMENT_FILES, TABLE_FILES } from '../files.js';
import { type OpenedSegment, openSegment } from '../openSegment.js';
import { type LiveColumn, liveColumns, type Schema } from '../schema.js';
import type { SegmentTask } from '../segmentTask.js';
import type { Source } from '../source/source.js';
import { readInitialSchema } from '../structureLog.js';
import { planTable, type TablePlan } from '../tablePlan.js';
import type { SegmentTransaction } from '../transactions.js';
import type { Place } from './place.js';
import { aliasedSource, boundedSource, looseSegment } from './sources.js';
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

/** Name under which the metadata of a table without WAL is given to the reader of `_meta.0`. */
const OWN_META_TABLE = 'table';

function memo<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** The plan of the table in `tableDir`; `undefined` when there is no such folder. */
export function planOf(source: Source, tableDir: string): TablePlan | undefined {
  const seen = attempt(tableDir, () => source.stat(tableDir)).value;
  if (seen?.kind !== 'folder') return undefined;
  const name = tableDir.split('/').at(-1) ?? '';
  return planTable(source, { dirName: tableDir, tableName: name, tableId: undefined });
}

function segmentFacts(source: Source, place: Place, plan: TablePlan | undefined): SegmentFacts | undefined {
  const { segmentDir, walId, segmentId } = place;
  if (segmentDir === undefined) return undefined;
  if (walId === undefined) {
    const loose = looseSegment(source, segmentDir);
    const [task] = planOf(loose.source, loose.tableDir)?.tasks ?? [];
    return task && { source: loose.source, task, opened: openSegment(loose.source, task), folder: loose.segmentDir };
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
  const own = aliasedSource(source, join(OWN_META_TABLE, TABLE_FILES.initialMeta), join(tableDir, TABLE_FILES.meta));
  return readInitialSchema(own, OWN_META_TABLE).value;
}

const sizeOf = (source: Source, path: string): number => attempt(path, () => source.stat(path)).value?.size ?? 0;

/** Bytes of a table's log with its parts. */
function logBytes(source: Source, tableDir: string): number {
  const folder = join(tableDir, TABLE_FILES.txnlogParts);
  const parts = attempt(folder, () => source.list(folder)).value ?? [];
  const sizes = parts.map((part) => sizeOf(source, join(folder, part.name)));
  return sizes.reduce((sum, size) => sum + size, sizeOf(source, join(tableDir, TABLE_FILES.txnlog)));
}

/** What is known of the tables and segments of a source; each is looked up once, for all of their files. */
export interface Surroundings {
  readonly source: Source;
  /** The WAL tables of the database, under their present names, and what is wrong with their list. */
  tables(): Result<readonly TableFolder[]>;
  plan(tableDir: string): TablePlan | undefined;
  segment(place: Place): SegmentFacts | undefined;
}

/** Keeps what `make` gives for each key. */
function memoByKey<T>(make: (key: string) => T): (key: string) => T {
  const made = new Map<string, { readonly value: T }>();
  return (key) => {
    const known = made.get(key) ?? { value: make(key) };
    made.set(key, known);
    return known.value;
  };
}

/**
 * The surroundings of files of `source`, as they are when first asked for. A log or an `_event` of more than `limitBytes` is
 * not read: what it would tell is not known then.
 */
export function surroundingsOf(source: Source, limitBytes: number): Surroundings {
  const near = boundedSource(source, limitBytes);
  const plan = memoByKey((tableDir) => (logBytes(source, tableDir) > limitBytes ? undefined : planOf(near, tableDir)));
  const places = new Map<string, Place>();
  const segment = memoByKey((segmentDir) => {
    const place = places.get(segmentDir);
    if (place === undefined || sizeOf(source, join(segmentDir, SEGMENT_FILES.event)) > limitBytes) return undefined;
    return segmentFacts(near, place, place.tableDir === undefined ? undefined : plan(place.tableDir));
  });
  return {
    source: near,
    tables: memo(() => attempt('', () => discoverTables(near)).value ?? { value: [], damage: [] }),
    plan,
    segment(place) {
      if (place.segmentDir === undefined) return undefined;
      places.set(place.segmentDir, place);
      return segment(place.segmentDir);
    },
  };
}

/** The facts around `place`. */
export function factsOf(around: Surroundings, place: Place): Facts {
  const { tableDir } = place;
  const plan = (): TablePlan | undefined => (tableDir === undefined ? undefined : around.plan(tableDir));
  const segment = (): SegmentFacts | undefined => around.segment(place);
  const schema = memo(() => segment()?.opened.schema ?? tableSchema(around.source, plan(), tableDir));
  const columns = memo(() => {
    const known = schema();
    return new Map(known === undefined ? [] : liveColumns(known).map((column) => [column.index, column]));
  });
  const transactions = memo(() => new Map(segment()?.opened.transactions.all.map((each) => [each.segmentTxn, each])));
  return {
    place,
    source: around.source,
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
