/** VARCHAR and ARRAY: `.i` has an entry of 16 bytes for each row, with the size and the place of its value in `.d`. */
import type { ValueTable } from './storedValues.js';

export const ENTRY_BYTES = 16;

/** What VARCHAR and ARRAY differ in. */
export interface EntryFormat {
  /** In words: what an entry is expected to be. */
  readonly expected: string;
  /**
   * Takes apart the entries of `count` rows into `table` from row `at` on. An entry that QuestDB can't have written is INVALID.
   * Positions count from `position`. Returns where the value of the next row has to start if all of them are sound and follow each other from byte `start` on;
   * NaN if not.
   */
  decode(entries: Uint8Array, count: number, table: ValueTable, at: number, start: number, position: number): number;
  /** Bytes at the start of a value that `proves` wants to see. */
  readonly headBytes: number;
  /** True when a value of `size` bytes that starts with `head` at byte `start` of `.d` can be the one of the entry at `at`. */
  proves(entries: Uint8Array, at: number, head: Uint8Array, start: number, size: number): boolean;
  /** True when `proves` tells whether the size is right too, not just the start. */
  readonly provesSize: boolean;
  /** True when NULL entries have nothing of their own that tells them from zeros: then all rows without data are looked at with care. */
  readonly plainNull: boolean;
}
