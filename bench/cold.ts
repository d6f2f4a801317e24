/** What takes no time at all must not take long: help, a look at many tables, a table of one segment. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { CLI } from './contenders.js';
import { dataSet, WORK } from './data.js';
import { freshOutput } from './folders.js';
import { measure, median } from './measure.js';
import { table } from './table.js';

const EXAMPLE = '01-trades-v1';

/** The bundled example database. */
function example(): string {
  const folder = join(WORK, EXAMPLE);
  if (!existsSync(folder)) {
    mkdirSync(WORK, { recursive: true });
    execFileSync('tar', ['-xzf', `test/fixtures/${EXAMPLE}.tar.gz`, '-C', WORK]);
  }
  return join(folder, 'db');
}

/** Measures short commands; prints a table with the time that each may take. */
export async function compareCold(rounds: number): Promise<void> {
  const root = example();
  const many = await dataSet('many');
  const commands: readonly (readonly [string, number | undefined, (output: string) => readonly string[]])[] = [
    ['node -e 0', undefined, () => ['-e', '0']],
    ['walrescue --help', 100, () => [CLI, '--help']],
    ['export, one segment', 200, (output) => [CLI, 'export', root, '-o', output]],
    ['export --dry-run, 300 tables', 400, () => [CLI, 'export', many, '--dry-run']],
  ];
  const wall = commands.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [i, [, , args]] of commands.entries())
      wall[i]?.push(measure(process.execPath, args(freshOutput())).wallSeconds * 1000);
  }
  const rows = commands.map(([name, limit], i) => {
    const values = wall[i] ?? [];
    const figures = [median(values), Math.min(...values)].map((value) => value.toFixed(0));
    return [name, ...figures, limit === undefined ? '' : `< ${limit}`];
  });
  console.log('\n### Short commands\n');
  console.log(table(['', 'median ms', 'best ms', 'wanted'], rows));
}
