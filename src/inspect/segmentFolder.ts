/** Parts of a segment's folder that span its files: a transaction, rows of all columns, the files of one column. */
import { join } from '../files.js';
import { RequestError } from '../requestError.js';
import type { Source } from '../source/source.js';
import { nameText } from './escape.js';
import type { Field } from './field.js';
import { aroundFiles, type InspectOptions } from './inspectFile.js';
import { columnParts, section, transactionParts } from './parts.js';
import { placeOf } from './place.js';
import type { Selection } from './select.js';
import { rowsText } from './told.js';

/** What is asked for of the segment in `folder`. Throws a `RequestError` when there is no such column or row. */
export function selectInSegment(
  source: Source,
  folder: string,
  { txn, rows, column }: Pick<Selection, 'txn' | 'rows' | 'column'>,
  options: InspectOptions,
): Field {
  const around = options.around ?? aroundFiles(source, options.all);
  const segment = around.segment(placeOf(source, join(folder, '_event')));
  const name = folder.split('/').at(-1) ?? '';
  if (segment === undefined) throw new RequestError(`${name} is no segment of a table`);
  const { opened } = segment;
  if (txn !== undefined && column === undefined) {
    const parts = transactionParts(source, { folder, name: '', opened }, txn, options);
    const isKnown = opened.transactions.all.some(({ segmentTxn }) => segmentTxn === txn);
    // A record of which nothing else is known may still be there as damaged bytes.
    if (!isKnown && parts[0]?.kind !== 'file') throw new RequestError(`--txn: the segment has no transaction ${txn}`);
    return section(`${name}/`, `record ${txn}`, parts);
  }
  const columns = column === undefined ? opened.columns : opened.columns.filter((each) => each.name === column);
  if (columns.length === 0) throw new RequestError(`--column: no column ${nameText(column ?? '')} in the segment`);
  const count = opened.transactions.rows.reduce((most, { hi }) => Math.max(most, hi), 0);
  const ranges = rangesOf(opened.transactions.rows, { txn, rows, count });
  const parts = columns.flatMap(({ name: file, type }) =>
    columnParts(source, folder, file, type?.hasAux === true, ranges, options),
  );
  return section(`${name}/`, ranges.map(([lo, hi]) => rowsText(lo, hi - 1)).join(' and '), parts);
}

type Stretches = readonly { lo: number; hi: number; transactions: readonly { segmentTxn: number }[] }[];

/** The rows that are asked for; all when nothing says which. */
function rangesOf(
  stretches: Stretches,
  { txn, rows, count }: { txn: number | undefined; rows: Selection['rows']; count: number },
): readonly (readonly [number, number])[] {
  if (rows !== undefined) {
    if (rows[0] >= count) throw new RequestError(`--row: the segment has ${count} rows`);
    return [[rows[0], Math.min(rows[1] + 1, count)]];
  }
  if (txn === undefined) return count === 0 ? [] : [[0, count]];
  const own = stretches.filter(({ transactions }) => transactions.some((each) => each.segmentTxn === txn));
  if (own.length === 0) throw new RequestError(`--txn: transaction ${txn} has no rows in the segment`);
  return own.map(({ lo, hi }) => [lo, hi]);
}
