/** How time and memory grow with the number of segments, and with the rows of one segment. */
import { cpSync, linkSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CLI } from './contenders.js';
import { dataSet, type SetName } from './data.js';
import { freshOutput, removeIfFew } from './folders.js';
import { measure, median } from './measure.js';
import { svg } from './svg.js';
import { digits, table } from './table.js';

const FIGURE = join(dirname(fileURLToPath(import.meta.url)), 'growth.svg');

interface Point {
  readonly size: number;
  readonly wallSeconds: number;
  readonly peakMegabytes: number;
}

/** Copies a folder by hard links, without folders whose names are numbers from `segments` on. */
function linkFolder(from: string, to: string, segments: number): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (Number(entry.name) >= segments) continue;
    if (entry.isDirectory()) linkFolder(source, target, segments);
    else linkSync(source, target);
  }
}

/** A root with `segments` segments, made of the tables of `manyseg`, which have 20 each, over and over. */
async function rootWithSegments(segments: number): Promise<string> {
  const source = await dataSet('manyseg');
  const tables = readdirSync(source).filter((name) => /^t\d+~\d+$/.test(name));
  const root = freshOutput();
  const perTable = Math.min(segments, 20);
  for (let t = 0; t * perTable < segments; t++) {
    const name = `g${t}~${t + 1}`;
    const from = join(source, tables[t % tables.length] ?? '');
    mkdirSync(join(root, name), { recursive: true });
    for (const entry of readdirSync(from, { withFileTypes: true })) {
      if (entry.name === '_name') continue;
      if (entry.isDirectory()) linkFolder(join(from, entry.name), join(root, name, entry.name), perTable);
      else linkSync(join(from, entry.name), join(root, name, entry.name));
    }
  }
  cpSync(join(source, '_tab_index.d'), join(root, '_tab_index.d'));
  return root;
}

async function point(root: string, size: number, rounds: number): Promise<Point> {
  const runs = [];
  for (let round = 0; round < rounds; round++) {
    const output = freshOutput();
    runs.push(measure(process.execPath, [CLI, 'export', root, '-o', output, '-q'], [0, 3]));
    removeIfFew(output);
  }
  return {
    size,
    wallSeconds: median(runs.map((run) => run.wallSeconds)),
    peakMegabytes: Math.max(...runs.map((run) => run.peakMegabytes)),
  };
}

const cells = ({ size, wallSeconds, peakMegabytes }: Point): string[] => [
  size.toLocaleString('en'),
  digits(wallSeconds),
  digits(peakMegabytes),
];

/** Measures both series; prints them as tables and writes them to `bench/growth.svg`. */
export async function growth(
  segmentCounts: readonly number[],
  rowSets: readonly (readonly [set: SetName, rows: number])[],
  rounds: number,
): Promise<void> {
  const bySegments: Point[] = [];
  for (const segments of segmentCounts) {
    const root = await rootWithSegments(segments);
    bySegments.push(await point(root, segments, rounds));
  }
  const byRows: Point[] = [];
  for (const [set, rows] of rowSets) byRows.push(await point(await dataSet(set), rows, rounds));
  console.log('\n### Growth\n');
  console.log(table(['segments of 50 rows', 'wall s', 'peak MB'], bySegments.map(cells)));
  console.log(`\n${table(['rows of one segment', 'wall s', 'peak MB'], byRows.map(cells))}`);
  const series = (points: readonly Point[], value: 'wallSeconds' | 'peakMegabytes', colour: string) => [
    { name: value, colour, points: points.map((one) => [one.size, one[value]] as const) },
  ];
  writeFileSync(
    FIGURE,
    svg([
      { title: 'segments of 50 rows', x: 'segments', y: 's', series: series(bySegments, 'wallSeconds', '#1f6feb') },
      { title: 'segments of 50 rows', x: 'segments', y: 'MB', series: series(bySegments, 'peakMegabytes', '#bf3989') },
      { title: 'rows of one segment', x: 'rows', y: 's', series: series(byRows, 'wallSeconds', '#1f6feb') },
      { title: 'rows of one segment', x: 'rows', y: 'MB', series: series(byRows, 'peakMegabytes', '#bf3989') },
    ]),
  );
}
