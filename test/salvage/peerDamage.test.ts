/**
 * The damage on which the seed tool was seen to give up segments, to lose rows in silence or to die, on real folders. Truth
 * is what was inserted; row counts of the lost ones are the truth's too.
 */
import { copyFileSync, readdirSync, statSync, truncateSync, unlinkSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { damagedCopies, flip, overwrite, recordOffsets, rowsOf, zero } from './damagedCopy.js';

const outcome = damagedCopies();

describe('_event', () => {
  const V1 = ['11-killed-v1', 'ilp_tcp'] as const;
  const V2 = ['11-killed-v2-applying', 'ilp_tcp'] as const;
  const EVENT = 'wal1/0/_event';

  it('emptied under a V1 log: the segment is given up, nothing else, and no row is made up', async () => {
    const o = await outcome(...V1, ({ file }) => truncateSync(file(EVENT), 0));
    expect([o.wrong, o.extra]).toEqual([0, 0]);
    expect(o.missing).toBe(rowsOf(o.truth, (t) => t.walId === 1 && t.segmentId === 0));
    expect(o.result.exitCode).toBe(3);
    const segment = o.table?.segments.find((s) => s.walId === 1 && s.segmentId === 0);
    expect(segment).toMatchObject({ status: 'skipped_event_unreadable_no_row_count', outputFile: null });
    expect(segment?.statements).toMatchObject([{ type: 'UNKNOWN_EVENT_UNREADABLE', segmentTxn: -1 }]);
  });

  it('emptied under a V2 log: every row is back, new symbols are NULL and counted', async () => {
    const o = await outcome(...V2, ({ file }) => truncateSync(file(EVENT), 0));
    expect([o.missing, o.extra]).toEqual([0, 0]);
    expect(o.files.filter((f) => f.includes('__tier3'))).toHaveLength(1);
    expect(o.result.exitCode).toBe(3);
  });

  it('cut in half: the records before the cut are saved, the next segment is untouched', async () => {
    const o = await outcome(...V1, ({ file }) => truncateSync(file(EVENT), (recordOffsets(file(EVENT))[4] ?? 0) + 20));
    expect([o.wrong, o.extra]).toEqual([0, 0]);
    expect(o.missing).toBe(rowsOf(o.truth, (t) => t.walId === 1 && t.segmentId === 0 && t.segmentTxn >= 4));
    expect(o.codes).toContain('event_record_missing');
  });

  it.each([
    ['its length', 0],
    ['its number', 4],
    ['its type', 12],
  ])('a middle record with %s flipped keeps its rows and its symbols', async (_, offset) => {
    const o = await outcome(...V1, ({ file }) => flip(file(EVENT), (recordOffsets(file(EVENT))[3] ?? 0) + offset, 1));
    expect([o.missing, o.wrong, o.extra]).toEqual([0, 0, 0]);
    expect(o.codes).toEqual(['event_record_invalid']);
  });

  it.each([
    ['first row', 13],
    ['row bound', 21],
  ])('a middle record with its %s flipped keeps its rows: its neighbours tell them', async (_, offset) => {
    const o = await outcome(...V1, ({ file }) => flip(file(EVENT), (recordOffsets(file(EVENT))[3] ?? 0) + offset, 2));
    expect([o.missing, o.wrong, o.extra]).toEqual([0, 0, 0]);
    expect(o.codes).toContain('event_rows_disagree');
  });

  it('4 KB of zeros at its head: every record after them is saved, the lost ones are named', async () => {
    const o = await outcome('11-killed-v1', 'ilp_http', ({ file }) => zero(file(EVENT), 0, 4096));
    expect([o.wrong, o.extra]).toEqual([0, 0]);
    expect(o.missing).toBeLessThan(rowsOf(o.truth, (t) => t.walId === 1 && t.segmentId === 0));
    expect(o.result.exitCode).toBe(3);
    expect(o.codes).toContain('event_record_invalid');
  });
});

describe('column files', () => {
  it('a .d deleted costs that column, not the segment', async () => {
    const o = await outcome('01-trades-v1', 'trades', ({ file }) => unlinkSync(file('wal1/0/px.d')));
    expect([o.missing, o.extra]).toEqual([0, 0]);
    expect(o.codes).toEqual(['column_missing']);
    expect(o.result.tables[0]?.segments[0]).toMatchObject({ status: 'written_with_losses', rowsWritten: 74 });
    expect(o.result.tables[0]?.damage[0]).toMatchObject({ column: 'px', cells: 74n });
  });

  it('a .d cut to half costs the cells behind the cut', async () => {
    const o = await outcome('01-trades-v1', 'trades', ({ file }) => truncateSync(file('wal1/0/px.d'), 37 * 8));
    expect([o.missing, o.extra, o.wrong]).toEqual([0, 0, 37]);
    expect(o.result.tables[0]?.damage).toMatchObject([{ code: 'column_short', column: 'px', cells: 37n }]);
  });

  it('the designated timestamp deleted keeps the rows', async () => {
    const o = await outcome('01-trades-v1', 'trades', ({ file }) => unlinkSync(file('wal1/0/ts.d')));
    expect([o.missing, o.extra]).toEqual([0, 0]);
    expect(o.result.tables[0]?.damage).toMatchObject([{ code: 'column_missing', column: 'ts', cells: 74n }]);
  });

  it('garbage in a .i costs the entries that it hits', async () => {
    const o = await outcome('02-all-types-v1', 'alltypes', ({ file }) =>
      overwrite(file('wal1/0/c_varchar.i'), 40, new Uint8Array(24).fill(0xa5)),
    );
    expect([o.missing, o.extra]).toEqual([0, 0]);
    expect(o.wrong).toBeLessThanOrEqual(3);
  });
});

describe('_meta', () => {
  it.each([
    ['deleted', unlinkSync],
    ['zeroed', (file: string) => zero(file, 0, statSync(file).size)],
    ['with a column name flipped', (file: string) => flip(file, statSync(file).size - 2, 1)],
  ])('%s: the columns come from elsewhere, no row and no cell is lost', async (_, harm) => {
    const o = await outcome('05-multi-segment', 'rollover', ({ file }) => harm(file('wal1/2/_meta')));
    expect([o.missing, o.wrong, o.extra]).toEqual([0, 0, 0]);
    expect(o.codes).toContain('schema_substituted');
    expect(o.result.exitCode).toBe(0);
  });
});

describe('_txnlog', () => {
  it('its header zeroed: the records behind it still name everything', async () => {
    const o = await outcome('11-killed-v1', 'ilp_http', ({ file }) => zero(file('txn_seq/_txnlog'), 0, 76));
    expect([o.missing, o.wrong, o.extra]).toEqual([0, 0, 0]);
    expect(o.codes).toContain('txnlog_max_txn_low');
  });

  it('maxTxn = 1: the rest is not dropped', async () => {
    const one = new Uint8Array(8);
    one[0] = 1;
    const o = await outcome('11-killed-v1', 'ilp_http', ({ file }) => overwrite(file('txn_seq/_txnlog'), 4, one));
    expect([o.missing, o.wrong, o.extra]).toEqual([0, 0, 0]);
    expect(o.codes).toEqual(['txnlog_max_txn_low']);
  });

  it('deleted: every row comes out as unknown', async () => {
    const o = await outcome('01-trades-v1', 'trades', ({ file }) => unlinkSync(file('txn_seq/_txnlog')));
    expect([o.missing, o.wrong, o.extra]).toEqual([0, 0, 0]);
    expect(o.files).toContain('trades__wal1__seg0__tier2.parquet');
    expect(o.result.exitCode).toBe(3);
  });

  it('a record zeroed in the middle: its rows come out as unknown, all others as ever', async () => {
    const o = await outcome('11-killed-v1', 'ilp_http', ({ file }) => zero(file('txn_seq/_txnlog'), 76 + 28 * 10, 28));
    expect([o.missing, o.wrong, o.extra]).toEqual([0, 0, 0]);
    expect(o.codes).toEqual(['txnlog_record_invalid']);
    const table = o.result.tables.find((t) => t.tableName === 'ilp_http');
    expect(table?.ledger.filter((e) => e.state === 'undecidable')).toMatchObject([{ from: 11n, to: 11n }]);
  });

  it('a record naming its neighbour: no row twice, none lost', async () => {
    const o = await outcome('11-killed-v1', 'ilp_http', ({ file }) =>
      flip(file('txn_seq/_txnlog'), 76 + 28 * 10 + 16, 0),
    );
    expect([o.missing, o.wrong, o.extra]).toEqual([0, 0, 0]);
    expect(o.result.exitCode).toBe(3);
  });

  it('a V2 part missing: the rows that it named come out as unknown', async () => {
    const o = await outcome('04-all-types-v2', 'alltypes', ({ file }) => {
      const parts = readdirSync(file('txn_seq/_txn_parts')).sort();
      unlinkSync(file(`txn_seq/_txn_parts/${parts[1]}`));
    });
    expect([o.missing, o.wrong, o.extra]).toEqual([0, 0, 0]);
    expect(o.result.exitCode).toBe(3);
  });
});

describe('symbol files', () => {
  it('deleted beside the segments: the table has the same', async () => {
    const o = await outcome('07-symbol-reuse', 'symwide', ({ file }) => {
      for (const name of readdirSync(file('wal1'))) if (/\.[ockv]$/.test(name)) unlinkSync(file(`wal1/${name}`));
    });
    expect([o.missing, o.wrong, o.extra]).toEqual([0, 0, 0]);
  });

  it('deleted everywhere: cells with base symbols are NULL and counted, the rest is saved', async () => {
    const o = await outcome('07-symbol-reuse', 'symreuse', ({ file }) => {
      for (const folder of ['', 'wal1/', 'wal2/', 'wal3/']) {
        for (const name of readdirSync(file(folder)))
          if (/\.[ockv](\.\d+)?$/.test(name)) unlinkSync(file(folder + name));
      }
    });
    expect([o.missing, o.extra]).toEqual([0, 0]);
    expect(o.codes).toContain('symbol_table_missing');
    expect(o.result.exitCode).toBe(3);
  });
});

describe('_txn', () => {
  it('swapped for another table’s that is ahead of the log: no status is made up', async () => {
    const o = await outcome('09-watermark', 'stuck', ({ file }) =>
      copyFileSync(file('../purged~6/_txn'), file('_txn')),
    );
    expect([o.missing, o.wrong, o.extra]).toEqual([0, 0, 0]);
    expect(o.codes).toContain('watermark_ahead_of_log');
  });
});
