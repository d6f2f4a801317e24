/** Telling of the rows of var-size columns that are lost. */
import type { Hole } from './file.js';
import type { LossDetail, Losses } from './losses.js';
import { ValueState, type ValueTable } from './storedValues.js';
import type { VarFiles } from './varSize.js';

/** How rows and their entries are called in damage. */
export interface LostNames {
  readonly entryBytes: number;
  /** Row of the segment that row 0 of the table is. */
  readonly firstRow: number;
  /** Bytes that `.i` has to have. */
  readonly auxBytes: number;
  /** Why entries could not be read. */
  readonly auxHole: Pick<Hole, 'code' | 'actual'>;
  /** What an entry is expected to be, and what that of a row is. */
  readonly expected: string;
  actual(row: number): string;
}

/** Counts the lost rows of [first, end) in `losses`; every reason is one entry. */
export function reportLost(
  files: VarFiles,
  table: ValueTable,
  first: number,
  end: number,
  losses: Losses,
  names: LostNames,
): void {
  const { states, starts, sizes } = table;
  let dataBytes = 0;
  for (let row = first; row < end; row++) {
    if (states[row] === ValueState.BEYOND) dataBytes = Math.max(dataBytes, starts[row]! + sizes[row]!);
  }
  const { expected, auxHole, entryBytes, auxBytes } = names;
  for (let row = first; row < end; row++) {
    const state = states[row]!;
    if (state <= ValueState.NULL) continue;
    const byteOffset = (names.firstRow + row) * entryBytes;
    const start = starts[row]!;
    if (state === ValueState.INVALID) {
      const describe = (): LossDetail => ({ byteOffset, expected, actual: names.actual(row) });
      losses.add('column_entry_invalid', files.aux.path, 1, describe);
    } else if (state === ValueState.NO_ENTRY) {
      const describe = (): LossDetail => ({ byteOffset, expected: `${auxBytes} bytes`, actual: auxHole.actual });
      losses.add(auxHole.code, files.aux.path, 1, describe);
    } else if (state === ValueState.BEYOND) {
      const { code, actual } = files.data.beyond;
      losses.add(code, files.data.path, 1, () => ({ byteOffset: start, expected: `${dataBytes} bytes`, actual }));
    } else {
      losses.add('column_unreadable', files.data.path, 1, () => ({ byteOffset: start }));
    }
  }
}

export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
