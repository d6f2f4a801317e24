/** Changes that an overlay lays over a source. Plain data. Paths are below the root; what isn't there is left alone. */
export type Mutation =
  /** Other bytes in a file, from `offset` on; past its end the file grows, with zeros between. */
  | { readonly op: 'write'; readonly path: string; readonly offset: number; readonly bytes: Uint8Array }
  /** Another size: cut, or zeros at the end. */
  | { readonly op: 'resize'; readonly path: string; readonly size: number }
  /** A file of these bytes, new or in place of whatever has the name; folders above it are made. */
  | { readonly op: 'file'; readonly path: string; readonly bytes: Uint8Array }
  /** An empty folder, new or in place of whatever has the name. */
  | { readonly op: 'folder'; readonly path: string }
  | { readonly op: 'remove'; readonly path: string }
  /** What stands under `from`, also under `path`, in place of whatever has that name: a hard link. */
  | { readonly op: 'copy'; readonly path: string; readonly from: string }
  | { readonly op: 'move'; readonly path: string; readonly to: string }
  /** The names of two things exchanged. */
  | { readonly op: 'swap'; readonly path: string; readonly with: string }
  /** No permission to open a file, or to list a folder and look below it (EACCES). */
  | { readonly op: 'deny'; readonly path: string }
  /** Opening the file or listing the folder fails (EIO). */
  | { readonly op: 'fail'; readonly path: string }
  /** Reads that touch [offset, offset + length) fail (EIO). */
  | { readonly op: 'failRange'; readonly path: string; readonly offset: number; readonly length: number }
  /** The file ends at `size` once it has been read `afterReads` times since it was opened, whatever it said then. */
  | { readonly op: 'shrink'; readonly path: string; readonly size: number; readonly afterReads: number }
  /** A symbolic link to itself, new or in place of whatever has the name. */
  | { readonly op: 'loop'; readonly path: string };
