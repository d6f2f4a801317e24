/** Syncs of files, many at a time. */
import { fsync } from 'node:fs';

/**
 * Files that are synced together: the file system then writes what they have in common once, and threads are woken less often.
 * Each holds a descriptor.
 */
const MAX_TOGETHER = 32;
/** A turn of the event loop that takes less than these milliseconds had nothing to do. */
const IDLE_TURN_MS = 0.2;

interface Waiting {
  readonly fd: number;
  readonly done: (error: Error | null) => void;
}

/** Files of this thread that wait to be synced. */
let waiting: Waiting[] = [];
/** True while the thread is watched for a turn without work. */
let isWatched = false;

/** Hands all of them over to libuv's pool. */
function handOver(): void {
  for (const { fd, done } of waiting) fsync(fd, done);
  waiting = [];
}

/** Hands over what waits once the thread has nothing else to do. */
function watch(since: number): void {
  isWatched = waiting.length > 0;
  if (!isWatched) return;
  setImmediate(() => {
    const now = performance.now();
    if (now - since < IDLE_TURN_MS) handOver();
    watch(now);
  });
}

/** Syncs a file while the thread goes on: together with others, as soon as there are enough or the thread comes to a rest. */
export function sync(fd: number): Promise<void> {
  return new Promise((resolve, reject) => {
    waiting.push({ fd, done: (error) => (error === null ? resolve() : reject(error)) });
    if (waiting.length >= MAX_TOGETHER) handOver();
    else if (!isWatched) watch(performance.now());
  });
}
