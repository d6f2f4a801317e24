/** The rows of a segment for users of the library, as Arrow record batches. */
import type { RecordBatch } from 'apache-arrow';
import { openSegment } from './openSegment.js';
import { openRows } from './rows.js';
import type { SegmentTask } from './segmentTask.js';
import type { Source } from './source/source.js';

/**
 * The rows that `runSegmentTask` would write, in the same order and with the same columns, provenance included: one batch
 * per row group. Lost cells are NULL. Arrow is loaded when the first batch is asked for. Segments without rows, or without
 * any schema that fits them, give no batch; `runSegmentTask` without an output tells why.
 */
export async function* readRows(
  source: Source,
  task: SegmentTask,
  signal?: AbortSignal,
): AsyncGenerator<RecordBatch, void, undefined> {
  const { schema, segmentDir, columns, rows: selected, events } = openSegment(source, task);
  if (schema === undefined || selected.length === 0) return;
  const { toRecordBatch } = await import('./arrow/recordBatch.js');
  const lossy = new Set(columns.map((column) => column.name));
  const rows = openRows(source, task, { segmentDir, schema, columns, rows: selected, events, lossy });
  try {
    for (const cut of rows.cuts()) {
      signal?.throwIfAborted();
      yield toRecordBatch(rows.columns, rows.decode(cut).chunks);
    }
  } finally {
    rows.close();
  }
}
