/**
 * What the inspector shows, for every kind of file, whole and damaged. `UPDATE_GOLDENS=1` writes the transcripts anew: look at the
 * difference, byte for byte against the layout documents, before committing it.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEFAULT_DEPTH, inspectPath, type PathRequest } from '../../src/inspect/inspectPath.js';
import { KIND_IDS } from '../../src/inspect/kinds/kinds.js';
import { lineText } from '../../src/inspect/view/ansi.js';
import { viewJson, viewLines } from '../../src/inspect/view/view.js';
import { nodeSource } from '../../src/source/node.js';
import type { Source } from '../../src/source/source.js';
import { bytesOf } from '../formats/files.js';
import { fixture } from '../helpers/fixtures.js';
import { cut, type Damage, damagedTable, put } from './memoryDb.js';

const FOLDER = new URL('./goldens/', import.meta.url);

/** How a transcript is made. */
interface Shown extends PathRequest {
  readonly width?: number;
  readonly depth?: number;
  readonly limit?: number;
  readonly hex?: boolean;
  readonly json?: boolean;
  readonly coloured?: boolean;
  /** The damaged file and what is done to it. */
  readonly damage?: readonly [file: string, damage: Damage];
}

type Case = readonly [golden: string, name: string, path: string, shown?: Shown];

const EVOLVE = 'evolve~6';
const ALL = 'alltypes~6';
const APPLIED = 'applied_evolved~9';
const SYMBOLS = 'symreuse~6';

const WHOLE: readonly Case[] = [
  ['txnlog-v1', '05-multi-segment', `${EVOLVE}/txn_seq/_txnlog`],
  ['txnlog-v2', '04-all-types-v2', `${ALL}/txn_seq/_txnlog`],
  ['txnlog_part', '04-all-types-v2', `${ALL}/txn_seq/_txn_parts/0`],
  ['txnlog_meta', '05-multi-segment', `${EVOLVE}/txn_seq/_txnlog.meta.d`],
  ['txnlog_meta_index', '05-multi-segment', `${EVOLVE}/txn_seq/_txnlog.meta.i`],
  ['sequencer_meta', '05-multi-segment', `${EVOLVE}/txn_seq/_meta`],
  ['segment_meta', '05-multi-segment', `${EVOLVE}/wal1/5/_meta`],
  ['event', '07-symbol-reuse', `${SYMBOLS}/wal2/0/_event`],
  ['event-replace', '08-ooo-replace-dedup', 'rreplace~8/wal2/0/_event', { limit: 2 }],
  ['event-sql', '06-sql-events', 'upd~9/wal1/0/_event', { limit: 4 }],
  ['event-mat-view', '06-sql-events', 'mv_hour~7/wal1/0/_event', { limit: 2 }],
  ['event-view', '06-sql-events', 'v_last~8/wal1/0/_event'],
  ['event-rolled-back', '05-multi-segment', 'two_writers~7/wal2/0/_event'],
  ['event_index', '07-symbol-reuse', `${SYMBOLS}/wal1/0/_event.i`],
  ['event_index-rolled-back', '05-multi-segment', 'two_writers~7/wal2/0/_event.i'],
  ['symbol_offsets', '09-watermark', `${APPLIED}/sym.o`],
  ['symbol_chars', '09-watermark', `${APPLIED}/sym.c`],
  ['symbol_index_keys', '09-watermark', `${APPLIED}/sym.k`],
  ['symbol_index_values', '09-watermark', `${APPLIED}/sym.v`],
  ['txn', '09-watermark', `${APPLIED}/_txn`],
  ['txn-lag', '17-lag', 'lagging~4/_txn'],
  ['column_versions', '09-watermark', `${APPLIED}/_cv`],
  ['table_meta', '09-watermark', `${APPLIED}/_meta`],
  ['table_name', '12-names', 'Ünï çödé~8/_name'],
  ['table_registry', '12-names', 'tables.d.0'],
  ['table_index', '05-multi-segment', '_tab_index.d'],
  ['upgrade', '05-multi-segment', '_upgrade.d'],
  ['wal_index', '05-multi-segment', 'two_writers~7/txn_seq/_wal_index.d'],
  ['checkpoint_txn', '15-checkpoint', '../.checkpoint/db/chk~6/txn_seq/_txn'],
  ['column-timestamp', '03-all-types-ns', `${ALL}/wal1/0/ts.d`],
  ['column-double', '02-all-types-v1', `${ALL}/wal1/0/c_double.d`],
  ['column-symbol', '07-symbol-reuse', `${SYMBOLS}/wal2/0/sym.d`, { limit: 12 }],
  ['column-string', '02-all-types-v1', `${ALL}/wal1/0/c_string.d`],
  ['column-string-aux', '02-all-types-v1', `${ALL}/wal1/0/c_string.i`],
  ['column-binary', '02-all-types-v1', `${ALL}/wal1/0/c_binary.d`],
  ['column-varchar', '02-all-types-v1', `${ALL}/wal1/0/c_varchar.d`],
  ['column-varchar-aux', '02-all-types-v1', `${ALL}/wal1/0/c_varchar.i`],
  ['column-array', '02-all-types-v1', `${ALL}/wal1/0/c_double_a_a.d`],
  ['column-array-aux', '02-all-types-v1', `${ALL}/wal1/0/c_double_a_a.i`],
  ['lock', '05-multi-segment', 'tables.d.lock'],
  ['todo', '01-trades-v1', 'sys.telemetry_wal/_todo_'],
  ['view', '06-sql-events', 'v_last~8/_view'],
  ['partition', '09-watermark', `${APPLIED}/2022-01-01/sym.d`],
];

const DAMAGED: readonly Case[] = [
  [
    'damaged-event-length',
    '07-symbol-reuse',
    `${SYMBOLS}/wal1/0/_event`,
    { damage: ['wal1/0/_event', put(0x80, 0xff, 0xff)], depth: 4 },
  ],
  [
    'damaged-event-body',
    '07-symbol-reuse',
    `${SYMBOLS}/wal1/0/_event`,
    { damage: ['wal1/0/_event', put(0xbc, 0xff)], depth: 6, query: 'records[0-2]' },
  ],
  [
    'damaged-event-zeros',
    '07-symbol-reuse',
    `${SYMBOLS}/wal1/0/_event`,
    { damage: ['wal1/0/_event', put(0x7d, ...new Array<number>(300).fill(0))], depth: 3 },
  ],
  ['damaged-event-cut', '16-damaged', 'event_cut~8/wal1/1/_event'],
  ['damaged-txnlog-cut', '16-damaged', 'txnlog_cut~7/txn_seq/_txnlog'],
  [
    'damaged-txnlog-record',
    '07-symbol-reuse',
    `${SYMBOLS}/txn_seq/_txnlog`,
    { damage: ['txn_seq/_txnlog', put(76 + 28 * 3, ...new Array<number>(28).fill(0))], query: 'records_v1[2-4]' },
  ],
  ['damaged-segment_meta', '05-multi-segment', `${EVOLVE}/wal1/5/_meta`, { damage: ['wal1/5/_meta', cut(120)] }],
  ['damaged-txn', '09-watermark', `${APPLIED}/_txn`, { damage: ['_txn', put(64 + 128, 7)] }],
  ['damaged-column-short', '16-damaged', 'column_cut~11/wal1/0/price.d', { limit: 12 }],
  [
    'damaged-column-row-id',
    '02-all-types-v1',
    `${ALL}/wal1/0/ts.d`,
    { damage: ['wal1/0/ts.d', put(16 * 9 + 8, 0xaa, 0xbb)], limit: 4 },
  ],
  [
    'damaged-column-varchar',
    '02-all-types-v1',
    `${ALL}/wal1/0/c_varchar.i`,
    { damage: ['wal1/0/c_varchar.i', put(16 * 4 + 12, 1)], limit: 4 },
  ],
  ['damaged-table', '16-damaged', 'event_cut~8', { limit: 40 }],
  ['damaged-root', '16-damaged', '', { limit: 40 }],
];

const VIEWS: readonly Case[] = [
  ['view-narrow', '07-symbol-reuse', `${SYMBOLS}/wal1/0/_event`, { width: 76, query: 'records[1]' }],
  ['view-medium', '07-symbol-reuse', `${SYMBOLS}/wal1/0/_event`, { width: 110, query: 'records[1]' }],
  ['view-coloured', '07-symbol-reuse', `${SYMBOLS}/txn_seq/_txnlog`, { coloured: true, query: 'records_v1[2]' }],
  ['view-hex', '05-multi-segment', `${EVOLVE}/wal1/5/_meta`, { hex: true }],
  [
    'view-json',
    '07-symbol-reuse',
    `${SYMBOLS}/wal1/0/_event`,
    { json: true, query: 'records[0].body.symbol_diffs[0]' },
  ],
  ['view-json-damaged', '16-damaged', 'txnlog_cut~7/txn_seq/_txnlog', { json: true }],
  ['select-offset', '07-symbol-reuse', `${SYMBOLS}/wal1/0/_event`, { offset: 0x5e }],
  ['select-txn', '07-symbol-reuse', `${SYMBOLS}/wal1/0/price.d`, { txn: 3 }],
  ['select-rows', '02-all-types-v1', `${ALL}/wal1/0/c_varchar.d`, { rows: [4, 7] }],
  ['select-column-meta', '09-watermark', `${APPLIED}/_meta`, { column: 'extra' }],
  ['select-column-event', '07-symbol-reuse', `${SYMBOLS}/wal1/0/_event`, { column: 'sym', txn: 4 }],
  ['select-segment-row', '07-symbol-reuse', `${SYMBOLS}/wal2/0`, { rows: [2, 3] }],
  ['select-segment-txn', '07-symbol-reuse', `${SYMBOLS}/wal2/0`, { txn: 1 }],
  ['folder-root', '05-multi-segment', '', { limit: 40 }],
  ['folder-table', '07-symbol-reuse', SYMBOLS, { limit: 40 }],
  ['folder-segment', '07-symbol-reuse', `${SYMBOLS}/wal2/0`],
  ['seq-txn-data', '07-symbol-reuse', SYMBOLS, { seqTxn: 6n }],
  ['seq-txn-narrow', '07-symbol-reuse', SYMBOLS, { seqTxn: 6n, width: 80, limit: 3 }],
  ['seq-txn-structure', '05-multi-segment', EVOLVE, { seqTxn: 3n }],
  ['seq-txn-lost', '16-damaged', 'wal_gone~13', { seqTxn: 2n }],
  ['diff-meta', '09-watermark', `${APPLIED}/txn_seq/_meta.0`, { diffPath: `${APPLIED}/_meta` } as Shown],
  ['diff-event', '16-damaged', 'sound~17/wal1/1/_event', { diffPath: 'event_cut~8/wal1/1/_event' } as Shown],
];

const DEFAULTS = { width: 160, limit: 6, hex: false } as const;

function sourceOf(name: string, path: string, damage: Shown['damage']): Source {
  if (damage === undefined) return nodeSource(join(fixture(name), 'db'));
  return damagedTable(name, path.split('/')[0] ?? '', { [damage[0]]: damage[1] });
}

function transcript([, name, path, shown = {}]: Case): string {
  const { width, depth, limit, hex, json, coloured, damage, diffPath, ...request } = shown as Shown & {
    diffPath?: string;
  };
  const isOutside = path.startsWith('../');
  const source = isOutside ? nodeSource(fixture(name)) : sourceOf(name, path, damage);
  const diff = diffPath === undefined ? {} : { diffWith: { source, path: diffPath } };
  const view = inspectPath(source, path.replace(/^\.\.\//, ''), { ...request, ...diff });
  const options = {
    ...DEFAULTS,
    ...(width === undefined ? {} : { width }),
    ...(limit === undefined ? {} : { limit }),
    hex: hex === true,
    depth: depth ?? DEFAULT_DEPTH[view.kind],
  };
  const text =
    json === true
      ? [...viewJson(view, { depth: depth ?? 99, limit: options.limit })].join('')
      : [...viewLines(view, options)].map((line) => `${lineText(line, coloured === true)}\n`).join('');
  return `${text}exit ${view.isBad() ? 3 : 0}\n`;
}

const ALL_CASES = [...WHOLE, ...DAMAGED, ...VIEWS];

describe('transcripts', () => {
  it.each(ALL_CASES.map((each) => [each[0], each] as const))('%s', (golden, each) => {
    const text = transcript(each);
    const file = new URL(`${golden}.txt`, FOLDER);
    if (process.env.UPDATE_GOLDENS === '1') writeFileSync(file, text);
    expect(existsSync(file), 'UPDATE_GOLDENS=1 makes missing goldens').toBe(true);
    expect(text).toBe(readFileSync(file, 'utf8'));
  });

  it('there is one for every kind that has a specification, and none too many', () => {
    expect(readdirSync(FOLDER).sort()).toEqual(ALL_CASES.map(([golden]) => `${golden}.txt`).sort());
    const specified = KIND_IDS.slice(0, KIND_IDS.indexOf('column') + 1);
    for (const kind of specified)
      expect(
        WHOLE.some(([golden]) => golden.startsWith(kind)),
        kind,
      ).toBe(true);
  });
});

it('the bytes beside the fields are those of the file', () => {
  const text = transcript(WHOLE.find(([golden]) => golden === 'segment_meta')!);
  const bytes = bytesOf('05-multi-segment', `db/${EVOLVE}/wal1/5/_meta`);
  const shown = new Map<number, number>();
  for (const line of text.split('\n')) {
    const [address = '', hex = ''] = line.split('│');
    if (!address.startsWith('0x')) continue;
    for (let column = 0; column < 16; column++) {
      const digits = hex.slice(3 * column, 3 * column + 2);
      if (digits.trim() !== '') shown.set(Number(address) + column, Number.parseInt(digits, 16));
    }
  }
  expect(shown.size).toBeGreaterThan(100);
  for (const [offset, byte] of shown) expect(byte, `byte ${offset}`).toBe(bytes[offset]);
});
