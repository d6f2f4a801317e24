/** The seed tool's tests of damage that are not among the peer's: cases 17, 18 and 19 of its plan. */
import { readdirSync, readFileSync, truncateSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readWithHyparquet } from '../helpers/parquetEngines.js';
import { damagedCopies, rowsOf } from './damagedCopy.js';

const outcome = damagedCopies();

const manifestOf = (outputDir: string, table: string) =>
  JSON.parse(readFileSync(join(outputDir, `${table}__manifest.json`), 'utf8'));

/** How many rows a file has of each pair of seqTxn and status, as `12 unapplied`. */
async function rowsByStatus(path: string): Promise<ReadonlyMap<string, number>> {
  const file = await readWithHyparquet(path);
  const cells = (name: string, kind: 'integer' | 'bytes') => file.cells(file.columnNames.indexOf(name), kind);
  const [seqTxns, statuses] = [cells('_txnSeq_', 'integer'), cells('_recovery_status_', 'bytes')];
  const rows = new Map<string, number>();
  seqTxns.forEach((seqTxn, row) => {
    const key = `${seqTxn} ${Buffer.from(statuses[row]?.slice(2) ?? '', 'hex')}`;
    rows.set(key, (rows.get(key) ?? 0) + 1);
  });
  return rows;
}

describe('the seed tool’s tests of damage', () => {
  it.each([
    ['ilp_tcp', 'wal1/3'],
    ['ilp_http', 'wal1/4'],
  ])('17: the watermark inside a segment without its _event, %s', async (table, segment) => {
    const o = await outcome('11-killed-v2-applying', table, ({ file }) => unlinkSync(file(`${segment}/_event`)));
    const wanted = new Map(
      o.truth.transactions
        .filter(({ walId, segmentId, rowCount }) => `wal${walId}/${segmentId}` === segment && (rowCount ?? 0) > 0)
        .map(({ seqTxn, rowCount }) => {
          const status = seqTxn <= (o.truth.appliedSeqTxn ?? 0) ? 'applied_unpurged' : 'unapplied';
          return [`${seqTxn} ${status}`, rowCount ?? 0];
        }),
    );
    expect(new Set([...wanted.keys()].map((key) => key.split(' ')[1])).size).toBe(2);
    const file = o.files.find((name) => name.includes('__tier3')) ?? '';
    expect(file).toContain(`__${segment.replace('/', '__seg')}__`);
    expect(await rowsByStatus(join(o.outputDir, file))).toEqual(wanted);
    const written = o.table?.segments.find(({ outputFile }) => outputFile === file);
    expect(written?.rowsWritten).toBe([...wanted.values()].reduce((sum, rows) => sum + rows, 0));
    expect(written?.status).toMatch(/^written_tier3_/);
  });

  it.each([0, 4, 40, 75])('18: _txnlog cut to %i bytes: the segments are found in the folder', async (bytes) => {
    const o = await outcome('01-trades-v1', 'trades', ({ file }) => truncateSync(file('txn_seq/_txnlog'), bytes));
    expect([o.missing, o.wrong, o.extra]).toEqual([0, 0, 0]);
    expect(o.files.filter((name) => name.endsWith('.parquet'))).toEqual(['trades__wal1__seg0__tier2.parquet']);
    const { txnLog, segments } = manifestOf(o.outputDir, 'trades');
    expect(txnLog).toMatchObject({ status: 'error', error: expect.any(String) });
    expect(segments).toMatchObject([{ rowsWritten: rowsOf(o.truth, () => true) }]);
    expect(o.result.exitCode).toBe(3);
  });

  it('19: _event and _meta both gone: the columns are those of a segment beside it, and the manifest says so', async () => {
    const o = await outcome('11-killed-v2-applying', 'ilp_http', ({ file }) => {
      for (const name of ['_event', '_meta']) unlinkSync(file(`wal1/2/${name}`));
      // Neither may the sequencer's own columns help.
      for (const name of readdirSync(file('txn_seq')).filter((each) => each.startsWith('_meta')))
        unlinkSync(file(`txn_seq/${name}`));
    });
    expect([o.missing, o.extra]).toEqual([0, 0]);
    const segment = manifestOf(o.outputDir, 'ilp_http').segments.find(
      (each: { walId: number; segmentId: number }) => each.walId === 1 && each.segmentId === 2,
    );
    const rows = rowsOf(o.truth, ({ walId, segmentId }) => walId === 1 && segmentId === 2);
    expect(segment).toMatchObject({ rowsWritten: rows, plan: { schemaFrom: 'peer', tiers: [3, 4] } });
    expect(segment.skippedColumns).toContain('tier 4: columns from a segment beside it');
    expect(o.codes).toContain('schema_substituted');
  });
});
