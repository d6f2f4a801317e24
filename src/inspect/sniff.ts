/** What a file is by its content, for files whose name and place don't tell. */
import { SegmentMeta } from '../../generated/SegmentMeta.js';
import { SequencerMeta } from '../../generated/SequencerMeta.js';
import { SymbolIndexKeys } from '../../generated/SymbolIndexKeys.js';
import { TableMeta } from '../../generated/TableMeta.js';
import { TableRegistry } from '../../generated/TableRegistry.js';
import { Txn } from '../../generated/Txn.js';
import { Txnlog } from '../../generated/Txnlog.js';
import { FIRST_RECORD_OFFSET, HEAD_BYTES, readRecordAt } from '../events/scan.js';
import { openWindow } from '../kaitai/cursor.js';
import { lazy, parse, sizeOf, text } from '../kaitai/parse.js';
import type { Env } from './env.js';
import type { KindId } from './kinds/kinds.js';

/** Bytes from the start that are looked at. */
const SNIFF_BYTES = 1024 * 1024;
/** QuestDB's version in the metadata of every table. */
const TABLE_VERSION = 426;

type Test = (bytes: Uint8Array, env: Env) => boolean;

const isZero = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0);

const isEvent: Test = (_, { file }) => {
  const window = openWindow({ size: Math.min(file.size, SNIFF_BYTES), read: file.bytes }, HEAD_BYTES);
  const first = readRecordAt(window, FIRST_RECORD_OFFSET);
  return first.kind === 'record' && first.surplus === 0;
};

const isMeta: Test = (bytes) => {
  const { value, failure, consumed } = parse(SegmentMeta, bytes);
  return failure === undefined && value.lenValid === consumed && value.version === 0;
};

const isSequencerMeta: Test = (bytes) => {
  const { value, failure, consumed } = parse(SequencerMeta, bytes);
  return failure === undefined && value.lenValid === consumed && value.version === 0 && value.readOrder !== undefined;
};

const isTableMeta: Test = (bytes) => {
  const { value, failure } = parse(TableMeta, bytes);
  return failure === undefined && value.version === TABLE_VERSION && value.names.length > 0;
};

const isTxn: Test = (bytes) => {
  const { value, failure } = parse(Txn, bytes);
  if (failure !== undefined || value.areaA.ofsRecord < sizeOf(Txn)) return false;
  const record = lazy(value, value.version % 2n === 0n ? 'recordA' : 'recordB');
  return record.failure === undefined && record.value?.txn === value.version;
};

const isTxnlog: Test = (bytes) => {
  const { value, failure } = parse(Txnlog, bytes);
  if (failure !== undefined || value.format < 0 || value.format > 1 || value.maxTxn < 0n || !isZero(value.reserved))
    return false;
  if (value.format === 1) return bytes.length === sizeOf(Txnlog) && value.numPartTxns > 0;
  const first = lazy(value, 'recordsV1').value?.[0];
  return first !== undefined && first.commitTimestampUs > 0n && first.structureVersion >= 0n;
};

const isRegistry: Test = (bytes) => {
  const { value, failure } = parse(TableRegistry, bytes);
  if (failure !== undefined || value.ofsEnd <= 8n) return false;
  const { value: entries = [], failure: broken } = lazy(value, 'entries');
  const isEntry = (entry: TableRegistry.Entry): boolean =>
    entry.operation in TableRegistry.Operation && entry.tableType in TableRegistry.TableType && !!text(entry.dirName);
  return broken === undefined && entries.length > 0 && entries.every(isEntry);
};

const isIndexKeys: Test = (bytes) => {
  const { value, failure } = parse(SymbolIndexKeys, bytes);
  return failure === undefined && value.sequence === value.sequenceCheck;
};

/** In the order in which they are tried: the strictest first. */
const TESTS: readonly (readonly [id: KindId, test: Test])[] = [
  ['event', isEvent],
  ['sequencer_meta', isSequencerMeta],
  ['segment_meta', isMeta],
  ['table_meta', isTableMeta],
  ['txn', isTxn],
  ['txnlog', isTxnlog],
  ['table_registry', isRegistry],
  ['symbol_index_keys', isIndexKeys],
];

/** The kind that a file's content is; `unknown` when it fits none. */
export function sniff(env: Env): KindId {
  const bytes = env.file.bytes(0, Math.min(env.file.size, SNIFF_BYTES));
  return TESTS.find(([, test]) => test(bytes, env))?.[0] ?? 'unknown';
}
