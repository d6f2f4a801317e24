import type { ColumnFile } from './file.js';
import type { Losses } from './losses.js';

/** Tells of `count` texts that are kept as they are though they are not UTF-8. */
export function reportNotUtf8(count: number, data: ColumnFile, losses: Losses): void {
  if (count > 0)
    losses.add('text_not_utf8', data.path, 0, () => ({ expected: 'UTF-8', actual: `${count} values that are not` }));
}
