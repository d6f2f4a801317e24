/** The sequencer's log, `_txnlog` V1 and V2, and its parts. */
import { Txnlog } from '../../../generated/Txnlog.js';
import { TxnlogMeta } from '../../../generated/TxnlogMeta.js';
import { TxnlogMetaIndex } from '../../../generated/TxnlogMetaIndex.js';
import type { Damage } from '../../damage.js';
import { join, TABLE_FILES, withFile } from '../../files.js';
import { parse, sizeOf } from '../../kaitai/parse.js';
import type { GeneratedType } from '../../kaitai/types.js';
import { readStructureLog } from '../../structureLog.js';
import { walkTxnLog } from '../../txnlog.js';
import { addProblem, type Env } from '../env.js';
import { summarize } from '../explain.js';
import { type Field, problemOf } from '../field.js';
import { fill, firstNonZero, lastNonZero, preallocated, STALE, withGaps } from '../fill.js';
import { headerFields, parseAt, typeOf } from '../node.js';
import { aliasedSource, boundedSource } from '../sources.js';
import { counted } from '../told.js';
import { type Indexes, int64List, int64sAt, type KindFields, recordList } from './kind.js';
import { wholeFields } from './whole.js';

type RecordType = typeof Txnlog.RecordV1 | typeof Txnlog.RecordV2;
type AnyRecord = Txnlog.RecordV1 | Txnlog.RecordV2;

/** Name under which a file that is nowhere in a table is given to the steps of the export. */
const TABLE = 'table';
/** Records past the last committed one that are shown: a crash leaves one. */
const MAX_UNCOMMITTED = 64;

const TAIL = preallocated(['stale', 'behind the last committed record: never committed']);

/** What the export finds wrong with this file. */
function addLogDamage(env: Env, damage: readonly Damage[], path: string, recordBytes: number): void {
  for (const one of damage.filter((each) => each.file === path)) {
    const problem = problemOf(one, path, one.code === 'txnlog_record_invalid' ? recordBytes : undefined);
    addProblem(env, problem);
  }
}

/** Records behind the last committed one that are looked at in a log that is too long to be read whole. */
const MAX_BEYOND = 4096;

/** What the export finds in the log of the table; of a file that is nowhere, or very long, what it finds in its first records. */
function logDamage(env: Env, committed: number): { readonly damage: readonly Damage[]; readonly path: string } {
  const { where } = env.place;
  const plan = where === 'sequencer' || where === 'log_part' ? env.facts.plan() : undefined;
  if (plan !== undefined) return { damage: plan.log.damage, path: env.file.path };
  const path = join(TABLE, TABLE_FILES.txnlog);
  const end = sizeOf(Txnlog) + (committed + MAX_BEYOND) * sizeOf(Txnlog.RecordV1);
  const aliased = aliasedSource(boundedSource(env.facts.source, end), path, env.file.path);
  return { damage: walkTxnLog(aliased, TABLE, () => undefined).damage, path };
}

function headerOf(env: Env, tableDir: string): Txnlog | undefined {
  const path = join(tableDir, TABLE_FILES.txnlog);
  const read = withFile(env.facts.source, path, (file) => parse(Txnlog, file.read(0, sizeOf(Txnlog))));
  return read.value?.failure === undefined ? read.value?.value : undefined;
}

interface Records {
  readonly name: string;
  readonly type: RecordType;
  readonly offset: number;
  /** seqTxn of the first record. */
  readonly firstTxn: number;
  /** The last committed transaction, as far as the header says. */
  readonly maxTxn: number;
}

/** The records of a file and what is behind them. */
function recordFields(env: Env, { name, type, offset, firstTxn, maxTxn }: Records): readonly Field[] {
  const stride = sizeOf(type);
  const places = Math.max(0, Math.floor((env.file.size - offset) / stride));
  const committed = Math.max(0, Math.min(places, maxTxn - firstTxn + 1));
  const seen = Math.min(env.file.size, offset + (committed + MAX_UNCOMMITTED) * stride);
  const isCut = committed === places && committed * stride > env.limitBytes;
  const end = isCut ? offset + committed * stride : lastNonZero(env, offset, seen);
  const count = Math.min(places, Math.max(0, Math.ceil((end - offset) / stride)));
  const describe = (record: AnyRecord, index: number): string => {
    const seqTxn = firstTxn + index;
    const { meaning = '' } = summarize(typeOf(record).specPath, { node: record, facts: env.facts, index });
    const isZero =
      firstNonZero(env, offset + index * stride, offset + (index + 1) * stride) === offset + (index + 1) * stride;
    if (isZero) return `seqTxn ${seqTxn}: all zero`;
    return `seqTxn ${seqTxn}: ${meaning}${seqTxn > maxTxn ? ', past max_txn: never committed' : ''}`;
  };
  const list = { name, offset, count, one: 'record' };
  const field = recordList(env, type as GeneratedType<AnyRecord>, list, describe);
  return [...(count === 0 ? [] : [field]), ...fill(env, '', offset + count * stride, env.file.size, TAIL)];
}

/** `_txnlog`. */
export function txnlogFields(env: Env): KindFields {
  const header = parseAt(env, Txnlog, 0, sizeOf(Txnlog));
  const { format, maxTxn = 0n } = header.value;
  const last = Number(maxTxn < 0n ? 0n : maxTxn);
  const isV1 = format !== 1 || env.file.size > sizeOf(Txnlog) + sizeOf(Txnlog.RecordV1);
  const recordBytes = sizeOf(Txnlog.RecordV1);
  if (sizeOf(Txnlog) + last * recordBytes <= env.limitBytes || env.file.size <= env.limitBytes) {
    const { damage, path } = logDamage(env, last);
    addLogDamage(env, damage, path, recordBytes);
  }
  const own = headerFields(header.value, { env, base: 0, path: '' });
  if (header.failure !== undefined || !isV1)
    return { fields: withGaps(env, '', own, [0, env.file.size], TAIL), meaning: counted(maxTxn, 'transaction') };
  const place = { name: 'records_v1', type: Txnlog.RecordV1, offset: sizeOf(Txnlog), firstTxn: 1, maxTxn: last };
  const fields = [...own, ...recordFields(env, place)];
  return {
    fields: withGaps(env, '', fields, [0, env.file.size], TAIL),
    meaning: counted(maxTxn, 'transaction'),
    find: { list: place.name, txn: (txn) => [[txn - 1, txn - 1]] },
  };
}

/** `_txn_parts/<n>`. */
export function txnlogPartFields(env: Env): KindFields {
  const header = env.place.tableDir === undefined ? undefined : headerOf(env, env.place.tableDir);
  const number = /^\d{1,9}$/.test(env.place.name) ? Number(env.place.name) : 0;
  const stride = sizeOf(Txnlog.RecordV2);
  const perPart = header?.numPartTxns || Math.floor(env.file.size / stride);
  const firstTxn = number * perPart + 1;
  if (env.file.size <= env.limitBytes) {
    const { damage, path } = env.place.where === 'log_part' ? logDamage(env, 0) : { damage: [], path: '' };
    addLogDamage(env, damage, path, stride);
  }
  const maxTxn = header === undefined ? Number.POSITIVE_INFINITY : Number(header.maxTxn);
  const fields = recordFields(env, { name: 'records', type: Txnlog.RecordV2, offset: 0, firstTxn, maxTxn });
  const find = { list: 'records', txn: (txn: number): readonly Indexes[] => [[txn - firstTxn, txn - firstTxn]] };
  return { fields, meaning: `from seqTxn ${firstTxn} on`, find };
}

/** `_txnlog.meta.d`. */
export function txnlogMetaFields(env: Env): KindFields {
  const { tableDir, where } = env.place;
  const whole = wholeFields(env, TxnlogMeta, STALE, () => {
    if (where !== 'sequencer' || tableDir === undefined || env.file.size > env.limitBytes) return;
    const damage = readStructureLog(env.facts.source, tableDir).damage.filter((one) => one.file === env.file.path);
    if (env.problems.all.length === 0) for (const one of damage) addProblem(env, problemOf(one, env.file.path));
  });
  const changes = whole.fields.find((field) => field.name === 'changes')?.children;
  const count = changes?.count ?? 0;
  const last = count === 0 ? undefined : changes?.at(count - 1);
  const known = count - (last?.meaning === 'end mark' ? 1 : 0);
  return {
    fields: whole.fields,
    meaning: counted(known, 'change'),
    find: { list: 'changes', txn: (version) => [[version - 1, version - 1]] },
  };
}

/** `_txnlog.meta.i`. */
export function txnlogMetaIndexFields(env: Env): KindFields {
  const root = parse(TxnlogMetaIndex, new Uint8Array(0)).value;
  const places = Math.floor(Math.min(env.file.size, env.limitBytes) / BigInt64Array.BYTES_PER_ELEMENT);
  const values = int64sAt(env, 0, places);
  let count = Math.min(1, values.length);
  while (count < values.length && (values[count] ?? 0n) > (values[count - 1] ?? 0n)) count += 1;
  const list = int64List(env, root, { name: 'entries', offset: 0, count, one: 'entry' });
  const fields = count === 0 ? [] : [{ ...list, meaning: counted(count, 'entry', 'entries') }];
  const tail = preallocated([
    'stale',
    'behind the last change: an entry that is not above the one before it ends the list',
  ]);
  return {
    fields: withGaps(env, '', fields, [0, env.file.size], tail),
    meaning: counted(Math.max(0, count - 1), 'change'),
    find: { list: 'entries', txn: (version) => [[version - 1, version]] },
  };
}
