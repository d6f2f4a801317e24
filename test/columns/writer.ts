/**
 * Writes column files as shared/formats/columns.md describes them (sections 1.2 to 1.6), one value at a time and for tests only: it
 * shares nothing with the decoders.
 */
import { doubleCell, listCell, type NestedNumbers } from '../helpers/truthColumns.js';

/** The bytes of a column, and where each row is in them. */
export interface ColumnFiles {
  readonly d: Uint8Array;
  /** Only of STRING, BINARY, VARCHAR and ARRAY. */
  readonly i?: Uint8Array;
  /** Bytes of `.d` that belong to a row. */
  readonly dataSpans: readonly (readonly [from: number, to: number])[];
  /** Bytes of `.i` that tell of a row. */
  readonly entrySpans: readonly (readonly [from: number, to: number])[];
}

/** Bytes that grow. */
class Out {
  private readonly bytes: number[] = [];

  get length(): number {
    return this.bytes.length;
  }

  raw(...bytes: readonly number[]): this {
    for (const byte of bytes) this.bytes.push(byte);
    return this;
  }

  /** A two's complement integer, least significant byte first. */
  int(value: bigint | number, length: number): this {
    let left = BigInt.asUintN(8 * length, BigInt(value));
    for (let index = 0; index < length; index++, left >>= 8n) this.bytes.push(Number(left & 0xffn));
    return this;
  }

  take(): Uint8Array {
    return Uint8Array.from(this.bytes);
  }
}

/** Rows of `width` bytes. */
export function fixedFiles(rows: readonly (readonly number[])[], width: number): ColumnFiles {
  const d = Uint8Array.from(rows.flat());
  if (d.length !== rows.length * width) throw new Error('row of a wrong width');
  return { d, dataSpans: rows.map((_, row) => [row * width, (row + 1) * width]), entrySpans: rows.map(() => [0, 0]) };
}

/** Little-endian bytes of integers, one after another. */
export function littleEndian(...parts: readonly (readonly [value: bigint | number, length: number])[]): number[] {
  const out = new Out();
  for (const [value, length] of parts) out.int(value, length);
  return [...out.take()];
}

/** `rowIds` unless given are the row numbers. */
export function designatedFiles(values: readonly bigint[], rowIds: readonly bigint[] = []): ColumnFiles {
  return fixedFiles(
    values.map((value, row) => littleEndian([value, 8], [rowIds[row] ?? row, 8])),
    16,
  );
}

/** STRING (UTF-16 code units) or BINARY (bytes); `null` is NULL. */
function prefixedFiles(
  rows: readonly (readonly number[] | null)[],
  lengthBytes: number,
  itemBytes: number,
): ColumnFiles {
  const d = new Out();
  const i = new Out().int(0, 8);
  const dataSpans = rows.map((row): [number, number] => {
    const from = d.length;
    d.int(row === null ? -1 : row.length, lengthBytes);
    for (const item of row ?? []) d.int(item, itemBytes);
    i.int(d.length, 8);
    return [from, d.length];
  });
  return { d: d.take(), i: i.take(), dataSpans, entrySpans: rows.map((_, row) => [row * 8, row * 8 + 16]) };
}

export function stringFiles(rows: readonly (string | null)[]): ColumnFiles {
  return prefixedFiles(
    rows.map((text) => (text === null ? null : Array.from({ length: text.length }, (_, at) => text.charCodeAt(at)))),
    4,
    2,
  );
}

export function binaryFiles(rows: readonly (Uint8Array | null)[]): ColumnFiles {
  return prefixedFiles(
    rows.map((bytes) => (bytes === null ? null : [...bytes])),
    8,
    1,
  );
}

/** VARCHAR of any bytes. `asciiFlag` as a server sets it; real ones do not agree on it. */
export function varcharFiles(rows: readonly (Uint8Array | null)[], asciiFlag = true): ColumnFiles {
  const d = new Out();
  const i = new Out();
  const dataSpans = rows.map((bytes): [number, number] => {
    const from = d.length;
    const ascii = asciiFlag && bytes?.every((byte) => byte < 0x80) ? 2 : 0;
    if (bytes === null) {
      i.int(4, 4).raw(0, 0, 0, 0, 0, 0);
    } else if (bytes.length < 10) {
      i.raw((bytes.length << 4) | ascii | 1, ...bytes, ...new Array<number>(9 - bytes.length).fill(0));
    } else {
      i.int((bytes.length << 4) | ascii, 4).raw(...bytes.subarray(0, 6));
      d.raw(...bytes);
    }
    i.int(from, 6);
    return [from, d.length];
  });
  return { d: d.take(), i: i.take(), dataSpans, entrySpans: rows.map((_, row) => [row * 16, row * 16 + 16]) };
}

/** An array by its shape, elements in row-major order; a NULL element is NaN. */
export interface ArrayValue {
  readonly shape: readonly number[];
  readonly elements: readonly number[];
}

export function arrayFiles(rows: readonly (ArrayValue | null)[]): ColumnFiles {
  const d = new Out();
  const i = new Out();
  const dataSpans = rows.map((row): [number, number] => {
    const from = d.length;
    for (const length of row?.shape ?? []) d.int(length, 4);
    while (d.length % 8 !== 0) d.raw(0);
    for (const element of row?.elements ?? []) d.raw(...doubleBytes(element));
    i.int(from, 6)
      .int(0, 2)
      .int(d.length - from, 4)
      .int(0, 4);
    return [from, d.length];
  });
  return { d: d.take(), i: i.take(), dataSpans, entrySpans: rows.map((_, row) => [row * 16, row * 16 + 16]) };
}

/** The cell that an array must become. */
export function arrayCell({ shape, elements }: ArrayValue): string {
  const nest = (level: number, from: number): NestedNumbers => {
    const stride = shape.slice(level + 1).reduce((product, length) => product * length, 1);
    return Array.from({ length: shape[level]! }, (_, index) => {
      const element = elements[from + index]!;
      if (level + 1 < shape.length) return nest(level + 1, from + index * stride);
      return Number.isNaN(element) ? null : element;
    });
  };
  return listCell(nest(0, 0));
}

export function doubleBytes(value: number): number[] {
  const hex = doubleCell(value).slice(4);
  return littleEndian([BigInt(`0x${hex}`), 8]);
}
