/** What is shown of a path: a file, a folder, one transaction of a table, the difference of two files. */
import { join } from '../files.js';
import { RequestError } from '../requestError.js';
import { type Source, SourceError } from '../source/source.js';
import { type Change, diffTrees } from './diff.js';
import { escapeText } from './escape.js';
import type { Field, Problem } from './field.js';
import { type FolderOptions, inspectFolder, splitFolderQuery } from './folder.js';
import { aroundFiles, type FileTree, inspectFile } from './inspectFile.js';
import { folderKind } from './place.js';
import { selectInSegment } from './segmentFolder.js';
import { type Selection, selectFields } from './select.js';
import { inspectSeqTxn } from './seqTxn.js';

export interface PathRequest extends Selection, FolderOptions {
  /** Transaction of a table folder. */
  readonly seqTxn?: bigint;
  /** The second version of the file. */
  readonly diffWith?: { readonly source: Source; readonly path: string };
}

interface AnyView {
  /** True when something that was looked at is bad; complete once all of the view was shown. */
  isBad(): boolean;
}

/** A file, or the fields of it that were asked for. */
export interface FileView extends AnyView {
  readonly kind: 'file';
  readonly tree: FileTree;
  readonly isWhole: boolean;
  fields(): Iterable<Field>;
}

/** A tree over several files. */
export interface FolderView extends AnyView {
  readonly kind: 'root' | 'table' | 'folder' | 'parts';
  readonly root: Field;
  /** Called for each problem that is shown. */
  note(problem: Problem): void;
}

export interface DiffView extends AnyView {
  readonly kind: 'diff';
  readonly before: FileTree;
  readonly after: FileTree;
  changes(): Iterable<Change>;
}

export type View = FileView | FolderView | DiffView;

/** Levels that are shown unless the user says how many. */
export const DEFAULT_DEPTH: Readonly<Record<View['kind'], number>> = {
  file: Number.POSITIVE_INFINITY,
  parts: Number.POSITIVE_INFINITY,
  diff: Number.POSITIVE_INFINITY,
  root: 1,
  table: 2,
  folder: 1,
};

function folderView(kind: FolderView['kind'], root: Field): FolderView {
  let isBad = root.problem !== undefined && root.problem.severity !== 'note';
  return {
    kind,
    root,
    note(problem) {
      if (problem.severity !== 'note') isBad = true;
    },
    isBad: () => isBad,
  };
}

function fileView(source: Source, path: string, request: PathRequest): FileView {
  const tree = inspectFile(source, path, request);
  const { query, txn, rows, column, offset } = request;
  const isWhole = [query, txn, rows, column, offset].every((each) => each === undefined);
  // The first is made now, so that a request for what is not there fails before anything is shown.
  const selected = selectFields(tree, request);
  const first = selected.next();
  return {
    kind: 'file',
    tree,
    isWhole,
    *fields() {
      if (first.done !== true) yield first.value;
      yield* selected;
    },
    isBad: () => tree.isBad,
  };
}

function inFolder(source: Source, path: string, request: PathRequest): View {
  const kind = folderKind(source, path);
  const { query, txn, rows, column, offset, seqTxn, ...options } = request;
  if (offset !== undefined) throw new RequestError('--offset: name a file, not a folder');
  if (seqTxn !== undefined) {
    if (kind !== 'table') throw new RequestError('--seq-txn: name the folder of a table');
    return folderView('parts', inspectSeqTxn(source, path, seqTxn, options));
  }
  if (query !== undefined) {
    const { below, rest } = splitFolderQuery(query);
    const { query: _, ...others } = request;
    return inspectPath(source, join(path, below), rest === undefined ? others : { ...others, query: rest });
  }
  if (txn !== undefined || rows !== undefined || column !== undefined) {
    if (kind !== 'segment') {
      const hint = kind === 'table' ? '; for a transaction of a table there is --seq-txn' : '';
      throw new RequestError(`--txn, --row, --column: name a file or a segment, not this folder${hint}`);
    }
    const only = {
      ...(txn === undefined ? {} : { txn }),
      ...(rows === undefined ? {} : { rows }),
      ...(column === undefined ? {} : { column }),
    };
    return folderView('parts', selectInSegment(source, path, only, options));
  }
  return folderView(kind === 'root' || kind === 'table' ? kind : 'folder', inspectFolder(source, path, options));
}

/**
 * Opens what is at `path`. Throws a `RequestError` when what is asked for is not there, a `SourceError` when the path can't be
 * opened.
 */
export function inspectPath(source: Source, path: string, asked: PathRequest): View {
  const request = { ...asked, around: asked.around ?? aroundFiles(source, asked.all) };
  const seen = source.stat(path);
  if (seen === undefined) throw new SourceError('not-found', path, 'no such file or folder');
  if (request.diffWith !== undefined) {
    const { all, as, diffWith } = request;
    const options = { ...(all === undefined ? {} : { all }), ...(as === undefined ? {} : { as }) };
    const before = inspectFile(source, path, options);
    const after = inspectFile(diffWith.source, diffWith.path, options);
    return {
      kind: 'diff',
      before,
      after,
      changes: () => diffTrees(before, after),
      isBad: () => before.isBad || after.isBad,
    };
  }
  if (seen.kind === 'folder') return inFolder(source, path, request);
  if (request.seqTxn !== undefined) {
    throw new RequestError(`--seq-txn: name the folder of a table, not ${escapeText(path.split('/').at(-1) ?? '')}`);
  }
  return fileView(source, path, request);
}
