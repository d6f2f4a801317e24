/**
 * Log records in the sequence in which they were committed. Two records in each other's place show in their commit times, a
 * record written twice in being the same: both can be undone, since what a record holds does not depend on its place.
 */
import { type Damage, damage } from './damage.js';
import { LOG_KIND, type LogRecord } from './logRecord.js';

/** Records that are looked ahead: two that were exchanged are found up to this far apart. */
const LOOK_AHEAD = 256;

export interface LogSequence {
  /** Takes the next record that is there. */
  push(record: LogRecord): void;
  /** Gives out what is held back. */
  flush(): void;
  /** Records that were found to be surplus copies: as many more lie past the log's end. */
  surplus(): number;
}

const isSame = (a: LogRecord, b: LogRecord): boolean =>
  a.walId === b.walId &&
  a.segmentId === b.segmentId &&
  a.segmentTxn === b.segmentTxn &&
  a.commitTimestampUs === b.commitTimestampUs;

/** What a record holds, under another one's seqTxn. */
const under = (seqTxn: bigint, record: LogRecord): LogRecord => ({ ...record, seqTxn });

const isRising = (values: readonly bigint[], least: bigint): boolean =>
  values.every((value, i) => value >= (i === 0 ? least : (values[i - 1] ?? 0n)));

/**
 * Where the record is that stands in the place of the first, if exchanging the two puts commit times and structure versions in
 * order from the record before to the first that is not before the first's own time. Neither one damaged time nor a clock
 * that was set back leaves such a pair, unless the two are neighbours: those are left as they are.
 */
function exchangedWith(ahead: readonly LogRecord[], previousUs: bigint): number | undefined {
  const firstUs = ahead[0]?.commitTimestampUs ?? 0n;
  const found = ahead.findIndex((record, i) => i > 0 && record.commitTimestampUs >= firstUs);
  const end = found < 0 ? ahead.length : found;
  const last = end - 1;
  const stretch = ahead.slice(0, end);
  const [first, other] = [stretch[0], stretch[last]];
  if (first === undefined || other === undefined || last < 1) return undefined;
  if (last === 1 && first.structureVersion <= other.structureVersion) return undefined;
  stretch[0] = other;
  stretch[last] = first;
  const times = stretch.map((record) => record.commitTimestampUs);
  const versions = stretch.map((record) => record.structureVersion);
  return isRising(times, previousUs) && isRising(versions, 0n) ? last : undefined;
}

/** True when the copy of a record pushed all after it one place on: its segment goes on without a gap. */
function isInserted(copy: LogRecord, after: readonly LogRecord[]): boolean {
  const next = after.find((record) => record.walId === copy.walId && record.segmentId === copy.segmentId);
  return next !== undefined && next.segmentTxn === copy.segmentTxn + 1;
}

/**
 * Puts records in sequence and gives them to `emit`; `report` hears of each that was moved or was a copy. `beyond` records lie
 * past the log's end: no more copies than that have pushed the others on.
 */
export function logSequence(
  path: string,
  beyond: number,
  emit: (record: LogRecord) => void,
  report: (found: Damage) => void,
): LogSequence {
  let ahead: LogRecord[] = [];
  let surplus = 0;
  let previousUs = 0n;
  /** The structureVersion that the last structural change has led to. */
  let inForce = 0n;

  /** The sequencer refuses commits of any other structureVersion: one below that of the change before it and of the record behind it is damaged. */
  const withVersion = (record: LogRecord): LogRecord => {
    const { seqTxn, walId, structureVersion } = record;
    if (walId === LOG_KIND.structural) inForce = structureVersion;
    const behind = ahead[0]?.structureVersion;
    if (structureVersion >= inForce || behind === undefined || behind < inForce) return record;
    const detail = { expected: `structureVersion ${inForce}`, actual: String(structureVersion) };
    report(damage('txnlog_record_invalid', path, { seqTxn, ...detail, severity: 'repaired' }));
    return { ...record, structureVersion: inForce };
  };

  const tell = (
    { seqTxn, walId, segmentId, segmentTxn }: LogRecord,
    actual: string,
    severity: 'loss' | 'repaired',
  ): void =>
    report(damage('txnlog_duplicate_record', path, { seqTxn, walId, segmentId, segmentTxn, actual, severity }));

  const dropCopy = (): void => {
    const first = ahead[0];
    const copy = ahead[1];
    if (first === undefined || copy === undefined || first.walId <= 0 || !isSame(first, copy)) return;
    const after = ahead.slice(2);
    const inserted = surplus < beyond && isInserted(copy, after);
    tell(copy, 'the record before it once more', inserted ? 'repaired' : 'loss');
    ahead = [first, ...(inserted ? after.map((record) => under(record.seqTxn - 1n, record)) : after)];
    if (inserted) surplus += 1;
  };

  const undoExchange = (): void => {
    const first = ahead[0];
    const second = ahead[1];
    if (first === undefined || second === undefined || first.commitTimestampUs <= second.commitTimestampUs) return;
    const other = exchangedWith(ahead, previousUs);
    const record = other === undefined ? undefined : ahead[other];
    if (other === undefined || record === undefined) return;
    ahead[0] = under(first.seqTxn, record);
    ahead[other] = under(record.seqTxn, first);
    for (const moved of [ahead[0], under(record.seqTxn, first)]) tell(moved, 'in the place of another', 'repaired');
  };

  const settle = (): void => {
    dropCopy();
    undoExchange();
    const record = ahead.shift();
    if (record === undefined) return;
    previousUs = record.commitTimestampUs;
    emit(withVersion(record));
  };

  return {
    push: (record) => {
      ahead.push(surplus === 0 ? record : under(record.seqTxn - BigInt(surplus), record));
      if (ahead.length > LOOK_AHEAD) settle();
    },
    flush: () => {
      while (ahead.length > 0) settle();
    },
    surplus: () => surplus,
  };
}
