/** A segment with everything known of it: events, schema, plan, transactions and the rows to save. */
import type { Damage } from './damage.js';
import { damage } from './damage.js';
import type { DataEvent, EventRecord } from './events/record.js';
import { type EventWalk, type Wanted, walkEvents } from './events/walk.js';
import { isMissing, join, SEGMENT_FILES, segmentFolder } from './files.js';
import { isAnothers } from './foreignEvents.js';
import { keyed } from './keyed.js';
import type { LogRecord } from './logRecord.js';
import { withLostTail } from './lostTail.js';
import { statusOf } from './origin.js';
import { type Plan, planFor } from './plan.js';
import { withoutPurgedParts } from './purgedParts.js';
import { rowEvidence } from './rowEvidence.js';
import { type LiveColumn, liveColumns, readSegmentSchema, type Schema } from './schema.js';
import { chooseSchema, type SchemaChoice } from './schemaChoice.js';
import { type SegmentTask, sameSegment } from './segmentTask.js';
import { isPathPart } from './source/path.js';
import type { Source } from './source/source.js';
import {
  joinTransactions,
  type SegmentTransaction,
  type SegmentTransactions,
  type TransactionRows,
} from './transactions.js';

export interface OpenedSegment {
  readonly segmentDir: string;
  readonly walk: EventWalk;
  readonly schema: Schema | undefined;
  /** Live columns that can be decoded and written. */
  readonly columns: readonly LiveColumn[];
  /** Live columns that can't: an unknown type, or a name that is no file name. */
  readonly unusable: readonly LiveColumn[];
  readonly transactions: SegmentTransactions;
  /** Of the transactions that the log names, and of those that only the folder tells of. */
  readonly plans: { readonly named: Plan; readonly unnamed: Plan };
  /** Rows to save, in row order; without those that the options leave out. */
  readonly rows: readonly TransactionRows[];
  /**
   * Rows that are saved only on request: of complete records that the log never got, and of several transactions between
   * which the boundaries are lost.
   */
  readonly orphanRows: readonly TransactionRows[];
  readonly events: readonly DataEvent[];
  /** Set when the segment was opened again because the rows' timestamps spoke against its events. */
  readonly doubt: Doubt | undefined;
  readonly damage: readonly Damage[];
}

/** True when the options keep the rows of these transactions. */
export function isSelected(task: SegmentTask, transaction: SegmentTransaction): boolean {
  const { unappliedOnly, seqTxns } = task.rows;
  const seqTxn = transaction.log?.seqTxn;
  if (seqTxns !== undefined && seqTxn !== undefined && (seqTxn < seqTxns.from || seqTxn > seqTxns.to)) return false;
  return !unappliedOnly || statusOf({ transactions: [transaction] }, task.table.watermark) !== 'applied_unpurged';
}

/** A segment's records by their number. */
type Events = ReadonlyMap<number, EventRecord>;

function evidenceOfEvents(task: SegmentTask, walk: EventWalk, events: Events): 'whole' | 'partial' | 'none' {
  if (walk.unreadable) return 'none';
  const isWhole =
    task.named.every((log) => events.has(log.segmentTxn)) &&
    walk.records.every((r) => r.body.kind !== 'data' || r.body.diffsComplete);
  return isWhole ? 'whole' : 'partial';
}

const asNotes = (found: readonly Damage[]): Damage[] => found.map((each) => ({ ...each, severity: 'note' }));

/** A segment without rows needs no schema; one that is there is listed all the same. */
function schemaWithoutRows(source: Source, segmentDir: string): SchemaChoice {
  if (isMissing(source, join(segmentDir, SEGMENT_FILES.meta))) return { schema: undefined, from: 'own', damage: [] };
  const own = readSegmentSchema(source, segmentDir);
  return { schema: own.value, from: 'own', damage: asNotes(own.damage) };
}

/**
 * The structureVersion of a segment's rows. Its columns change in place as long as it has none, whatever other events it has,
 * and later changes need not touch it. Unknown where the log names none of its rows, which may be too new for it.
 */
function versionOfRows(task: SegmentTask, events: Events): bigint | undefined {
  const hasRows = (log: LogRecord): boolean =>
    events.get(log.segmentTxn)?.body.kind === 'data' || (log.extent?.rowCount ?? 0n) > 0n;
  const mayHaveRows = (log: LogRecord): boolean => !events.has(log.segmentTxn);
  return (task.named.find(hasRows) ?? task.named.find(mayHaveRows))?.structureVersion;
}

function schemaOf(
  source: Source,
  task: SegmentTask,
  segmentDir: string,
  walk: EventWalk,
  events: Events,
): SchemaChoice {
  const mayHaveRows =
    walk.unreadable ||
    task.named.length > walk.records.length ||
    walk.records.some((record) => record.body.kind === 'data');
  if (!mayHaveRows) return schemaWithoutRows(source, segmentDir);
  const others = task.table.segments.filter((segment) => !sameSegment(segment, task));
  const distance = (segment: { walId: number; segmentId: number }): number =>
    segment.walId === task.walId ? Math.abs(segment.segmentId - task.segmentId) : Number.MAX_SAFE_INTEGER;
  const evidence = {
    replayed: task.table.replayed,
    sequencer: task.table.sequencerSchema,
    peers: () => [...others].sort((a, b) => distance(a) - distance(b)),
  };
  const choice = chooseSchema(
    source,
    { tableDir: task.table.dirName, walId: task.walId, segmentId: task.segmentId },
    evidence,
    versionOfRows(task, events),
  );
  // A server that is killed leaves rows whose _meta is empty still; where the whole log names none of them, nothing is lost.
  const isNew = task.named.length === 0 && !task.table.logIsDamaged;
  return isNew ? { ...choice, damage: asNotes(choice.damage) } : choice;
}

function splitColumns(segmentDir: string, schema: Schema | undefined) {
  const live = schema === undefined ? [] : liveColumns(schema);
  const isUsable = (column: LiveColumn): boolean => column.type !== undefined && isPathPart(column.name);
  const unusable = live.filter((column) => !isUsable(column));
  const usable = unusable.length === 0 ? live : live.filter(isUsable);
  const found = unusable.map((column) => {
    const code = column.type === undefined ? 'column_type_unknown' : 'column_name_unusable';
    return damage(code, join(segmentDir, SEGMENT_FILES.meta), {
      column: column.name,
      actual: `type ${column.typeCode}`,
    });
  });
  return { usable, unusable, found };
}

/** What speaks against a segment's events, found when it was read before. Plain data. */
export interface Doubt {
  /** Offsets in `_event` of records that are not this segment's, for one because their rows have other timestamps throughout. */
  readonly foreign: readonly number[];
}

/** True when no DATA record that the log may name is left: the file is another's, and so is all else in it. */
const isOthers = (walk: EventWalk, namedUpTo: number): boolean =>
  walk.records.every(({ body, segmentTxn }) => body.kind !== 'data' || segmentTxn > namedUpTo);

/** Offsets of view definitions in a segment that has columns: segments of views have none. */
function strayViews(source: Source, segmentDir: string, walk: EventWalk): readonly number[] {
  const views = walk.records.filter(({ body }) => body.kind === 'statement' && body.name === 'VIEW_DEFINITION');
  if (views.length === 0 || isMissing(source, join(segmentDir, SEGMENT_FILES.meta))) return [];
  return views.map((record) => record.byteOffset);
}

/** The events of a segment without what is not its own. */
function ownEvents(source: Source, segmentDir: string, wanted: Wanted): EventWalk {
  const walk = walkEvents(source, segmentDir, wanted);
  const views = strayViews(source, segmentDir, walk);
  const rejected = [...(wanted.rejected ?? []), ...views];
  const own = views.length === 0 ? walk : walkEvents(source, segmentDir, { ...wanted, rejected });
  return rejected.length > 0 && isOthers(own, wanted.namedUpTo) ? { ...own, records: [], unreadable: true } : own;
}

/**
 * Opens a segment. Damage: all that `walkEvents`, `chooseSchema` and `joinTransactions` report, `column_type_unknown`,
 * `column_name_unusable`. With a `doubt`, records that are not this segment's are left out, and the end of the last rows is
 * looked for in the timestamps.
 */
export function openSegment(source: Source, planned: SegmentTask, doubt?: Doubt): OpenedSegment {
  const segmentDir = segmentFolder(planned.table.dirName, planned.walId, planned.segmentId);
  const namedUpTo = planned.named.reduce((last, log) => Math.max(last, log.segmentTxn), -1);
  // Parts that the ordinary purge took named only what is applied: no reason to look for records that nobody names.
  const logIsWhole = !planned.table.logIsDamaged;
  const walk = ownEvents(source, segmentDir, { namedUpTo, logIsWhole, rejected: doubt?.foreign ?? [] });
  const { task, damage: tailDamage } = withLostTail(source, withoutPurgedParts(source, planned, walk), walk);
  const events = keyed(walk.records, ({ segmentTxn }) => segmentTxn);
  const choice = schemaOf(source, task, segmentDir, walk, events);
  const { usable, unusable, found } = splitColumns(segmentDir, choice.schema);
  const dataEvents = new Map<number, DataEvent>();
  for (const { segmentTxn, body } of walk.records) if (body.kind === 'data') dataEvents.set(segmentTxn, body);
  const evidence = rowEvidence(source, segmentDir, choice.schema, dataEvents, task.named);
  if (isAnothers(task, walk, evidence)) {
    evidence.close();
    const offsets = walk.records.map(({ byteOffset }) => byteOffset);
    return openSegment(source, planned, { foreign: [...(doubt?.foreign ?? []), ...offsets] });
  }
  const { provenEnd: _unasked, ...cheap } = evidence;
  const transactions = joinTransactions(task, segmentDir, walk, doubt === undefined ? cheap : evidence);
  evidence.close();
  const event = evidenceOfEvents(task, walk, events);
  const { logHasRowCounts } = task.table;
  const plans = {
    named: planFor({ namedByLog: true, logHasRowCounts, event, schema: choice.from }),
    unnamed: planFor({ namedByLog: false, logHasRowCounts, event, schema: choice.from }),
  };
  const isAttributed = ({ transactions: of }: TransactionRows): boolean =>
    of.length === 1 && of[0]?.standing !== 'orphan';
  const canRead = choice.schema !== undefined;
  const saved = canRead ? transactions.rows : [];
  return {
    segmentDir,
    walk,
    schema: choice.schema,
    columns: usable,
    unusable,
    transactions,
    plans,
    rows: saved.filter((rows) => isAttributed(rows) && rows.transactions.some((t) => isSelected(task, t))),
    orphanRows: saved.filter((rows) => !isAttributed(rows)),
    events: [...dataEvents.values()],
    doubt,
    damage: [...tailDamage, ...walk.damage, ...choice.damage, ...found, ...transactions.damage],
  };
}
