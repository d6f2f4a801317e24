/**
 * The parts of a path below a root; `undefined` for anything that is not such a path: an absolute one, an empty part,
 * `.`, `..` or a zero byte. A name taken from the input can so never leave the root. The root itself has no parts.
 */
export function pathParts(path: string): readonly string[] | undefined {
  if (path === '') return [];
  return isPath(path) ? path.split('/') : undefined;
}

/** An empty part, `.` or `..`, or a zero byte. */
const NO_PATH = /(?:^|\/)\.{0,2}(?:\/|$)|\0/;

/** True when `path` has parts as `pathParts` wants them, or is the root. */
export const isPath = (path: string): boolean => path === '' || !NO_PATH.test(path);

/** True when `name` can be one part of a path. */
export function isPathPart(name: string): boolean {
  return name !== '' && !name.includes('/') && isPath(name);
}

/** The path of `name` in `folder`. */
export function joinPath(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

/** Throws when an offset or length handed to a read is not a whole number from 0: a mistake of the caller, never of the input. */
export function checkReadArguments(offset: number, length: number): void {
  if (!Number.isSafeInteger(offset) || offset < 0 || !Number.isSafeInteger(length) || length < 0) {
    throw new RangeError(`read of ${length} bytes from ${offset}`);
  }
}
