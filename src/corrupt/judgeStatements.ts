/** Events without rows: each statement is as it was, or named as lost. */
import { segmentFolder } from '../files.js';
import { isLoss } from '../ledger.js';
import type { Source } from '../source/source.js';
import type { Findings } from './finding.js';
import { entryOf } from './judgeLedger.js';
import type { TableRun } from './system.js';
import type { TableTouch } from './touchMap.js';
import { isLossOfLog, isRemoved } from './traces.js';
import type { TableTruth } from './truth.js';

/** Compares the statements of a table with those of the undamaged one. */
export function checkStatements(
  truth: TableTruth,
  run: TableRun,
  touch: TableTouch | undefined,
  damaged: Source,
  findings: Findings,
): void {
  const statements = run.result.segments.flatMap((segment) => segment.statements);
  const listed = run.result.segments.flatMap((segment) => segment.unnamedRecords);
  for (const expected of truth.run.result.segments.flatMap((segment) => segment.statements)) {
    const isSame = (one: { walId: number; segmentId: number; segmentTxn: number }): boolean =>
      one.walId === expected.walId && one.segmentId === expected.segmentId && one.segmentTxn === expected.segmentTxn;
    const actual = statements.find(isSame);
    const folder = segmentFolder(run.folder.dirName, expected.walId, expected.segmentId);
    const place = `${folder}, segmentTxn ${expected.segmentTxn}, seqTxn ${expected.seqTxn}`;
    const isTouched = touch?.segments.get(folder)?.records.has(expected.segmentTxn) === true;
    if (actual === undefined) {
      const state = entryOf(run.result.ledger, expected.seqTxn)?.state;
      // Past what the log now says its own loss is all that can be told, once the record is gone too.
      const hasNoTrace =
        state === undefined && run.result.damage.some(isLossOfLog) && (isTouched || isRemoved(damaged, folder));
      const isSaid = state !== undefined && (isLoss(state) || state.endsWith('_purged'));
      const isNamed = isSaid || hasNoTrace || listed.some(isSame);
      if (!isNamed) findings.add('nothing_silent', 'a statement is missing without a word', place);
    } else if (actual.error === null && !isTouched && (actual.sql !== expected.sql || actual.type !== expected.type))
      findings.add('no_wrong_data', 'a wrong statement', `${place}: ${actual.type} ${actual.sql}`);
  }
}
