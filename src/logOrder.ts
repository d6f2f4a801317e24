/** Log records of one segment name its events one after the other; a record that breaks the row is damaged. */
import { type Damage, damage } from './damage.js';
import type { LogRecord } from './txnlog.js';

export interface OrderedRecords {
  /** By segment, without the records that break the row. */
  readonly named: ReadonlyMap<string, readonly LogRecord[]>;
  /** The records that were taken out: what they name is not what was committed under their seqTxn. */
  readonly invalid: readonly LogRecord[];
  readonly damage: readonly Damage[];
}

/** True when record i is out of the row that the records around it make. */
function breaksRow(records: readonly LogRecord[], i: number): boolean {
  const [before, here, after] = [records[i - 1]?.segmentTxn, records[i]?.segmentTxn ?? 0, records[i + 1]?.segmentTxn];
  const followsOn = before === undefined || here === before + 1;
  if (followsOn)
    return after !== undefined && before === undefined && after <= here && records[i + 2]?.segmentTxn === after + 1;
  if (after === undefined) return here <= (before ?? -1);
  const neighboursAgree = before !== undefined && (after === before + 2 || after === before + 1);
  return neighboursAgree || here <= (before ?? -1);
}

/** Takes out the records that break the row of their segment; each is `txnlog_duplicate_record`. */
export function checkOrder(named: ReadonlyMap<string, readonly LogRecord[]>, path: string): OrderedRecords {
  const invalid: LogRecord[] = [];
  const found: Damage[] = [];
  const kept = new Map<string, readonly LogRecord[]>();
  for (const [key, records] of named) {
    const bad = new Set(records.filter((_, i) => breaksRow(records, i)));
    kept.set(key, bad.size === 0 ? records : records.filter((record) => !bad.has(record)));
    for (const record of bad) {
      invalid.push(record);
      const { seqTxn, walId, segmentId, segmentTxn } = record;
      found.push(
        damage('txnlog_duplicate_record', path, {
          seqTxn,
          walId,
          segmentId,
          segmentTxn,
          expected: 'records of a segment in a row',
        }),
      );
    }
  }
  return { named: kept, invalid, damage: found };
}
