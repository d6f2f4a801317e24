/**
 * Half-broken files: the whole good part, then where and why it stops, then what can be read behind it. Offsets are those of
 * the layout documents; rows and numbers come from the truth of the fixtures.
 */
import { describe, expect, it } from 'vitest';
import type { Field } from '../../src/inspect/field.js';
import { type FileTree, inspectFile } from '../../src/inspect/inspectFile.js';
import { parseQuery, resolveQuery } from '../../src/inspect/query.js';
import { memorySource } from '../../src/source/memory.js';
import { nodeSource } from '../../src/source/node.js';
import { bytesOf } from '../formats/files.js';
import { fixture, truth } from '../helpers/fixtures.js';
import { cut, type Damage, damagedTable, put } from './memoryDb.js';
import { childrenOf, expectCovered, fieldsOf } from './trees.js';

const SYMBOLS = '07-symbol-reuse';
const TABLE = 'symreuse~6';
const EVENT = 'wal1/0/_event';

function inspectDamaged(name: string, table: string, file: string, damage: Damage): FileTree {
  const tree = inspectFile(damagedTable(name, table, { [file]: damage }), `${table}/${file}`);
  expectCovered(tree, file);
  return tree;
}

const at = (tree: FileTree, path: string): Field => [...resolveQuery(tree.root, parseQuery(path))][0]!;
const badPaths = (tree: FileTree): string[] =>
  [...fieldsOf(tree.root)].filter((field) => field.problem !== undefined).map((field) => field.path);

describe('_event', () => {
  const transactions = truth(SYMBOLS)
    .tables.find((table) => table.dirName === TABLE)!
    .transactions.filter(({ walId, segmentId }) => walId === 1 && segmentId === 0);
  /** Offsets of the records, by the lengths that each begins with. */
  const bytes = bytesOf(SYMBOLS, `db/${TABLE}/${EVENT}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const offsets: number[] = [];
  for (let offset = 8; view.getInt32(offset, true) > 0; offset += view.getInt32(offset, true)) offsets.push(offset);

  const rowsBefore = (txn: number): number =>
    transactions.filter(({ segmentTxn }) => segmentTxn < txn).reduce((sum, { rowCount }) => sum + (rowCount ?? 0), 0);

  /** All records but `damaged` are there, with the rows of the truth. */
  function expectOthers(tree: FileTree, damaged: number): void {
    for (const { segmentTxn, rowCount } of transactions) {
      if (segmentTxn === damaged) continue;
      const lo = BigInt(rowsBefore(segmentTxn));
      expect(at(tree, `records[${segmentTxn}].body.row_lo`).value).toBe(lo);
      expect(at(tree, `records[${segmentTxn}].body.row_hi`).value).toBe(lo + BigInt(rowCount ?? 0));
    }
  }

  it('has the records that the truth has', () => {
    expect(offsets.length).toBe(transactions.length);
    expect(offsets.length).toBeGreaterThanOrEqual(5);
  });

  it.each([1, 3])('with a bad length in record %i', (txn) => {
    const tree = inspectDamaged(SYMBOLS, TABLE, EVENT, put(offsets[txn]! + 2, 0xff, 0x7f));
    expectOthers(tree, txn);
    expect(badPaths(tree)).toEqual([`records[${txn}]`, `records[${txn}].len_record`]);
    expect(at(tree, `records[${txn}].len_record`).problem).toMatchObject({
      expected: '-1, or at least 13 and no more than the file has left',
      byteOffset: offsets[txn],
    });
    expect(at(tree, `records[${txn}].body.row_lo`).value).toBe(BigInt(rowsBefore(txn)));
    expect(tree.isBad).toBe(true);
  });

  it.each([1, 2])('with a symbol too long for record %i', (txn) => {
    // Record head 13, row bounds and timestamps 32, flag 1, diff head 13, key 4: the length of its first symbol.
    const offset = offsets[txn]! + 13 + 32 + 1 + 13 + 4;
    const tree = inspectDamaged(SYMBOLS, TABLE, EVENT, put(offset, 0xff, 0xff));
    expectOthers(tree, txn);
    const entry = `records[${txn}].body.symbol_diffs[0].entries[0]`;
    expect(badPaths(tree)).toEqual([`records[${txn}]`, entry, `${entry}.symbol`, `${entry}.symbol.len_units`]);
    expect(at(tree, `${entry}.symbol.len_units`)).toMatchObject({ offset, value: 0xffff });
    expect(at(tree, `records[${txn}].body.row_hi`).value).toBe(BigInt(rowsBefore(txn + 1)));
    const rest = childrenOf(at(tree, `records[${txn}]`)).at(-1);
    expect(rest).toMatchObject({ kind: 'unread', meaning: 'not read: see the problem before it' });
  });

  it('with a wrong number in a record, which the order of the others puts right', () => {
    const tree = inspectDamaged(SYMBOLS, TABLE, EVENT, put(offsets[2]! + 4, 77));
    expectOthers(tree, 2);
    expect(badPaths(tree)).toEqual(['records[2]']);
    expect(at(tree, 'records[2]').problem).toMatchObject({
      expected: 'record 2',
      actual: 'record 77',
      severity: 'repaired',
    });
    expect(at(tree, 'records[2].txn').value).toBe(77n);
  });

  it('cut off in its last record', () => {
    const last = offsets.length - 1;
    const tree = inspectDamaged(SYMBOLS, TABLE, EVENT, cut(offsets[last]! + 20));
    expectOthers(tree, last);
    expect(badPaths(tree)).toEqual([`records[${last}]`, `records[${last}].len_record`]);
    expect(at(tree, `records[${last}].txn`).value).toBe(BigInt(last));
  });

  it('with zeros over two records', () => {
    const [from, to] = [offsets[1]!, offsets[3]!];
    const tree = inspectDamaged(SYMBOLS, TABLE, EVENT, put(from, ...new Array<number>(to - from).fill(0)));
    for (const txn of [0, 3, 4]) expect(at(tree, `records[${txn}].body.row_lo`).value).toBe(BigInt(rowsBefore(txn)));
    expect(badPaths(tree)[0]).toBe('records[1]');
  });
});

describe('_meta of a segment', () => {
  const place = { name: '05-multi-segment', table: 'evolve~6', file: 'wal1/5/_meta' };
  const columns = ['ts', 'sym', 'px', 'qty', 'note', 'venue'];

  it('cut off in a slot: the slots before it, then where and why it stops', () => {
    // 29 bytes of header, then for each slot a type, a length and two bytes for each character.
    const end = 29 + columns.reduce((sum, name) => sum + 8 + 2 * name.length, 0);
    const tree = inspectDamaged(place.name, place.table, place.file, cut(end + 10));
    expect(
      childrenOf(at(tree, 'slots'))
        .slice(0, 6)
        .map((slot) => slot.meaning?.split(' ')[0]),
    ).toEqual(columns);
    expect(badPaths(tree)).toEqual(['slots[6]', 'slots[6].name', 'slots[6].name.len_units']);
    expect(at(tree, 'slots[6].name.len_units').problem).toMatchObject({
      expected: 'at most 1',
      actual: '5',
      byteOffset: end + 4,
    });
  });

  it('with a name that is longer than the file', () => {
    const offset = 29 + 8 + 4 + 4;
    const tree = inspectDamaged(place.name, place.table, place.file, put(offset, 0xff, 0x0f));
    expect(childrenOf(at(tree, 'slots')).map((slot) => slot.meaning)).toEqual(['ts TIMESTAMP', '(no name) SYMBOL']);
    expect(badPaths(tree)).toEqual(['slots[1]', 'slots[1].name', 'slots[1].name.len_units']);
    expect(childrenOf(tree.root).at(-1)?.kind).toBe('unread');
  });

  it('with a length that is not that of its columns', () => {
    const tree = inspectDamaged(place.name, place.table, place.file, put(0, 0xa2));
    expect(badPaths(tree)).toEqual(['len_valid']);
    expect(at(tree, 'len_valid').problem).toMatchObject({
      expected: '161, the bytes that the columns take',
      actual: '162',
    });
  });
});

describe('files of the sequencer', () => {
  it('a record of zeros in the log', () => {
    const offset = 76 + 28 * 2;
    const tree = inspectDamaged(SYMBOLS, TABLE, 'txn_seq/_txnlog', put(offset, ...new Array<number>(28).fill(0)));
    expect(badPaths(tree)).toEqual(['records_v1[2]']);
    expect(at(tree, 'records_v1[2]').meaning).toBe('seqTxn 3: all zero');
    expect(at(tree, 'records_v1[3].wal_id').value).toBe(1);
  });

  it('a structural change that is longer than the file', () => {
    const [name, table] = ['05-multi-segment', 'evolve~6'];
    const file = 'txn_seq/_txnlog.meta.d';
    const first = new DataView(bytesOf(name, `db/${table}/${file}`).buffer).getInt32(0, true) + 4;
    const tree = inspectDamaged(name, table, file, put(first, 0xff, 0xff, 0x7f));
    expect(at(tree, 'changes[0].body.command').meaning).toBe('add_column');
    expect(badPaths(tree)).toEqual(['changes[1].len_change']);
    expect(childrenOf(tree.root).at(-1)).toMatchObject({ kind: 'zeros' });
  });
});

describe('_txn', () => {
  const [name, table] = ['09-watermark', 'applied_evolved~9'];

  it('with a damaged current record: the commit before it is there, the current one as far as it reads', () => {
    // Version 3 is odd: area B, at 64; its seqTxn is at 80 in the record.
    const tree = inspectDamaged(name, table, '_txn', put(64 + 80, 9));
    expect(tree.problems).toMatchObject([{ message: 'txn unreadable', byteOffset: 64 }, { severity: 'note' }]);
    expect(at(tree, 'record_b.seq_txn').value).toBe(9n);
    expect(at(tree, 'record_a').meaning).toContain('the commit before');
  });

  it('with counts of symbols that its header has no bytes for', () => {
    const tree = inspectDamaged(name, table, '_txn', put(64 + 128, 200));
    expect(badPaths(tree)).toEqual(['', 'record_b.num_symbols']);
    expect(tree.root.problem).toMatchObject({ severity: 'note', message: 'txn previous version used' });
    expect(at(tree, 'record_b.num_symbols').problem?.expected).toBe(
      'as many symbol counts as the header has bytes for, 8 each',
    );
  });
});

describe('columns', () => {
  const [name, table] = ['02-all-types-v1', 'alltypes~6'];

  it('a row id that is not that of its row', () => {
    const tree = inspectDamaged(name, table, 'wal1/0/ts.d', put(16 * 7 + 8, 1, 1));
    expect(badPaths(tree)).toEqual(['entries[7]', 'entries[7].row_id']);
    expect(at(tree, 'entries[7]').problem).toMatchObject({ expected: 'row id 7', actual: 'row id 257' });
  });

  it('a place of a text that is outside of the data', () => {
    const tree = inspectDamaged(name, table, 'wal1/0/c_string.i', put(8 * 4 + 5, 1));
    expect(tree.isBad).toBe(true);
    expect(tree.problems[0]).toMatchObject({ message: 'column entry invalid', severity: 'repaired' });
  });

  it('rows that are missing at the end', () => {
    const tree = inspectDamaged(name, table, 'wal1/0/c_long.d', cut(8 * 10));
    expect(badPaths(tree)).toEqual(['rows']);
    expect(at(tree, 'rows').children?.count).toBe(10);
  });

  it.each([
    ['event_gone~9/wal1/0/price.d', 'rows of which nothing is known'],
    ['event_cut~8/wal1/1/price.d', '6 rows and those of lost records'],
  ])('%s: what is behind the rows of the records that are left may be rows of the lost ones', (path, rows) => {
    const tree = inspectFile(nodeSource(`${fixture('16-damaged')}/db`), path);
    expect(tree.root.meaning).toMatch(new RegExp(`DOUBLE, ${rows}$`));
    const rest = childrenOf(tree.root).at(-1);
    expect(rest).toMatchObject({ kind: 'unread' });
    expect(rest?.meaning).toContain('the rows of its lost records may be here');
  });

  it('of a segment without metadata are not called unnamed by it', () => {
    const { root } = inspectFile(memorySource([['price.d', new Uint8Array(8)]]), 'price.d');
    expect(root.meaning).not.toContain('does not name');
    const empty: [string, Uint8Array][] = ['_event', '_meta', 'price.d'].map((file) => [
      `0/${file}`,
      new Uint8Array(0),
    ]);
    expect(inspectFile(memorySource(empty), '0/price.d').root.meaning).toContain('no _meta that tells what it holds');
  });

  it('a key without a text', () => {
    const tree = inspectDamaged(SYMBOLS, TABLE, 'wal1/0/sym.d', put(4 * 3, 99));
    expect(badPaths(tree)).toEqual(['rows[3]']);
    expect(at(tree, 'rows[3]').problem).toMatchObject({ message: 'symbol key unresolved', actual: 'key 99' });
  });
});
