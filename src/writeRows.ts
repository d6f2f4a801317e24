/** The rows of a segment into a Parquet file. */
import { ColumnTag } from './columnType.js';
import { type Damage, damage } from './damage.js';
import { sumDamage } from './damageSum.js';
import { encodedGroups, type GroupEncoder, type LossyColumns } from './encodeRows.js';
import { join, SEGMENT_FILES } from './files.js';
import type { Doubt, OpenedSegment } from './openSegment.js';
import type { OutputFile, OutputFolder } from './output.js';
import { byteLengthOf } from './parquet/encodedColumn.js';
import { createParquetWriter, type ParquetSummary } from './parquet/file.js';
import { CREATED_BY } from './parquet/version.js';
import type { Plan } from './plan.js';
import type { Presence } from './presence.js';
import type { WrittenRows } from './report.js';
import { openRows, type SegmentRows } from './rows.js';
import type { SegmentTask } from './segmentTask.js';
import type { Source } from './source/source.js';
import { type TimestampCheck, timestampCheck } from './timestampCheck.js';
import type { SegmentTransaction, TransactionRows } from './transactions.js';

export interface RunOptions {
  /** Without it the segment is only inspected. */
  readonly output?: OutputFolder | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told when only the sync of the file, or what other threads encode, is waited for: another segment may begin. */
  readonly onEncoded?: (() => void) | undefined;
  /** Told after each row group and at the end: rows and bytes written since the last time. */
  readonly onProgress?: ((rows: number, bytes: number) => void) | undefined;
  /** Encodes row groups in other threads too. */
  readonly encoder?: GroupEncoder | undefined;
}

/** What was written of some rows of a segment. */
export interface Written {
  readonly rows: readonly WrittenRows[];
  readonly summary: ParquetSummary;
  readonly renamed: ReadonlyMap<string, string>;
  readonly lostCells: ReadonlyMap<string, number>;
  readonly damage: readonly Damage[];
}

/** The walrescue entry of the file's key-value metadata. */
function fileMetadata(
  task: SegmentTask,
  plans: readonly Plan[],
  renamed: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const { tableName, dirName } = task.table;
  const content = {
    version: 1,
    tool: CREATED_BY,
    table: tableName,
    tableDir: dirName,
    walId: task.walId,
    segmentId: task.segmentId,
    plans,
    renamedColumns: Object.fromEntries(renamed),
  };
  return new Map([['walrescue', JSON.stringify(content)]]);
}

/**
 * How writing a file ended. `lossy`: it must be begun anew with these columns OPTIONAL; `doubt`: the segment has to be opened
 * again with it; `gone`: there is no file, the segment was removed meanwhile; `changed`: there is none yet, the segment has to be
 * looked at again.
 */
export type WriteResult =
  | { readonly kind: 'written'; readonly written: Written }
  | LossyColumns
  | { readonly kind: 'doubt'; readonly doubt: Doubt }
  | { readonly kind: 'gone' }
  | { readonly kind: 'changed' };

/** What is to be written, and as what. */
export interface FileContent {
  readonly rows: readonly TransactionRows[];
  readonly name: string;
  /** Plans of the parts that the rows belong to. */
  readonly plans: readonly Plan[];
  /** Asked, before a file gets its name, whether the segment is still the one that was read. */
  readonly settle?: (found: readonly Damage[]) => Promise<Presence>;
}

/**
 * What the timestamps say against the events that they did not say before; `undefined` when it can be left at damage. Every
 * time records are taken out, so that it comes to an end.
 */
function doubtOf(opened: OpenedSegment, content: FileContent, check: TimestampCheck): Doubt | undefined {
  const known = opened.doubt?.foreign ?? [];
  const foreign = check.foreign(known.length > 0).flatMap((transaction) => transaction.event?.byteOffset ?? []);
  if (foreign.some((offset) => !known.includes(offset))) return { foreign: [...new Set([...known, ...foreign])] };
  const last = content.rows.at(-1)?.transactions ?? [];
  const inDoubt = [...check.mismatches(), ...check.doubtful()];
  const isEndInDoubt = opened.doubt === undefined && inDoubt.some((t) => last.includes(t));
  return isEndInDoubt ? { foreign } : undefined;
}

function mismatchDamage(opened: OpenedSegment, transaction: SegmentTransaction): Damage {
  const { event, log, segmentTxn } = transaction;
  const promised =
    event?.body.kind === 'data' ? `timestamps ${event.body.minTimestamp} to ${event.body.maxTimestamp}` : '';
  return damage('event_rows_disagree', join(opened.segmentDir, SEGMENT_FILES.event), {
    segmentTxn,
    ...(log === undefined ? {} : { seqTxn: log.seqTxn }),
    ...(event === undefined ? {} : { byteOffset: event.byteOffset }),
    expected: promised,
    actual: 'rows with others',
  });
}

/** Reads the symbol columns again, so that what is wrong with the table's symbols is known in this thread too. */
function readSymbols(rows: SegmentRows, opened: OpenedSegment): void {
  const symbols = opened.columns.filter((column) => column.type?.tag === ColumnTag.SYMBOL).map(({ name }) => name);
  for (const cut of rows.cuts()) for (const stretch of rows.stretches(cut)) rows.lostCells(stretch, symbols);
}

/** Writes the groups of `rows` into `file`. */
async function writeGroups(
  rows: SegmentRows,
  file: OutputFile,
  task: SegmentTask,
  opened: OpenedSegment,
  content: FileContent,
  lossy: ReadonlySet<string>,
  options: RunOptions,
): Promise<WriteResult> {
  const metadata = fileMetadata(task, content.plans, rows.renamed);
  let reported = 0;
  let bytes = 0;
  /** Resolves when the file has taken what was written last. */
  let taken: void | Promise<void> | undefined;
  const sink = {
    write: (parts: readonly Uint8Array[]): void => {
      bytes += byteLengthOf(parts);
      taken = file.write(parts);
    },
  };
  const writer = createParquetWriter({ sink, columns: rows.columns, compression: task.encode.compression, metadata });
  const check = timestampCheck();
  const written: WrittenRows[] = [];
  const found: Damage[] = [];
  const lostCells = new Map<string, number>();
  const { encoder, signal } = options;
  const symbolDamageCount = rows.symbolDamage().length;
  let symbolsAreDamaged = false;
  const group = { task, doubt: opened.doubt, lossy: [...lossy] };
  for await (const { cut, encoded } of encodedGroups(rows, group, encoder, signal, options.onEncoded)) {
    if (encoded.kind === 'lossy') return encoded;
    writer.appendRowGroup(encoded.group);
    await taken;
    const stretches = rows.stretches(cut);
    check.add(stretches, encoded.timestamps);
    stretches.forEach((stretch, i) => {
      written.push({ rows: stretch, lostCells: encoded.lostByStretch[i] ?? 0 });
    });
    for (const [name, cells] of encoded.lostCells) lostCells.set(name, (lostCells.get(name) ?? 0) + cells);
    for (const one of encoded.damage) found.push(one);
    symbolsAreDamaged ||= encoded.symbolDamageCount > symbolDamageCount;
    options.onProgress?.(cut.count, bytes - reported);
    reported = bytes;
  }
  const doubt = doubtOf(opened, content, check);
  if (doubt !== undefined) return { kind: 'doubt', doubt };
  if (symbolsAreDamaged && encoder !== undefined) readSymbols(rows, opened);
  const mismatches = check.mismatches().map((transaction) => mismatchDamage(opened, transaction));
  const all = sumDamage([...found, ...rows.symbolDamage(), ...mismatches]);
  const summary = writer.finish();
  await taken;
  options.onProgress?.(0, bytes - reported);
  return { kind: 'written', written: { rows: written, summary, renamed: rows.renamed, lostCells, damage: all } };
}

/** Writes the rows into `file`, with the columns `lossy` OPTIONAL whatever their type. */
async function writeContent(
  source: Source,
  task: SegmentTask,
  opened: OpenedSegment,
  content: FileContent,
  lossy: ReadonlySet<string>,
  file: OutputFile,
  options: RunOptions,
): Promise<WriteResult> {
  const { schema, segmentDir, columns, events } = opened;
  if (schema === undefined) throw new Error(`${segmentDir} has rows but no schema`);
  const rows = openRows(source, task, { segmentDir, schema, columns, rows: content.rows, events, lossy });
  try {
    return await writeGroups(rows, file, task, opened, content, lossy, options);
  } finally {
    rows.close();
  }
}

/** Writes some rows of a segment into a file; it appears under its name only when it is whole. */
export async function writeRows(
  source: Source,
  task: SegmentTask,
  opened: OpenedSegment,
  content: FileContent,
  options: RunOptions & { output: OutputFolder },
): Promise<Exclude<WriteResult, { kind: 'lossy' }>> {
  const lossy = new Set<string>();
  for (;;) {
    const file = options.output.create();
    let isCommitted = false;
    try {
      const result = await writeContent(source, task, opened, content, lossy, file, options);
      if (result.kind === 'written') {
        const presence = (await content.settle?.(result.written.damage)) ?? 'stays';
        if (presence !== 'stays') return { kind: presence };
        const committed = file.commit(content.name);
        options.onEncoded?.();
        await committed;
        isCommitted = true;
      }
      if (result.kind !== 'lossy') return result;
      for (const column of result.columns) lossy.add(column);
    } finally {
      if (!isCommitted) await file.abort();
    }
  }
}
