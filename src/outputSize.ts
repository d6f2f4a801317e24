/** Whether an export fits where it is to go, told from the sizes of the files that it will read. */
import { attempt, join, segmentFolder } from './files.js';
import type { CompressionName } from './parquet/compression.js';
import type { SegmentReport } from './report.js';
import { RequestError } from './requestError.js';
import { runSegmentTask } from './runSegment.js';
import { liveColumns } from './schema.js';
import type { SegmentTask } from './segmentTask.js';
import type { Source } from './source/source.js';

/** A file of an open WAL writer is longer than its content by up to this (`cairo.wal.writer.data.append.page.size`). */
const APPEND_PAGE_BYTES = 1024 * 1024;

/** What compression leaves at best: an export is refused only when even that can't fit. */
const BEST_RATIO: Readonly<Record<CompressionName, number>> = { none: 1, snappy: 0.4, lz4: 0.4, zstd: 0.2 };

/** What the sidecars take at least, for each segment: its entry in the manifest. */
const SIDECAR_BYTES = 768;

const sizeOf = (source: Source, path: string): number => attempt(path, () => source.stat(path)).value?.size ?? 0;

const folderOf = (task: SegmentTask): string => segmentFolder(task.table.dirName, task.walId, task.segmentId);

/** Bytes of a segment's column files, what is preallocated included. */
export function segmentBytes(source: Source, task: SegmentTask): number {
  const folder = folderOf(task);
  const listing = attempt(folder, () => source.list(folder)).value ?? [];
  return listing
    .filter(({ name }) => name.endsWith('.d'))
    .reduce((sum, { name }) => sum + sizeOf(source, join(folder, name)), 0);
}

/** Bytes that the rows of an inspected segment take in its column files, without what is preallocated. */
export function contentBytes(source: Source, task: SegmentTask, report: SegmentReport): number {
  const rows = report.rowsCommitted;
  if (report.schema === undefined || rows === 0) return 0;
  return liveColumns(report.schema).reduce((sum, column) => {
    const width = column.type?.width ?? 0;
    if (width > 0) return sum + rows * width;
    return sum + Math.max(0, sizeOf(source, join(folderOf(task), `${column.name}.d`)) - APPEND_PAGE_BYTES);
  }, 0);
}

const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1_000_000)} MB`;

/**
 * Throws a `RequestError` when the tasks' output can't fit into `freeBytes`. Sizes of files settle it in nearly all cases;
 * else the segments are inspected, since preallocated files may be far longer than what is in them.
 */
export async function assertFits(
  source: Source,
  tasks: readonly SegmentTask[],
  compression: CompressionName,
  target: { readonly folder: string; readonly freeBytes: number },
): Promise<void> {
  const ratio = BEST_RATIO[compression];
  const sidecars = tasks.length * SIDECAR_BYTES;
  const atMost = tasks.reduce((sum, task) => sum + segmentBytes(source, task), 0) * ratio;
  if (sidecars + atMost <= target.freeBytes) return;
  let needed = sidecars;
  for (const task of tasks) needed += contentBytes(source, task, await runSegmentTask(source, task)) * ratio;
  if (needed <= target.freeBytes) return;
  throw new RequestError(
    `${target.folder}: about ${megabytes(needed)} are needed and ${megabytes(target.freeBytes)} are free`,
  );
}
