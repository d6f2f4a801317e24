/** Damage of `_event` and `_event.i` that the harness found to break something, one test each, written out so that it stays the same damage. */
import { copyFileSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  damagedCopies,
  exchange,
  int32,
  type Outcome,
  overwrite,
  type Place,
  recordOffsets,
  rowsOf,
  zero,
} from './damagedCopy.js';

const outcome = damagedCopies();
const EVENT = 'wal1/0/_event';

describe('_event', () => {
  it('two records exchanged keep their own rows and symbols', async () => {
    const o = await outcome('11-killed-v1', 'ilp_tcp', ({ file }) => {
      const [, , a = 0, b = 0, c = 0] = recordOffsets(file(EVENT));
      exchange(file(EVENT), a, b, c);
    });
    expect([o.missing, o.wrong, o.extra]).toEqual([0, 0, 0]);
    expect(o.codes).toContain('event_record_invalid');
  });

  it('a record once more in the place of the next costs the next one’s new symbols, no row', async () => {
    const o = await outcome('11-killed-v1', 'ilp_tcp', ({ file }) => {
      const [, a = 0, b = 0, c = 0] = recordOffsets(file(EVENT));
      overwrite(file(EVENT), b, readFileSync(file(EVENT)).subarray(a, Math.min(b, a + c - b)));
    });
    expect([o.missing, o.extra]).toEqual([0, 0]);
    expect(o.result.exitCode).toBe(3);
  });

  it('another segment’s is nobody’s: no row under a wrong transaction, every lost one named', async () => {
    const o = await outcome('07-symbol-reuse', 'symreuse', ({ file }) =>
      copyFileSync(file('wal2/0/_event'), file(EVENT)),
    );
    expect([o.wrong, o.extra]).toEqual([0, 0]);
    expect(o.missing).toBe(rowsOf(o.truth, (t) => t.walId === 1 && t.segmentId === 0));
    expect(o.result.exitCode).toBe(3);
    expect(o.table?.ledger.filter((e) => e.state === 'lost')).toMatchObject([{ from: 1n, to: 5n }]);
  });
});

describe('_event of a materialised view, with a statement among its rows', () => {
  const place = ['06-sql-events', 'mv_hour'] as const;

  it('a record that has the number of the statement behind it is the one before all the same', async () => {
    const o = await outcome(...place, ({ file }) =>
      overwrite(file(EVENT), (recordOffsets(file(EVENT))[2] ?? 0) + 4, int32(3)),
    );
    expect([o.missing, o.wrong, o.extra]).toEqual([0, 0, 0]);
    expect(o.codes).toEqual(['event_record_invalid']);
    expect(o.table?.ledger.every((entry) => entry.state === 'recovered' || entry.state === 'sql_event')).toBe(true);
    expect(o.result.exitCode).toBe(0);
  });

  it('rows and a statement exchanged, with others between them, keep their numbers', async () => {
    const clean = await outcome(...place, () => undefined);
    const o = await outcome(...place, ({ file }) => {
      const bytes = readFileSync(file(EVENT));
      const [, a = 0, b = 0, , c = 0, d = 0] = recordOffsets(file(EVENT));
      const parts = [bytes.subarray(c, d), bytes.subarray(b, c), bytes.subarray(a, b)];
      overwrite(file(EVENT), a, Buffer.concat(parts));
    });
    expect([o.missing, o.wrong, o.extra]).toEqual([0, 0, 0]);
    expect(o.table?.ledger).toEqual(clean.table?.ledger);
    expect(o.codes).toContain('event_record_invalid');
  });
});

describe('a statement in _event that has the number of the record behind it', () => {
  it('is the one before all the same', async () => {
    const o = await outcome('06-sql-events', 'upd', ({ file }) =>
      overwrite(file(EVENT), (recordOffsets(file(EVENT))[11] ?? 0) + 4, int32(12)),
    );
    expect([o.missing, o.wrong, o.extra]).toEqual([0, 0, 0]);
    expect(o.codes).toEqual(['event_record_invalid']);
    expect(o.result.exitCode).toBe(0);
  });
});

describe('_event whose last record claims rows that were prepared and never written', () => {
  /** Rows that the segment has, and where its last record says how many. */
  const ROWS = 14;
  const claim = (file: Place['file'], rows: number): void =>
    overwrite(file(EVENT), (recordOffsets(file(EVENT))[1] ?? 0) + 13 + 8, int32(rows));

  it('has none of them: their timestamps are those of rows that were rolled back', async () => {
    const o = await outcome('18-symbol-names', 'swapped', ({ file }) => claim(file, 2 * ROWS));
    expect([o.missing, o.wrong, o.extra]).toEqual([0, 0, 0]);
    expect(o.codes).toEqual(['event_rows_disagree']);
    expect(o.result.exitCode).toBe(3);
  });

  it('has none of them: all columns have zeros there', async () => {
    const o = await outcome('18-symbol-names', 'swapped', ({ file }) => {
      claim(file, 2 * ROWS);
      const ends = { ts: 16 * ROWS, id: 8 * ROWS, a: 4 * ROWS, b: 4 * ROWS };
      for (const [name, end] of Object.entries(ends)) zero(file(`wal1/0/${name}.d`), end, 4096 - end);
      zero(file('wal1/0/v.i'), 8 * (ROWS + 1), 4096 - 8 * (ROWS + 1));
    });
    expect([o.missing, o.wrong, o.extra]).toEqual([0, 0, 0]);
    expect(o.codes).toEqual(['event_rows_disagree']);
  });
});

describe('a record of _event that claims no rows, but their timestamps', () => {
  it('is lost by name', async () => {
    const o = await outcome('15-checkpoint', 'chk_evolve', ({ file }) => {
      const event = file('wal1/1/_event');
      overwrite(event, (recordOffsets(event)[0] ?? 0) + 13 + 8, int32(0));
    });
    expect([o.missing, o.wrong, o.extra]).toEqual([rowsOf(o.truth, (t) => t.seqTxn === 5), 0, 0]);
    expect(o.table?.ledger.filter(({ state }) => state === 'lost')).toMatchObject([{ from: 5n, to: 5n }]);
    expect(o.result.exitCode).toBe(3);
  });
});

describe('symbols in _event', () => {
  /** Of the first diff of a record, from its start. */
  const DIFF = { columnIndex: 46, firstKey: 59 };
  const lostCells = ({ table }: Outcome): number =>
    (table?.damage ?? []).reduce((sum, d) => sum + Number(d.cells ?? 0), 0);
  const place = (file: Place['file'], event: string, record: number): number => recordOffsets(file(event))[record] ?? 0;

  it('under another column are given to none', async () => {
    const o = await outcome('07-symbol-reuse', 'symwide', ({ file }) =>
      overwrite(file(EVENT), place(file, EVENT, 0) + DIFF.columnIndex, int32(2)),
    );
    expect([o.missing, o.extra]).toEqual([0, 0]);
    const symbols = o.truth.rows
      .filter((row) => row.seqTxn === 1)
      .flatMap(({ values: { a, b, full } }) => [a, b, full]);
    expect(lostCells(o)).toBe(symbols.filter((text) => text !== null).length);
    expect(o.result.exitCode).toBe(3);
  });

  it.each([
    ['retyped_applied', 'wal2/1/_event', 1],
    ['swapped_slowly', 'wal2/1/_event', 0],
  ])('with the key of one of the table’s: %s', async (table, event, key) => {
    const o = await outcome('18-symbol-names', table, ({ file }) =>
      overwrite(file(event), place(file, event, 0) + DIFF.firstKey, int32(key)),
    );
    expect([o.missing, o.extra]).toEqual([0, 0]);
    // Rows with other cells than the truth are those with a lost one.
    expect(o.wrong).toBe(lostCells(o));
    expect(o.wrong).toBe(1);
    expect(o.codes).toEqual(['symbol_key_unresolved']);
  });
});

describe('the first 512 bytes of _event once more at 1024', () => {
  it('leave the rows of the whole records and of the log, also where they make a record with the bounds of another', async () => {
    const o = await outcome('11-killed-v2-applying', 'ilp_tcp', ({ file }) => {
      const event = file('wal2/0/_event');
      overwrite(event, 1024, readFileSync(event).subarray(0, 512));
    });
    expect([o.missing, o.extra]).toEqual([0, 0]);
    expect(o.table?.ledger.some(({ state }) => state === 'lost')).toBe(false);
    expect(o.result.exitCode).toBe(3);
  });
});

describe('a length in _event that takes in the record behind it', () => {
  it.each([1, 4, 25])('by %i bytes costs nothing: the index and the body say where that one begins', async (more) => {
    const o = await outcome('17-lag', 'lagging', ({ file }) => {
      const [at = 0] = recordOffsets(file(EVENT));
      overwrite(file(EVENT), at, int32(readFileSync(file(EVENT)).readInt32LE(at) + more));
    });
    expect([o.missing, o.wrong, o.extra]).toEqual([0, 0, 0]);
    expect(o.codes).toEqual(['event_record_invalid']);
    expect(o.result.exitCode).toBe(0);
  });
});

describe('_event with its first 512 bytes zeroed', () => {
  it('gives no row to a record of which only the first row number is lost with them', async () => {
    const o = await outcome('15-checkpoint', 'chk', ({ file }) => zero(file('wal1/0/_event'), 0, 512));
    expect([o.wrong, o.extra]).toEqual([0, 0]);
    expect(o.missing).toBe(rowsOf(o.truth, (t) => t.walId === 1 && t.segmentTxn <= 4));
    expect(o.result.exitCode).toBe(3);
  });
});

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

describe('_event cut through a record', () => {
  it('each record that is lost with it is named once', async () => {
    const o = await outcome('11-killed-v1', 'ilp_tcp', ({ file }) =>
      truncateSync(file(EVENT), (recordOffsets(file(EVENT))[4] ?? 0) + 20),
    );
    const lost = o.table?.segments
      .flatMap((segment) => segment.damage)
      .filter((d) => d.severity === 'loss' && d.segmentTxn !== undefined)
      .map((d) => `${d.code} ${d.segmentTxn}`);
    const last = o.truth.transactions.filter((t) => t.walId === 1 && t.segmentId === 0).length - 1;
    const missing = Array.from({ length: last - 4 }, (_, i) => `event_record_missing ${i + 5}`);
    expect(lost).toEqual(['event_record_invalid 4', ...missing]);
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

describe('_event whose rows begin one row too early', () => {
  it('costs the row in doubt where the timestamps fit both transactions, and no other', async () => {
    const o = await outcome('08-ooo-replace-dedup', 'dedup', ({ file }) => {
      const lo = (recordOffsets(file(EVENT))[3] ?? 0) + 13;
      overwrite(file(EVENT), lo, int32(26));
    });
    expect([o.missing, o.wrong, o.extra]).toEqual([1, 0, 0]);
    expect(o.table?.ledger.filter(({ state }) => state === 'recovered_in_part')).toMatchObject([{ from: 3n, to: 4n }]);
    expect(o.result.exitCode).toBe(3);
  });
});

describe('_event with a statement and another one exchanged, with rows between them', () => {
  it('gives no statement’s number to rows', async () => {
    const o = await outcome('06-sql-events', 'mv_hour', ({ file }) => {
      const bytes = readFileSync(file(EVENT));
      const [, a = 0, b = 0, , , c = 0] = recordOffsets(file(EVENT));
      const d = c + bytes.readInt32LE(c);
      overwrite(file(EVENT), a, Buffer.concat([bytes.subarray(c, d), bytes.subarray(b, c), bytes.subarray(a, b)]));
    });
    expect([o.missing, o.wrong, o.extra]).toEqual([0, 0, 0]);
    const statements = o.truth.transactions.filter((t) => t.rowCount === null).map((t) => BigInt(t.seqTxn));
    for (const seqTxn of statements)
      expect(o.table?.ledger.find(({ from, to }) => from <= seqTxn && seqTxn <= to)?.state).toBe('sql_event');
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

describe('_event zeroed, with row counts of a V2 log shifted by some bytes', () => {
  it('gives the rows that the log still counts, and none for which no column file has room', async () => {
    const o = await outcome('04-all-types-v2', 'alltypes', ({ file }) => {
      const event = readFileSync(file(EVENT));
      zero(file(EVENT), 0, event.length);
      const part = file('txn_seq/_txn_parts/3');
      const bytes = readFileSync(part);
      overwrite(part, 90, Buffer.concat([new Uint8Array(6).fill(1), bytes.subarray(90)]));
    });
    const isCounted = (seqTxn: number): boolean => seqTxn <= 9;
    expect(o.extra).toBe(0);
    expect(o.missing).toBeLessThanOrEqual(rowsOf(o.truth, (t) => !isCounted(t.seqTxn)));
    expect(o.result.exitCode).toBe(3);
  });
});
