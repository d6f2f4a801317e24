/** What a plan keeps of a table's log while it is walked. */
import { greatest } from './bigints.js';
import { isMissing, segmentFolder } from './files.js';
import { LOG_KIND, type LogRecord } from './logRecord.js';
import { type SegmentId, segmentKey } from './segmentTask.js';
import type { Source } from './source/source.js';

/** A change of a table's structure, as the log has it. */
export interface StructuralChange {
  readonly seqTxn: bigint;
  /** µs UTC. */
  readonly commitTimestamp: bigint;
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

/**
 * Whether a segment's folder is there, looked at once, when the log first names it: a segment is on disk before the log
 * names it, and is removed only once it is applied.
 */
export function segmentLookup(source: Source, tableDir: string): (segment: SegmentId) => boolean {
  const known = new Map<string, boolean>();
  return (segment) => {
    const key = segmentKey(segment);
    const seen = known.get(key);
    if (seen !== undefined) return seen;
    const isThere = !isMissing(source, segmentFolder(tableDir, segment.walId, segment.segmentId));
    known.set(key, isThere);
    return isThere;
  };
}

/** Collects what the log says while it is walked. Records of segments that are gone are kept only as sums. */
export function logCollector(isOnDisk: (segment: SegmentId) => boolean) {
  const named = new Map<string, LogRecord[]>();
  const gone = new Map<string, { -readonly [K in keyof Omit<AbsentSegment, 'purged'>]: AbsentSegment[K] }>();
  const goneRecords: { readonly key: string; readonly from: bigint; to: bigint; rows: bigint | undefined }[] = [];
  const structuralChanges: StructuralChange[] = [];
  let dropTxn: bigint | undefined;

  const addGone = (key: string, record: LogRecord): void => {
    const { seqTxn, commitTimestampUs: commit, walId, segmentId, segmentTxn, structureVersion } = record;
    const known = gone.get(key);
    if (known === undefined) {
      const first = { firstSeqTxn: seqTxn, lastSeqTxn: seqTxn, firstCommitTs: commit, lastCommitTs: commit };
      gone.set(key, { walId, segmentId, txnCount: 1, ...first, lastSegmentTxn: segmentTxn, structureVersion });
    } else {
      known.txnCount += 1;
      known.lastSeqTxn = seqTxn;
      known.lastCommitTs = greatest(commit, known.lastCommitTs);
      known.lastSegmentTxn = Math.max(known.lastSegmentTxn, segmentTxn);
    }
    const last = goneRecords.at(-1);
    const rows = record.extent?.rowCount;
    if (last !== undefined && last.key === key && last.to + 1n === seqTxn) {
      last.to = seqTxn;
      last.rows = last.rows === undefined || rows === undefined ? undefined : last.rows + rows;
    } else goneRecords.push({ key, from: seqTxn, to: seqTxn, rows });
  };

  return {
    named,
    gone,
    goneRecords,
    structuralChanges,
    dropTxn: () => dropTxn,
    /** Told, after the walk, which segments were listed: what a live server removed meanwhile is gone like the rest. */
    settle: (listed: readonly SegmentId[], isStillOnDisk: (segment: SegmentId) => boolean): void => {
      const present = new Set(listed.map(segmentKey));
      for (const [key, records] of [...named]) {
        const [first] = records;
        if (present.has(key) || first === undefined || isStillOnDisk(first)) continue;
        named.delete(key);
        for (const record of records) addGone(key, record);
      }
    },
    visit: (record: LogRecord): void => {
      const key = segmentKey(record);
      if (record.walId === LOG_KIND.structural)
        structuralChanges.push({ seqTxn: record.seqTxn, commitTimestamp: record.commitTimestampUs });
      else if (record.walId === LOG_KIND.drop) dropTxn = record.seqTxn;
      else if (isOnDisk(record)) {
        const list = named.get(key);
        if (list === undefined) named.set(key, [record]);
        else list.push(record);
      } else addGone(key, record);
    },
  };
}

export type CollectedLog = ReturnType<typeof logCollector>;
