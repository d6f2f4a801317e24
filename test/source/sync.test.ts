/** Files are synced many at a time, and none is forgotten. */
import { closeSync, fsync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { sync } from '../../src/source/nodeSync.js';

vi.mock('node:fs', async (load) => {
  const fs = await load<typeof import('node:fs')>();
  return { ...fs, fsync: vi.fn(fs.fsync) };
});

const home = mkdtempSync(join(tmpdir(), 'walrescue-sync-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));
beforeEach(() => {
  vi.mocked(fsync).mockClear();
});

let count = 0;
const newFile = (): number => openSync(join(home, `${count++}`), 'wx');
const handedOver = (): number[] => vi.mocked(fsync).mock.calls.map(([fd]) => fd);

/** One turn of the event loop, with work in it. */
async function busyTurn(): Promise<void> {
  for (const end = performance.now() + 2; performance.now() < end; );
  await new Promise((resolve) => setImmediate(resolve));
}

describe('sync', () => {
  it('hands a file over when the thread comes to a rest', async () => {
    const fd = newFile();
    await sync(fd);
    expect(handedOver()).toEqual([fd]);
    closeSync(fd);
  });

  it('waits for others while there is something else to do, and then takes them together', async () => {
    const files = Array.from({ length: 5 }, newFile);
    const done: Promise<void>[] = [];
    for (const fd of files) {
      done.push(sync(fd));
      await busyTurn();
    }
    expect(handedOver()).toEqual([]);
    await Promise.all(done);
    expect(handedOver()).toEqual(files);
    for (const fd of files) closeSync(fd);
  });

  it('does not wait where there are enough of them', async () => {
    const files = Array.from({ length: 100 }, newFile);
    const done = files.map(sync);
    expect(handedOver()).toEqual(files.slice(0, 96));
    await Promise.all(done);
    expect(handedOver()).toEqual(files);
    for (const fd of files) closeSync(fd);
  });

  it('fails for the file that can’t be synced, and for no other', async () => {
    const [good, closed] = [newFile(), newFile()];
    closeSync(closed);
    const results = await Promise.allSettled([sync(closed), sync(good)]);
    expect(results.map((result) => result.status)).toEqual(['rejected', 'fulfilled']);
    closeSync(good);
  });
});
