/** walrescue against its peers on the same data, in turns, so that what else the machine does meets all of them. */
import { type Contender, copy, duckdb, nativeEncoder, walrescue } from './contenders.js';
import { dataSet, type SetName } from './data.js';
import { bytesIn, freshOutput, removeIfFew } from './folders.js';
import { median, type Run } from './measure.js';
import { digits, megabytes, table, times } from './table.js';

interface Result {
  readonly name: string;
  readonly runs: Run[];
  bytes: number;
  parquetBytes: number;
}

/** Medians of a contender, and how many times as fast the first one was, round by round. */
function row(result: Result, first: Result, inputBytes: number, rows: number): string[] {
  const wall = median(result.runs.map((run) => run.wallSeconds));
  const ratio = median(result.runs.map((run, i) => run.wallSeconds / (first.runs[i]?.wallSeconds ?? Number.NaN)));
  return [
    result.name,
    digits(wall),
    digits(median(result.runs.map((run) => run.cpuSeconds))),
    digits(Math.max(...result.runs.map((run) => run.peakMegabytes))),
    megabytes(result.bytes),
    digits(rows / wall / 1e6),
    digits(inputBytes / wall / 1e6),
    result === first ? '' : times(ratio),
  ];
}

const HEAD = ['', 'wall s', 'CPU s', 'peak MB', 'MB out', 'million rows/s', 'MB/s in', 'walrescue is faster'];

/** Rows of each set: 20 transactions of 50 rows a table, or 500,000 each. */
const ROWS: Partial<Record<SetName, number>> = {
  big: 10_000_000,
  big1seg: 10_000_000,
  many: 300_000,
  manyseg: 300_000,
  'big-quick': 2_000_000,
  'big1seg-quick': 2_000_000,
  'many-quick': 60_000,
  'manyseg-quick': 60_000,
};

/** What a set gave, for the table that ends it all. */
export interface Outcome {
  readonly set: SetName;
  /** Wall time of the native encoder over ours. */
  readonly ratio: number;
  readonly peakMegabytes: number;
  /** Our Parquet bytes over the native encoder's. */
  readonly bytes: number;
}

/** Measures all contenders on a set in `rounds` turns; prints the set's table. */
export async function compare(set: SetName, rounds: number, jobs: readonly number[] = []): Promise<Outcome> {
  const root = await dataSet(set);
  const ours = walrescue();
  // DuckDB reads what walrescue makes; one output is kept for it.
  const kept = freshOutput();
  ours.run(root, kept);
  const contenders: Contender[] = [ours, ...jobs.map(walrescue), nativeEncoder, duckdb(kept), copy];
  const results = contenders.map(({ name }): Result => ({ name, runs: [], bytes: 0, parquetBytes: 0 }));
  for (let round = 0; round < rounds; round++) {
    // Each in turn is the first, as what one leaves to the disk costs the next one.
    for (let turn = 0; turn < contenders.length; turn++) {
      const i = (round + turn) % contenders.length;
      const [contender, result] = [contenders[i]!, results[i]!];
      const output = freshOutput();
      result.runs.push(contender.run(root, output));
      result.bytes = bytesIn(output);
      result.parquetBytes = bytesIn(output, '.parquet');
      removeIfFew(output);
    }
  }
  const [first, peer] = [results[0]!, results.find(({ name }) => name === nativeEncoder.name)!];
  const inputBytes = bytesIn(root, '.d') + bytesIn(root, '.i');
  console.log(`\n### ${set}: ${digits(inputBytes / 1e6)} MB of columns, ${rounds} rounds\n`);
  console.log(
    table(
      HEAD,
      results.map((result) => row(result, first, inputBytes, ROWS[set] ?? 0)),
    ),
  );
  return {
    set,
    ratio: median(peer.runs.map((run, i) => run.wallSeconds / (first.runs[i]?.wallSeconds ?? Number.NaN))),
    peakMegabytes: Math.max(...first.runs.map((run) => run.peakMegabytes)),
    bytes: first.parquetBytes / peer.parquetBytes,
  };
}
