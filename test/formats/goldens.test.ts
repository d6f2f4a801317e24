/**
 * The parsed tree of one real file per kind, with the bytes that each field comes from. `UPDATE_GOLDENS=1` writes the files
 * anew: look at the difference before committing it.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as formats from '../../generated/index.js';
import { parse } from '../../src/kaitai/parse.js';
import { bytesOf } from './files.js';
import type { AnyType } from './kinds.js';
import { golden } from './tree.js';

const FOLDER = new URL('./goldens/', import.meta.url);

const EVOLVE = 'db/evolve~6';
const ALL_TYPES = 'db/alltypes~6/wal1/0';
const APPLIED = 'db/applied_evolved~9';

/** Golden, fixture, path, type. */
const FILES: readonly (readonly [golden: string, name: string, path: string, type: AnyType])[] = [
  ['txnlog-v1', '05-multi-segment', `${EVOLVE}/txn_seq/_txnlog`, formats.Txnlog],
  ['txnlog-v2', '04-all-types-v2', 'db/alltypes~6/txn_seq/_txnlog', formats.Txnlog],
  ['txnlog_part', '04-all-types-v2', 'db/alltypes~6/txn_seq/_txn_parts/0', formats.TxnlogPart],
  ['txnlog_meta', '05-multi-segment', `${EVOLVE}/txn_seq/_txnlog.meta.d`, formats.TxnlogMeta],
  ['txnlog_meta_index', '05-multi-segment', `${EVOLVE}/txn_seq/_txnlog.meta.i`, formats.TxnlogMetaIndex],
  ['sequencer_meta', '05-multi-segment', `${EVOLVE}/txn_seq/_meta`, formats.SequencerMeta],
  ['sequencer_meta-7.2.1', '14-release-7.2.1', 'db/evolving~5/txn_seq/_meta', formats.SequencerMeta],
  ['segment_meta', '05-multi-segment', `${EVOLVE}/wal1/5/_meta`, formats.SegmentMeta],
  ['event-symbols', '07-symbol-reuse', 'db/symreuse~6/wal1/0/_event', formats.Event],
  ['event-replace', '08-ooo-replace-dedup', 'db/rreplace~8/wal2/0/_event', formats.Event],
  ['event-sql', '06-sql-events', 'db/upd~9/wal1/0/_event', formats.Event],
  ['event-mat-view', '06-sql-events', 'db/mv_hour~7/wal1/0/_event', formats.Event],
  ['event-view', '06-sql-events', 'db/v_last~8/wal1/0/_event', formats.Event],
  ['event_index', '07-symbol-reuse', 'db/symreuse~6/wal1/0/_event.i', formats.EventIndex],
  ['symbol_offsets', '09-watermark', `${APPLIED}/sym.o`, formats.SymbolOffsets],
  ['symbol_chars', '09-watermark', `${APPLIED}/sym.c`, formats.SymbolChars],
  ['symbol_index_keys', '09-watermark', `${APPLIED}/sym.k`, formats.SymbolIndexKeys],
  ['txn', '09-watermark', `${APPLIED}/_txn`, formats.Txn],
  ['txn-lag', '17-lag', 'db/lagging~4/_txn', formats.Txn],
  ['column_versions', '09-watermark', `${APPLIED}/_cv`, formats.ColumnVersions],
  ['table_meta', '09-watermark', `${APPLIED}/_meta`, formats.TableMeta],
  ['table_meta-initial', '05-multi-segment', `${EVOLVE}/txn_seq/_meta.0`, formats.TableMeta],
  ['table_name', '12-names', 'db/Ünï çödé~8/_name', formats.TableName],
  ['table_registry', '12-names', 'db/tables.d.0', formats.TableRegistry],
  ['string_aux', '02-all-types-v1', `${ALL_TYPES}/c_string.i`, formats.StringAux],
  ['string_data', '02-all-types-v1', `${ALL_TYPES}/c_string.d`, formats.StringData],
  ['binary_data', '02-all-types-v1', `${ALL_TYPES}/c_binary.d`, formats.BinaryData],
  ['varchar_aux', '02-all-types-v1', `${ALL_TYPES}/c_varchar.i`, formats.VarcharAux],
  ['varchar_data', '02-all-types-v1', `${ALL_TYPES}/c_varchar.d`, formats.VarcharData],
  ['array_aux', '02-all-types-v1', `${ALL_TYPES}/c_double_a_a.i`, formats.ArrayAux],
  ['timestamp_data', '02-all-types-v1', `${ALL_TYPES}/ts.d`, formats.TimestampData],
  ['wal_index', '05-multi-segment', 'db/two_writers~7/txn_seq/_wal_index.d', formats.WalIndex],
  ['table_index', '05-multi-segment', 'db/_tab_index.d', formats.TableIndex],
  ['upgrade', '05-multi-segment', 'db/_upgrade.d', formats.Upgrade],
  ['checkpoint_txn', '15-checkpoint', '.checkpoint/db/chk~6/txn_seq/_txn', formats.CheckpointTxn],
];
/** Specifications without a file of their own, or with parameters that another file holds. */
const NOT_FILES = ['ArrayData', 'BinaryValue', 'BindValue', 'ColumnSlot', 'ColumnType', 'Str16', 'SymbolIndexValues'];

describe('goldens', () => {
  it.each(FILES)('%s', (name, fixture, path, type) => {
    const parsed = parse(type, bytesOf(fixture, path));
    expect(parsed.failure).toBeUndefined();
    const text = `${JSON.stringify({ file: `${fixture}/${path}`, tree: golden(parsed.value) }, null, 1)}\n`;
    const file = new URL(`${name}.json`, FOLDER);
    if (process.env.UPDATE_GOLDENS === '1') writeFileSync(file, text);
    expect(existsSync(file), 'UPDATE_GOLDENS=1 makes missing goldens').toBe(true);
    expect(text).toBe(readFileSync(file, 'utf8'));
  });

  it('there is one for every kind of file, and none too many', () => {
    const covered = FILES.map(([, , , type]) => type.specPath);
    const all = Object.entries(formats).filter(([name]) => !NOT_FILES.includes(name));
    expect(all.map(([, type]) => type.specPath).filter((each) => !covered.includes(each))).toEqual([]);
    expect(readdirSync(FOLDER).sort()).toEqual(FILES.map(([name]) => `${name}.json`).sort());
  });
});
