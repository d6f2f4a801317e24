/** Segments that the log names and that are not on disk. Of their records only runs are kept: there may be millions. */
import { greatest } from './bigints.js';
import type { NamedRun } from './freePlaces.js';
import type { LogRecord, SeqTxnRange } from './logRecord.js';
import type { SegmentId } from './segmentTask.js';

/** Records of such a segment, of which each has the number after the one before. */
export interface GoneRun extends NamedRun {
  last: LogRecord;
  /** µs UTC. */
  lastCommitTs: bigint;
}

/** Those of a run that are one after the other in the log too. */
export interface GoneRange extends SeqTxnRange {
  readonly run: GoneRun;
  to: bigint;
  /** `undefined` when the log has no row counts. */
  rows: bigint | undefined;
}

/** A segment that the log names and that is not on disk. */
export interface AbsentSegment extends SegmentId {
  readonly txnCount: number;
  readonly firstSeqTxn: bigint;
  readonly lastSeqTxn: bigint;
  readonly firstCommitTs: bigint;
  readonly lastCommitTs: bigint;
  readonly lastSegmentTxn: number;
  readonly structureVersion: bigint;
  /** True when the table has applied all of it: it was removed in the ordinary way. */
  readonly purged: boolean;
}

/** Ranges without those that are one of the `records`, alone in its run. */
export function withoutRecords(ranges: readonly GoneRange[], records: readonly LogRecord[]): readonly GoneRange[] {
  const taken = new Set(records);
  return ranges.filter(({ run }) => run.first !== run.last || !taken.has(run.first));
}

/** What its runs, of which there is one at least, say of the segment. */
export function absentSegment(runs: readonly GoneRun[]): Omit<AbsentSegment, 'purged'> {
  const [{ first }, last] = [runs[0], runs.at(-1)] as [GoneRun, GoneRun];
  return {
    walId: first.walId,
    segmentId: first.segmentId,
    txnCount: runs.reduce((sum, run) => sum + run.last.segmentTxn - run.first.segmentTxn + 1, 0),
    firstSeqTxn: first.seqTxn,
    lastSeqTxn: last.last.seqTxn,
    firstCommitTs: first.commitTimestampUs,
    lastCommitTs: runs.reduce((latest, run) => greatest(latest, run.lastCommitTs), first.commitTimestampUs),
    lastSegmentTxn: runs.reduce((most, run) => Math.max(most, run.last.segmentTxn), -1),
    structureVersion: first.structureVersion,
  };
}
