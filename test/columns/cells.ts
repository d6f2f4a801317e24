import type { ByteStrings, ColumnChunk, FixedChunk, ListChunk } from '../../src/columnChunk.js';
import {
  bytesCell,
  type Cell,
  type CellKind,
  doubleCell,
  type ExpectedColumn,
  floatCell,
  listCell,
  type NestedNumbers,
} from '../helpers/truthColumns.js';

/** The cells of a chunk, in the form of `truthColumns.ts`. Throws where the chunk breaks the rules of `columnChunk.ts`. */
export function cellsOf(chunk: ColumnChunk, { kind, sqlType }: Pick<ExpectedColumn, 'kind' | 'sqlType'>): Cell[] {
  const cells = valuesOf(chunk, kind, sqlType.toUpperCase() === 'IPV4');
  if (chunk.validity !== undefined && chunk.validity.length !== Math.ceil(chunk.length / 8))
    throw new Error('validity bytes');
  const valid = (row: number): boolean => bitAt(chunk.validity, row);
  let nulls = 0;
  const seen = Array.from({ length: chunk.length }, (_, row) => {
    if (valid(row)) return cells(row);
    nulls++;
    return null;
  });
  if (nulls !== chunk.nullCount) throw new Error(`nullCount ${chunk.nullCount}, but ${nulls} NULLs`);
  if ((nulls === 0) !== (chunk.validity === undefined)) throw new Error(`validity with ${nulls} NULLs`);
  checkTail(chunk.validity, chunk.length);
  return seen;
}

function bitAt(bits: Uint8Array | undefined, row: number): boolean {
  return bits === undefined || ((bits[row >> 3] ?? 0) & (1 << (row & 7))) !== 0;
}

/** Lists of one row that are worth spelling out; no array of the tests has so many, only damaged shapes do. */
const MAX_SPELLED_LISTS = 100_000;

/** What stands for a row with more lists than that. */
function hugeList({ offsets }: ListChunk, row: number): string | undefined {
  let [lo, hi] = [row, row + 1];
  for (const level of offsets) {
    [lo, hi] = [level[lo] ?? 0, level[hi] ?? 0];
    if (hi - lo > MAX_SPELLED_LISTS) return `${hi - lo} lists`;
  }
  return undefined;
}

function checkTail(bits: Uint8Array | undefined, length: number): void {
  for (let row = length; bits !== undefined && row < bits.length * 8; row++) {
    if (bitAt(bits, row)) throw new Error(`bit ${row} of ${length} is set`);
  }
}

function valuesOf(chunk: ColumnChunk, kind: CellKind, unsigned: boolean): (row: number) => string {
  switch (chunk.kind) {
    case 'boolean':
      if (chunk.bits.length !== Math.ceil(chunk.length / 8)) throw new Error('boolean bytes');
      return (row) => String(bitAt(chunk.bits, row));
    case 'fixed':
      if (chunk.values.length !== chunk.length * chunk.byteWidth) throw new Error('fixed bytes');
      return (row) => fixedCell(chunk, row, kind, unsigned);
    case 'bytes':
      checkStrings(chunk, chunk.length);
      return (row) => bytesCell(stringAt(chunk, row));
    case 'dictionary':
      checkDictionary(chunk.dictionary, chunk.dictionary.length);
      return (row) => bytesCell(stringAt(chunk.dictionary, chunk.keys[row] ?? -1));
    case 'list':
      return (row) => hugeList(chunk, row) ?? listCell(listAt(chunk, 0, row));
    case 'runs':
      throw new Error('a decoder makes no runs');
  }
}

function fixedCell({ values, byteWidth }: FixedChunk, row: number, kind: CellKind, unsigned: boolean): string {
  const bytes = values.slice(row * byteWidth, (row + 1) * byteWidth);
  const view = new DataView(bytes.buffer);
  if (kind === 'bytes') return bytesCell(bytes);
  if (kind === 'decimal') return String(BigInt.asIntN(8 * byteWidth, BigInt(`0x${bytesCell(bytes).slice(2)}`)));
  if (kind === 'float') return floatCell(view.getFloat32(0, true));
  if (kind === 'double') return doubleCell(view.getFloat64(0, true));
  if (unsigned) return String(view.getUint32(0, true));
  return byteWidth === 8 ? String(view.getBigInt64(0, true)) : String(view.getInt32(0, true));
}

function stringAt({ offsets, data }: ByteStrings, row: number): Uint8Array {
  return data.subarray(offsets[row], offsets[row + 1]);
}

function checkStrings({ offsets, data }: ByteStrings, length: number): void {
  if (offsets.length !== length + 1 || offsets[0] !== 0 || offsets[length] !== data.length) throw new Error('offsets');
  for (let row = 0; row < length; row++) if (offsets[row]! > offsets[row + 1]!) throw new Error(`offset ${row} falls`);
}

function checkDictionary(dictionary: ByteStrings, length: number): void {
  checkStrings(dictionary, length);
  const texts = new Set(Array.from({ length }, (_, index) => bytesCell(stringAt(dictionary, index))));
  if (texts.size !== length) throw new Error('a dictionary entry occurs twice');
}

function listAt(chunk: ListChunk, level: number, index: number): NestedNumbers {
  const offsets = chunk.offsets[level]!;
  const items = Array.from({ length: offsets[index + 1]! - offsets[index]! }, (_, item) => offsets[index]! + item);
  if (level + 1 < chunk.offsets.length) return items.map((item) => listAt(chunk, level + 1, item));
  return items.map((item) => (bitAt(chunk.valuesValidity, item) ? chunk.values[item]! : null));
}
