import { memorySource } from '../../src/source/memory.js';
import { type RandomAccess, type Source, SourceError, type SourceErrorCode } from '../../src/source/source.js';

export interface Faults {
  /** Bytes that can't be read: any read that touches them throws. */
  readonly unreadable?: readonly (readonly [from: number, to: number])[];
  /** The file ends here once it is open, though it was longer when opened. */
  readonly shrinksTo?: number;
  /** Opening it throws this. */
  readonly open?: SourceErrorCode;
}

/** A source in memory whose files have faults, by path. `reads` counts what is asked of it. */
export function faultySource(
  files: Iterable<readonly [string, Uint8Array]>,
  faults: Readonly<Record<string, Faults>>,
): Source & { readonly reads: { count: number } } {
  const inner = memorySource(files);
  const reads = { count: 0 };
  return {
    ...inner,
    reads,
    open(path) {
      const fault = faults[path];
      if (fault?.open !== undefined) throw new SourceError(fault.open, path, `made to fail: ${fault.open}`);
      return fault === undefined ? inner.open(path) : faulty(inner.open(path), fault, reads);
    },
  };
}

function faulty(access: RandomAccess, { unreadable = [], shrinksTo }: Faults, reads: { count: number }): RandomAccess {
  const readInto = (target: Uint8Array, offset: number): number => {
    reads.count++;
    const end = Math.min(offset + target.length, shrinksTo ?? access.size);
    if (unreadable.some(([from, to]) => offset < to && end > from))
      throw new SourceError('io', access.path, 'EIO: i/o error');
    return end <= offset ? 0 : access.readInto(target.subarray(0, end - offset), offset);
  };
  return {
    path: access.path,
    size: access.size,
    readInto,
    read(offset, length) {
      const target = new Uint8Array(Math.min(length, access.size));
      return target.subarray(0, readInto(target, offset));
    },
    close: () => access.close(),
  };
}
