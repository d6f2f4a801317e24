/**
 * The one door through which bytes of a database come in: a tree of files that can only be read.
 * Paths are relative to the database root, with `/` between their parts, `''` for the root itself.
 */

/** Positioned, read-only access to the bytes of one open file. */
export interface RandomAccess {
  /** Path below the database root. */
  readonly path: string;
  /** Bytes in the file when it was opened. */
  readonly size: number;
  /**
   * The bytes from `offset`, `length` of them; fewer only where the file ends (it may have shrunk since it was opened).
   * Callers never write to what they get.
   */
  read(offset: number, length: number): Uint8Array;
  /** Fills `target` from `offset` on; returns the number of bytes filled, fewer than asked only where the file ends. */
  readInto(target: Uint8Array, offset: number): number;
  close(): void;
}

/** What stands under a name once symbolic links are followed; `broken`: a link that leads nowhere or in a loop. */
export type EntryKind = 'file' | 'folder' | 'other' | 'broken';

export interface Entry {
  readonly name: string;
  readonly kind: EntryKind;
}

export interface EntryStat {
  readonly kind: EntryKind;
  /** Bytes; 0 for anything but a file. */
  readonly size: number;
  /** Equal for two paths that are the same file (hard links), where the file system can tell. */
  readonly identity?: string;
}

/** A database root that can only be read. */
export interface Source {
  /** How people call this root: a path, or a made-up name. */
  readonly label: string;
  /** The entries of a folder, sorted by name in code-unit order. */
  list(folder: string): readonly Entry[];
  /** `undefined` when nothing has that name. */
  stat(path: string): EntryStat | undefined;
  open(file: string): RandomAccess;
}

export type SourceErrorCode = 'not-found' | 'denied' | 'not-a-file' | 'not-a-folder' | 'link-loop' | 'io';

/** The only error that a `Source` throws; the step that meets it turns it into damage. */
export class SourceError extends Error {
  constructor(
    readonly code: SourceErrorCode,
    readonly path: string,
    readonly detail: string,
  ) {
    super(`${path === '' ? '.' : path}: ${detail}`);
    this.name = 'SourceError';
  }
}
