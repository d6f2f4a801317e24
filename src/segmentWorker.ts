/** A worker thread of an export: it runs tasks, and row groups of tasks that are too large for one thread. */
import { parentPort, workerData } from 'node:worker_threads';
import { borrowMemory } from './columns/chunkMemory.js';
import { type EncodedRows, encodeRows } from './encodeRows.js';
import { openSegment } from './openSegment.js';
import { nowhere } from './output.js';
import { loadParquetWasm } from './parquet/wasmModule.js';
import type { SegmentReport } from './report.js';
import { openRows, type SegmentRows } from './rows.js';
import { localRunner } from './segmentRunner.js';
import type { SegmentTask, TableContext } from './segmentTask.js';
import { nodeSource } from './source/node.js';
import { tuneWhenLoaded } from './source/nodeEngine.js';
import { nodeOutput } from './source/nodeOutput.js';
import { readParquetWasm } from './source/nodeParquetWasm.js';
import {
  type ContentMessage,
  type GroupMessage,
  type ProgressMessage,
  sharedReader,
  type TaskMessage,
  type WorkerData,
} from './workerMessages.js';

/** Tables and segments that messages in flight may be about at a time. */
const KEPT_VALUES = 4;
/** Memory for a row group is that much larger: the next one may need more. */
const SPARE_SHARE = 1.125;
/** Milliseconds between two messages about progress. */
const PROGRESS_INTERVAL_MS = 100;

const { root, place, loading } = workerData as WorkerData;
tuneWhenLoaded(loading);
const source = nodeSource(root);
const output = place === undefined ? undefined : place === 'nowhere' ? nowhere : nodeOutput(place.folder);
const isReady = output === undefined ? Promise.resolve() : loadParquetWasm(readParquetWasm);

const readTable = sharedReader<TableContext>(KEPT_VALUES);
const readContent = sharedReader<ContentMessage>(KEPT_VALUES);

const taskOf = (message: TaskMessage): SegmentTask => ({ ...message, table: readTable(message.table) });

let lastProgress = 0;

/** Tells the main thread how far a task is, but not too often: what is not told follows from the report. */
function progressOf(message: TaskMessage) {
  const state = { rows: 0, bytes: 0 };
  return (rows: number, bytes: number): void => {
    state.rows += rows;
    state.bytes += bytes;
    const now = performance.now();
    if (now - lastProgress < PROGRESS_INTERVAL_MS) return;
    lastProgress = now;
    parentPort?.postMessage({ id: message.id, ...state } satisfies ProgressMessage);
    state.rows = 0;
    state.bytes = 0;
  };
}

const tellers = new WeakMap<SegmentTask, ReturnType<typeof progressOf>>();
const runner = localRunner(source, {
  output,
  signal: undefined,
  onProgress: (task, rows, bytes) => tellers.get(task)?.(rows, bytes),
});

/** Settled when the tasks of all earlier messages are encoded, or failed. */
let earlier: Promise<unknown> = isReady;

/** Runs tasks one after the other, and after those of earlier messages; resolves when their files are synced. */
export async function runSegments(messages: readonly TaskMessage[]): Promise<readonly SegmentReport[]> {
  await isReady;
  const reports: Promise<SegmentReport>[] = [];
  const begun = earlier.then(async () => {
    release();
    for (const message of messages) {
      const task = taskOf(message);
      tellers.set(task, progressOf(message));
      const { report } = await runner.start(task);
      reports.push(report);
    }
  });
  earlier = begun.catch(() => undefined);
  await begun;
  return Promise.all(reports);
}

/** The segment whose row groups this thread has been working on. */
let held: { readonly id: number; readonly task: SegmentTask; readonly rows: SegmentRows } | undefined;

function release(): void {
  held?.rows.close();
  held = undefined;
}

function hold({ table, content }: GroupMessage): NonNullable<typeof held> {
  if (held?.id === content.id) return held;
  release();
  const { task: rest, doubt, lossy } = readContent(content);
  const task = { ...rest, table: readTable(table) };
  const { schema, segmentDir, columns, rows: selected, events } = openSegment(source, task, doubt);
  if (schema === undefined) throw new Error(`${segmentDir} has no schema any more`);
  const input = { segmentDir, schema, columns, rows: selected, events, lossy: new Set(lossy) };
  held = { id: content.id, task, rows: openRows(source, task, input) };
  return held;
}

/** The parts in one piece, in `memory` if it is large enough. */
function joined(
  parts: readonly Uint8Array[],
  length: number,
  memory: ArrayBuffer | undefined,
): Uint8Array<ArrayBuffer> {
  const isEnough = memory !== undefined && memory.byteLength >= length;
  const buffer = isEnough ? memory : new ArrayBuffer(Math.ceil(length * SPARE_SHARE));
  const bytes = new Uint8Array(buffer, 0, length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.byteLength;
  }
  return bytes;
}

/** Reads and encodes one row group (`EncodedRows` or `LossyColumns`); its bytes are handed over. */
export async function encodeGroup(message: GroupMessage): Promise<object> {
  await isReady;
  const { move, transferableSymbol, valueSymbol } = await import('piscina');
  const { task, rows } = hold(message);
  const { cut } = message;
  // On a live server the segment may have grown since the main thread opened it; its rows must still be the same.
  if (rows.stretches(cut).at(-1)?.hi !== cut.hi) throw new Error(`the rows up to ${cut.hi} are not there any more`);
  const memory = borrowMemory();
  const encoded = encodeRows(rows, cut, task.encode.compression, memory);
  if (encoded.kind === 'lossy') return encoded;
  const bytes = joined(encoded.group.parts, encoded.group.layout.byteLength, message.memory);
  memory.giveBack();
  const value: EncodedRows = { ...encoded, group: { ...encoded.group, parts: [bytes] } };
  const movable: unknown = { [transferableSymbol]: [bytes.buffer], [valueSymbol]: value };
  return move(movable as Parameters<typeof move>[0]);
}
