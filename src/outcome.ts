/** What became of a segment, in the seed tool's statuses and in words. */
import type { OpenedSegment } from './openSegment.js';
import type { Plan } from './plan.js';
import type { SegmentStatus } from './report.js';
import { SCHEMA_SOURCE_TEXT } from './schemaChoice.js';
import type { SegmentTask } from './segmentTask.js';
import { hasRows } from './transactions.js';
import type { Written } from './writeRows.js';

/** Plans of the parts that give rows. */
export function plansOf(opened: OpenedSegment): readonly Plan[] {
  const { named, unnamed } = opened.plans;
  const parts = new Set<Plan>();
  for (const { transactions } of opened.rows)
    for (const { standing } of transactions) parts.add(standing === 'named' ? named : unnamed);
  return [...parts];
}

/** The tiers of the rows that are written: 3 only where a row's own event is not what tells its place. */
export function tiersOf(opened: OpenedSegment): ReadonlySet<number> {
  const tiers = new Set(
    plansOf(opened)
      .flatMap((plan) => plan.tiers)
      .filter((tier) => tier !== 3),
  );
  if (opened.rows.some((rows) => rows.from !== 'event' || rows.transactions.some((t) => t.event === undefined)))
    tiers.add(3);
  return tiers;
}

export interface Outcome {
  readonly status: SegmentStatus;
  readonly reason: string | null;
}

/** Why a segment gives no file; `undefined` when it gives one. */
export function skipOutcome(task: SegmentTask, opened: OpenedSegment): Outcome | undefined {
  if (opened.rows.length > 0) return undefined;
  const plan =
    task.named.length > 0 || opened.walk.records.length > 0
      ? task.named.length > 0
        ? opened.plans.named
        : opened.plans.unnamed
      : undefined;
  if (plan?.skip === 'skipped_event_unreadable_no_row_count') {
    return {
      status: plan.skip,
      reason: '_event is unreadable and a V1 log has no row counts; the length of column files is no row count',
    };
  }
  if (opened.transactions.rows.length > 0 && opened.schema === undefined)
    return { status: 'skipped_reader_open_failed', reason: 'no schema fits the column files' };
  if (plan?.rowCountFrom === 'txnlog')
    return { status: 'skipped_event_unreadable_zero_rows', reason: '_event is unreadable and the log counts no rows' };
  if (opened.transactions.rows.some((rows) => rows.transactions.some((t) => t.standing !== 'orphan')))
    return { status: 'skipped_no_rows', reason: 'the options leave out all rows' };
  const named = opened.transactions.all.filter((t) => t.standing === 'named');
  const reason = named.some((t) => t.event === undefined)
    ? 'the records that would tell the rows are lost'
    : named.some((t) => hasRows(t.event))
      ? 'the column files have none of the rows'
      : 'no rows were committed';
  return { status: 'skipped_no_rows', reason };
}

export function writtenOutcome(opened: OpenedSegment, written: Written, hasLoss: boolean): Outcome {
  const symbolCells = opened.columns
    .filter((c) => c.type?.name === 'SYMBOL')
    .reduce((sum, c) => sum + (written.lostCells.get(c.name) ?? 0), 0);
  if (opened.walk.unreadable) {
    return symbolCells > 0
      ? {
          status: 'written_tier3_partial_symbols',
          reason: `_event is unreadable; ${symbolCells} symbol cells are NULL`,
        }
      : { status: 'written_tier3_event_fallback', reason: '_event is unreadable; rows counted from the log' };
  }
  return hasLoss ? { status: 'written_with_losses', reason: 'see damage' } : { status: 'written', reason: null };
}

export function skippedColumns(opened: OpenedSegment, written: Written | undefined): string[] {
  const total = written?.summary.rows ?? 0;
  const unusable = opened.unusable.map((column) => `${column.name}: type ${column.typeCode} can't be read`);
  const lost = [...(written?.lostCells ?? [])].map(([name, cells]) => `${name}: ${cells} of ${total} cells lost`);
  const { schemaFrom } = opened.plans.named;
  const substituted =
    schemaFrom === 'own' || schemaFrom === 'none' ? [] : [`tier 4: columns from ${SCHEMA_SOURCE_TEXT[schemaFrom]}`];
  return [...unusable, ...lost, ...substituted];
}
