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

  describe('of which there is one, with the key of one of the table’s', () => {
    const [segment, key] = ['wal2/2', 1];
    const texts = ({ truth }: Outcome): (string | null | undefined)[] =>
      truth.rows.filter(({ seqTxn }) => seqTxn === 8).map(({ values }) => values.x);
    const changeKey = ({ file }: Place): void =>
      overwrite(file(`${segment}/_event`), place(file, `${segment}/_event`, 0) + DIFF.firstKey, int32(key));

    it('is lost: the WAL’s other segments know how many the table has', async () => {
      const o = await outcome('18-symbol-names', 'swapped_slowly', changeKey);
      expect(texts(o).filter((text) => text === 'a é 36')).toHaveLength(1);
      expect([o.missing, o.wrong, o.extra, lostCells(o)]).toEqual([0, 1, 0, 1]);
    });

    it('makes all from that key on doubtful where no other segment is left', async () => {
      const o = await outcome('18-symbol-names', 'swapped_slowly', (at) => {
        changeKey(at);
        for (const other of [0, 1, 3]) rmSync(at.file(`wal2/${other}`), { recursive: true });
      });
      expect(lostCells(o)).toBe(texts(o).filter((text) => text !== null).length);
      expect([o.wrong, o.extra]).toEqual([lostCells(o), 0]);
    });
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
