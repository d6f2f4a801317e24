import type { DictionaryChunk } from '../columnChunk.js';
import { isInMemory } from '../kernels/memory.js';
import { kernels } from '../kernels/module.js';
import { MAX_CHUNK_BYTES } from './columnReader.js';
import { dictionaryOf } from './dictionary.js';
import type { FixedDecoder, RawRows } from './fixed.js';
import type { LossDetail } from './losses.js';
import { NULL_SYMBOL_KEY } from './nullWords.js';
import { rowAt } from './rows.js';
import { scratchCodes } from './scratch.js';
import type { SymbolResolver, SymbolScope, SymbolTable } from './symbolScope.js';
import { MAX_BYTES_PER_UNIT } from './utf16.js';
import { isNull, setNull, validityOf } from './validity.js';
import { int32sOf } from './views.js';

/** Keys whose code is remembered in an array; keys past it (clean counts come from the input) go through a map. */
const MAX_CACHED_KEYS = 1 << 18;
const UNKNOWN = -1;
const UNRESOLVED = -2;

/**
 * SYMBOL: int32 keys, resolved in the scope of the transaction that the row is of (columns.md 3.3). A key that resolves to nothing
 * is NULL and counted: `symbol_key_unresolved`. The dictionary holds the texts that occur, in the order in which they do.
 */
export function symbolDecoder(resolver: SymbolResolver | undefined): FixedDecoder {
  const scopes = resolver?.scopes ?? [];
  const isDropped = resolver?.isDropped === true;
  return (rows) => {
    const keys = int32sOf(rows.bytes);
    if (rows.mask.count > 0) forgetNulls(rows, keys);
    const codes = newCodes();
    let first = 0;
    for (const { lo, hi } of rows.ranges) {
      let row = lo;
      for (let index = firstScopeAfter(scopes, lo); row < hi; index++) {
        const scope = scopes[index];
        const from = Math.min(hi, scope?.lo ?? hi);
        if (from > row) resolveRows(rows, keys, first + row - lo, first + from - lo, NO_SCOPE, codes, isDropped);
        row = Math.max(row, from);
        if (scope === undefined) break;
        const to = Math.min(hi, scope.hi);
        if (to > row) resolveRows(rows, keys, first + row - lo, first + to - lo, scope, codes, isDropped);
        row = Math.max(row, to);
      }
      first += hi - lo;
    }
    return symbolChunk(rows, keys, codes.texts);
  };
}

/** Rows of no known transaction: only NULL resolves. */
const NO_SCOPE: SymbolScope = { lo: 0, hi: 0, cleanCount: 0, base: undefined, diff: undefined, diffKnown: false };

/** Codes are the indexes of texts in the dictionary. */
interface Codes {
  readonly texts: string[];
  readonly byText: Map<string, number>;
  /** By key of `base`, for keys below `MAX_CACHED_KEYS`. */
  baseCache: Int32Array;
  base: SymbolTable | undefined;
  /** By key less the clean count, of the scope at hand. */
  diffCache: Int32Array;
  /** Bytes that the texts take at most. */
  bytes: number;
}

function newCodes(): Codes {
  const [baseCache, diffCache] = [scratchCodes('base', 0), scratchCodes('diff', 0)];
  return { texts: [], byText: new Map(), baseCache, base: undefined, diffCache, bytes: 0 };
}

/** Index of the first scope that ends after `row`. */
function firstScopeAfter(scopes: readonly SymbolScope[], row: number): number {
  let low = 0;
  let high = scopes.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (scopes[middle]!.hi > row) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Rows that are lost already get the key of NULL. */
function forgetNulls({ mask }: RawRows, keys: Int32Array): void {
  for (let row = 0; row < keys.length; row++) if (isNull(mask, row)) keys[row] = NULL_SYMBOL_KEY;
}

/** Replaces the keys at [from, to) by codes. */
function resolveRows(
  rows: RawRows,
  keys: Int32Array,
  from: number,
  to: number,
  scope: SymbolScope,
  codes: Codes,
  isDropped: boolean,
): void {
  const clean = Math.max(0, scope.cleanCount);
  const baseCache = cacheForBase(codes, scope, clean);
  const diffCache = cacheForDiff(codes, scope);
  const cachedKeys = Math.min(clean, baseCache.length);
  const cachedDiff = scope.diff?.size ?? 0;
  const areInMemory = [keys, baseCache, diffCache].every(isInMemory);
  for (let row = from; row < to; row++) {
    if (areInMemory) {
      const [baseAt, diffAt] = [baseCache.byteOffset, diffCache.byteOffset];
      const keysAt = keys.byteOffset + row * keys.BYTES_PER_ELEMENT;
      // Up to the first key that has no code yet.
      row += kernels().mapKeys(keysAt, to - row, baseAt, cachedKeys, clean, diffAt, cachedDiff);
      if (row === to) break;
    }
    const key = keys[row]!;
    let code = UNKNOWN;
    if (key >= 0 && key < cachedKeys) {
      code = baseCache[key]!;
      if (code === UNKNOWN) code = baseCache[key] = codeOf(codes, scope.base?.get(key));
    } else if (key >= clean && key - clean < cachedDiff) {
      code = diffCache[key - clean]!;
      if (code === UNKNOWN) code = diffCache[key - clean] = codeOf(codes, scope.diff?.get(key));
    } else if (key === NULL_SYMBOL_KEY) {
      setNull(rows.mask, row);
      keys[row] = 0;
      continue;
    } else {
      code = codeOf(codes, key < 0 ? undefined : key < clean ? scope.base?.get(key) : scope.diff?.get(key));
    }
    if (code === UNRESOLVED) {
      loseKey(rows, row, key, scope, clean, isDropped);
      code = 0;
    }
    keys[row] = code;
  }
}

/** The array for the keys of `scope.base`; kept from scope to scope, as all of a segment have the same base. */
function cacheForBase(codes: Codes, scope: SymbolScope, clean: number): Int32Array {
  const wanted = Math.min(clean, scope.base?.count ?? 0, MAX_CACHED_KEYS);
  if (scope.base !== codes.base || codes.baseCache.length < wanted) {
    codes.base = scope.base;
    codes.baseCache = scratchCodes('base', wanted).fill(UNKNOWN);
  }
  return codes.baseCache;
}

/** A cleared array for the keys of `scope.diff`: they are dense from the clean count on, so its size is enough. */
function cacheForDiff(codes: Codes, scope: SymbolScope): Int32Array {
  const wanted = scope.diff?.size ?? 0;
  if (codes.diffCache.length < wanted) codes.diffCache = scratchCodes('diff', wanted);
  codes.diffCache.fill(UNKNOWN, 0, wanted);
  return codes.diffCache;
}

function codeOf(codes: Codes, text: string | undefined): number {
  if (text === undefined) return UNRESOLVED;
  const known = codes.byText.get(text);
  if (known !== undefined) return known;
  codes.bytes += text.length * MAX_BYTES_PER_UNIT;
  if (codes.bytes > MAX_CHUNK_BYTES) return UNRESOLVED;
  codes.byText.set(text, codes.texts.length);
  return codes.texts.push(text) - 1;
}

function loseKey(rows: RawRows, row: number, key: number, scope: SymbolScope, clean: number, isDropped: boolean): void {
  if (!setNull(rows.mask, row)) return;
  const kind = kindOf(key, scope, clean);
  const describe = (): LossDetail => ({
    byteOffset: rowAt(rows.ranges, row) * 4,
    expected: expectation(kind, scope, clean),
    actual: `key ${key}`,
    ...(isDropped && kind === 'base' ? { severity: 'note' } : {}),
  });
  rows.losses.add('symbol_key_unresolved', rows.file.path, 1, describe, kind);
}

/** Whose a key is that does not resolve: the base table's, the transaction's own, or one of those lost with its diff. */
function kindOf(key: number, scope: SymbolScope, clean: number): 'base' | 'own' | 'lost' {
  if (key >= 0 && key < clean) return 'base';
  return scope.diffKnown ? 'own' : 'lost';
}

/** What would have resolved it. */
function expectation(kind: ReturnType<typeof kindOf>, scope: SymbolScope, clean: number): string {
  if (kind === 'base') return `a symbol table with the ${clean} symbols that the transaction knew`;
  if (kind === 'lost') return 'the new symbols of the transaction, which are lost';
  return `a key below ${clean} or one of the ${scope.diff?.size ?? 0} new symbols of the transaction`;
}

function symbolChunk(rows: RawRows, keys: Int32Array, texts: readonly string[]): DictionaryChunk {
  const { values, notUtf8 } = dictionaryOf(texts);
  if (notUtf8 > 0) {
    const actual = `${notUtf8} symbols with lone surrogates`;
    rows.losses.add('text_not_utf8', rows.file.path, 0, () => ({ expected: 'UTF-16', actual }));
  }
  return { kind: 'dictionary', length: rows.count, keys, dictionary: values, ...validityOf(rows.mask) };
}
