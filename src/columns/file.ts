import { type RandomAccess, type Source, SourceError } from '../source/source.js';

/** Where reading fails, bytes are read again in pieces of this size, so that a bad sector costs no more than itself. */
const RETRY_BYTES = 4096;
/** Pieces that may fail before a read gives up: a failing disk can take seconds over each. */
const MAX_FAILED_PIECES = 64;

export type HoleCode = 'column_missing' | 'column_short' | 'column_unreadable';

/** Bytes [from, to) of what was asked for that could not be had. */
export interface Hole {
  readonly from: number;
  readonly to: number;
  readonly code: HoleCode;
  /** What was found instead: the file's size, or what the file system said. */
  readonly actual: string;
}

/** A column's `.d` or `.i` file. Reading never throws: what can't be read is a hole. */
export interface ColumnFile {
  readonly path: string;
  /** Bytes; 0 when it can't be opened. */
  readonly size: number;
  /** What it means that bytes behind `size` are needed. */
  readonly beyond: Pick<Hole, 'code' | 'actual'>;
  /** Fills `target` from byte `offset` of the file on and returns what is missing, in rising order. */
  fill(target: Uint8Array, offset: number): readonly Hole[];
  close(): void;
}

/** Opens a column file; one that is missing or can't be opened is all hole. */
export function openColumnFile(source: Source, path: string): ColumnFile {
  const opened = attempt(() => source.open(path));
  if (!(opened instanceof SourceError)) return readable(opened);
  const code = opened.code === 'not-found' ? 'column_missing' : 'column_unreadable';
  const beyond = { code, actual: opened.detail } as const;
  return {
    path,
    size: 0,
    beyond,
    fill: (target) => (target.length === 0 ? [] : [{ from: 0, to: target.length, ...beyond }]),
    close: () => undefined,
  };
}

function readable(access: RandomAccess): ColumnFile {
  const failed: FailedPieces = new Map();
  return {
    path: access.path,
    size: access.size,
    beyond: { code: 'column_short', actual: `${access.size} bytes` },
    fill(target, offset) {
      const wanted = target.length;
      if (failed.size > 0) return fillInPieces(access, target, offset, failed);
      const inside = Math.max(0, Math.min(wanted, access.size - offset));
      const got = inside === 0 ? 0 : attempt(() => access.readInto(target.subarray(0, inside), offset));
      if (got === wanted) return [];
      if (got instanceof SourceError) return fillInPieces(access, target, offset, failed);
      return [shortHole(got, wanted, got === inside ? access.size : offset + got)];
    },
    close: () => access.close(),
  };
}

/** What the file system said of pieces, by their number. */
type FailedPieces = Map<number, string>;

/**
 * A piece that failed once is given up, also when only a part is asked for that could be read: each look at a row has to
 * find the same.
 */
function fillInPieces(access: RandomAccess, target: Uint8Array, offset: number, failed: FailedPieces): readonly Hole[] {
  const holes: Hole[] = [];
  for (let from = 0; from < target.length; ) {
    const piece = Math.floor((offset + from) / RETRY_BYTES);
    const to = Math.min(target.length, (piece + 1) * RETRY_BYTES - offset);
    const known = failed.get(piece) ?? (holes.length < MAX_FAILED_PIECES ? undefined : holes.at(-1)?.actual);
    const got = known ?? attempt(() => access.readInto(target.subarray(from, to), offset + from));
    if (typeof got !== 'number') {
      const actual = typeof got === 'string' ? got : got.detail;
      failed.set(piece, actual);
      holes.push({ from, to, code: 'column_unreadable', actual });
    } else if (got < to - from) {
      holes.push(shortHole(from + got, target.length, offset + from + got));
      break;
    }
    from = to;
  }
  return holes;
}

function shortHole(from: number, to: number, size: number): Hole {
  return { from, to, code: 'column_short', actual: `${size} bytes` };
}

function attempt<T>(step: () => T): T | SourceError {
  try {
    return step();
  } catch (error) {
    if (error instanceof SourceError) return error;
    throw error;
  }
}
