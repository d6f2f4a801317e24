/**
 * Memory for the chunks of one column, used again for the next one, and such that kernels can work on it in place. New memory for
 * each would cost page faults, and collections that look at everything else too: a third of the time of a large export.
 */
import { reusedMemory } from '../kernels/memory.js';

export interface ChunkMemory {
  /** `length` bytes at an address that suits every type; what is in them is left from before. */
  bytes(use: 'rows' | 'values', length: number): Uint8Array<ArrayBuffer>;
}

/** Nothing is used again: for whoever keeps what he reads. */
export const FRESH_MEMORY: ChunkMemory = {
  bytes: (_use, length) => new Uint8Array(length),
};

function chunkMemory(): ChunkMemory {
  const memories = { rows: reusedMemory(), values: reusedMemory() };
  return { bytes: (use, length) => memories[use](length) };
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
