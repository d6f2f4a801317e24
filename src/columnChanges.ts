/**
 * The changes of a table's columns that its log has, against those that the sequencer's own files come to. The server writes these
 * before the log, so that a crash leaves no more in the log than in them, and one less at most.
 */
import { greatest } from './bigints.js';
import { type Damage, damage } from './damage.js';
import { join, TABLE_FILES } from './files.js';
import type { LogRecord } from './logRecord.js';
import type { Schema } from './schema.js';
import { sameSchema } from './schemaChoice.js';
import type { Source } from './source/source.js';
import type { TxnLogSummary } from './txnlog.js';
import { readStoredMaxTxn } from './txnlogLayout.js';

/** Changes that a crash can leave between the sequencer's columns and its log. */
const MAX_CRASH_CHANGES = 1n;

export interface CheckedChanges {
  /** The log's changes, but for those that the table never had. */
  readonly known: readonly LogRecord[];
  readonly strange: readonly LogRecord[];
  /** True when the log has lost records after its last one. */
  readonly endIsLost: boolean;
  readonly damage: readonly Damage[];
}

/** How many changes the sequencer's columns come to, if the structural changes lead to the same columns. */
function provenChanges(sequencer: Schema | undefined, replayed: readonly Schema[]): bigint | undefined {
  if (sequencer === undefined) return undefined;
  const same = replayed[Number(sequencer.structureVersion)];
  return same !== undefined && sameSchema(same, sequencer) ? sequencer.structureVersion : undefined;
}

/**
 * Checks the `changes` of a log. Damage: `txnlog_record_missing` where it comes to fewer than a crash leaves, unless it has grown
 * since it was read, on a live server; `txnlog_record_invalid` for each that the table never had.
 */
export function checkChanges(
  source: Source,
  tableDir: string,
  log: TxnLogSummary,
  changes: readonly LogRecord[],
  sequencer: Schema | undefined,
  replayed: readonly Schema[],
): CheckedChanges {
  const proven = provenChanges(sequencer, replayed);
  if (proven === undefined) return { known: changes, strange: [], endIsLost: log.status === 'error', damage: [] };
  const path = join(tableDir, TABLE_FILES.txnlog);
  const most = greatest(proven, BigInt(replayed.length - 1));
  // Of one that has only its number damaged, or is there twice, the table had as many.
  const strange = changes.filter(({ structureVersion }, i) => BigInt(i) >= most && structureVersion > most);
  const found = strange.map(({ seqTxn, structureVersion }) =>
    damage('txnlog_record_invalid', path, {
      seqTxn,
      expected: `one of ${most} changes of the columns`,
      actual: `number ${structureVersion}`,
    }),
  );
  const reached = log.maxStructureVersion ?? (log.maxTxn === 0n ? 0n : undefined);
  const isShort =
    log.status !== 'error' &&
    reached !== undefined &&
    proven > reached + MAX_CRASH_CHANGES &&
    (readStoredMaxTxn(source, tableDir) ?? 0n) <= log.maxTxn;
  if (isShort) {
    const detail = {
      expected: `changes of the columns up to structureVersion ${proven}`,
      actual: `${reached} at its end, seqTxn ${log.maxTxn}`,
    };
    found.push(damage('txnlog_record_missing', path, detail));
  }
  const known = strange.length === 0 ? changes : changes.filter((change) => !strange.includes(change));
  return { known, strange, endIsLost: log.status === 'error' || isShort, damage: found };
}
