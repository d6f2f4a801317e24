/** Reading around bad blocks: for files of small records, each of which shows by itself whether it is whole. */
import { type RandomAccess, SourceError } from './source.js';

/** Bytes that are given up together where reading fails: a sector. */
const PIECE_BYTES = 512;

/** The bytes that can be read of a stretch; zeros for the pieces that can't. */
function readAround(access: RandomAccess, offset: number, length: number): Uint8Array {
  const bytes = new Uint8Array(Math.max(0, Math.min(length, access.size - offset)));
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
    try {
      bytes.set(access.read(offset + at, Math.min(PIECE_BYTES, bytes.length - at)), at);
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
    }
  }
  return bytes;
}

/** `access`, with zeros for what can't be read. */
export function tolerant(access: RandomAccess): RandomAccess {
  const read = (offset: number, length: number): Uint8Array => {
    try {
      return access.read(offset, length);
    } catch (error) {
      if (error instanceof SourceError) return readAround(access, offset, length);
      throw error;
    }
  };
  return {
    path: access.path,
    size: access.size,
    read,
    readInto: (target, offset) => {
      const bytes = read(offset, target.length);
      target.set(bytes);
      return bytes.length;
    },
    close: () => access.close(),
  };
}
