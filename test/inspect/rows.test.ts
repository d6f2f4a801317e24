/**
 * Rows of column files against the truth of the fixtures: each value, each transaction, through the tree.
 */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Field } from '../../src/inspect/field.js';
import { type FileTree, inspectFile } from '../../src/inspect/inspectFile.js';
import { selectFields } from '../../src/inspect/select.js';
import { nodeSource } from '../../src/source/node.js';
import { fixture, type TruthColumn, type TruthTable, truth, undamagedFixtureNames } from '../helpers/fixtures.js';

/** Rows of one transaction that are compared. */
const MAX_ROWS = 40;
const FLOATS = /^(?:FLOAT|DOUBLE)$/;

/** A row's value in the words of the truth: `null`, numbers as numbers where they are no integers, else text. */
function plain(field: Field, { type }: TruthColumn): unknown {
  const { value, meaning } = field;
  if (type === 'CHAR' && value === null) return null;
  if (value === null || value === undefined) return null;
  if (FLOATS.test(type)) return type === 'FLOAT' ? Math.fround(Number(value)) : Number(value);
  if (type === 'BINARY') return /…$/.test(String(value)) ? meaning?.split(' ')[0] : value;
  if (type.endsWith('[]')) return JSON.stringify(JSON.parse(String(value)));
  return String(value);
}

function expected(text: string | null, { type }: TruthColumn): unknown {
  if (text === null) return null;
  if (FLOATS.test(type)) return type === 'FLOAT' ? Math.fround(Number(text)) : Number(text);
  if (type === 'BINARY' && text.length > 512) return String(text.length / 2);
  if (type.endsWith('[]')) return JSON.stringify(JSON.parse(text));
  if (type === 'CHAR' && text === '') return null;
  return text;
}

const rowsOf = (tree: FileTree, txn: number): readonly Field[] => [...selectFields(tree, { txn })];

/** Compares the rows of a table's transactions; gives how many cells were compared. */
function compareTable(root: string, table: TruthTable): number {
  const source = nodeSource(join(root, 'db'));
  let cells = 0;
  for (const transaction of table.transactions) {
    const { walId, segmentId, segmentTxn, seqTxn, rowCount, structureVersion } = transaction;
    const folder = `${table.dirName}/wal${walId}/${segmentId}`;
    if (walId <= 0 || !rowCount || !existsSync(join(root, 'db', folder, '_event'))) continue;
    const columns = table.schemas[String(structureVersion)] ?? [];
    const wanted = table.rows.filter((row) => row.seqTxn === seqTxn);
    for (const column of columns) {
      const path = `${folder}/${column.name}.d`;
      if (!existsSync(join(root, 'db', path))) continue;
      const tree = inspectFile(source, path);
      if (tree.find === undefined) continue;
      const fields = rowsOf(tree, segmentTxn);
      expect(fields.length, path).toBe(rowCount);
      for (const { row, values } of wanted.slice(0, MAX_ROWS)) {
        const field = fields[row]!;
        expect(plain(field, column), `${path} ${seqTxn} ${row}`).toEqual(expected(values[column.name] ?? null, column));
        expect(field.meaning, path).toContain(`txn ${segmentTxn}, seqTxn ${seqTxn}`);
        cells += 1;
      }
      tree.close();
    }
  }
  return cells;
}

const NAMES = undamagedFixtureNames().filter((name) => !name.startsWith('13-') && !name.startsWith('11-'));

describe.each(NAMES)('%s', (name) => {
  it('shows the values that were inserted', { timeout: 60_000 }, () => {
    const cells = truth(name).tables.reduce((sum, table) => sum + compareTable(fixture(name), table), 0);
    expect(cells > 0 || name === '15-checkpoint' || name === '10-empty-segments', String(cells)).toBe(true);
  });
});
