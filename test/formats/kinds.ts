/**
 * Which specification describes a file, by its path below a database root; used by the tests only.
 */
import * as formats from '../../generated/index.js';
import type { GeneratedType, KaitaiNode } from '../../src/kaitai/types.js';

/** A specification for a whole file. */
export type AnyType = GeneratedType<KaitaiNode>;

const SEQUENCER_FILES: Readonly<Record<string, AnyType>> = {
  _txnlog: formats.Txnlog,
  _meta: formats.SequencerMeta,
  '_meta.0': formats.TableMeta,
  '_txnlog.meta.d': formats.TxnlogMeta,
  '_txnlog.meta.i': formats.TxnlogMetaIndex,
  '_wal_index.d': formats.WalIndex,
};
const SEGMENT_FILES: Readonly<Record<string, AnyType>> = {
  _event: formats.Event,
  '_event.i': formats.EventIndex,
  _meta: formats.SegmentMeta,
};
const TABLE_FILES: Readonly<Record<string, AnyType>> = {
  _meta: formats.TableMeta,
  '_meta.prev': formats.TableMeta,
  _txn: formats.Txn,
  _cv: formats.ColumnVersions,
  _name: formats.TableName,
  '_tab_index.d': formats.TableIndex,
  '_upgrade.d': formats.Upgrade,
};
/** Files that hold no metadata of a WAL, or have a layout of their own that no part of walrescue reads. */
const OPAQUE = /^(?:\.data_id|_todo_|_txn_scoreboard|_mv|_mv\.s|_view|_checkpoint_meta\.d|.*\.lock)$/;

/** The type of the file at `path`; `opaque` when it has none by intention, `column` when only its column's type tells. */
export function typeOfFile(path: string): AnyType | 'opaque' | 'column' | undefined {
  const parts = path.split('/');
  const name = parts.at(-1) ?? '';
  const folder = parts.at(-2) ?? '';
  if (OPAQUE.test(name)) return 'opaque';
  if (folder === '_txn_parts') return formats.TxnlogPart;
  if (folder === 'txn_seq')
    return path.startsWith('.checkpoint/') && name === '_txn' ? formats.CheckpointTxn : SEQUENCER_FILES[name];
  if (/\/wal\d+\/\d+\/[^/]+$/.test(path)) return SEGMENT_FILES[name] ?? (/\.[di]$/.test(name) ? 'column' : undefined);
  if (/^tables\.d\.\d+$/.test(name)) return formats.TableRegistry;
  const symbol = /\.([cok])(?:\.\d+)?$/.exec(name)?.[1];
  if (symbol === 'c') return formats.SymbolChars;
  if (symbol === 'o') return formats.SymbolOffsets;
  if (symbol === 'k') return formats.SymbolIndexKeys;
  if (/\.[div](?:\.\d+)?$/.test(name) && TABLE_FILES[name] === undefined) return 'column';
  return TABLE_FILES[name];
}
