/** Which row of the truth each row of an output file is. */
import { type Cell, type ReadFile, sameCell } from './readBack.js';
import type { SegmentTruth } from './truth.js';

/** Columns that are compared to find the place of rows whose transaction is not known. */
const COLUMNS_COMPARED = 6;

interface Group {
  readonly first: number;
  readonly count: number;
  readonly segmentTxn: number | null;
}

/** Rows one after the other that say the same of their transaction. */
function groupsOf(cells: readonly Cell[]): Group[] {
  const groups: { first: number; count: number; segmentTxn: number | null }[] = [];
  cells.forEach((cell, i) => {
    const last = groups.at(-1);
    const segmentTxn = typeof cell === 'number' ? cell : null;
    if (last !== undefined && last.segmentTxn === segmentTxn) last.count += 1;
    else groups.push({ first: i, count: 1, segmentTxn });
  });
  return groups;
}

/** The place among truth rows [lo, hi) where the group's rows differ least; `undefined` when there is no room. */
function bestPlace(file: ReadFile, group: Group, segment: SegmentTruth, lo: number, hi: number): number | undefined {
  const columns = [...segment.columns.values()]
    .sort((a, b) => Number(b.column.designated) - Number(a.column.designated))
    .slice(0, COLUMNS_COMPARED)
    .map(({ name, cells }) => ({ truth: cells, read: file.columns.get(name)?.cells ?? [] }));
  let best: { place: number; wrong: number } | undefined;
  for (let place = lo; place + group.count <= hi; place++) {
    let wrong = 0;
    for (const { truth, read } of columns)
      for (let i = 0; i < group.count; i++)
        if (!sameCell(truth[place + i] ?? null, read[group.first + i] ?? null)) wrong += 1;
    if (best === undefined || wrong < best.wrong) best = { place, wrong };
  }
  return best?.place;
}

/** For each row of a file the index of its row in the truth; -1 for a row that nothing in the truth can be. */
export function alignRows(file: ReadFile, segment: SegmentTruth): Int32Array {
  const rows = new Int32Array(file.rows).fill(-1);
  const groups = groupsOf(file.columns.get('_segment_txn')?.cells ?? []);
  let next = 0;
  groups.forEach((group, g) => {
    const own = group.segmentTxn === null ? undefined : segment.transactions.get(group.segmentTxn);
    const following = groups.slice(g + 1).find(({ segmentTxn }) => segmentTxn !== null)?.segmentTxn;
    const end = segment.transactions.get(following ?? -1)?.first ?? segment.rows;
    const [lo, hi] = group.segmentTxn === null ? [next, end] : [own?.first ?? 0, (own?.first ?? 0) + (own?.count ?? 0)];
    const fits = Math.min(group.count, hi - lo);
    if (fits <= 0) return;
    const place = bestPlace(file, { ...group, count: fits }, segment, lo, hi) ?? lo;
    for (let i = 0; i < fits; i++) rows[group.first + i] = place + i;
    next = place + fits;
  });
  return rows;
}
