/**
 * Memory for the chunks of one column, used again for the next one. New memory for each would cost page faults, and collections
 * that look at everything else too: a third of the time of a large export.
 */
export interface ChunkMemory {
  /** `length` bytes that are all of their buffer; what is in them is left from before. */
  exact(use: 'rows' | 'values', length: number): Uint8Array<ArrayBuffer>;
  /** `length` bytes from the start of a buffer whose size is a multiple of 8; what is in them is left from before. */
  text(length: number): Uint8Array<ArrayBuffer>;
}

const rounded = (length: number): number => Math.ceil(length / 8) * 8;

/** Nothing is used again: for whoever keeps what he reads. */
export const FRESH_MEMORY: ChunkMemory = {
  exact: (_use, length) => new Uint8Array(length),
  text: (length) => new Uint8Array(rounded(length)).subarray(0, length),
};

/** What a thread keeps at most; tables with very many columns get new memory for the rest. */
const MAX_KEPT_BYTES = 48 * 1024 * 1024;
/** Buffers kept of a column for one use: those of whole row groups, and of the last one of each segment. */
const KEPT_LENGTHS = 2;

let keptBytes = 0;

function chunkMemory(): ChunkMemory {
  const kept = { rows: new Map<number, Uint8Array<ArrayBuffer>>(), values: new Map<number, Uint8Array<ArrayBuffer>>() };
  let text = new Uint8Array(0);
  return {
    exact: (use, length) => {
      const known = kept[use].get(length);
      if (known !== undefined) return known;
      const bytes = new Uint8Array(length);
      if (keptBytes + length > MAX_KEPT_BYTES) return bytes;
      const [oldest] = kept[use].keys();
      if (oldest !== undefined && kept[use].size >= KEPT_LENGTHS) {
        kept[use].delete(oldest);
        keptBytes -= oldest;
      }
      kept[use].set(length, bytes);
      keptBytes += length;
      return bytes;
    },
    text: (length) => {
      if (text.length >= length) return text.subarray(0, length);
      const bytes = new Uint8Array(rounded(length + length / 8));
      if (keptBytes - text.length + bytes.length > MAX_KEPT_BYTES) return bytes.subarray(0, length);
      keptBytes += bytes.length - text.length;
      text = bytes;
      return text.subarray(0, length);
    },
  };
}

/** Memory for the columns of one row group, by their position. */
export interface GroupMemory {
  /** For the column at `index`. */
  of(index: number): ChunkMemory;
  /** The memory may serve another row group: no chunk in it is needed any more. */
  giveBack(): void;
}

const spare: ChunkMemory[][] = [];

/** Memory that no other row group of this thread has at the moment. */
export function borrowMemory(): GroupMemory {
  const memories = spare.pop() ?? [];
  return {
    of: (index) => {
      const memory = memories[index] ?? chunkMemory();
      memories[index] = memory;
      return memory;
    },
    giveBack: () => void spare.push(memories),
  };
}
