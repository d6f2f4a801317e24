/** The ledger of a table against the files beside it, and against what was there before the damage. */
import { isLoss, type LedgerEntry } from '../ledger.js';
import type { Findings } from './finding.js';
import type { TableRun } from './system.js';
import type { TableTouch } from './touchMap.js';
import type { TableTruth } from './truth.js';

/** The entry that a transaction is in. */
export function entryOf(ledger: readonly LedgerEntry[], seqTxn: bigint): LedgerEntry | undefined {
  return ledger.find(({ from, to }) => from <= seqTxn && seqTxn <= to);
}

/** Each transaction in one entry, and no entry of more rows than it can have. */
function checkEntries(run: TableRun, findings: Findings): void {
  const { ledger, dirName } = run.result;
  let next = 1n;
  for (const { from, to, state, rowsExpected, rowsWritten } of ledger) {
    const place = `${dirName}, seqTxn ${from} to ${to}`;
    if (from !== next || to < from)
      findings.add('conservation', 'the ledger is not complete, or an entry overlaps', place);
    next = to + 1n;
    if (rowsExpected === undefined) continue;
    if (rowsWritten > rowsExpected)
      findings.add(
        'conservation',
        `more rows written than expected, ${state}`,
        `${place}: ${rowsWritten} of ${rowsExpected}`,
      );
    if (state === 'recovered' && rowsWritten !== rowsExpected)
      findings.add('conservation', 'recovered, but not all rows', `${place}: ${rowsWritten} of ${rowsExpected}`);
  }
}

const sum = (counts: Iterable<bigint>): bigint => [...counts].reduce((total, count) => total + count, 0n);

/** Rows of the files against those of the ledger: in all, and for each entry those that say their transaction. */
export function checkLedger(run: TableRun, rowsBySeqTxn: ReadonlyMap<bigint | null, number>, findings: Findings): void {
  checkEntries(run, findings);
  const { ledger, segments, dirName } = run.result;
  const written = sum([...rowsBySeqTxn.values()].map(BigInt));
  const attributed = sum(ledger.map(({ rowsWritten }) => rowsWritten));
  const unattributed = sum(segments.map((segment) => BigInt(segment.unattributedRows)));
  if (written !== attributed + unattributed) {
    const place = `${dirName}: ${written} in the files, ${attributed} in the ledger and ${unattributed} of no transaction`;
    findings.add('conservation', 'the rows of the ledger are not those of the files', place);
  }
  const inEntries = new Map<LedgerEntry, bigint>();
  for (const [seqTxn, rows] of rowsBySeqTxn) {
    if (seqTxn === null) continue;
    const entry = entryOf(ledger, seqTxn);
    if (entry === undefined)
      findings.add('conservation', 'rows of a transaction past maxTxn', `${dirName}, seqTxn ${seqTxn}`);
    else inEntries.set(entry, (inEntries.get(entry) ?? 0n) + BigInt(rows));
  }
  for (const [entry, rows] of inEntries)
    if (rows > entry.rowsWritten)
      findings.add(
        'conservation',
        `more rows in the files than in the ledger, ${entry.state}`,
        `${dirName}, seqTxn ${entry.from}`,
      );
}

/** What a transaction may have become without a word, besides what it was. */
const QUIET: Readonly<Record<string, readonly string[]>> = {
  recovered: ['applied_and_purged', 'log_part_purged'],
  empty: ['applied_and_purged', 'log_part_purged'],
  sql_event: ['applied_and_purged', 'log_part_purged'],
  structural: ['log_part_purged'],
};

/**
 * Every transaction is in the state it was in, or in one that names a loss, or was removed as a server removes it. Those whose
 * own record in the log is other now may be what that says; their rows and statements are looked for one by one.
 */
export function checkStates(truth: TableTruth, run: TableRun, touch: TableTouch | undefined, findings: Findings): void {
  const { watermark, dropped } = truth.plan;
  for (const { from, to, state: before } of truth.run.result.ledger) {
    for (let seqTxn = from; seqTxn <= to; seqTxn++) {
      const after = entryOf(run.result.ledger, seqTxn)?.state;
      if (after === undefined || after === before || isLoss(after) || isLoss(before)) continue;
      if (touch?.txns.has(seqTxn) === true) continue;
      const mayBePurged = dropped || (watermark !== undefined && seqTxn <= watermark.seqTxn);
      if (mayBePurged && QUIET[before]?.includes(after)) continue;
      findings.add(
        'nothing_silent',
        `a transaction ${before} is ${after} now`,
        `${run.result.dirName}, seqTxn ${seqTxn}`,
      );
    }
  }
}
