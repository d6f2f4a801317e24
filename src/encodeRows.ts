/**
 * One row group from a segment's files to its pages: what can be done in any order and in any thread. The result is plain
 * data.
 */

import { borrowMemory, type GroupMemory } from './columns/chunkMemory.js';
import type { Damage } from './damage.js';
import type { Doubt } from './openSegment.js';
import type { CompressionName } from './parquet/compression.js';
import type { EncodedRowGroup } from './parquet/encodedColumn.js';
import { encodeRowGroup } from './parquet/rowGroup.js';
import { pause } from './pause.js';
import type { Cut, RowGroup, SegmentRows } from './rows.js';
import type { SegmentTask } from './segmentTask.js';
import { type TimestampBounds, timestampBounds } from './timestampCheck.js';

/** The rows of a cut, encoded, with what is known of them. */
export interface EncodedRows {
  readonly kind: 'encoded';
  readonly group: EncodedRowGroup;
  /** Cells lost, by column name. */
  readonly lostCells: ReadonlyMap<string, number>;
  /** Cells lost in each stretch of the cut. */
  readonly lostByStretch: readonly number[];
  readonly timestamps: readonly TimestampBounds[];
  readonly damage: readonly Damage[];
  /** Entries of `SegmentRows.symbolDamage` by now: more than at the start when symbols of the table were found damaged. */
  readonly symbolDamageCount: number;
}

/** The same from another thread. */
export interface LentRows extends EncodedRows {
  /** Gives the memory of the pages back: they are not needed any more. */
  giveBack(): void;
}

/** Encodes row groups in other threads. */
export interface GroupEncoder {
  /** How many row groups may be in work or waiting for those before them at a time; each takes its memory. */
  readonly ahead: number;
  /** Begins a row group; `undefined` when all threads are busy. */
  encode(content: GroupContent, cut: Cut): Promise<LentRows | LossyColumns> | undefined;
}

/** What row groups are parts of, so that another thread finds the same rows: the rows of `openSegment(task)`. Plain data. */
export interface GroupContent {
  readonly task: SegmentTask;
  readonly doubt: Doubt | undefined;
  readonly lossy: readonly string[];
}

/** REQUIRED columns that lose cells: the file has to be begun anew with them OPTIONAL. */
export interface LossyColumns {
  readonly kind: 'lossy';
  readonly columns: readonly string[];
}

/** Cells lost per stretch: read one by one only where the group lost any and has several. */
function lossesByStretch(rows: SegmentRows, { rows: stretches, lostCells }: RowGroup): number[] {
  if (lostCells.size === 0) return stretches.map(() => 0);
  if (stretches.length === 1) return [[...lostCells.values()].reduce((sum, cells) => sum + cells, 0)];
  return stretches.map((stretch) => rows.lostCells(stretch, [...lostCells.keys()]));
}

/**
 * Reads and encodes the rows of a cut; the result lies in `memory` in part. `loadParquetWasm()` must have been awaited in this
 * thread.
 */
export function encodeRows(
  rows: SegmentRows,
  cut: Cut,
  compression: CompressionName,
  memory: GroupMemory,
): EncodedRows | LossyColumns {
  const decoded = rows.decode(cut, memory);
  const columns = [...decoded.lostCells.keys()].filter((name) => rows.isRequired(name));
  if (columns.length > 0) return { kind: 'lossy', columns };
  const timestamps = decoded.chunks[rows.designatedIndex];
  return {
    kind: 'encoded',
    group: encodeRowGroup(rows.columns, decoded.chunks, compression),
    lostCells: decoded.lostCells,
    lostByStretch: lossesByStretch(rows, decoded),
    timestamps: timestamps === undefined ? [] : timestampBounds(decoded.rows, timestamps),
    damage: decoded.damage,
    symbolDamageCount: rows.symbolDamage().length,
  };
}

/** A row group and what became of it. */
export interface EncodedCut {
  readonly cut: Cut;
  readonly encoded: EncodedRows | LossyColumns;
}

/** A row group that is in work or done in some thread. */
interface CutInWork {
  readonly cut: Cut;
  readonly encoded: Promise<EncodedRows | LossyColumns>;
  /** Gives back the memory that the result lies in, once it is there. */
  readonly giveBack: () => Promise<void>;
  isReady: boolean;
}

/** Begins a row group: in another thread if there is room, else here. */
function begin(rows: SegmentRows, content: GroupContent, cut: Cut, encode: GroupEncoder['encode']): CutInWork {
  const elsewhere = encode(content, cut);
  if (elsewhere === undefined) {
    const memory = borrowMemory();
    const encoded = encodeRows(rows, cut, content.task.encode.compression, memory);
    return { cut, encoded: Promise.resolve(encoded), giveBack: async () => memory.giveBack(), isReady: true };
  }
  const giveBack = async (): Promise<void> => {
    const encoded = await elsewhere;
    if (encoded.kind === 'encoded') encoded.giveBack();
  };
  const begun: CutInWork = { cut, encoded: elsewhere, giveBack, isReady: false };
  const ready = (): void => {
    begun.isReady = true;
  };
  // A failure is met in its turn.
  elsewhere.then(ready, ready);
  return begun;
}

/** Row groups in order, encoded in this thread. */
async function* groupsHere(
  rows: SegmentRows,
  { task }: GroupContent,
  signal: AbortSignal | undefined,
): AsyncGenerator<EncodedCut> {
  for (const cut of rows.cuts()) {
    const memory = borrowMemory();
    try {
      const encoded = encodeRows(rows, cut, task.encode.compression, memory);
      await pause(signal);
      yield { cut, encoded };
    } finally {
      memory.giveBack();
    }
  }
}

/**
 * The row groups of `rows` in order, encoded in this thread and in those that `encoder` has, if any. Each has to be done with before
 * the next one is asked for. `onBegun` is told when all are in work elsewhere: there is room for other work then.
 */
export const encodedGroups = (
  rows: SegmentRows,
  content: GroupContent,
  encoder: GroupEncoder | undefined,
  signal: AbortSignal | undefined,
  onBegun: (() => void) | undefined,
): AsyncGenerator<EncodedCut> =>
  encoder === undefined ? groupsHere(rows, content, signal) : groupsShared(rows, content, encoder, signal, onBegun);

/** The same, in other threads too. */
async function* groupsShared(
  rows: SegmentRows,
  content: GroupContent,
  encoder: GroupEncoder,
  signal: AbortSignal | undefined,
  onBegun: (() => void) | undefined,
): AsyncGenerator<EncodedCut> {
  const inWork: CutInWork[] = [];
  const isNextDue = (limit: number): boolean =>
    inWork[0] !== undefined && (inWork[0].isReady || inWork.length >= limit);
  async function* done(limit: number): AsyncGenerator<EncodedCut> {
    while (isNextDue(limit)) {
      const { cut, encoded, giveBack } = inWork[0]!;
      yield { cut, encoded: await encoded };
      inWork.shift();
      await giveBack();
    }
  }
  try {
    for (const cut of rows.cuts()) {
      inWork.push(begin(rows, content, cut, encoder.encode));
      await pause(signal);
      yield* done(encoder.ahead);
    }
    onBegun?.();
    yield* done(1);
  } finally {
    // What nobody asks for any more; a failure was met, or is of no account.
    for (const { giveBack } of inWork) giveBack().catch(() => undefined);
  }
}
