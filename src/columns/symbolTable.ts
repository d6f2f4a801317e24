/** The symbols of a table, in its `.o` and `.c` files (`SymbolMapWriter`): what keys below the clean count stand for. */
import { Str16 } from '../../generated/Str16.js';
import { SymbolOffsets } from '../../generated/SymbolOffsets.js';
import { type Damage, damage } from '../damage.js';
import { openWindow, readInt64s } from '../kaitai/cursor.js';
import { parseLean, sizeOf, text } from '../kaitai/parse.js';
import { type RandomAccess, type Source, SourceError } from '../source/source.js';
import type { SymbolTable } from './symbolScope.js';

const OFFSET_BYTES = BigInt64Array.BYTES_PER_ELEMENT;
/** Offsets that are read at a time. */
const OFFSETS_PER_WINDOW = 4096;
/** Windows of offsets that are kept. */
const MAX_WINDOWS = 512;
/** A `.c` file up to this size is held in memory; of a larger one each symbol is read by itself. */
const MAX_HELD_CHARS_BYTES = 16 * 1024 * 1024;
/** Texts that are kept. */
const MAX_CACHED_TEXTS = 65_536;
/** Bytes of one symbol with its length; real ones are short. */
export const MAX_SYMBOL_BYTES = 64 * 1024 * 1024;
/** Bytes of a symbol that are tried before the whole room that it may take is read. */
const HEAD_BYTES = 1024;
/** How far from a damaged offset a sound symbol is looked for, in symbols. */
const MAX_REPAIR_SYMBOLS = 8192;
/** Symbols that are looked at to find the last sound one. */
const MAX_TAIL_PROBES = 65_536;

export interface SymbolTableOptions {
  /** How many symbols the table is said to have: the clean count. Files may have more, of other writers. */
  readonly expectedCount: number;
}

export interface OpenSymbolTable {
  /** `count` is at most the expected one: the last key below it that has a sound symbol, and 1. */
  readonly table: SymbolTable;
  /**
   * `symbol_table_missing`, or `symbol_table_invalid`: fewer symbols than expected, bad ones (NULL where they are used), repaired ones. Grows as
   * keys are asked for; each kind is one entry.
   */
  readonly damage: readonly Damage[];
  close(): void;
}

/** Opens the symbol files `ofsPath` (`<name>.o`) and `charsPath` (`<name>.c`). Symbols are read when they are asked for. */
export function openSymbolTable(
  source: Source,
  ofsPath: string,
  charsPath: string,
  { expectedCount }: SymbolTableOptions,
): OpenSymbolTable {
  const opened: RandomAccess[] = [];
  const close = (): void => {
    for (const file of opened) file.close();
  };
  try {
    const files = [ofsPath, charsPath].map((path) => {
      const file = source.open(path);
      opened.push(file);
      return file;
    });
    return tableOf(files[0]!, files[1]!, expectedCount, close);
  } catch (error) {
    close();
    if (!(error instanceof SourceError)) throw error;
    const code = error.code === 'not-found' ? 'symbol_table_missing' : 'symbol_table_invalid';
    const found = damage(code, error.path, { expected: `${expectedCount} symbols`, actual: error.detail });
    return { table: { count: 0, get: () => undefined }, damage: [found], close: () => undefined };
  }
}

/** Symbols as the two files have them, without any repair. */
interface StoredSymbols {
  /** Where symbol `key` starts in `.c`; NaN where the file has no such offset. */
  offset(key: number): number;
  /** The text of `key` if its offsets and the length in `.c` agree. */
  sound(key: number): string | undefined;
  /** The text at byte `start` of `.c`, and where the next one starts, if it ends by `limit`. */
  textAt(start: number, limit: number): { readonly text: string; readonly end: number } | undefined;
}

function storedSymbols(ofs: RandomAccess, chars: RandomAccess): StoredSymbols {
  const windows = new Map<number, BigInt64Array>();
  const held = chars.size <= MAX_HELD_CHARS_BYTES ? openWindow(chars, chars.size) : undefined;
  const charsAt = (start: number, length: number): Uint8Array =>
    held?.bytes(start, length) ?? chars.read(start, length);
  const windowOf = (index: number): BigInt64Array => {
    const known = windows.get(index);
    if (known !== undefined) return known;
    if (windows.size >= MAX_WINDOWS) windows.clear();
    const at = sizeOf(SymbolOffsets) + index * OFFSETS_PER_WINDOW * OFFSET_BYTES;
    const read = readInt64s(ofs, at, OFFSETS_PER_WINDOW);
    windows.set(index, read);
    return read;
  };
  const offset = (key: number): number => {
    const value = windowOf(Math.floor(key / OFFSETS_PER_WINDOW))[key % OFFSETS_PER_WINDOW] ?? -1n;
    return value >= 0n && value <= BigInt(chars.size) ? Number(value) : Number.NaN;
  };
  const textAt: StoredSymbols['textAt'] = (start, limit) => {
    if (!(start < limit) || limit - start > MAX_SYMBOL_BYTES) return undefined;
    const head = parseLean(Str16, charsAt(start, Math.min(limit - start, HEAD_BYTES)));
    const whole = head.failure !== undefined && limit - start > HEAD_BYTES;
    const { value, failure, consumed } = whole ? parseLean(Str16, charsAt(start, limit - start)) : head;
    const found = failure === undefined ? text(value) : null;
    return found === null ? undefined : { text: found, end: start + consumed };
  };
  return {
    offset,
    textAt,
    sound(key) {
      const end = offset(key + 1);
      const found = textAt(offset(key), end);
      return found?.end === end ? found.text : undefined;
    },
  };
}

/** The last key below `count` with a sound symbol; -1 if there is none. Files are longer than what is used of them. */
function lastSound(stored: StoredSymbols, count: number): number {
  let probes = 0;
  for (let key = count - 1; key >= 0; key--) {
    if (!(stored.offset(key) < stored.offset(key + 1))) continue;
    if (stored.sound(key) !== undefined || ++probes > MAX_TAIL_PROBES) return key;
  }
  return -1;
}

/** Symbols [first, first + texts.length) that are not sound; their texts, where the lengths in `.c` lead from sound one to sound one. */
interface Run {
  readonly first: number;
  readonly texts: readonly (string | undefined)[];
}

/** The run of symbols around `key`, which is not sound. */
function runAround(stored: StoredSymbols, key: number, count: number): Run {
  let first = key;
  while (first > 0 && key - first < MAX_REPAIR_SYMBOLS && stored.sound(first - 1) === undefined) first--;
  let end = key + 1;
  while (end < count && end - key < MAX_REPAIR_SYMBOLS && stored.sound(end) === undefined) end++;
  const texts: string[] = [];
  const limit = stored.offset(end);
  let place = first === 0 ? 0 : stored.offset(first);
  while (texts.length < end - first) {
    const found = stored.textAt(place, limit);
    if (found === undefined) break;
    texts.push(found.text);
    place = found.end;
  }
  if (place === limit && texts.length === end - first) return { first, texts };
  return { first, texts: Array<undefined>(end - first).fill(undefined) };
}

/** How many of the first `limit` symbols there are: up to the last sound one, or to where the lengths behind it lead. */
function countOf(stored: StoredSymbols, limit: number): number {
  const sound = lastSound(stored, limit) + 1;
  if (sound >= limit) return sound;
  return runAround(stored, sound, limit).texts[0] === undefined ? sound : limit;
}

function tableOf(ofs: RandomAccess, chars: RandomAccess, expectedCount: number, close: () => void): OpenSymbolTable {
  const stored = storedSymbols(ofs, chars);
  const count = countOf(
    stored,
    Math.min(expectedCount, Math.floor((ofs.size - sizeOf(SymbolOffsets)) / OFFSET_BYTES) - 1),
  );
  const texts = new Map<number, string | undefined>();
  const runs = new Map<number, Run>();
  let unreadable: SourceError | undefined;
  const look = (key: number): string | undefined => {
    const sound = stored.sound(key);
    if (sound !== undefined) return sound;
    const run = runAround(stored, key, count);
    runs.set(run.first, run);
    for (const [index, text] of run.texts.entries()) texts.set(run.first + index, text);
    return run.texts[key - run.first];
  };
  const table: SymbolTable = {
    count,
    get(key) {
      if (!(key >= 0 && key < count)) return undefined;
      if (texts.has(key)) return texts.get(key);
      if (texts.size >= MAX_CACHED_TEXTS) texts.clear();
      try {
        const found = look(key);
        texts.set(key, found);
        return found;
      } catch (error) {
        if (!(error instanceof SourceError)) throw error;
        unreadable = error;
        return undefined;
      }
    },
  };
  return {
    table,
    get damage() {
      const found: Damage[] = [];
      if (count < expectedCount) {
        found.push(
          damage('symbol_table_invalid', ofs.path, {
            expected: `${expectedCount} symbols`,
            actual: `${count} symbols`,
          }),
        );
      }
      if (unreadable !== undefined) {
        found.push(damage('symbol_table_invalid', unreadable.path, { actual: unreadable.detail }));
      }
      return [...found, ...runDamage(ofs.path, [...runs.values()])];
    },
    close,
  };
}

/** Bad symbols are one entry and repaired ones another, each with the place of the first. */
function runDamage(path: string, runs: readonly Run[]): readonly Damage[] {
  const isBad = (run: Run): boolean => run.texts[0] === undefined;
  return [true, false].flatMap((bad) => {
    const these = runs.filter((run) => isBad(run) === bad);
    const first = these.reduce((least, run) => Math.min(least, run.first), Number.POSITIVE_INFINITY);
    const symbols = these.reduce((sum, run) => sum + run.texts.length, 0);
    if (symbols === 0) return [];
    return damage('symbol_table_invalid', path, {
      byteOffset: sizeOf(SymbolOffsets) + first * OFFSET_BYTES,
      expected: 'offsets that rise and agree with the lengths in .c',
      actual: `${symbols} symbols from key ${first} on${bad ? '' : ', which the lengths in .c correct'}`,
      ...(bad ? {} : { severity: 'repaired' as const }),
    });
  });
}
