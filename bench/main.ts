/**
 * make bench: everything that bench/README.md tells, in one run; make bench-quick: the same on smaller data, in less than two
 * minutes once the data is there. With names of sets as arguments only those are compared.
 */
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { compareCold } from './cold.js';
import { compare, type Outcome } from './compare.js';
import { compareDamaged } from './damaged.js';
import type { SetName } from './data.js';
import { removeOutputs } from './folders.js';
import { growth } from './growth.js';
import { table, times } from './table.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean', default: false }, rounds: { type: 'string' } },
});
const { quick } = values;
const rounds = Number(values.rounds ?? (quick ? 3 : 7));

const chosen: readonly SetName[] =
  positionals.length > 0
    ? (positionals as SetName[])
    : quick
      ? ['big-quick', 'big1seg-quick', 'many-quick', 'manyseg-quick']
      : ['big', 'big1seg', 'many', 'manyseg'];

const [cpu] = cpus();
console.log(
  `${cpus().length} cores (${cpu?.model ?? 'unknown'}), ${(totalmem() / 2 ** 30).toFixed(0)} GiB, Node ${process.version}`,
);
const outcomes: Outcome[] = [];
for (const set of chosen) outcomes.push(await compare(set, rounds, quick ? [] : [1, 2]));
if (positionals.length === 0) {
  if (quick) {
    await compareDamaged(['many-quick'], rounds);
  } else {
    await compareCold(rounds);
    await compareDamaged(['big', 'many', 'manyseg'], 3);
    await growth(
      [1, 10, 100, 1_000, 10_000],
      [
        ['rows-1k', 1_000],
        ['rows-10k', 10_000],
        ['rows-100k', 100_000],
        ['rows-1m', 1_000_000],
        ['big1seg', 10_000_000],
        ['rows-100m', 100_000_000],
      ],
      3,
    );
  }
}
console.log('\n### Against the native encoder\n');
console.log(
  table(
    ['', 'times as fast', 'peak MB', 'Parquet bytes'],
    outcomes.map(({ set, ratio, peakMegabytes, bytes }) => [
      set,
      times(ratio),
      peakMegabytes.toFixed(0),
      `${(bytes * 100).toFixed(0)} %`,
    ]),
  ),
);
removeOutputs();
