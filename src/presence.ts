/**
 * Segments that a server removes while they are read (`WalPurgeJob`): file after file, then the folder; and those that it is
 * still making, or whose columns it changes in place.
 */
import type { Damage, DamageCode } from './damage.js';
import { attempt, isMissing } from './files.js';
import type { SegmentTask } from './segmentTask.js';
import type { Source } from './source/source.js';
import { readStoredMaxTxn } from './txnlogLayout.js';
import { readWatermark } from './watermark.js';

/** How long a folder that lacks files is watched, and how long once it is known that a server is at work. */
const LOOK_MS = 50;
const REMOVAL_MS = 3000;
const POLL_MS = 10;
/** Looks in vain after which nobody waits any more: these folders are damaged, no server is at them. */
const MAX_VAIN_LOOKS = 10;

let vainLooks = 0;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const GONE: ReadonlySet<DamageCode> = new Set([
  'file_missing',
  'event_missing',
  'event_index_missing',
  'segment_meta_missing',
  'column_missing',
  'event_rows_disagree',
  'symbol_table_missing',
]);

/** True when the folder goes while it is watched. */
async function vanishes(source: Source, folder: string, isApplying: boolean): Promise<boolean> {
  if (vainLooks >= MAX_VAIN_LOOKS) return false;
  const filesNow = (): number => attempt(folder, () => source.list(folder)).value?.length ?? 0;
  const filesThen = filesNow();
  const start = performance.now();
  for (let limit = isApplying ? REMOVAL_MS : LOOK_MS; performance.now() - start < limit; ) {
    if (isMissing(source, folder)) {
      vainLooks = 0;
      return true;
    }
    if (filesNow() < filesThen) limit = REMOVAL_MS;
    await sleep(POLL_MS);
  }
  vainLooks += 1;
  return false;
}

/**
 * True when what is missing of a segment, needed or not, was removed in the ordinary way since the log was read: the table says now that it has
 * applied all of it, and the folder is gone or going.
 */
async function wasPurged(
  source: Source,
  task: SegmentTask,
  segmentDir: string,
  found: readonly Damage[],
): Promise<boolean> {
  const now = readWatermark(source, task.table.dirName).value;
  if (now === undefined || !task.named.every(({ seqTxn }) => seqTxn <= now.seqTxn)) return false;
  if (isMissing(source, segmentDir)) return true;
  const isApplying = now.seqTxn > (task.table.watermark?.seqTxn ?? now.seqTxn);
  return found.some(({ code }) => GONE.has(code)) && (await vanishes(source, segmentDir, isApplying));
}

/** True when a server has committed to the table, or applied to it, since its log was read. */
function isLive(source: Source, { table }: SegmentTask): boolean {
  if ((readStoredMaxTxn(source, table.dirName) ?? 0n) > table.logMaxTxn) return true;
  const applied = readWatermark(source, table.dirName).value?.seqTxn;
  return applied !== undefined && table.watermark !== undefined && applied > table.watermark.seqTxn;
}

/**
 * What a segment is, after it was read. `gone`: purged meanwhile; `changed`: a server is at work on the table, and what was
 * found wrong may be right when it is looked at again.
 */
export type Presence = 'stays' | 'gone' | 'changed';

/** Whether a segment is still the one that was read, of which `found` is wrong. Waits a little where files come or go. */
export async function presenceOf(
  source: Source,
  task: SegmentTask,
  segmentDir: string,
  found: readonly Damage[],
): Promise<Presence> {
  if (found.every(({ severity }) => severity === 'note')) return 'stays';
  if (await wasPurged(source, task, segmentDir, found)) return 'gone';
  if (!isLive(source, task)) return 'stays';
  await sleep(POLL_MS);
  return 'changed';
}
