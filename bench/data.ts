/** The database folders that are measured: real WAL of a real server, the same in every run. */
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onServer } from './questdb.js';

const HERE = dirname(fileURLToPath(import.meta.url));
/** Where the folders are; they take 3 GB. */
export const DATA = process.env.BENCH_DATA ?? join(HERE, 'data');
/** Outputs and compiled peers. */
export const WORK = process.env.BENCH_WORK ?? join(HERE, '.build');

const START_US = 1_704_067_200_000_000;
const ONE_SEGMENT = {
  QDB_CAIRO_WAL_SEGMENT_ROLLOVER_ROW_COUNT: '1000000000',
  QDB_CAIRO_WAL_SEGMENT_ROLLOVER_SIZE: '500g',
};
const SEGMENT_PER_TRANSACTION = { QDB_CAIRO_WAL_SEGMENT_ROLLOVER_ROW_COUNT: '49' };

interface DataSet {
  readonly settings: Readonly<Record<string, string>>;
  statements(): Generator<string>;
}

/** One wide-awake table: every kind of column that costs something. 83 bytes of WAL a row. */
function* bigTable(transactions: number, rows: number): Generator<string> {
  yield 'create table big(ts timestamp, sym symbol capacity 1024, d1 double, d2 double, l long, i int, v varchar, b boolean) timestamp(ts) partition by day wal';
  yield 'alter table big suspend wal';
  for (let k = 0; k < transactions; k++) {
    const first = START_US + k * rows * 1000;
    yield `insert into big select timestamp_sequence(${first}L::timestamp,1000), concat('SYM_',rnd_int(0,999,0)), rnd_double(), round(rnd_double()*1000,2), rnd_long(0,1000000000,0), rnd_int(0,1000000,0), rnd_str(18,22,0)::varchar, rnd_boolean() from long_sequence(${rows},${k + 1},${k + 77})`;
  }
}

/** Many small tables, each with 20 transactions of 50 rows. */
function* manyTables(tables: number): Generator<string> {
  for (let t = 0; t < tables; t++) {
    const name = `t${String(t).padStart(3, '0')}`;
    yield `create table ${name}(ts timestamp, sym symbol, price double, qty long, side boolean, note varchar) timestamp(ts) partition by day wal`;
    yield `alter table ${name} suspend wal`;
    for (let k = 0; k < 20; k++) {
      const first = START_US + k * 50_000_000;
      yield `insert into ${name} select timestamp_sequence(${first}L::timestamp,1000000), rnd_symbol('A','B','C','D'), rnd_double(), rnd_long(0,1000,0), rnd_boolean(), rnd_str(5,10,0)::varchar from long_sequence(50)`;
    }
  }
}

const big = (transactions: number, rows: number, settings = {}): DataSet => ({
  settings,
  statements: () => bigTable(transactions, rows),
});
const many = (tables: number, settings = {}): DataSet => ({ settings, statements: () => manyTables(tables) });

/** All sets by name; `rows-…` have one segment. */
const SETS = {
  big: big(20, 500_000),
  big1seg: big(20, 500_000, ONE_SEGMENT),
  many: many(300),
  manyseg: many(300, SEGMENT_PER_TRANSACTION),
  'big-quick': big(4, 500_000),
  'big1seg-quick': big(4, 500_000, ONE_SEGMENT),
  'many-quick': many(60),
  'manyseg-quick': many(60, SEGMENT_PER_TRANSACTION),
  'rows-1k': big(1, 1_000, ONE_SEGMENT),
  'rows-10k': big(1, 10_000, ONE_SEGMENT),
  'rows-100k': big(1, 100_000, ONE_SEGMENT),
  'rows-1m': big(2, 500_000, ONE_SEGMENT),
  'rows-100m': big(200, 500_000, ONE_SEGMENT),
} as const satisfies Record<string, DataSet>;

export type SetName = keyof typeof SETS;

/** The database root of a set, which is made first if it is not there. */
export async function dataSet(name: SetName): Promise<string> {
  const folder = join(DATA, name);
  const root = join(folder, 'db');
  if (existsSync(root)) return root;
  console.log(`making ${name} (needs a JDK and Maven) …`);
  mkdirSync(DATA, { recursive: true });
  const unfinished = join(DATA, `.${name}.unfinished`);
  const { settings, statements } = SETS[name];
  await onServer(unfinished, settings, statements());
  renameSync(unfinished, folder);
  return root;
}
