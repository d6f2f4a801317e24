/** SYMBOL columns and the scopes of their keys. */
import { type ChunkMemory, FRESH_MEMORY } from '../../src/columns/chunkMemory.js';
import type { SymbolScope, SymbolTable } from '../../src/columns/symbolScope.js';
import { bytesCell, type Cell } from '../helpers/truthColumns.js';
import { wtf8 } from './kinds.js';
import { readColumn, type Seen, sourceOf } from './reading.js';
import { fixedFiles, littleEndian } from './writer.js';

export const SYMBOL = { name: 'SYMBOL', code: 12 };
export const NULL_KEY = -(2 ** 31);

export const tableOf = (texts: readonly (string | undefined)[]): SymbolTable => ({
  count: texts.length,
  get: (key) => texts[key],
});
export const cellOf = (text: string): Cell => bytesCell(Uint8Array.from(wtf8(text)));

/** Reads the rows of `ranges`. */
export function readSymbols(
  keys: readonly number[],
  scopes: readonly SymbolScope[],
  ranges = [{ lo: 0, hi: keys.length }],
  memory: ChunkMemory = FRESH_MEMORY,
): Seen {
  const { d } = fixedFiles(
    keys.map((key) => littleEndian([key, 4])),
    4,
  );
  return readColumn(sourceOf({ d }), SYMBOL, ranges, { symbols: { scopes } }, memory);
}

/** A scope of everything, unless said otherwise. */
export const scope = (over: Partial<SymbolScope>): SymbolScope => ({
  lo: 0,
  hi: 1000,
  cleanCount: 0,
  base: undefined,
  diff: undefined,
  diffKnown: true,
  ...over,
});
