/** Segments that a server removes while they are read (`WalPurgeJob`): file after file, then the folder. */
import type { Damage, DamageCode } from './damage.js';
import { attempt, isMissing } from './files.js';
import type { SegmentTask } from './segmentTask.js';
import type { Source } from './source/source.js';
import { readWatermark } from './watermark.js';

/** How long a folder that lacks files is watched, and how long once it is known that a server is at work. */
const LOOK_MS = 50;
const REMOVAL_MS = 3000;
const POLL_MS = 10;
/** Looks in vain after which nobody waits any more: these folders are damaged, no server is at them. */
const MAX_VAIN_LOOKS = 10;

let vainLooks = 0;

const GONE: ReadonlySet<DamageCode> = new Set([
  'file_missing',
  'event_missing',
  'event_index_missing',
  'segment_meta_missing',
  'column_missing',
  'symbol_table_missing',
]);

/** True when the folder goes while it is watched. */
async function vanishes(source: Source, folder: string, isLive: boolean): Promise<boolean> {
  if (vainLooks >= MAX_VAIN_LOOKS) return false;
  const filesNow = (): number => attempt(folder, () => source.list(folder)).value?.length ?? 0;
  const filesThen = filesNow();
  const start = performance.now();
  for (let limit = isLive ? REMOVAL_MS : LOOK_MS; performance.now() - start < limit; ) {
    if (isMissing(source, folder)) {
      vainLooks = 0;
      return true;
    }
    if (filesNow() < filesThen) limit = REMOVAL_MS;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  vainLooks += 1;
  return false;
}

/**
 * True when what is missing of a segment, needed or not, was removed in the ordinary way since the log was read: the table says now that it has
 * applied all of it, and the folder is gone or going.
 */
export async function wasPurged(
  source: Source,
  task: SegmentTask,
  segmentDir: string,
  found: readonly Damage[],
): Promise<boolean> {
  if (found.every(({ severity }) => severity === 'note')) return false;
  const now = readWatermark(source, task.table.dirName).value;
  if (now === undefined || !task.named.every(({ seqTxn }) => seqTxn <= now.seqTxn)) return false;
  if (isMissing(source, segmentDir)) return true;
  const isLive = now.seqTxn > (task.table.watermark?.seqTxn ?? now.seqTxn);
  return found.some(({ code }) => GONE.has(code)) && (await vanishes(source, segmentDir, isLive));
}
