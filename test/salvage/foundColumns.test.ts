/** Damage of `_meta` and of column files that the harness found to break something, one test each. */
import { copyFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { damagedCopies, exchange, flip, int32, overwrite, type Place, rowsOf, zero } from './damagedCopy.js';

const outcome = damagedCopies();

describe('_meta of a segment', () => {
  it('an older one does not hide a column', async () => {
    const o = await outcome('14-release-7.2.1', 'evolving', ({ file }) =>
      copyFileSync(file('wal1/0/_meta'), file('wal1/1/_meta')),
    );
    expect([o.missing, o.wrong, o.extra]).toEqual([0, 0, 0]);
    expect(o.codes).toContain('schema_substituted');
  });
});

describe('a segment’s own _meta', () => {
  it('that names no designated timestamp is not believed', async () => {
    const o = await outcome('02-all-types-v1', 'wide128', ({ file }) => overwrite(file('wal1/0/_meta'), 20, int32(-1)));
    expect([o.missing, o.wrong, o.extra]).toEqual([0, 0, 0]);
    expect(o.codes).toContain('segment_meta_invalid');
  });
});

describe('a segment’s _meta zeroed, and types exchanged in _meta.0', () => {
  it('has the columns of a segment beside it: the structural changes that begin there are not believed', async () => {
    const o = await outcome('05-multi-segment', 'two_writers', ({ file }) => {
      zero(file('wal1/0/_meta'), 0, 87);
      // The slots follow the header of 128 bytes; they take 32 each.
      exchange(file('txn_seq/_meta.0'), 128 + 32, 128 + 64, 128 + 96);
    });
    expect([o.missing, o.wrong, o.extra]).toEqual([0, 0, 0]);
    expect(o.codes).toContain('schema_substituted');
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

describe('a segment’s _meta that is another’s, and a log that has lost the records of its rows', () => {
  it('is outvoted by the column files', async () => {
    const o = await outcome('05-multi-segment', 'two_writers', ({ file }) => {
      copyFileSync(file('wal2/0/_meta'), file('wal1/1/_meta'));
      truncateSync(file('txn_seq/_txnlog'), 215);
    });
    expect([o.missing, o.wrong, o.extra]).toEqual([0, 0, 0]);
    expect(o.codes).toContain('schema_substituted');
  });
});

describe('a segment’s _meta with a type that the column’s file is too long for', () => {
  it('is outvoted by the structural changes', async () => {
    const o = await outcome('12-names', 'gone (dropped)', ({ file }) => {
      const meta = file('wal1/0/_meta');
      const size = readFileSync(meta).indexOf(Buffer.from('size', 'utf16le'));
      overwrite(meta, size - 8, int32(5));
    });
    expect([o.missing, o.wrong, o.extra]).toEqual([0, 0, 0]);
    const table = o.result.tables.find(({ dirName }) => dirName === 'gone~22');
    expect(table?.damage.map(({ code }) => code)).toContain('schema_substituted');
  });
});

describe('a segment’s _meta that calls a column deleted whose file is there', () => {
  it('is outvoted by the structural changes, which the files agree with', async () => {
    const o = await outcome('12-names', 'gone (dropped)', ({ file }) =>
      overwrite(file('wal1/0/_meta'), 61, int32(-2_147_483_648)),
    );
    expect([o.missing, o.wrong, o.extra]).toEqual([0, 0, 0]);
    const table = o.result.tables.find(({ dirName }) => dirName === 'gone~22');
    expect(table?.damage.map(({ code }) => code)).toContain('schema_substituted');
    expect(table?.damage.every(({ severity }) => severity !== 'loss')).toBe(true);
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

describe('one damaged timestamp of rows out of order', () => {
  const TIMESTAMP_BYTES = 16;
  const harms: readonly [string, string, (file: Place['file']) => void][] = [
    ['the greatest in the place of another transaction’s', 'ooo', (file) => copyRow(file('wal1/0/ts.d'), 21, 22)],
    ['a flipped bit in the greatest', 'ooo', (file) => flip(file('wal1/0/ts.d'), 295, 3)],
  ];
  const copyRow = (path: string, from: number, to: number): void =>
    overwrite(
      path,
      to * TIMESTAMP_BYTES,
      readFileSync(path).subarray(from * TIMESTAMP_BYTES, (from + 1) * TIMESTAMP_BYTES),
    );

  it.each(harms)('%s: makes no record another’s', async (_, table, harm) => {
    const o = await outcome('08-ooo-replace-dedup', table, ({ file }) => harm(file));
    expect([o.missing, o.wrong, o.extra]).toEqual([0, 1, 0]);
    expect(o.codes).toContain('event_rows_disagree');
    expect(o.result.exitCode).toBe(3);
  });
});

describe('two timestamps exchanged, one of them the last of the segment', () => {
  it('end no transaction before its last row', async () => {
    const o = await outcome('15-checkpoint', 'chk_evolve', ({ file }) => {
      const path = file('wal1/1/ts.d');
      const bytes = readFileSync(path);
      overwrite(path, 32, Buffer.concat([bytes.subarray(64, 80), bytes.subarray(48, 64), bytes.subarray(32, 48)]));
    });
    expect([o.missing, o.extra]).toEqual([0, 0]);
    expect(o.result.exitCode).toBe(3);
  });
});

describe('timestamps cut short, the last that is left with one wrong byte in its row number', () => {
  it('leave none of the two transactions recovered', async () => {
    const o = await outcome('12-names', '123numeric', ({ file }) => {
      const path = file('wal1/0/ts.d');
      const bytes = readFileSync(path);
      writeFileSync(path, Buffer.concat([bytes.subarray(0, 59), bytes.subarray(72)]));
    });
    expect([o.missing, o.extra]).toEqual([0, 0]);
    expect(o.table?.ledger).toMatchObject([{ from: 1n, to: 2n, state: 'recovered_in_part' }]);
    expect(o.codes).toEqual(['column_short', 'timestamp_row_id_mismatch']);
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

describe('16 bytes taken out of the middle of a VARCHAR’s .i', () => {
  it('do not let the value before them grow over the one whose entry is gone', async () => {
    const o = await outcome('05-multi-segment', 'evolve', ({ file }) => {
      const path = file('wal1/9/venue.i');
      const bytes = readFileSync(path);
      writeFileSync(path, Buffer.concat([bytes.subarray(0, 107), bytes.subarray(107 + 16)]));
    });
    expect([o.missing, o.extra]).toEqual([0, 0]);
    expect(o.table?.damage.map(({ code, severity, cells }) => [code, severity, cells])).toEqual([
      ['column_entry_invalid', 'loss', 1n],
      ['column_short', 'loss', 1n],
    ]);
  });
});

describe('a page of another table’s VARCHAR .i, with places past the end of .d', () => {
  it('costs none of the rows behind it, which lie where .d ends', async () => {
    const o = await outcome('11-killed-v2-applying', 'ilp_tcp', ({ file }) => {
      const other = readFileSync(file('../ilp_http~7/wal1/3/txt.i'));
      overwrite(file('wal2/0/txt.i'), 2560, other.subarray(2048, 2560));
    });
    expect([o.missing, o.extra]).toEqual([0, 0]);
    expect(o.table?.damage.map(({ code, column, cells }) => [code, column, cells])).toEqual([
      ['column_entry_invalid', 'txt', 22n],
    ]);
  });
});

describe('structural changes that lead to other columns than the sequencer and a segment have', () => {
  it('are not borne out by older segments, and cost no cell', async () => {
    const COMMAND_OFFSET = 76;
    const SET_DEDUP_DISABLE = 16;
    const o = await outcome('18-symbol-names', 'retyped', ({ file }) =>
      overwrite(file('txn_seq/_txnlog.meta.d'), COMMAND_OFFSET, Uint8Array.of(SET_DEDUP_DISABLE)),
    );
    expect([o.missing, o.wrong, o.extra]).toEqual([0, 0, 0]);
    expect(o.codes).toEqual(['structure_log_unreadable']);
    expect(o.result.exitCode).toBe(0);
  });
});
