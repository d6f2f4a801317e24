/** Lets the thread's other business run now and then during long synchronous work. */

/** Milliseconds of work between two pauses. */
const PAUSE_AFTER_MS = 10;

let lastPause = 0;

/** Comes back after what has happened meanwhile is dealt with; a timer, which is all that browsers have, takes longer. */
const soon: (callback: () => void) => void = globalThis.setImmediate ?? ((callback) => setTimeout(callback, 0));

/** Returns at once unless it is time for a pause. Throws the signal's reason when it has been aborted. */
export async function pause(signal: AbortSignal | undefined): Promise<void> {
  const now = performance.now();
  if (now - lastPause >= PAUSE_AFTER_MS) {
    await new Promise<void>((resolve) => soon(resolve));
    lastPause = performance.now();
  }
  signal?.throwIfAborted();
}
