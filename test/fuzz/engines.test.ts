/** What comes out of damaged folders, read by a second engine that is not the harness's own. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { damageCase } from '../../src/corrupt/damageCase.js';
import { randomOf } from '../../src/corrupt/random.js';
import { readBack } from '../../src/corrupt/readBack.js';
import { walrescue } from '../../src/corrupt/system.js';
import { overlay } from '../../src/source/overlay.js';
import { harnessOf } from '../corrupt/harness.js';
import { readWithDuckdb } from '../helpers/parquetEngines.js';

const folder = mkdtempSync(join(tmpdir(), 'walrescue-engines-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Kinds that cost cells or rows, so that files are other than those of undamaged folders. */
const KINDS = ['truncate_any', 'zero_512', 'file_missing', 'shifted', 'length_field', 'torn_write', 'extend_noise'];
const SEEDS = 24;

it.each(['02-all-types-v1', '05-multi-segment'])(
  'DuckDB reads every file of %s, damaged',
  async (name) => {
    const { truth } = await harnessOf(name);
    let files = 0;
    for (let seed = 0; seed < SEEDS; seed++) {
      const damage = damageCase(truth.source, truth.targets, randomOf(seed), KINDS);
      if (damage === undefined) continue;
      const run = await walrescue(overlay(truth.source, damage.mutations), {});
      for (const table of run.tables) {
        const clean = truth.tables.get(table.folder.dirName)?.run.files;
        for (const [file, bytes] of table.files) {
          const before = clean?.get(file);
          if (!file.endsWith('.parquet') || (before !== undefined && Buffer.from(before).equals(bytes))) continue;
          const path = join(folder, `${name}-${seed}-${files}.parquet`);
          writeFileSync(path, bytes);
          const [duckdb, hyparquet] = [await readWithDuckdb(path), await readBack(bytes)];
          expect(duckdb.rowCount).toBe(hyparquet.rows);
          expect(duckdb.columnNames).toEqual([...hyparquet.columns.keys()]);
          files += 1;
        }
      }
    }
    expect(files).toBeGreaterThan(4);
  },
  60_000,
);
