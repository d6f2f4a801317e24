/** Damage of the sequencer's log, `_txn` and the registry that the harness found to break something, one test each. */
import { copyFileSync, cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { damagedCopies, exchange, int32, type Outcome, overwrite, rowsOf, zero } from './damagedCopy.js';

const outcome = damagedCopies();
const RECORD_V1_BYTES = 28;
const RECORD_V2_BYTES = 60;
const HEADER_BYTES = 76;
/** What the ledger says of a transaction. */
const stateOf = ({ table }: Outcome, seqTxn: number): string | undefined =>
  table?.ledger.find(({ from, to }) => from <= BigInt(seqTxn) && BigInt(seqTxn) <= to)?.state;
/** Offset of a field in the log record of a transaction. */
const logField = (seqTxn: number, offset: number): number => HEADER_BYTES + RECORD_V1_BYTES * (seqTxn - 1) + offset;

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

  it('a record and the change of the columns behind it exchanged are put back: their structureVersions tell', async () => {
    const o = await outcome('05-multi-segment', 'evolve', ({ file }) =>
      exchange(file('txn_seq/_txnlog'), logField(14, 0), logField(15, 0), logField(16, 0)),
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

  it.each([
    [1, 6, 23],
    [2, 9, 42],
    [3, 5, 54],
  ])('in part %i of several: the record after it has not been pushed on', async (part, record, seqTxn) => {
    const o = await outcome('11-killed-v2-applying', 'ilp_tcp', ({ file }) => {
      const log = file(`txn_seq/_txn_parts/${part}`);
      const at = RECORD_V2_BYTES * record;
      overwrite(log, at + RECORD_V2_BYTES, readFileSync(log).subarray(at, at + RECORD_V2_BYTES));
    });
    expect([o.missing, o.wrong, o.extra]).toEqual([0, 0, 0]);
    expect(stateOf(o, seqTxn)).toBe('recovered');
    expect(stateOf(o, seqTxn + 1)).not.toBe('recovered');
  });
});

describe('a log record written once more in a part of several', () => {
  it('pushes the others on past the end of the part', async () => {
    const o = await outcome('11-killed-v2-applying', 'ilp_tcp', ({ file }) => {
      const log = file('txn_seq/_txn_parts/1');
      const bytes = readFileSync(log);
      const [at, next] = [RECORD_V2_BYTES * 6, RECORD_V2_BYTES * 7];
      writeFileSync(log, Buffer.concat([bytes.subarray(0, next), bytes.subarray(at)]));
    });
    expect([o.missing, o.wrong, o.extra]).toEqual([0, 0, 0]);
    expect(o.codes).toEqual(['txnlog_duplicate_record']);
    expect(o.result.exitCode).toBe(0);
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

describe('a log that is another table’s and comes to no change of the columns', () => {
  it('has lost its end where the sequencer has two: rows come out as unknown, an emptied segment is named', async () => {
    const o = await outcome('14-release-9.2.3', 'evolving', ({ file }) => {
      copyFileSync(file('../wide~6/txn_seq/_txnlog'), file('txn_seq/_txnlog'));
      for (const name of readdirSync(file('wal1/1'))) rmSync(file(`wal1/1/${name}`));
    });
    expect([o.wrong, o.extra]).toEqual([0, 0]);
    expect(o.missing).toBe(rowsOf(o.truth, (t) => t.segmentId === 1));
    expect(o.codes).toContain('txnlog_record_missing');
    expect(o.table?.damage).toContainEqual(
      expect.objectContaining({ code: 'event_missing', severity: 'loss', file: 'evolving~7/wal1/1/_event' }),
    );
  });
});

describe('a log that is another table’s and has a change of the columns that this table never had', () => {
  it('makes no transaction structural by it', async () => {
    const o = await outcome('15-checkpoint', 'chk', ({ file }) => {
      copyFileSync(file('../chk_evolve~7/txn_seq/_txnlog'), file('txn_seq/_txnlog'));
      rmSync(file('wal1'), { recursive: true });
    });
    expect(stateOf(o, 4)).toBe('undecidable');
    expect(o.codes).toContain('txnlog_record_invalid');
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

describe('a log record that names another segment, where another record is in its place', () => {
  const WAL_ID = 8;
  const SEGMENT_ID = 12;
  it.each([
    ['07-symbol-reuse', 'symreuse', 3, WAL_ID, 2, 'symreuse__wal2__seg0__seqTxn6-9.parquet'],
    ['11-killed-v1', 'ilp_http', 35, SEGMENT_ID, 1, 'ilp_http__wal1__seg1__seqTxn52-92.parquet'],
    ['18-symbol-names', 'name_of_dropped', 2, SEGMENT_ID, 1, 'name_of_dropped__wal1__seg1__seqTxn9-10.parquet'],
    ['18-symbol-names', 'swapped_by_new', 2, SEGMENT_ID, 1, 'swapped_by_new__wal1__seg1__seqTxn10-11.parquet'],
    ['18-symbol-names', 'retyped_applied', 3, SEGMENT_ID, 1, 'retyped_applied__wal2__seg1__seqTxn6-6.parquet'],
  ])('%s %s: that one keeps its rows', async (name, table, seqTxn, field, value, file) => {
    const o = await outcome(name, table, (place) =>
      overwrite(place.file('txn_seq/_txnlog'), logField(seqTxn, field), int32(value)),
    );
    expect([o.missing, o.wrong, o.extra]).toEqual([0, 0, 0]);
    expect(o.files).toContain(file);
    expect(stateOf(o, seqTxn)).toBe('undecidable');
  });

  it('not there, that begins with it: the rows are in its own', async () => {
    const o = await outcome('17-lag', 'lagging', (place) =>
      overwrite(place.file('txn_seq/_txnlog'), logField(2, SEGMENT_ID), int32(1)),
    );
    expect([o.missing, o.wrong, o.extra]).toEqual([0, 0, 0]);
    expect(stateOf(o, 2)).toBe('undecidable');
    expect(o.codes).toContain('txnlog_record_invalid');
  });

  it('empty: the event, the last of its own, is listed as one that the log does not name', async () => {
    const o = await outcome('10-empty-segments', 'empties', (place) =>
      overwrite(place.file('txn_seq/_txnlog'), logField(6, SEGMENT_ID), int32(1)),
    );
    expect([o.wrong, o.extra]).toEqual([0, 0]);
    const rows = o.truth.transactions.find((t) => t.seqTxn === 6)?.rowCount;
    expect(o.table?.segments.flatMap((segment) => segment.unnamedRecords)).toContainEqual(
      expect.objectContaining({ walId: 3, segmentId: 0, segmentTxn: 1, rows }),
    );
    expect(o.result.exitCode).toBe(3);
  });
});

describe('a log record whose number is that of its neighbour', () => {
  it('at the end of a segment, where another may have lost one: neither is believed', async () => {
    const o = await outcome('05-multi-segment', 'two_writers', ({ file }) =>
      overwrite(file('txn_seq/_txnlog'), logField(9, 16), int32(1)),
    );
    expect([o.missing, o.wrong, o.extra]).toEqual([0, 0, 0]);
    expect([stateOf(o, 6), stateOf(o, 9)]).toEqual(['undecidable', 'undecidable']);
    expect(stateOf(o, 5)).toBe('recovered');
  });

  it('is the wrong one of both where the row has the other', async () => {
    const o = await outcome('04-all-types-v2', 'alltypes', ({ file }) =>
      overwrite(file('txn_seq/_txn_parts/0'), 16, int32(1)),
    );
    expect([o.missing, o.wrong, o.extra]).toEqual([0, 0, 0]);
    expect(stateOf(o, 1)).toBe('undecidable');
    expect(stateOf(o, 2)).toBe('recovered');
  });

  it('costs only itself where nothing else has a place for either', async () => {
    const o = await outcome('06-sql-events', 'after_rename', ({ file }) =>
      overwrite(file('txn_seq/_txnlog'), logField(3, 16), int32(0)),
    );
    expect([o.missing, o.wrong, o.extra]).toEqual([0, 0, 0]);
    expect(stateOf(o, 1)).toBe('recovered');
    expect(stateOf(o, 3)).toBe('undecidable');
  });
});

describe('a structureVersion below that of the change before it and of the record behind it', () => {
  it.each([
    ['swapped_by_new', 10],
    ['retyped', 8],
  ])('%s: is the one in force, and costs no cell', async (table, seqTxn) => {
    const o = await outcome('18-symbol-names', table, ({ file }) =>
      overwrite(file('txn_seq/_txnlog'), logField(seqTxn, 0), new Uint8Array(8)),
    );
    expect([o.missing, o.wrong, o.extra]).toEqual([0, 0, 0]);
    expect(o.table?.damage.map(({ code, severity }) => [code, severity])).toEqual([
      ['txnlog_record_invalid', 'repaired'],
    ]);
    expect(o.result.exitCode).toBe(0);
  });
});
