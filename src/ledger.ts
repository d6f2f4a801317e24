/** What became of every transaction of a table: each seqTxn from 1 to maxTxn is in exactly one state. */
import type { SeqTxnRange } from './logRecord.js';

/** Every state, with its meaning. Symbols that the user dropped with their column are missing nowhere. */
export const LEDGER_STATES = {
  recovered: 'all rows and cells are in the output',
  recovered_in_part: 'rows, cells or provenance are missing from the output; the damage says which',
  filtered_out: 'left out because the options asked for it',
  applied_and_purged: 'applied by the table, its WAL removed in the ordinary way',
  log_part_purged: 'applied, its part of the log removed in the ordinary way; rows still on disk come out as unknown',
  empty: 'a transaction without rows',
  structural: 'a change of the columns or of the name',
  sql_event: 'a statement or another event without rows; see the SQL log',
  drop: 'the table was dropped',
  undecidable:
    'the log lost its record, or the watermark is lost: nobody can tell what it was or whether it was applied',
  lost: 'its rows or its statement are gone',
} as const;
export type LedgerState = keyof typeof LEDGER_STATES;

/** Consecutive transactions in one state; both ends included. */
export interface LedgerEntry extends SeqTxnRange {
  readonly state: LedgerState;
  /** `undefined` where nothing tells for one of them. */
  readonly rowsExpected: bigint | undefined;
  readonly rowsWritten: bigint;
}

/** States in which nothing is missing. */
const LOSSLESS: ReadonlySet<LedgerState> = new Set([
  'recovered',
  'filtered_out',
  'applied_and_purged',
  'log_part_purged',
  'empty',
  'structural',
  'sql_event',
  'drop',
]);

/** True when a transaction in this state has lost something. */
export const isLoss = (state: LedgerState): boolean => !LOSSLESS.has(state);

const add = (a: bigint | undefined, b: bigint | undefined): bigint | undefined =>
  a === undefined || b === undefined ? undefined : a + b;

/** Collects entries in any order, joining neighbours of one state as they come. */
export class LedgerBuilder {
  private readonly entries: LedgerEntry[] = [];

  add(entry: LedgerEntry): void {
    if (entry.from > entry.to) return;
    const last = this.entries.at(-1);
    if (last !== undefined && last.state === entry.state && last.to + 1n === entry.from)
      this.entries.splice(-1, 1, joined(last, entry));
    else this.entries.push(entry);
  }

  /** Sorted, joined and complete: what nobody added between 1 and `maxTxn` is `undecidable`. */
  build(maxTxn: bigint): readonly LedgerEntry[] {
    const complete = new LedgerBuilder();
    let next = 1n;
    for (const entry of [...this.entries].sort((a, b) => (a.from < b.from ? -1 : 1))) {
      complete.add({ from: next, to: entry.from - 1n, state: 'undecidable', rowsExpected: undefined, rowsWritten: 0n });
      complete.add(entry);
      next = entry.to + 1n;
    }
    complete.add({ from: next, to: maxTxn, state: 'undecidable', rowsExpected: undefined, rowsWritten: 0n });
    return complete.entries;
  }
}

const joined = (a: LedgerEntry, b: LedgerEntry): LedgerEntry => ({
  from: a.from,
  to: b.to,
  state: a.state,
  rowsExpected: add(a.rowsExpected, b.rowsExpected),
  rowsWritten: a.rowsWritten + b.rowsWritten,
});

/** An entry of one transaction. */
export const ledgerEntry = (
  seqTxn: bigint,
  state: LedgerState,
  rowsExpected: number | undefined,
  rowsWritten: number,
): LedgerEntry => ({
  from: seqTxn,
  to: seqTxn,
  state,
  rowsExpected: rowsExpected === undefined ? undefined : BigInt(rowsExpected),
  rowsWritten: BigInt(rowsWritten),
});
