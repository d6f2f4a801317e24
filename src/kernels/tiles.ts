import { beginCall, endCall } from './memory.js';

/** Rows of one call: all that a kernel needs for them, at most 33 bytes a row, is in the window. A multiple of 8. */
export const TILE_ROWS = 8192;

/** Calls `tile` for up to `TILE_ROWS` rows at a time, until it returns false; it calls one kernel. True when it never did. */
export function everyTile(count: number, tile: (first: number, rows: number) => boolean): boolean {
  for (let first = 0; first < count; first += TILE_ROWS) {
    beginCall();
    const goesOn = tile(first, Math.min(TILE_ROWS, count - first));
    endCall();
    if (!goesOn) return false;
  }
  return true;
}

/** Calls `tile` for up to `TILE_ROWS` rows at a time; it calls one kernel. */
export function inTiles(count: number, tile: (first: number, rows: number) => void): void {
  for (let first = 0; first < count; first += TILE_ROWS) {
    beginCall();
    tile(first, Math.min(TILE_ROWS, count - first));
    endCall();
  }
}
