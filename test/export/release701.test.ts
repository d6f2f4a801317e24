/**
 * A `_txn` of QuestDB 7.0.1, which had no lag: the bytes of its fields are what an earlier, longer record left there.
 */
import { describe, expect, it } from 'vitest';
import { memorySource } from '../../src/source/memory.js';
import { readWatermark } from '../../src/watermark.js';

/** As the server left it with all 21 transactions applied; the rest of the page is zero. */
const TXN = [
  '1300000000000000400000001000000020000000000000000000000000000000fc000000100000002000000000000000000000000000000000000000',
  '00000000120000000000000003000000000000000000000000000000007a8312d70d060080fea112d70d060004000000000000000100000000000000',
  '010000000000000004000000000000000100000000000000120000000000000000000000000000000000000000000000000000000000000000000000',
  '00000000000000000000000002000000040000000400000004000000040000002000000000202110d70d060003000000000000001000000000000000',
  'ffffffffffffffff0000000013000000000000000a000000000000000000000000000000007a8312d70d060040ce0c13d70d06000400000000000000',
  '010000000000000001000000000000000400000000000000010000000000000015000000000000000100000004000000040000002000000000202110',
  'd70d06000700000000000000020000000400000002000000040000000400000004000000040000002000000000202110d70d06000a00000000000000',
  '1000000000000000ffffffffffffffff0000000000000000',
].join('');

const bytes = (hex: string): Uint8Array => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
const TABLE_VERSION = 'aa010000';
const NO_MIGRATION = '00000000';
const AFTER_LAG = 'ab010000';

const watermark = (upgrade: string, ...more: (readonly [string, Uint8Array])[]) =>
  readWatermark(memorySource([['t~1/_txn', bytes(TXN)], ['_upgrade.d', bytes(upgrade)], ...more]), 't~1');

describe('lag fields that are none', () => {
  it('are not read in a database of 7.0.1', () => {
    const { value, damage } = watermark(TABLE_VERSION + NO_MIGRATION);
    expect(damage).toEqual([]);
    expect(value).toMatchObject({ seqTxn: 21n, lagTxnCount: 0, appliedSeqTxn: 21n, exact: true });
  });

  it('are damage once a later release has migrated the database', () => {
    const { damage } = watermark(TABLE_VERSION + AFTER_LAG);
    expect(damage.map(({ code }) => code)).toContain('txn_unreadable');
  });

  it('are damage in a table that a later release has made', () => {
    const { damage } = watermark(TABLE_VERSION + NO_MIGRATION, ['t~1/txn_seq/_meta.0', new Uint8Array(0)]);
    expect(damage.map(({ code }) => code)).toContain('txn_unreadable');
  });
});
