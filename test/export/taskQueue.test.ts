/** Who does which task, and when: threads besides the first are played by the tests. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { brokenReport } from '../../src/brokenSegment.js';
import { openDatabase, selectTables } from '../../src/database.js';
import type { SegmentTask } from '../../src/segmentTask.js';
import { allThreads, workEstimate } from '../../src/segmentWeight.js';
import { planTable } from '../../src/tablePlan.js';
import { type Helpers, taskQueue, type WaitingTask } from '../../src/taskQueue.js';
import { fixture } from '../helpers/fixtures.js';

const { source, ...database } = openDatabase(join(fixture('13-many'), 'db'));
/** The tasks of each table that has some. */
const tables: readonly (readonly SegmentTask[])[] = selectTables({ source, ...database })
  .tables.map(({ folder }) => planTable(source, folder).tasks)
  .filter((tasks) => tasks.length > 0);

const options = { output: undefined, signal: undefined, onProgress: () => undefined };
const THEIRS = 'done by another thread';

/** Threads that keep what they are sent until `finish`. */
function helpers(threads: number, isShared: (waiting: WaitingTask) => boolean = () => false) {
  const batches: (readonly WaitingTask[])[] = [];
  const shared: SegmentTask[] = [];
  const finishers: (() => void)[] = [];
  /** How the threads were ended. */
  const ends: string[] = [];
  const crew: Helpers = {
    threads,
    room: 2 * threads,
    isShared,
    share: async ({ task, resolve }) => {
      shared.push(task);
      resolve(brokenReport(task, THEIRS));
    },
    send: async (batch) => {
      batches.push(batch);
      await new Promise<void>((resolve) => finishers.push(resolve));
      for (const { task, resolve } of batch) resolve(brokenReport(task, THEIRS));
    },
    retire: async () => {
      ends.push(`retired after ${batches.flat().length} tasks`);
    },
    close: async () => {
      ends.push('closed');
    },
  };
  const finish = (): void => {
    for (const end of finishers.splice(0)) end();
  };
  return { crew, batches, shared, finish, ends };
}

describe('a queue', () => {
  it('has more tables than one thread could finish at once', () => {
    expect(tables.length).toBeGreaterThan(20);
  });

  it('gives no small messages to other threads while more is to come, and no more than they have room for', async () => {
    const { crew, batches, finish } = helpers(1);
    const queue = taskQueue(source, options, { estimate: allThreads(2), open: async () => crew });
    await queue.expectTables(100);
    const task = tables[0]?.[0];
    if (task === undefined) throw new Error('no task');
    const addTables = async (count: number): Promise<void> => {
      for (let table = 0; table < count; table++) await queue.add([task]);
    };
    await addTables(28);
    expect(batches).toEqual([]);
    await addTables(72);
    expect(batches.map((batch) => batch.length)).toEqual([8, 8]);
    finish();
    await new Promise((resolve) => setImmediate(resolve));
    expect(batches.map((batch) => batch.length)).toEqual([8, 8, 16, 16]);
  });

  it('leaves this thread its share of a table whose tasks come at once', async () => {
    const { crew, batches } = helpers(1);
    const queue = taskQueue(source, options, { estimate: allThreads(2), open: async () => crew });
    await queue.expectTables(1);
    const task = tables[0]?.[0];
    if (task === undefined) throw new Error('no task');
    await queue.add(Array.from({ length: 32 }, () => task));
    expect(batches.map((batch) => batch.length)).toEqual([8]);
  });

  it('ends other threads when the last report is there', async () => {
    const { crew, batches, finish, ends } = helpers(1);
    const queue = taskQueue(source, options, { estimate: allThreads(2), open: async () => crew });
    await queue.expectTables(1);
    const task = tables[0]?.[0];
    if (task === undefined) throw new Error('no task');
    const { reports } = await queue.add(Array.from({ length: 32 }, () => task));
    await queue.work();
    expect(ends).toEqual([]);
    for (let given = 0; given < batches.length; ) {
      given = batches.length;
      finish();
      await new Promise((resolve) => setImmediate(resolve));
    }
    await Promise.all(reports);
    // What they have left unfinished is removed by `close`, when nothing else is being written.
    expect(ends).toEqual([`retired after ${batches.flat().length} tasks`]);
    await queue.close();
    expect(ends.slice(1)).toEqual(['closed']);
  });

  it('starts other threads before it knows any table where many are expected', async () => {
    const opened: number[] = [];
    const open = async (threads: number): Promise<Helpers> => {
      opened.push(threads);
      return helpers(threads).crew;
    };
    const queue = taskQueue(source, options, { estimate: workEstimate(2, true), open });
    await queue.expectTables(10);
    expect(opened).toEqual([]);
    await queue.expectTables(300);
    await queue.expectTables(300);
    expect(opened).toEqual([1]);
  });

  it('has every task done once, in the order of the tasks', async () => {
    const { crew, batches, finish } = helpers(1);
    const queue = taskQueue(source, options, { estimate: allThreads(2), open: async () => crew });
    await queue.expectTables(tables.length);
    const reports = (await Promise.all(tables.map((tasks) => queue.add(tasks)))).flatMap((added) => added.reports);
    await queue.work();
    finish();
    const done = await Promise.all(reports);
    const all = tables.flat();
    expect(done.map(({ walId, segmentId }) => ({ walId, segmentId }))).toEqual(
      all.map(({ walId, segmentId }) => ({ walId, segmentId })),
    );
    const sent = batches.flat().map(({ task }) => task);
    expect(all.filter((_task, i) => done[i]?.reason === THEIRS)).toEqual(sent);
    expect(sent.length).toBeGreaterThan(0);
    expect(sent.length).toBeLessThan(all.length);
    expect(all.slice(0, sent.length)).toEqual(sent);
  });

  it('leaves large segments to `work`', async () => {
    const [first = [], second = []] = tables;
    const { crew, batches, shared } = helpers(1, ({ task }) => first.includes(task));
    const queue = taskQueue(source, options, { estimate: allThreads(2), open: async () => crew });
    await queue.expectTables(2);
    await queue.add(first);
    await queue.add(second);
    expect(batches).toEqual([]);
    await queue.work();
    expect(shared).toEqual(first);
    expect(batches.flat().length).toBeGreaterThan(0);
  });

  it('that is told to stop fails, and so do all that have not been begun', async () => {
    const stopped = new AbortController();
    const queue = taskQueue(source, { ...options, signal: stopped.signal });
    const [first = [], second = []] = tables;
    const reports = [...(await queue.add(first)).reports, ...(await queue.add(second)).reports];
    const reason = new Error('enough');
    stopped.abort(reason);
    const outcomes = Promise.allSettled(reports);
    await expect(queue.work()).rejects.toBe(reason);
    expect(await outcomes).toEqual(reports.map(() => ({ status: 'rejected', reason })));
  });
});

describe('other threads are worth it', () => {
  const estimated = (tableCount: number, threads: number, isEncoded: boolean, ...rowsOfTasks: number[]): number => {
    const estimate = workEstimate(threads, isEncoded);
    estimate.expectTables(tableCount);
    estimate.addTable(rowsOfTasks);
    return estimate.worthThreads();
  };

  it('not where there is little to do', () => {
    expect(estimated(1, 8, true)).toBe(0);
    expect(estimated(1, 8, true, 1_000, 1_000)).toBe(0);
    expect(estimated(300, 8, true)).toBe(0);
  });

  it('for many rows, or many segments', () => {
    expect(estimated(1, 2, true, 5_000_000, 5_000_000)).toBe(1);
    expect(estimated(1, 2, true, ...Array.from({ length: 1_000 }, () => 50))).toBe(1);
  });

  it('as soon as the first tables show that there will be many segments', () => {
    expect(estimated(1_000, 2, true, 50, 50)).toBe(1);
  });

  it('not one other for one segment, whose row groups two threads share no faster than one does them', () => {
    expect(estimated(1, 2, true, 100_000_000)).toBe(0);
    expect(estimated(1, 3, true, 100_000_000)).toBe(2);
  });

  it('more of them for more work, and for rows more than for inspecting them', () => {
    const four = Array.from({ length: 4 }, () => 1_000_000);
    expect(estimated(1, 64, true, ...four)).toBeLessThan(10);
    expect(estimated(10, 64, true, ...four)).toBeGreaterThan(estimated(1, 64, true, ...four));
    expect(estimated(1, 64, false, ...four)).toBe(0);
  });
});
