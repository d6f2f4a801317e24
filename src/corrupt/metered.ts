/** A source that counts what is asked of it, and refuses when it is asked for more than any input of its size is worth. */
import type { RandomAccess, Source } from '../source/source.js';

export interface Work {
  calls: number;
  bytes: number;
}

/** Thrown when the limit is passed: a program that goes on asking would not have ended. */
export class WorkLimitError extends Error {
  constructor(readonly work: Work) {
    super(`gave up after ${work.calls} calls and ${work.bytes} bytes`);
    this.name = 'WorkLimitError';
  }
}

/** `source`, counting into the returned work; a call past the limit throws a `WorkLimitError`. */
export function metered(source: Source, limit: Readonly<Work>): { source: Source; work: Work } {
  const work: Work = { calls: 0, bytes: 0 };
  const count = (bytes: number): void => {
    work.calls += 1;
    work.bytes += bytes;
    if (work.calls > limit.calls || work.bytes > limit.bytes) throw new WorkLimitError(work);
  };
  const counted = (access: RandomAccess): RandomAccess => ({
    path: access.path,
    size: access.size,
    read(offset, length) {
      count(Math.min(length, access.size));
      return access.read(offset, length);
    },
    readInto(target, offset) {
      count(target.length);
      return access.readInto(target, offset);
    },
    close: () => access.close(),
  });
  return {
    work,
    source: {
      label: source.label,
      list: (folder) => {
        count(0);
        return source.list(folder);
      },
      stat: (path) => {
        count(0);
        return source.stat(path);
      },
      open: (file) => {
        count(0);
        return counted(source.open(file));
      },
    },
  };
}
