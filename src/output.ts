/** Where results go: files that appear under their name only when they are whole. */

/** A file being written; it has no name until it is committed. */
export interface OutputFile {
  /** Appends the parts, which may be re-used once it returns, or what it returns resolves. */
  write(parts: readonly Uint8Array[]): void | Promise<void>;
  /** Syncs the file and then gives it its name, in place of any file of that name: what has its name is whole. */
  commit(name: string): void | Promise<void>;
  /** Removes what was written. */
  abort(): void | Promise<void>;
}

export interface OutputFolder {
  create(): OutputFile;
}

/** Takes files and keeps none of them: all is read and encoded, and nothing is written. */
export const nowhere: OutputFolder = {
  create: () => ({ write: () => undefined, commit: () => undefined, abort: () => undefined }),
};

/** Writes a whole text file in UTF-8. */
export async function writeText(folder: OutputFolder, name: string, content: string): Promise<void> {
  const file = folder.create();
  try {
    await file.write([new TextEncoder().encode(content)]);
    await file.commit(name);
  } catch (error) {
    await file.abort();
    throw error;
  }
}

/** Thrown by an `OutputFolder` when a file can't be written: no space, no permission. Costs the file, not the run. */
export class OutputError extends Error {
  constructor(
    readonly file: string,
    readonly detail: string,
  ) {
    super(`${file}: ${detail}`);
    this.name = 'OutputError';
  }
}
