/** Loads the program as tools/bundleCli.ts puts it into one file, with the code that V8 has made of it before. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { isMainThread } from 'node:worker_threads';
import { crc32 } from 'node:zlib';

/** Bytes before the code: the CRC-32 of program and code, little endian. */
const CHECKSUM_BYTES = 4;

/** What the bundle gives: for each of its entries a function that loads it. */
export type Bundle = Readonly<Record<string, () => unknown>>;

/** The checksum that a file of code begins with; V8 itself would take whatever stands in it. */
export function codeChecksum(program: Uint8Array, code: Uint8Array): Uint8Array {
  const checksum = Buffer.alloc(CHECKSUM_BYTES);
  checksum.writeUInt32LE(crc32(code, crc32(program)));
  return checksum;
}

/**
 * Where the code is kept that this version of Node runs in its first thread, or in the others; versions and processors don't
 * understand each other's.
 */
export const codeFile = (folder: string, thread: 'first' | 'other'): string =>
  join(folder, `${thread}-${process.version}-${process.platform}-${process.arch}.code`);

/** V8's code of the program; `undefined` where there is none for this version of Node, or not of this program, or not whole. */
function readCode(folder: string, program: Uint8Array): Buffer | undefined {
  let bytes: Buffer;
  try {
    bytes = readFileSync(codeFile(folder, isMainThread ? 'first' : 'other'));
  } catch {
    // Whatever stands in the way, the program can do without.
    return undefined;
  }
  const code = bytes.subarray(CHECKSUM_BYTES);
  return bytes.subarray(0, CHECKSUM_BYTES).equals(codeChecksum(program, code)) ? code : undefined;
}

interface Loaded {
  readonly bundle: Bundle;
  readonly script: Script;
}

/** By folder: a thread starts from several files. */
const loaded = new Map<string, Loaded>();

/**
 * Loads `program.cjs` of a folder. Compiling takes a tenth of a small export: the code that V8 keeps spares most of it. The
 * script can tell its code once it has run.
 */
export function loadBundle(folder: string): Loaded {
  const known = loaded.get(folder);
  if (known !== undefined) return known;
  const filename = join(folder, 'program.cjs');
  const program = readFileSync(filename);
  const begin = '(function (exports, require, __filename, __dirname) {';
  const cachedData = readCode(folder, program);
  // The bundle is ASCII.
  const script = new Script(`${begin}${program.toString('latin1')}\n})`, {
    filename,
    columnOffset: -begin.length,
    ...(cachedData === undefined ? {} : { cachedData }),
  });
  const bundle = {};
  script.runInThisContext()(bundle, createRequire(filename), filename, folder);
  const result = { bundle, script };
  loaded.set(folder, result);
  return result;
}
