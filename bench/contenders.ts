/** Who is measured: walrescue, and what its users would compare it with. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WORK } from './data.js';
import { measure, type Run } from './measure.js';
import { questdbJar } from './questdb.js';

const PROJECT = dirname(dirname(fileURLToPath(import.meta.url)));
/** What `bin.walrescue` names. */
export const CLI = join(PROJECT, 'dist/cli/main.js');

/** Something that makes an output of a database root. */
export interface Contender {
  readonly name: string;
  run(root: string, output: string): Run;
}

/** walrescue as users run it; `jobs` unless it is to choose. */
export function walrescue(jobs?: number): Contender {
  const chosen = jobs === undefined ? [] : ['--jobs', String(jobs)];
  return {
    name: jobs === undefined ? 'walrescue' : `walrescue --jobs ${jobs}`,
    run: (root, output) =>
      measure(process.execPath, [CLI, 'export', root, '--output-dir', output, '--quiet', ...chosen]),
  };
}

function encodeBench(): string {
  const classes = join(WORK, 'peer');
  if (!existsSync(join(classes, 'EncodeBench.class'))) {
    mkdirSync(classes, { recursive: true });
    const source = join(PROJECT, 'bench/peer/EncodeBench.java');
    execFileSync('javac', ['-cp', questdbJar(), '-d', classes, source]);
  }
  return `${questdbJar()}:${classes}`;
}

/** QuestDB's native encoder, row by row symbols and provenance columns as the seed tool has them. */
export const nativeEncoder: Contender = {
  name: 'native encoder',
  run: (root, output) =>
    measure('java', ['-cp', encodeBench(), 'EncodeBench', root, 'ALL', output, '--rowwise', '--shoulder']),
};

/** The whole database folder, copied. */
export const copy: Contender = { name: 'cp -r', run: (root, output) => measure('cp', ['-r', root, output]) };

/** DuckDB from Parquet to Parquet, uncompressed: reads what walrescue wrote. */
export const duckdb = (parquet: string): Contender => ({
  name: 'DuckDB',
  run: (_root, output) => {
    mkdirSync(output);
    const script = join(PROJECT, 'bench/duckdbCopy.ts');
    return measure(process.execPath, ['--import', 'tsx', script, parquet, join(output, 'all.parquet')]);
  },
});
