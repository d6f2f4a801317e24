/** Files of a symbol table: offsets, texts, and the index by which a server finds a text. */
import { Str16 } from '../../../generated/Str16.js';
import { SymbolIndexKeys } from '../../../generated/SymbolIndexKeys.js';
import { SymbolIndexValues } from '../../../generated/SymbolIndexValues.js';
import { SymbolOffsets } from '../../../generated/SymbolOffsets.js';
import { openSymbolTable } from '../../columns/symbolTable.js';
import { attempt, withFile } from '../../files.js';
import { readInt64s } from '../../kaitai/cursor.js';
import { parse, sizeOf } from '../../kaitai/parse.js';
import { addFailure, addProblem, type Env } from '../env.js';
import { quote } from '../escape.js';
import { type Field, fixedChildren, problemOf } from '../field.js';
import { lastNonZero, preallocated, withGaps } from '../fill.js';
import { headerFields, nodeField, parseAt } from '../node.js';
import { counted } from '../told.js';
import { int64List, type KindFields, recordList, stridedList } from './kind.js';

const OFFSET_BYTES = BigInt64Array.BYTES_PER_ELEMENT;
const TAIL = preallocated(['stale', 'behind the last symbol: of no meaning']);
/** Bytes of a symbol that are tried first. */
const HEAD_BYTES = 4096;

/** The file beside `path` that is called the same but for the letter after its last dot but one or its last: `s.o.3` → `s.c.3`. */
export const sibling = (path: string, letter: string): string => path.replace(/\.[cokvdi](\.\d+)?$/, `.${letter}$1`);

/** Entries of a `.o` file: they rise until the file's unused part. */
function countEntries(values: BigInt64Array): number {
  let count = Math.min(1, values.length);
  while (count < values.length && (values[count] ?? 0n) > (values[count - 1] ?? 0n)) count += 1;
  return count;
}

function entriesOf(env: Env, path: string): BigInt64Array | undefined {
  const read = withFile(env.facts.source, path, (file) => {
    const bytes = Math.min(file.size, env.limitBytes) - sizeOf(SymbolOffsets);
    return readInt64s(file, sizeOf(SymbolOffsets), Math.floor(bytes / OFFSET_BYTES));
  });
  return read.value;
}

/** `<column>.o`. */
export function symbolOffsetsFields(env: Env): KindFields {
  const header = parseAt(env, SymbolOffsets, 0, sizeOf(SymbolOffsets));
  const own = headerFields(header.value, { env, base: 0, path: '' });
  if (header.failure !== undefined) return { fields: withGaps(env, '', own, [0, env.file.size], TAIL) };
  const count = countEntries(entriesOf(env, env.file.path) ?? new BigInt64Array(0));
  const symbols = Math.max(0, count - 1);
  const charsPath = sibling(env.file.path, 'c');
  const hasChars = attempt(charsPath, () => env.facts.source.stat(charsPath)).value !== undefined;
  const table = hasChars
    ? openSymbolTable(env.facts.source, env.file.path, charsPath, { expectedCount: symbols })
    : undefined;
  for (let key = 0; table !== undefined && key < symbols; key++) table.table.get(key);
  for (const one of table?.damage ?? []) {
    if (one.file === env.file.path) addProblem(env, problemOf(one, env.file.path));
  }
  const texts = new Map<number, string | undefined>();
  for (let key = 0; key < symbols && texts.size < MAX_TEXTS; key++) texts.set(key, table?.table.get(key));
  table?.close();
  const describe = (_: bigint, index: number): string => {
    if (index === symbols) return 'end of the last symbol';
    const text = texts.get(index);
    return `start of symbol ${index}${text === undefined ? '' : ` ${quote(text)}`}`;
  };
  const place = { name: 'entries', offset: sizeOf(SymbolOffsets), count, one: 'entry' };
  const entries = { ...int64List(env, header.value, place, describe), meaning: counted(count, 'entry', 'entries') };
  const fields = [...own, ...(count === 0 ? [] : [entries])];
  return { fields: withGaps(env, '', fields, [0, env.file.size], TAIL), meaning: counted(symbols, 'symbol') };
}

/** Texts that are shown beside offsets. */
const MAX_TEXTS = 65_536;

/**
 * `<column>.c`. How many symbols count is in `.o`. There may be more: after a change of the capacity the table goes on with
 * another `.o` and the same `.c`.
 */
export function symbolCharsFields(env: Env): KindFields {
  const entries = entriesOf(env, sibling(env.file.path, 'o'));
  const known = entries === undefined ? undefined : Math.max(0, countEntries(entries) - 1);
  const size = Math.min(env.file.size, env.limitBytes);
  const end = lastNonZero(env, 0, size);
  const symbols: Field[] = [];
  for (let offset = 0; offset < end || symbols.length < (known ?? 0); ) {
    const head = parse(Str16, env.file.bytes(offset, HEAD_BYTES));
    const parsed = head.failure === undefined ? head : parse(Str16, env.file.bytes(offset, size - offset));
    const isKnown = known === undefined || symbols.length < known;
    if (parsed.failure !== undefined) {
      if (isKnown) addFailure(env, parsed.failure, offset);
      break;
    }
    const name = `[${symbols.length}]`;
    const piece = { name, path: `symbols${name}`, start: 0, end: parsed.consumed, index: symbols.length };
    const field = nodeField(parsed.value, piece, { env, base: offset, path: 'symbols' });
    symbols.push(isKnown ? field : { ...field, meaning: 'not in the .o file beside it' });
    offset += parsed.consumed;
  }
  const last = symbols.at(-1);
  const list: Field = {
    name: 'symbols',
    path: 'symbols',
    kind: 'list',
    role: 'structure',
    file: env.file,
    offset: 0,
    length: last === undefined ? 0 : last.offset + last.length,
    meaning: counted(symbols.length, 'symbol'),
    children: { ...fixedChildren(symbols), positionOf: (index) => (index < symbols.length ? index : undefined) },
  };
  const fields = withGaps(env, '', last === undefined ? [] : [list], [0, env.file.size], TAIL);
  return { fields, meaning: counted(symbols.length, 'symbol') };
}

/** `<column>.k`. */
export function symbolIndexKeysFields(env: Env): KindFields {
  const header = parseAt(env, SymbolIndexKeys, 0, sizeOf(SymbolIndexKeys));
  const own = headerFields(header.value, { env, base: 0, path: '' });
  if (header.failure !== undefined) return { fields: withGaps(env, '', own, [0, env.file.size], TAIL) };
  const { numKeys, sequence, sequenceCheck } = header.value;
  const offset = sizeOf(SymbolIndexKeys);
  const count = Math.min(numKeys, Math.floor((env.file.size - offset) / sizeOf(SymbolIndexKeys.Key)));
  const keys = recordList(env, SymbolIndexKeys.Key, { name: 'keys', offset, count, one: 'key' });
  const fields = [...own, ...(count === 0 ? [] : [keys])];
  return {
    fields: withGaps(env, '', fields, [0, env.file.size], TAIL),
    meaning: `${counted(numKeys, 'key')}${sequence === sequenceCheck ? '' : ', not wholly written'}`,
  };
}

/** `<column>.v`: the blocks whose size and number the `.k` file beside it tells. */
export function symbolIndexValuesFields(env: Env): KindFields {
  const keysPath = sibling(env.file.path, 'k');
  const read = withFile(env.facts.source, keysPath, (file) =>
    parse(SymbolIndexKeys, file.read(0, sizeOf(SymbolIndexKeys))),
  );
  const header = read.value?.failure === undefined ? read.value?.value : undefined;
  if (header === undefined)
    return { fields: withGaps(env, '', [], [0, env.file.size], NO_KEYS), meaning: NO_KEYS.other[1] };
  const { numBlockValues, lenValues } = header;
  const stride = (numBlockValues + 2) * OFFSET_BYTES;
  const count = Math.floor(Math.min(lenValues, env.file.size) / stride);
  const list = stridedList(env, { name: 'blocks', offset: 0, stride, count, one: 'block' }, (index) => {
    const base = index * stride;
    const { value } = parse(SymbolIndexValues.Block, env.file.bytes(base, stride), numBlockValues);
    const name = `[${index}]`;
    const piece = { name, path: `blocks${name}`, start: 0, end: stride, index };
    return nodeField(value, piece, { env, base, path: 'blocks' });
  });
  const fields = withGaps(env, '', count === 0 ? [] : [list], [0, env.file.size], TAIL);
  return { fields, meaning: counted(count, 'block') };
}

const NO_KEYS = preallocated(['unread', 'blocks of values; their size is in the .k file, which is not there']);
