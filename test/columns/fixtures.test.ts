import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openColumn } from '../../src/columns/openColumn.js';
import type { SymbolScope } from '../../src/columns/symbolScope.js';
import { openSymbolTable } from '../../src/columns/symbolTable.js';
import { columnTypeOf } from '../../src/columnType.js';
import { nodeSource } from '../../src/source/node.js';
import { fixture, type TruthRow, type TruthTable, truth, undamagedFixtureNames } from '../helpers/fixtures.js';
import { expectedColumn } from '../helpers/truthColumns.js';
import { cellsOf } from './cells.js';
import { type DataTxn, dataTxns, type MetaColumn, metaColumns } from './walFiles.js';

interface Segment {
  readonly dir: string;
  readonly wal: string;
  readonly txns: { readonly rows: DataTxn; readonly truth: readonly TruthRow[] }[];
}

/** The segments of a table that are on disk, with the transactions whose rows the truth knows. */
function segmentsOf(db: string, table: TruthTable): Segment[] {
  const segments = new Map<string, Segment>();
  const rowsOf = new Map<number, TruthRow[]>();
  for (const row of table.rows) rowsOf.set(row.seqTxn, [...(rowsOf.get(row.seqTxn) ?? []), row]);
  for (const txn of table.transactions) {
    const wal = `${table.dirName}/wal${txn.walId}`;
    const dir = `${wal}/${txn.segmentId}`;
    const rows = rowsOf.get(txn.seqTxn);
    if (rows === undefined || !existsSync(join(db, dir, '_event'))) continue;
    const segment = segments.get(dir) ?? { dir, wal, txns: [] };
    segments.set(dir, segment);
    const found = dataTxns(join(db, dir)).get(txn.segmentTxn);
    if (found === undefined) throw new Error(`${dir}: no record ${txn.segmentTxn}`);
    segment.txns.push({ rows: found, truth: rows });
  }
  for (const segment of segments.values()) segment.txns.sort((a, b) => a.rows.lo - b.rows.lo);
  return [...segments.values()];
}

/** The scopes of a symbol column; `undefined` where the base table's files go by another name. */
function scopesOf(db: string, segment: Segment, column: MetaColumn): SymbolScope[] | undefined {
  const clean = Math.max(...segment.txns.map(({ rows }) => rows.diffs.get(column.index)?.cleanCount ?? 0));
  const path = `${segment.wal}/${column.name}`;
  if (clean > 0 && !existsSync(join(db, `${path}.o`))) return undefined;
  const base =
    clean === 0 ? undefined : openSymbolTable(nodeSource(db), `${path}.o`, `${path}.c`, { expectedCount: clean });
  if (base !== undefined) {
    expect(base.damage).toEqual([]);
    expect(base.table.count).toBe(clean);
  }
  return segment.txns.map(({ rows }) => {
    const diff = rows.diffs.get(column.index);
    return {
      lo: rows.lo,
      hi: rows.hi,
      cleanCount: diff?.cleanCount ?? 0,
      base: base?.table,
      diff: diff?.entries,
      diffKnown: true,
    };
  });
}

/** Compares one column of a segment with the truth; returns how many cells were compared. */
function compareColumn(db: string, segment: Segment, column: MetaColumn): number {
  const type = columnTypeOf(column.code);
  if (type === undefined) throw new Error(`${segment.dir}/${column.name}: type ${column.code}`);
  const scopes = type.name === 'SYMBOL' ? scopesOf(db, segment, column) : [];
  if (scopes === undefined) return 0;
  const rowCount = Math.max(...segment.txns.map(({ rows }) => rows.hi));
  const reader = openColumn(nodeSource(db), {
    path: `${segment.dir}/${column.name}`,
    name: column.name,
    type,
    designated: column.designated,
    symbols: { scopes },
    rowCount,
  });
  const { chunk, damage, lostCells } = reader.read(segment.txns.map(({ rows }) => rows));
  reader.close();
  const rule = expectedColumn(column.name, type.name, column.designated);
  const expected = segment.txns.flatMap(({ truth: rows }) =>
    rows.map((row) => rule.cell(row.values[column.name] ?? null)),
  );
  expect(cellsOf(chunk, rule), `${segment.dir}/${column.name}`).toEqual(expected);
  expect(damage).toEqual([]);
  expect(lostCells).toBe(0);
  return expected.length;
}

describe('columns of real segments are the truth', () => {
  /** Cells of which type were compared, over all cases. */
  const covered = new Map<string, number>();

  // Whose symbols a file holds is told by the table, not by the file's name: test/export has this case.
  const cases = undamagedFixtureNames().filter((name) => name !== '18-symbol-names');
  it.each(cases)('%s', (name) => {
    const db = join(fixture(name), 'db');
    let cells = 0;
    for (const table of truth(name).tables) {
      for (const segment of segmentsOf(db, table)) {
        for (const column of metaColumns(join(db, segment.dir))) {
          const compared = compareColumn(db, segment, column);
          const tag = columnTypeOf(column.code)?.name ?? '';
          covered.set(tag, (covered.get(tag) ?? 0) + compared);
          cells += compared;
        }
      }
    }
    expect(cells).toBeGreaterThan(0);
  });

  it('cover every type', () => {
    const tags = [...covered].filter(([, cells]) => cells > 0).map(([tag]) => tag.replace(/\(.*|(?<=\[\]).*/, ''));
    expect(new Set(tags)).toEqual(
      new Set(
        'BOOLEAN BYTE SHORT CHAR INT LONG DATE TIMESTAMP TIMESTAMP_NS FLOAT DOUBLE STRING SYMBOL LONG256 GEOHASH BINARY UUID LONG128 IPv4 VARCHAR DOUBLE[] DECIMAL'.split(
          ' ',
        ),
      ),
    );
  });
});
