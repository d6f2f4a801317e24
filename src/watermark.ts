/** How far a table has applied its log: `_txn`, read as QuestDB's `TxReader` reads it. */
import { Txn } from '../generated/Txn.js';
import { Upgrade } from '../generated/Upgrade.js';
import { cause, damage, type Result } from './damage.js';
import { isMissing, join, ROOT_FILES, readWhole, readWholeIfThere, TABLE_FILES, untilSound } from './files.js';
import { parseLean, sizeOf } from './kaitai/parse.js';
import type { Source } from './source/source.js';

/** What `_txn` says of the log. */
export interface Watermark {
  /** Transactions up to this one are in the table and visible. */
  readonly seqTxn: bigint;
  /** Transactions after `seqTxn` that lie in the lag: applied in name, invisible to readers. Never negative. */
  readonly lagTxnCount: number;
  /** `seqTxn + lagTxnCount`, QuestDB's `getAppliedSeqTxn`. */
  readonly appliedSeqTxn: bigint;
  /** False when the last commit of `_txn` is damaged and this is the one before: later transactions may be applied too. */
  readonly exact: boolean;
  /** Symbols of the table per live symbol column, in slot order. */
  readonly symbolCounts: readonly number[];
  /** Of `_cv` at the same commit. */
  readonly columnVersion: bigint;
  /** At least the structureVersion of the last transaction that is applied; equal to it from 7.2.1 on. */
  readonly maxStructureVersion: bigint;
}

/** Where a row's transaction stands against the table. */
export type RecoveryStatus = 'unapplied' | 'applied_unpurged' | 'in_lag' | 'unknown';

/** The status of the rows of `seqTxn`; `unknown` where either is not known. */
export function recoveryStatus(watermark: Watermark | undefined, seqTxn: bigint | undefined): RecoveryStatus {
  if (watermark === undefined || seqTxn === undefined) return 'unknown';
  if (seqTxn <= watermark.seqTxn) return 'applied_unpurged';
  if (!watermark.exact) return 'unknown';
  return seqTxn <= watermark.appliedSeqTxn ? 'in_lag' : 'unapplied';
}

const i64 = (value: bigint): bigint => BigInt.asIntN(64, value);

/** `TableUtils.calculateTxnLagChecksum`, in the form that a given lag transaction count gives. */
function lagChecksum(record: Txn.TxnRecord, lagTxnCount: number): number {
  const { lagMinTimestamp, lagMaxTimestamp, txn, seqTxn, lagRowCount } = record;
  let sum = i64(lagMinTimestamp);
  for (const part of [lagMaxTimestamp, txn, seqTxn, BigInt(lagRowCount), BigInt(lagTxnCount)])
    sum = i64(31n * sum + part);
  return Number(BigInt.asIntN(32, sum ^ (BigInt.asUintN(64, sum) >> 32n)));
}

/** All lag fields zero: a record of 7.0.1, which has none of them. */
function hasNoLagFields(record: Txn.TxnRecord): boolean {
  const { lagChecksum: checksum, lagTxnCount, lagRowCount, lagMinTimestamp, lagMaxTimestamp } = record;
  return checksum === 0 && lagTxnCount === 0 && lagRowCount === 0 && lagMinTimestamp === 0n && lagMaxTimestamp === 0n;
}

/**
 * Lag transactions of a record; `undefined` when its checksum matches no form, so that its seqTxn can't be trusted either.
 * The count enters the checksum signed in the writer's fast path and as an absolute value in the other; conversions leave
 * a checksum over the count 0 whose upper half runs into the count (`resetLagAppliedRows`).
 */
function lagTxnCountOf(record: Txn.TxnRecord): number | undefined {
  if (hasNoLagFields(record)) return 0;
  const count = Math.abs(record.lagTxnCount);
  if ([record.lagTxnCount, count].some((form) => lagChecksum(record, form) === record.lagChecksum)) return count;
  return count <= 1 && lagChecksum(record, 0) === record.lagChecksum ? 0 : undefined;
}

/** What `_upgrade.d` has first in every release that keeps one. */
const TABLE_VERSION = 426;

/**
 * False for tables of releases before the lag (7.0.1): the bytes of its fields are reserved there and hold what an earlier
 * record left (`Mig702` clears them). Those releases keep no initial `_meta`, and `_upgrade.d` knows of no migration.
 */
function mayHaveLag(source: Source, tableDir: string): boolean {
  if (!isMissing(source, join(tableDir, TABLE_FILES.initialMeta))) return true;
  const whole = readWhole(source, ROOT_FILES.upgrade);
  const upgrade = whole.value === undefined ? undefined : parseLean(Upgrade, whole.value);
  const isReadable = upgrade?.failure === undefined && upgrade?.value.tableVersion === TABLE_VERSION;
  return isReadable && upgrade.value.migrationVersion !== 0;
}

/** The upper half of the field where it is set (a bit stands for 0), else the lower: in 7.0.1 there is only a count of changes. */
function structureVersionOf(record: Txn.TxnRecord): bigint {
  const [high, low] = [BigInt.asIntN(32, record.structureVersion >> 32n), BigInt.asUintN(32, record.structureVersion)];
  if (high === 0n) return low;
  return high < 0n ? 0n : high;
}

type Attempt = { readonly value: Watermark } | { readonly problem: string; readonly byteOffset: number };

/** The watermark that the record of an area gives, if the record is whole and carries `version`; else why not. */
function readArea(bytes: Uint8Array, area: Txn.Area, version: bigint, hasLag: () => boolean): Attempt {
  const { ofsRecord, lenSymbols, lenPartitions } = area;
  if (ofsRecord < sizeOf(Txn) || ofsRecord > bytes.length)
    return { problem: `a record at byte ${ofsRecord}`, byteOffset: 0 };
  const parsed = parseLean(Txn.TxnRecord, bytes.subarray(ofsRecord), lenSymbols, lenPartitions);
  if (parsed.failure !== undefined)
    return { problem: parsed.failure.message, byteOffset: ofsRecord + parsed.failure.byteOffset };
  const record = parsed.value;
  if (record.txn !== version) return { problem: `transaction ${record.txn}, not ${version}`, byteOffset: ofsRecord };
  if (record.seqTxn < 0n) return { problem: `seqTxn ${record.seqTxn}`, byteOffset: ofsRecord };
  const lagTxnCount = lagTxnCountOf(record) ?? (hasLag() ? undefined : 0);
  if (lagTxnCount === undefined) return { problem: `lag checksum ${record.lagChecksum}`, byteOffset: ofsRecord };
  const { seqTxn, columnVersion } = record;
  return {
    value: {
      seqTxn,
      lagTxnCount,
      appliedSeqTxn: seqTxn + BigInt(lagTxnCount),
      exact: true,
      symbolCounts: record.symbols.map((symbol) => symbol.count),
      columnVersion,
      maxStructureVersion: structureVersionOf(record),
    },
  };
}

/**
 * The watermark of a table, `undefined` when it can't be known. Damage: `txn_missing`, `txn_unreadable`; where only the
 * commit before the damaged last one still reads, the watermark is inexact and `txn_previous_version_used` says so.
 */
export function readWatermark(source: Source, tableDir: string): Result<Watermark | undefined> {
  return untilSound(() => readOnce(source, tableDir));
}

function readOnce(source: Source, tableDir: string): Result<Watermark | undefined> {
  const path = join(tableDir, TABLE_FILES.txn);
  const whole = readWholeIfThere(source, path);
  if (whole === undefined) return { value: undefined, damage: [damage('txn_missing', path)] };
  if (whole.damage !== undefined)
    return { value: undefined, damage: [damage('txn_unreadable', path, cause(whole.damage))] };
  const header = parseLean(Txn, whole.value);
  if (header.failure !== undefined) {
    const { byteOffset, message } = header.failure;
    return { value: undefined, damage: [damage('txn_unreadable', path, { byteOffset, actual: message })] };
  }
  const { version, areaA, areaB } = header.value;
  const [current, previous] = version % 2n === 0n ? [areaA, areaB] : [areaB, areaA];
  const hasLag = (): boolean => mayHaveLag(source, tableDir);
  const now = readArea(whole.value, current, version, hasLag);
  if ('value' in now) return { value: now.value, damage: [] };
  const unreadable = damage('txn_unreadable', path, { byteOffset: now.byteOffset, actual: now.problem });
  const before = readArea(whole.value, previous, version - 1n, hasLag);
  if (!('value' in before)) return { value: undefined, damage: [unreadable] };
  const used = damage('txn_previous_version_used', path, {
    actual: `the commit before, seqTxn ${before.value.seqTxn}`,
  });
  return { value: { ...before.value, exact: false }, damage: [unreadable, used] };
}
