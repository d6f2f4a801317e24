/**
 * What can be had from a part of a segment: a pure function from evidence to a plan that names its sources. The seed tool's
 * tiers are labels of such plans. A part is the transactions that the log names, or those that it doesn't.
 */
import type { SchemaSource } from './schemaChoice.js';

/** What was found. */
export interface Evidence {
  /** The log names these transactions; else only their place on disk tells that they are there. */
  readonly namedByLog: boolean;
  /** The log has row counts: it is a V2 log. */
  readonly logHasRowCounts: boolean;
  /** `whole`: every record asked for reads; `partial`: some; `none`: no record at all. */
  readonly event: 'whole' | 'partial' | 'none';
  readonly schema: SchemaSource;
}

/** Statuses of segments that give no file because of what is damaged. */
export type SkipStatus = 'skipped_event_unreadable_no_row_count' | 'skipped_reader_open_failed';

/** Where each thing comes from. */
export interface Plan {
  readonly segmentsFrom: 'txnlog' | 'directory';
  /** `event+neighbours`: a lost record's rows are those between its neighbours', where both are known. */
  readonly rowCountFrom: 'event' | 'event+txnlog' | 'event+neighbours' | 'txnlog' | 'none';
  readonly schemaFrom: SchemaSource;
  readonly symbolsFrom: 'base+event' | 'base';
  /** The seed tool's labels: 1 when nothing is damaged, else all that apply of 2 (no log), 3 (no event), 4 (no own schema). */
  readonly tiers: readonly number[];
  /** Set when no row can be had. */
  readonly skip?: SkipStatus;
}

function rowCountFrom({ event, namedByLog, logHasRowCounts }: Evidence): Plan['rowCountFrom'] {
  const logTells = namedByLog && logHasRowCounts;
  if (event === 'whole') return 'event';
  if (event === 'none') return logTells ? 'txnlog' : 'none';
  return logTells ? 'event+txnlog' : 'event+neighbours';
}

/** The plan for one part of a segment; total over all evidence. */
export function planFor(evidence: Evidence): Plan {
  const segmentsFrom = evidence.namedByLog ? 'txnlog' : 'directory';
  const rows = rowCountFrom(evidence);
  const below = [
    ...(segmentsFrom === 'directory' ? [2] : []),
    ...(rows === 'event' ? [] : [3]),
    ...(evidence.schema === 'own' ? [] : [4]),
  ];
  const skip: SkipStatus | undefined =
    rows === 'none'
      ? 'skipped_event_unreadable_no_row_count'
      : evidence.schema === 'none'
        ? 'skipped_reader_open_failed'
        : undefined;
  return {
    segmentsFrom,
    rowCountFrom: rows,
    schemaFrom: evidence.schema,
    symbolsFrom: evidence.event === 'none' ? 'base' : 'base+event',
    tiers: below.length === 0 ? [1] : below,
    ...(skip === undefined ? {} : { skip }),
  };
}

/** Tiers of the parts that gave rows, as the suffix of the file's name has them: `__tier2` in place of the seqTxn range, `__tier3`. */
export function tierSuffix(tiers: ReadonlySet<number>, seqTxnRange: string): string {
  return `${tiers.has(2) ? '__tier2' : seqTxnRange}${tiers.has(3) ? '__tier3' : ''}`;
}
