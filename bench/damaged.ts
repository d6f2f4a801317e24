/** Whether damage makes an export slow: the same folder whole and with every segment damaged. */
import { closeSync, cpSync, openSync, readdirSync, renameSync, statSync, truncateSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { CLI } from './contenders.js';
import { dataSet, type SetName } from './data.js';
import { freshOutput } from './folders.js';
import { measure, median } from './measure.js';
import { digits, table, times } from './table.js';

const PAGE_BYTES = 4096;

/** Overwrites a page in the middle of a file. */
function overwrite(file: string, byte: number): void {
  const size = statSync(file).size;
  const length = Math.min(PAGE_BYTES, size);
  const fd = openSync(file, 'r+');
  writeSync(fd, new Uint8Array(length).fill(byte), 0, length, Math.floor((size - length) / 2));
  closeSync(fd);
}

const halve = (file: string): void => truncateSync(file, Math.floor(statSync(file).size / 2));
const hide = (file: string): void => renameSync(file, `${file}.gone`);

/** One damage for each segment in turn; `text` is the name of the set's VARCHAR column. */
const DAMAGES: readonly ((segment: string, text: string) => void)[] = [
  (segment) => overwrite(join(segment, 'ts.d'), 0),
  (segment, text) => overwrite(join(segment, `${text}.i`), 0xa5),
  (segment, text) => halve(join(segment, `${text}.d`)),
  (segment) => hide(join(segment, 'sym.d')),
  (segment) => hide(join(segment, '_meta')),
  (segment) => halve(join(segment, '_event')),
  (segment) => overwrite(join(segment, 'sym.d'), 0x7f),
  (segment) => hide(join(segment, '_event.i')),
];

/** Every segment folder of a root. */
function segmentFolders(root: string): string[] {
  const inside = (folder: string, pattern: RegExp): string[] =>
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && pattern.test(entry.name))
      .map((entry) => join(folder, entry.name));
  return inside(root, /^[^.]/).flatMap((table) => inside(table, /^wal\d+$/).flatMap((wal) => inside(wal, /^\d+$/)));
}

/** A copy of a set in which every segment is damaged. */
function damagedCopy(root: string, set: SetName): string {
  const copy = freshOutput();
  cpSync(root, copy, { recursive: true });
  for (const [i, segment] of segmentFolders(copy).entries())
    DAMAGES[i % DAMAGES.length]?.(segment, set.startsWith('big') ? 'v' : 'note');
  return copy;
}

/** Exit codes of an export that found losses, or none where all damage could be repaired. */
const EXIT_CODES = [0, 3];

/** Measures sets whole and damaged in turns; prints a table. */
export async function compareDamaged(sets: readonly SetName[], rounds: number): Promise<void> {
  const rows: string[][] = [];
  for (const set of sets) {
    const root = await dataSet(set);
    const damaged = damagedCopy(root, set);
    const wall: Record<'whole' | 'damaged', number[]> = { whole: [], damaged: [] };
    for (let round = 0; round < rounds; round++) {
      for (const [state, from] of [
        ['whole', root],
        ['damaged', damaged],
      ] as const) {
        const output = freshOutput();
        wall[state].push(measure(process.execPath, [CLI, 'export', from, '-o', output, '-q'], EXIT_CODES).wallSeconds);
      }
    }
    const ratio = median(wall.damaged.map((seconds, i) => seconds / (wall.whole[i] ?? Number.NaN)));
    rows.push([set, digits(median(wall.whole)), digits(median(wall.damaged)), times(ratio)]);
  }
  console.log('\n### Every segment damaged\n');
  console.log(table(['', 'whole: wall s', 'damaged: wall s', 'takes'], rows));
}
