/** Sources over another one, so that the steps of the export can look at files where they are, and no further than needed. */
import { checkReadArguments } from '../source/path.js';
import type { RandomAccess, Source } from '../source/source.js';

/** `access` with only its first `limit` bytes. */
function bounded(access: RandomAccess, limit: number): RandomAccess {
  if (access.size <= limit) return access;
  return {
    path: access.path,
    size: limit,
    read(offset, length) {
      checkReadArguments(offset, length);
      return access.read(offset, Math.max(0, Math.min(length, limit - offset)));
    },
    readInto(target, offset) {
      checkReadArguments(offset, target.length);
      return access.readInto(target.subarray(0, Math.max(0, Math.min(target.length, limit - offset))), offset);
    },
    close: () => access.close(),
  };
}

const isMetadata = (path: string): boolean => /(?:^|\/)_[^/]*$|\/_txn_parts\/[^/]*$/.test(path);

/** `source`, where metadata files end after `limit` bytes. Column files are whole. */
export function boundedSource(source: Source, limit: number): Source {
  return {
    label: source.label,
    list: (folder) => source.list(folder),
    stat: (path) => source.stat(path),
    open: (path) => (isMetadata(path) ? bounded(source.open(path), limit) : source.open(path)),
  };
}

/** `source`, where what is at or below `real` is also at or below `alias`. */
export function aliasedSource(source: Source, alias: string, real: string): Source {
  const resolve = (path: string): string =>
    path === alias ? real : path.startsWith(`${alias}/`) ? real + path.slice(alias.length) : path;
  return {
    label: source.label,
    list: (folder) => source.list(resolve(folder)),
    stat: (path) => source.stat(resolve(path)),
    open: (path) => source.open(resolve(path)),
  };
}
