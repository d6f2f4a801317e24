/** What a plan keeps of a table's log while it is walked. */
import type { GoneRange, GoneRun } from './absentSegments.js';
import { greatest } from './bigints.js';
import { isMissing, segmentFolder } from './files.js';
import { LOG_KIND, type LogRecord } from './logRecord.js';
import { type SegmentId, segmentKey } from './segmentTask.js';
import type { Source } from './source/source.js';

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

/** Collects what the log says while it is walked. Records of segments that are gone are kept as runs only. */
export function logCollector(isOnDisk: (segment: SegmentId) => boolean) {
  const named = new Map<string, LogRecord[]>();
  const gone = new Map<string, GoneRun[]>();
  const goneRanges: GoneRange[] = [];
  const structuralChanges: LogRecord[] = [];
  let dropTxn: bigint | undefined;

  const addGone = (key: string, record: LogRecord): void => {
    const { seqTxn, commitTimestampUs: commit } = record;
    const runs = gone.get(key);
    let run = runs?.at(-1);
    if (run !== undefined && record.segmentTxn === run.last.segmentTxn + 1) {
      run.last = record;
      run.lastCommitTs = greatest(commit, run.lastCommitTs);
    } else {
      run = { first: record, last: record, lastCommitTs: commit };
      if (runs === undefined) gone.set(key, [run]);
      else runs.push(run);
    }
    const range = goneRanges.at(-1);
    const rows = record.extent?.rowCount;
    if (range !== undefined && range.run === run && range.to + 1n === seqTxn) {
      range.to = seqTxn;
      range.rows = range.rows === undefined || rows === undefined ? undefined : range.rows + rows;
    } else goneRanges.push({ run, from: seqTxn, to: seqTxn, rows });
  };

  return {
    named,
    gone,
    goneRanges,
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
      if (record.walId === LOG_KIND.structural) structuralChanges.push(record);
      else if (record.walId === LOG_KIND.drop) dropTxn = record.seqTxn;
      else if (isOnDisk(record)) {
        const list = named.get(key);
        if (list === undefined) named.set(key, [record]);
        else list.push(record);
      } else addGone(key, record);
    },
  };
}
