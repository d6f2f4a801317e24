/** Whether an output folder is fit to be written to, and what becomes of an earlier run's files in it. */
import { accessSync, constants, existsSync, readdirSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import type { OutputFolder } from '../output.js';
import { RequestError } from '../requestError.js';
import { detailOf, makeFolder, nodeOutput, removeUnfinished, stagingFolder, TEMPORARY_PREFIX } from './nodeOutput.js';
import { freeBytes } from './nodeSpace.js';

/** Files that a run leaves behind, and what it leaves when it is killed. */
const RUN_FILE = /__(?:manifest|sql_log|schemas|ledger)\.json$|__wal\d+__seg\d+__.*\.parquet$/s;
const isRunFile = (name: string): boolean => RUN_FILE.test(name) || name.startsWith(TEMPORARY_PREFIX);

/** The real path of a folder that may not be there yet. */
function realPath(path: string): string {
  const absolute = resolve(path);
  if (existsSync(absolute)) return realpathSync(absolute);
  const parent = dirname(absolute);
  return parent === absolute ? absolute : join(realPath(parent), absolute.slice(parent.length));
}

/** The real paths of a database root and of what is linked into it: tables in volumes. */
function sourceFolders(root: string): string[] {
  const links = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isSymbolicLink());
  return [root, ...links.map(({ name }) => join(root, name)).filter(existsSync)].map(realPath);
}

/** An output folder that is fit to be written to. */
export interface PreparedOutput {
  /** Where files are written: the folder itself, or one in it while that holds the files of an earlier run. */
  readonly folder: string;
  readonly output: OutputFolder;
  /** Bytes that can be written beside the files of an earlier run; `undefined` when the system does not tell. */
  readonly freeBytes: number | undefined;
  /** True when there are files of an earlier run, which stay until `replaceEarlier`. */
  readonly hasEarlier: boolean;
  /** Makes the folder. Throws a `RequestError` when that can't be done. */
  begin(): void;
  /** Puts what was written in the place of an earlier run's files. Throws a `RequestError` when that can't be done. */
  replaceEarlier(): void;
  /** Removes what was written beside an earlier run's files and did not replace them. */
  discard(): void;
  /** Removes what threads of this process that died have left. */
  removeUnfinished(): void;
}

/** The nearest folder above a path, or the path itself, that is there. */
const nearestExisting = (path: string): string => (existsSync(path) ? path : nearestExisting(dirname(path)));

/** Node's text ends in the call and the path, which the user need not see. */
const cannotWrite = (folder: string, error: unknown): RequestError =>
  new RequestError(`${folder} can't be written to: ${detailOf(error).replace(/, .*$/s, '')}`);

/** Throws a `RequestError` unless files can be made in `folder`, or the folder itself where it is not there yet. */
function checkWritable(folder: string, target: string): void {
  const nearest = nearestExisting(target);
  if (!statSync(nearest).isDirectory())
    throw new RequestError(nearest === target ? `${folder} is not a folder` : `${folder}: ${nearest} is not a folder`);
  try {
    accessSync(nearest, constants.W_OK | constants.X_OK);
    if (nearest === target) accessSync(target, constants.R_OK);
  } catch (error) {
    throw cannotWrite(folder, error);
  }
}

/**
 * Looks whether an output folder is fit to be written to; nothing is changed yet. An earlier run's files are replaced only when
 * all new ones are whole: until then those are in a folder of their own. Throws a `RequestError` when it lies in the
 * database, can't be written to, or holds another run's files and `force` is not set.
 */
export function prepareOutput(folder: string, root: string, force: boolean): PreparedOutput {
  const target = realPath(folder);
  if (sourceFolders(root).some((source) => target === source || target.startsWith(source + sep)))
    throw new RequestError(`${folder} lies in the database; choose an output folder outside it`);
  checkWritable(folder, target);
  const earlier = existsSync(target) ? readdirSync(target).filter(isRunFile) : [];
  if (earlier.length > 0 && !force)
    throw new RequestError(`${folder} holds the files of another run (${earlier.length}); use --force to replace them`);
  const written = earlier.length === 0 ? target : stagingFolder(target);
  const attempt = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      throw cannotWrite(folder, error);
    }
  };
  const remove = (names: readonly string[]): void => {
    for (const name of names) rmSync(join(target, name), { recursive: true, force: true });
  };
  return {
    folder: written,
    output: nodeOutput(written),
    freeBytes: freeBytes(nearestExisting(target)),
    hasEarlier: written !== target,
    begin: () => attempt(() => makeFolder(written)),
    replaceEarlier: () =>
      attempt(() => {
        remove(earlier);
        for (const name of readdirSync(written)) renameSync(join(written, name), join(target, name));
      }),
    discard: () => attempt(() => rmSync(written, { recursive: true, force: true })),
    removeUnfinished: () => removeUnfinished(written),
  };
}
