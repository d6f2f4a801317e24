import type { ColumnFile } from './file.js';

/** Bytes that are held at once. */
const WINDOW_BYTES = 32 * 1024;
const NOTHING = new Uint8Array(0);

/** The first bytes of values, mostly asked for in rising order. */
export interface HeadReader {
  /** `length` bytes at `start` of the file; `undefined` when they can't be read. Valid until the next call. */
  head(start: number, length: number): Uint8Array | undefined;
}

/** Reads single places through a window that moves on with them; places far away are read by themselves. */
export function headReader(file: ColumnFile): HeadReader {
  const window = new Uint8Array(WINDOW_BYTES);
  let held = NOTHING;
  let heldAt = 0;
  let last = 0;
  return {
    head(start, length) {
      const isNear = start >= last && start - last < WINDOW_BYTES;
      last = start;
      if (start < heldAt || start + length > heldAt + held.length) {
        const wanted = isNear ? Math.min(Math.max(length, WINDOW_BYTES), file.size - start) : length;
        const target = wanted >= length && wanted <= WINDOW_BYTES ? window.subarray(0, wanted) : NOTHING;
        if (target.length > 0 && file.fill(target, start).length === 0) {
          held = target;
          heldAt = start;
        } else {
          held = NOTHING;
          const alone = new Uint8Array(length);
          return file.fill(alone, start).length === 0 ? alone : undefined;
        }
      }
      return held.subarray(start - heldAt, start - heldAt + length);
    },
  };
}
