/** What the threads of an export send each other. */
import { deserialize, serialize } from 'node:v8';
import type { GroupContent } from './encodeRows.js';
import type { Cut } from './rows.js';
import type { SegmentTask, TableContext } from './segmentTask.js';
import type { LoadingThreads } from './source/nodeEngine.js';

/** Where a worker writes: a folder by its path, nowhere (all is read and encoded), or not at all (inspection). */
export type OutputPlace = { readonly folder: string } | 'nowhere' | undefined;

/** What a worker knows from the start. */
export interface WorkerSetup {
  /** The database root. */
  readonly root: string;
  readonly place: OutputPlace;
}

/** What a thread is given when it starts. */
export interface WorkerData extends WorkerSetup {
  readonly loading: LoadingThreads | undefined;
}

/** A value that many messages refer to: it is serialized once, and read once by each thread. */
export interface Shared<T> {
  readonly id: number;
  readonly bytes: SharedArrayBuffer;
  /** Never there; it keeps the type. */
  readonly type?: T;
}

/** A task as a message: the table's part of it is shared. */
export interface TaskMessage extends Omit<SegmentTask, 'table'> {
  readonly id: number;
  readonly table: Shared<TableContext>;
}

/** A task whose row groups are shared out, without its table. */
export interface ContentMessage extends Omit<GroupContent, 'task'> {
  readonly task: Omit<SegmentTask, 'table'>;
}

/** One row group to be read and encoded. */
export interface GroupMessage {
  readonly table: Shared<TableContext>;
  readonly content: Shared<ContentMessage>;
  readonly cut: Cut;
  /** For the result, if it is large enough; it is handed over. New memory for each would cost page faults. */
  readonly memory: ArrayBuffer | undefined;
}

/** How far a worker is with a task; not every step is told. */
export interface ProgressMessage {
  readonly id: number;
  readonly rows: number;
  readonly bytes: number;
}

let count = 0;

/** A value made ready to be sent many times. */
export function share<T>(value: T): Shared<T> {
  const serialized = serialize(value);
  const bytes = new SharedArrayBuffer(serialized.byteLength);
  new Uint8Array(bytes).set(serialized);
  count += 1;
  return { id: count, bytes };
}

/** Reads shared values; the last few are kept, since messages about the same one follow each other. */
export function sharedReader<T>(kept: number): (shared: Shared<T>) => T {
  const known = new Map<number, T>();
  return ({ id, bytes }) => {
    const found = known.get(id);
    if (found !== undefined) return found;
    const value = deserialize(new Uint8Array(bytes).slice()) as T;
    const [oldest] = known.keys();
    if (oldest !== undefined && known.size >= kept) known.delete(oldest);
    known.set(id, value);
    return value;
  };
}
