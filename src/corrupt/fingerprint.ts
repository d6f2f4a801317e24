/** Whether a source is still what it was. */
import type { Source } from '../source/source.js';
import { readBytes, walkTree } from './targets.js';

/** 32-bit FNV-1a over whole words where there are any: fast, and any changed bit changes it. */
function hashInto(hash: number, bytes: Uint8Array): number {
  let h = hash;
  const isAligned = bytes.byteOffset % 4 === 0;
  const words = isAligned ? new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2) : new Uint32Array(0);
  for (let i = 0; i < words.length; i++) h = Math.imul(h ^ (words[i] ?? 0), 0x01000193) ^ (h >>> 15);
  for (let i = words.length * 4; i < bytes.length; i++) h = Math.imul(h ^ (bytes[i] ?? 0), 0x01000193);
  return h >>> 0;
}

/** Names and bytes of everything in a source, as one number, and how many bytes there are. */
export function fingerprint(source: Source): { fingerprint: string; bytes: number } {
  let hash = 0x811c9dc5;
  let bytes = 0;
  for (const { path, kind } of walkTree(source, '')) {
    hash = hashInto(hash, new TextEncoder().encode(`${kind} ${path}\n`));
    if (kind !== 'file') continue;
    const content = readBytes(source, path);
    hash = hashInto(hash, content);
    bytes += content.length;
  }
  return { fingerprint: hash.toString(16).padStart(8, '0'), bytes };
}
