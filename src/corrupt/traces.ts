/** What is left of a segment that could tell of it, and what the output says of what is not. */
import type { Damage } from '../damage.js';
import { attempt } from '../files.js';
import type { Source } from '../source/source.js';
import { isAtOrBelow } from './changes.js';

/** True when a segment's folder, or that of its WAL, was removed, and nothing else has its name. */
export function isRemoved(source: Source, segmentDir: string): boolean {
  for (const path of [segmentDir.slice(0, segmentDir.lastIndexOf('/')), segmentDir]) {
    const seen = attempt(path, () => source.stat(path));
    if (seen.damage !== undefined) return false;
    if (seen.value?.kind !== 'folder') return seen.value === undefined;
  }
  return false;
}

/** A loss in the segment's folder, or of a folder that it is in. */
const isLossAt = (d: Damage, folder: string): boolean =>
  isLossAround(d, folder) || (d.severity === 'loss' && isAtOrBelow(d.file, folder));

export const isLossAround = ({ severity, file }: Damage, folder: string): boolean =>
  severity === 'loss' && isAtOrBelow(folder, file);

/** The end of a log, or all of it, is lost. */
export const isLossOfLog = ({ severity, file }: Damage): boolean => severity === 'loss' && file.endsWith('/_txnlog');

/**
 * True when it is said of a segment, whatever the log says of its transactions, that something of it is lost: by its own damage, or,
 * where its folder is gone and nothing else is left that could tell of it, by that of the log.
 */
export const isToldBeside = (source: Source, damage: readonly Damage[], segmentDir: string): boolean =>
  damage.some((d) => isLossAt(d, segmentDir)) || (isRemoved(source, segmentDir) && damage.some(isLossOfLog));
