/** Damage that the harness found to break something, one test each, written out so that it stays the same damage. */
import { copyFileSync, cpSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { damagedCopies, exchange, overwrite, recordOffsets, rowsOf, zero } from './damagedCopy.js';

const outcome = damagedCopies();
const EVENT = 'wal1/0/_event';
const RECORD_V1_BYTES = 28;
const HEADER_BYTES = 76;
/** Offset of a field in the log record of a transaction. */
const logField = (seqTxn: number, offset: number): number => HEADER_BYTES + RECORD_V1_BYTES * (seqTxn - 1) + offset;

const int32 = (value: number): Uint8Array => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return bytes;
};

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

describe('_meta of a segment', () => {
  it('an older one does not hide a column', async () => {
    const o = await outcome('14-release-7.2.1', 'evolving', ({ file }) =>
      copyFileSync(file('wal1/0/_meta'), file('wal1/1/_meta')),
    );
    expect([o.missing, o.wrong, o.extra]).toEqual([0, 0, 0]);
    expect(o.codes).toContain('schema_substituted');
  });
});

describe('_txn', () => {
  it('zeroed is no watermark of 0', async () => {
    const o = await outcome('09-watermark', 'half', ({ file }) => zero(file('_txn'), 0, 4096));
    expect([o.missing, o.wrong, o.extra]).toEqual([0, 0, 0]);
    expect(o.codes).toContain('txn_unreadable');
    expect(o.table?.watermark).toBeUndefined();
    expect(o.result.exitCode).toBe(3);
  });
});

describe('_txnlog', () => {
  it('zeroed throughout is no empty log: the rows come out as unknown', async () => {
    const o = await outcome('01-trades-v1', 'trades', ({ file }) => zero(file('txn_seq/_txnlog'), 0, 65_536));
    expect([o.missing, o.wrong, o.extra]).toEqual([0, 0, 0]);
    expect(o.files).toContain('trades__wal1__seg0__tier2.parquet');
    expect(o.codes).toContain('txnlog_record_missing');
    expect(o.result.exitCode).toBe(3);
  });

  it.each([
    ['a number far too high', 16, 2_147_483_647],
    ['a number a little too high', 16, 33],
    ['a WAL that never was', 8, 1_000_000],
  ])('a record with %s costs its own rows their provenance, nobody else’s', async (_, field, value) => {
    const o = await outcome('02-all-types-v1', 'alltypes', ({ file }) =>
      overwrite(file('txn_seq/_txnlog'), logField(5, field), int32(value)),
    );
    expect([o.missing, o.wrong, o.extra]).toEqual([0, 0, 0]);
    expect(o.result.exitCode).toBe(3);
    expect(o.table?.ledger.filter((e) => e.state === 'recovered')).toMatchObject([
      { from: 1n, to: 4n },
      { from: 6n, to: 6n },
    ]);
  });

  it('two records of a segment exchanged are put back', async () => {
    const o = await outcome('02-all-types-v1', 'alltypes', ({ file }) =>
      exchange(file('txn_seq/_txnlog'), logField(3, 0), logField(4, 0), logField(5, 0)),
    );
    expect([o.missing, o.wrong, o.extra]).toEqual([0, 0, 0]);
    expect(o.codes).toEqual(['txnlog_duplicate_record']);
    expect(o.result.exitCode).toBe(0);
  });

  it('a record twice, all after it one place on, is one record', async () => {
    const o = await outcome('02-all-types-v1', 'alltypes', ({ file }) => {
      const log = file('txn_seq/_txnlog');
      const bytes = readFileSync(log);
      const [at, next] = [logField(2, 0), logField(3, 0)];
      const longer = Buffer.concat([bytes.subarray(0, next), bytes.subarray(at)]);
      writeFileSync(log, longer.subarray(0, bytes.length));
    });
    expect([o.missing, o.wrong, o.extra]).toEqual([0, 0, 0]);
    expect(o.codes).toEqual(['txnlog_duplicate_record']);
  });
});

describe('a log record written over the next one', () => {
  it('moves no record behind it: their places tell their seqTxn', async () => {
    const o = await outcome('05-multi-segment', 'two_writers', ({ file }) => {
      const log = file('txn_seq/_txnlog');
      overwrite(log, logField(7, 0), readFileSync(log).subarray(logField(6, 0), logField(7, 0)));
    });
    expect([o.missing, o.wrong, o.extra]).toEqual([0, 0, 0]);
    expect(o.codes).toContain('txnlog_duplicate_record');
    expect(o.result.exitCode).toBe(3);
  });
});

describe('a table that the registry lists', () => {
  it('and whose folder is gone is named', async () => {
    const o = await outcome('09-watermark', 'stuck', ({ file }) => rmSync(file(''), { recursive: true }));
    expect(o.table).toBeUndefined();
    expect(o.result.damage).toMatchObject([{ code: 'table_missing', file: 'stuck~11' }]);
    expect(o.result.exitCode).toBe(3);
  });

  it('and whose folder is an older copy without a sequencer is named, if no WAL is left either', async () => {
    const o = await outcome('09-watermark', 'stuck', ({ file }) => {
      for (const folder of ['txn_seq', 'wal1']) rmSync(file(folder), { recursive: true });
      cpSync(file('_name'), file('_name.bak'));
    });
    expect(o.result.damage).toMatchObject([{ code: 'table_missing', file: 'stuck~11' }]);
  });
});

describe('a segment’s own _meta', () => {
  it('that names no designated timestamp is not believed', async () => {
    const o = await outcome('02-all-types-v1', 'wide128', ({ file }) => overwrite(file('wal1/0/_meta'), 20, int32(-1)));
    expect([o.missing, o.wrong, o.extra]).toEqual([0, 0, 0]);
    expect(o.codes).toContain('segment_meta_invalid');
  });
});

describe('a file of a folder’s name', () => {
  it.each(['wal1', 'wal1/0'])('%s is no purge, though the table has applied all of it', async (name) => {
    const o = await outcome('09-watermark', 'fully', ({ file }) => {
      rmSync(file(name), { recursive: true });
      writeFileSync(file(name), '');
    });
    expect(o.codes).toContain('folder_unreadable');
    expect(o.result.exitCode).toBe(3);
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

describe('timestamps of the last rows out of their order', () => {
  it('cost no row: all of them together have the bounds that their event has', async () => {
    const o = await outcome('14-release-7.2.1', 'trades', ({ file }) => {
      const bytes = readFileSync(file('wal1/0/ts.d'));
      const [a, b] = [15, 17].map((row) => Buffer.from(bytes.subarray(row * 16, row * 16 + 16))) as [Buffer, Buffer];
      bytes.set(b, 15 * 16);
      bytes.set(a, 17 * 16);
      writeFileSync(file('wal1/0/ts.d'), bytes);
    });
    expect([o.missing, o.extra]).toEqual([0, 0]);
    expect(o.codes).toContain('event_rows_disagree');
    expect(o.result.exitCode).toBe(3);
  });
});

describe('a log record that names a segment that is not there, of a transaction that is applied', () => {
  it('leaves a gap in the segment that it was of: the rows come out as unknown, not as never committed', async () => {
    const o = await outcome('09-watermark', 'half', ({ file }) =>
      overwrite(file('txn_seq/_txnlog'), logField(5, 12), int32(1)),
    );
    expect([o.missing, o.wrong, o.extra]).toEqual([0, 0, 0]);
    expect(o.codes).toEqual(['txnlog_record_invalid']);
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

describe('a column of a type that no release stores', () => {
  it('leaves no transaction of its segment recovered', async () => {
    const o = await outcome('12-names', 'gone', ({ file }) => {
      const meta = file('../gone~22/wal1/0/_meta');
      const bytes = readFileSync(meta);
      // Slots from byte 29 on: type, length of the name, name.
      let at = 29;
      for (let slot = 0; slot < 2; slot++) at += 8 + 2 * bytes.readInt32LE(at + 4);
      overwrite(meta, at, int32(20));
    });
    const table = o.result.tables.find(({ dirName }) => dirName === 'gone~22');
    expect(table?.ledger.map(({ state }) => state)).toEqual(['recovered_in_part', 'drop']);
    expect(table?.damage.map(({ code }) => code)).toContain('column_type_unknown');
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

describe('a log that is another table’s', () => {
  it.each([
    [3, 0, 0, 200],
    [0, 8, 3, 75],
  ])('in part %i: rows that it alone counts, past the last record, are none', async (to, from, segmentId, rows) => {
    const o = await outcome('11-killed-v2-applying', 'ilp_tcp', ({ file }) =>
      copyFileSync(file(`../ilp_http~7/txn_seq/_txn_parts/${from}`), file(`txn_seq/_txn_parts/${to}`)),
    );
    expect(o.table?.segments.find((s) => s.walId === 1 && s.segmentId === segmentId)?.rowsWritten).toBe(rows);
    expect(o.result.exitCode).toBe(3);
  });

  it('and names a record that was rolled back makes no rows of it', async () => {
    const o = await outcome('18-symbol-names', 'retyped', ({ file }) =>
      copyFileSync(file('../capacity~16/txn_seq/_txnlog'), file('txn_seq/_txnlog')),
    );
    expect(o.extra).toBe(0);
    expect(o.result.exitCode).toBe(3);
  });
});

describe('timestamps of another segment', () => {
  it('cost no symbols where a V2 log bears the records out', async () => {
    const o = await outcome('11-killed-v2-applying', 'ilp_http', ({ file }) =>
      copyFileSync(file('wal2/1/ts.d'), file('wal2/0/ts.d')),
    );
    const segment = o.table?.segments.find((s) => s.walId === 2 && s.segmentId === 0);
    expect(segment?.damage.map((d) => d.column).filter((column) => column === 'sym')).toEqual([]);
    expect(segment?.damage.map((d) => d.code)).toContain('event_rows_disagree');
    expect(o.missing + o.wrong).toBeLessThanOrEqual(rowsOf(o.truth, (t) => t.walId === 2 && t.segmentId === 0));
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

describe('two timestamps of a transaction exchanged, with their row numbers', () => {
  it('do not make its record another segment’s', async () => {
    const o = await outcome('07-symbol-reuse', 'symreuse', ({ file }) => {
      const ts = file('wal1/0/ts.d');
      const bytes = readFileSync(ts);
      overwrite(ts, 6 * 16, bytes.subarray(9 * 16, 10 * 16));
      overwrite(ts, 9 * 16, bytes.subarray(6 * 16, 7 * 16));
    });
    expect([o.missing, o.extra]).toEqual([0, 0]);
    expect(o.codes).toEqual(['event_rows_disagree', 'timestamp_row_id_mismatch']);
  });
});

describe('a log record that names another segment', () => {
  it.each([
    ['not there, though its own has the rows of seqTxn 1', '15-checkpoint', 'chk', 1, 12, 33_554_432],
    ['of another WAL, though its own was followed by another', '11-killed-v1', 'ilp_tcp', 49, 8, 2],
  ])('%s: the rows come out as unknown', async (_, name, table, seqTxn, field, value) => {
    const o = await outcome(name, table, ({ file }) =>
      overwrite(file('txn_seq/_txnlog'), logField(seqTxn, field), int32(value)),
    );
    expect([o.missing, o.wrong, o.extra]).toEqual([0, 0, 0]);
    expect(o.result.exitCode).toBe(3);
  });
});

describe('a segment’s _meta zeroed', () => {
  it('is not replaced by a sequencer’s _meta with columns in an order that the structural changes do not lead to', async () => {
    const o = await outcome('07-symbol-reuse', 'symwide', ({ file }) => {
      zero(file('wal1/0/_meta'), 0, 105);
      const meta = file('txn_seq/_meta');
      const bytes = readFileSync(meta);
      // Columns a to d from byte 41 on: type, length of the name, name of one letter.
      const nameAt = (letter: string): number => bytes.indexOf(Buffer.from([1, 0, 0, 0, letter.charCodeAt(0), 0]));
      const [a, b] = [nameAt('a'), nameAt('b')];
      expect([a, b].every((at) => at > 0)).toBe(true);
      overwrite(meta, a + 4, bytes.subarray(b + 4, b + 6));
      overwrite(meta, b + 4, bytes.subarray(a + 4, a + 6));
    });
    expect([o.wrong, o.extra]).toEqual([0, 0]);
    expect(o.result.exitCode).toBe(3);
  });
});
