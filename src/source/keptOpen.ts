/** A source for files that are read several times in a row. */
import type { RandomAccess, Source } from './source.js';

/**
 * `source`, whose files stay open until `release`: to open one again costs nothing, and shows it as large as it was the first
 * time.
 */
export function keptOpen(source: Source): Source & { release(): void } {
  const files = new Map<string, RandomAccess>();
  return {
    label: source.label,
    list: (folder) => source.list(folder),
    stat: (path) => source.stat(path),
    open: (path) => {
      const file = files.get(path) ?? source.open(path);
      files.set(path, file);
      return {
        path: file.path,
        size: file.size,
        read: (offset, length) => file.read(offset, length),
        readInto: (target, offset) => file.readInto(target, offset),
        close: () => undefined,
      };
    },
    release: () => {
      for (const file of files.values()) file.close();
      files.clear();
    },
  };
}
