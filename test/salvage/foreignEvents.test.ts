/** Records of other segments and files in an `_event`, as the harness found them to break something, one test each. */
import { copyFileSync, readFileSync, rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { damagedCopies, overwrite, type Place, rowsOf } from './damagedCopy.js';

const outcome = damagedCopies();
const EVENT = 'wal1/0/_event';

describe('_event of another segment, of which the first record has no rows', () => {
  it.each([
    ['by the files of a segment that was closed', 'event_rows_disagree', 'wal1/2/_event.i'],
    ['by _event.i', 'event_record_invalid', 'wal1/2/no such file'],
  ])('is contradicted %s: its rows are lost by name', async (_, code, removed) => {
    const o = await outcome('10-empty-segments', 'empties', ({ file }) => {
      copyFileSync(file('wal3/0/_event'), file('wal1/2/_event'));
      rmSync(file(removed), { force: true });
    });
    expect([o.wrong, o.extra]).toEqual([0, 0]);
    expect(o.missing).toBe(rowsOf(o.truth, (t) => t.walId === 1 && t.segmentId === 2));
    expect(o.codes).toContain(code);
    expect(o.table?.ledger.find((entry) => entry.from === 1n)?.state).toBe('lost');
    expect(o.result.exitCode).toBe(3);
  });

  it('or with bounds past the files’ end: no row is made up', async () => {
    const o = await outcome('05-multi-segment', 'rollover', ({ file }) =>
      copyFileSync(file('wal1/4/_event'), file('wal1/2/_event')),
    );
    expect([o.wrong, o.extra]).toEqual([0, 0]);
    expect(o.missing).toBe(rowsOf(o.truth, (t) => t.walId === 1 && t.segmentId === 2));
    expect(o.result.exitCode).toBe(3);
  });
});

describe('_event of another segment, with records that are not where the segment’s own _event.i has them', () => {
  it.each([
    ['15-checkpoint', 'chk_evolve', 'wal1/0', 'wal1/1'],
    ['15-checkpoint', 'chk_evolve', '../chk~6/wal1/0', 'wal1/1'],
    ['11-killed-v1', 'ilp_tcp', '../ilp_http~7/wal2/0', 'wal1/2'],
    ['11-killed-v1', 'ilp_tcp', 'wal1/0', 'wal2/3'],
    ['11-killed-v1', 'ilp_http', 'wal1/2', 'wal4/0'],
    ['12-names', '123numeric', '../dash-es~16/wal1/0', 'wal1/0'],
    ['12-names', 'a__wal1__seg0', '../trailing_1~19/wal1/0', 'wal1/0'],
  ])('%s, %s: that of %s in %s gives no row, and no rows past those there are', async (name, table, from, to) => {
    const [walId, segmentId] = to.replace('wal', '').split('/').map(Number);
    const o = await outcome(name, table, ({ file }) => copyFileSync(file(`${from}/_event`), file(`${to}/_event`)));
    expect([o.wrong, o.extra]).toEqual([0, 0]);
    const rows = rowsOf(o.truth, (t) => t.walId === walId && t.segmentId === segmentId);
    expect(o.missing).toBe(rows);
    expect(o.result.exitCode).toBe(rows > 0 ? 3 : 0);
    const file = `${table}__wal${walId}__seg${segmentId}__`;
    expect(o.files.filter((each) => each.startsWith(file) && each.endsWith('.parquet'))).toEqual([]);
  });

  it('leaves the rows that a V2 log counts', async () => {
    const o = await outcome('11-killed-v2-applying', 'ilp_http', ({ file }) =>
      copyFileSync(file('wal3/0/_event'), file('wal2/1/_event')),
    );
    expect([o.missing, o.extra]).toEqual([0, 0]);
    expect(o.files.filter((file) => file.includes('__tier3'))).toHaveLength(1);
    expect(o.result.exitCode).toBe(3);
  });

  it('of which one record ends where the index has its end is no more believed', async () => {
    const o = await outcome('10-empty-segments', 'empties', ({ file }) =>
      copyFileSync(file('wal2/0/_event'), file('wal3/0/_event')),
    );
    expect([o.wrong, o.extra]).toEqual([0, 0]);
    expect(o.missing).toBe(rowsOf(o.truth, (t) => t.walId === 3));
    expect(o.table?.ledger.filter((entry) => entry.state === 'sql_event')).toHaveLength(1);
  });

  it.each([
    ['only_sql', '../empties~6/wal1/4', 'wal1/0', 1n],
    ['empties', '../only_sql~9/wal1/0', 'wal1/4', 2n],
  ])('turns no statement into rows and no rows into a statement: %s', async (table, from, to, seqTxn) => {
    const o = await outcome('10-empty-segments', table, ({ file }) =>
      copyFileSync(file(`${from}/_event`), file(`${to}/_event`)),
    );
    expect([o.wrong, o.extra]).toEqual([0, 0]);
    expect(o.table?.ledger.find((entry) => entry.from <= seqTxn && seqTxn <= entry.to)?.state).toBe('lost');
    expect(o.result.exitCode).toBe(3);
  });

  it('over its first 300 bytes only, the record behind is found, and so the rows before it', async () => {
    const o = await outcome('18-symbol-names', 'new_of_old_name', ({ file }) =>
      overwrite(file('wal2/1/_event'), 0, readFileSync(file('../swapped_slowly~8/wal2/3/_event')).subarray(0, 300)),
    );
    expect([o.missing, o.extra]).toEqual([0, 0]);
    expect(o.codes).toEqual(['event_record_invalid', 'symbol_key_unresolved']);
  });
});

describe('_event.i of another segment', () => {
  it('costs nothing: the rows have the timestamps of their records', async () => {
    const o = await outcome('15-checkpoint', 'chk_evolve', ({ file }) =>
      copyFileSync(file('wal1/0/_event.i'), file('wal1/1/_event.i')),
    );
    expect([o.missing, o.wrong, o.extra]).toEqual([0, 0, 0]);
    expect(o.codes).not.toContain('event_record_invalid');
    expect(o.result.exitCode).toBe(0);
  });
});

describe('_event with another segment’s over its first 143 bytes', () => {
  it('does not move the beginning of the record behind: the rows have its timestamps', async () => {
    const o = await outcome('08-ooo-replace-dedup', 'ooo', ({ file }) =>
      overwrite(file(EVENT), 0, readFileSync(file('../rreplace~8/wal1/0/_event')).subarray(0, 143)),
    );
    expect([o.missing, o.extra]).toEqual([0, 0]);
    expect(o.result.exitCode).toBe(3);
  });
});

describe('_event with bytes of another over some of its own', () => {
  const pasteInto = (file: Place['file'], to: string, from: string, length: number): void =>
    overwrite(file(`${to}/_event`), 0, readFileSync(file(`${from}/_event`)).subarray(0, length));
  const paste = (from: string, length: number, to = 0, offset = 0) => {
    return ({ file }: Place): void =>
      overwrite(file(EVENT), to, readFileSync(file(`${from}/_event`)).subarray(offset, offset + length));
  };

  it.each([
    ['14-release-7.2.1', 'evolving', ({ file }: Place) => pasteInto(file, 'wal1/1', 'wal1/2', 93)],
    ['06-sql-events', 'upd', paste('../before_rename~10/wal1/0', 226)],
    ['12-names', 'odd_columns', paste('wal1/0', 104, 0, 104)],
    ['09-watermark', 'half', paste('../purged~6/wal2/0', 146, 512)],
    ['09-watermark', 'half', paste('../stuck~11/wal1/0', 373, 512)],
  ] as const)('%s, %s: no row under another transaction, and every missing one named', async (name, table, harm) => {
    const o = await outcome(name, table, harm);
    const damaged = o.table?.ledger.filter(({ state }) => state === 'lost' || state === 'recovered_in_part') ?? [];
    const isDamaged = (seqTxn: number): boolean => damaged.some((e) => e.from <= seqTxn && seqTxn <= e.to);
    expect(o.extra).toBe(0);
    // Rows without their symbols, or not there, are those of transactions that are said to be so.
    expect(o.wrong + o.missing).toBeLessThanOrEqual(rowsOf(o.truth, (t) => isDamaged(t.seqTxn)));
    expect(damaged.length).toBeGreaterThan(0);
    expect(o.result.exitCode).toBe(3);
  });

  it('the rows behind a statement have their own timestamps, whatever the record before it claims', async () => {
    const o = await outcome('14-release-7.2.1', 'evolving', ({ file }) => pasteInto(file, 'wal1/1', 'wal1/2', 93));
    expect([o.missing, o.wrong, o.extra]).toEqual([0, rowsOf(o.truth, (t) => t.seqTxn === 3), 0]);
  });

  it('a record that has less rows than the closed files is saved in part', async () => {
    const o = await outcome('12-names', 'gone (dropped)', paste('../trailing_1~19/wal1/0', 97, 113, 113));
    const dropped = o.result.tables.find((table) => table.dirName === 'gone~22');
    expect(dropped?.ledger.find(({ from }) => from === 2n)?.state).toBe('recovered_in_part');
    expect(o.result.exitCode).toBe(3);
  });

  it('rows that are saved once their timestamps have spoken are not among the orphans as well', async () => {
    const harm = ({ file }: Place): void => pasteInto(file, 'wal1/1', 'wal1/5', 159);
    const o = await outcome('05-multi-segment', 'rollover', harm, { orphans: true });
    expect([o.missing, o.wrong, o.extra]).toEqual([0, rowsOf(o.truth, (t) => t.seqTxn === 2), 0]);
    expect(o.files.filter((file) => file.includes('orphans'))).toEqual([]);
  });
});

describe('_event with a whole record of another file over the head of a longer one', () => {
  it('is not the statement that it was, nor without rows', async () => {
    const o = await outcome('10-empty-segments', 'only_sql', ({ file }) =>
      overwrite(file(EVENT), 0, readFileSync(file('../empties~6/wal3/0/_event')).subarray(0, 64)),
    );
    expect(o.table?.ledger).toMatchObject([
      { from: 1n, to: 1n, state: 'lost' },
      { from: 2n, to: 2n, state: 'sql_event' },
    ]);
    expect(o.result.exitCode).toBe(3);
  });
});
