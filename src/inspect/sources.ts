/** Sources over another one, so that the steps of the export can look at files where they are, and no further than needed. */
import { checkReadArguments } from '../source/path.js';
import { type RandomAccess, type Source, SourceError } from '../source/source.js';

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
/** Logs and events grow with the transactions. */
const grows = (path: string): boolean => /(?:^|\/)(?:_txnlog[^/]*|_event(?:\.i)?|_txn_parts\/[^/]*)$/.test(path);
/** More than the other metadata files can have: a `_txn` of a hundred thousand partitions has half of it. */
const MAX_OTHER_BYTES = 8 * 1024 * 1024;

/** `source`, where metadata files end after `limit` bytes, or earlier where no real one is as long. Column files are whole. */
export function boundedSource(source: Source, limit: number): Source {
  return {
    label: source.label,
    list: (folder) => source.list(folder),
    stat: (path) => source.stat(path),
    open(path) {
      const most = grows(path) ? limit : Math.min(limit, MAX_OTHER_BYTES);
      return isMetadata(path) ? bounded(source.open(path), most) : source.open(path);
    },
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

/** A segment that was copied out of its table, as the only one of a table without a log. */
export interface LooseSegment {
  readonly source: Source;
  readonly tableDir: string;
  /** Path of the segment in `source`. */
  readonly segmentDir: string;
}

/** The segment in the folder `real`, given the surroundings that the steps of the export look for. */
export function looseSegment(source: Source, real: string): LooseSegment {
  const [tableDir, walDir, segmentDir] = ['table', 'table/wal1', 'table/wal1/0'];
  const below: Readonly<Record<string, string>> = { [tableDir]: 'wal1', [walDir]: '0' };
  const aliased = aliasedSource(source, segmentDir, real);
  const isMadeUp = (path: string): boolean => path === tableDir || path.startsWith(`${tableDir}/`);
  const isSegment = (path: string): boolean => path === segmentDir || path.startsWith(`${segmentDir}/`);
  return {
    tableDir,
    segmentDir,
    source: {
      label: source.label,
      list(folder) {
        const only = below[folder];
        return only === undefined ? aliased.list(folder) : [{ name: only, kind: 'folder' }];
      },
      stat(path) {
        if (below[path] !== undefined) return { kind: 'folder', size: 0 };
        return isMadeUp(path) && !isSegment(path) ? undefined : aliased.stat(path);
      },
      open: (path) => {
        if (isMadeUp(path) && !isSegment(path)) throw new SourceError('not-found', path, 'no such file');
        return aliased.open(path);
      },
    },
  };
}
