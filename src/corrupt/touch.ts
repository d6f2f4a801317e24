/** What a set of changes touches. */
import { type FileChange, overlaps } from './changes.js';
import { touchColumn } from './touchColumn.js';
import { touchEvents } from './touchEvents.js';
import { touchLog } from './touchLog.js';
import { LOST, mark, markAll, type SegmentTouch, type TableTouch, type TouchedFile, untouched } from './touchMap.js';
import { touchSymbols } from './touchSymbols.js';
import type { SegmentTruth, Truth } from './truth.js';

const SEGMENT_FILE = /^(.*\/wal\d+\/\d+)\/([^/]+)$/;
/** Of a WAL, or of the table itself: `<column>.o`, `<column>.c`, with a number behind. */
const SYMBOL_FILE = /^(.+)\/([^/.]+)\.[oc](\.\d+)?$/;

function touchSegmentFile(file: TouchedFile, folder: string, name: string): void {
  const segment = file.table.segments.get(folder);
  const touch = file.touch.segments.get(folder);
  if (segment === undefined || touch === undefined) return;
  touch.touched = true;
  if (name === '_event') touchEvents(file, segment, touch);
  else if (name === '_meta') touchMeta(file, segment, touch);
  else if (name !== '_event.i') touchColumn(file, segment, touch, name);
}

/** Without its `_meta` nothing of a segment need be had; what else knows its columns is more than is promised. */
function touchMeta({ any }: TouchedFile, segment: SegmentTruth, touch: SegmentTouch): void {
  const inUse = segment.opened.schema === undefined ? 0 : Number.POSITIVE_INFINITY;
  if (overlaps(any, 0, inUse)) markAll(touch);
}

function touchFile(file: TouchedFile): void {
  const { path } = file.change;
  const [, folder, name] = SEGMENT_FILE.exec(path) ?? [];
  const [, home, column, number] = SYMBOL_FILE.exec(path) ?? [];
  if (folder !== undefined && name !== undefined) touchSegmentFile(file, folder, name);
  else if (home !== undefined && column !== undefined) touchSymbols(file, home, column, number);
  else {
    file.touch.shared = true;
    touchLog(file);
  }
}

/**
 * What the changes touch, by table folder; tables that they don't touch are not listed. Of two wounds in one table the second
 * may take away what would have made up for the first: there nothing is promised but that what comes out is right.
 */
export function touchOf(
  truth: Truth,
  changes: readonly FileChange[],
  kinds: ReadonlySet<string>,
  severalWounds: boolean,
): ReadonlyMap<string, TableTouch> {
  const touches = new Map<string, TableTouch>();
  for (const change of changes) {
    const dirName = change.path.slice(0, Math.max(change.path.indexOf('/'), 0));
    const table = truth.tables.get(dirName);
    if (table === undefined) continue;
    const touch = touches.get(dirName) ?? {
      segments: new Map([...table.segments].map(([folder, segment]) => [folder, untouched(segment)])),
      shared: false,
      logReplaced: false,
      txns: new Set<bigint>(),
    };
    touches.set(dirName, touch);
    touchFile({ truth, table, touch, change, any: [...change.changed, ...change.gone], kinds });
  }
  if (severalWounds) for (const touch of touches.values()) loosen(touch);
  return touches;
}

function loosen(touch: TableTouch): void {
  touch.shared = true;
  for (const segment of touch.segments.values()) {
    markAll(segment);
    mark(segment.status, LOST);
  }
}

export type { TableTouch } from './touchMap.js';
