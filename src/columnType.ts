/**
 * QuestDB column types as they are stored: the i32 of `_meta`, taken apart (QuestDB's `ColumnType`).
 */
import { ColumnType as StoredColumnType } from '../generated/ColumnType.js';

/** The low byte of a column type: the tags that a table can store, up to release 9.3.4. */
export const { ColumnTag } = StoredColumnType;
export type ColumnTag = (typeof ColumnTag)[Exclude<keyof typeof ColumnTag, number>];

/** A stored column type. */
export interface ColumnType {
  /** The i32 of a live slot, as stored. */
  readonly code: number;
  readonly tag: ColumnTag;
  /** As QuestDB's SQL writes it: `GEOHASH(8c)`, `DECIMAL(18,3)`, `DOUBLE[][]`, `TIMESTAMP_NS`. */
  readonly name: string;
  /** Bytes a row takes in the `.d` file of a fixed-size type (the designated timestamp takes 16 instead); 0 for the rest. */
  readonly width: number;
  /** True when the column has a `.i` file beside its `.d`. */
  readonly hasAux: boolean;
  /** GEOHASH: bits of precision; else 0. */
  readonly geoBits: number;
  /** ARRAY: number of dimensions; else 0. */
  readonly dimensions: number;
  /** DECIMAL: digits in all and after the point; else 0. */
  readonly precision: number;
  readonly scale: number;
  /** TIMESTAMP: nanoseconds, not microseconds. */
  readonly nanos: boolean;
}

/** Bit 18 of a TIMESTAMP: nanoseconds. */
const NANOS_BIT = 1 << 18;
const MAX_GEO_BITS = 60;
/** Most digits that DECIMAL8, 16, 32, 64, 128 and 256 hold. */
const DECIMAL_DIGITS = [2, 4, 9, 18, 38, 76];

const WIDTHS: Readonly<Record<ColumnTag, number>> = {
  1: 1,
  2: 1,
  3: 2,
  4: 2,
  5: 4,
  6: 8,
  7: 8,
  8: 8,
  9: 4,
  10: 8,
  11: 0,
  12: 4,
  13: 32,
  14: 1,
  15: 2,
  16: 4,
  17: 8,
  18: 0,
  19: 16,
  24: 16,
  25: 4,
  26: 0,
  27: 0,
  28: 1,
  29: 2,
  30: 4,
  31: 8,
  32: 16,
  33: 32,
};
/** The name of a stored tag; `undefined` for any other number. */
const tagName = (tag: number): string | undefined => (tag in WIDTHS ? ColumnTag[tag] : undefined);

/** The type that an i32 of a live slot stands for; `undefined` when no table can store it. */
export function columnTypeOf(code: number): ColumnType | undefined {
  const tag = (code & 0xff) as ColumnTag;
  const name = tagName(tag);
  if (name === undefined || code < 0) return undefined;
  const type = {
    code,
    tag,
    name: name === 'IPV4' ? 'IPv4' : name,
    width: WIDTHS[tag],
    hasAux:
      tag === ColumnTag.STRING || tag === ColumnTag.BINARY || tag === ColumnTag.VARCHAR || tag === ColumnTag.ARRAY,
    geoBits: 0,
    dimensions: 0,
    precision: 0,
    scale: 0,
    nanos: false,
  };
  if (tag === ColumnTag.TIMESTAMP) {
    const nanos = (code & NANOS_BIT) !== 0;
    return { ...type, nanos, name: nanos ? 'TIMESTAMP_NS' : 'TIMESTAMP' };
  }
  if (tag >= ColumnTag.GEOBYTE && tag <= ColumnTag.GEOLONG) {
    const geoBits = (code >>> 8) & 0xff;
    const bytes = geoBits < 8 ? 1 : geoBits < 16 ? 2 : geoBits < 32 ? 4 : 8;
    if (geoBits < 1 || geoBits > MAX_GEO_BITS || bytes !== type.width) return undefined;
    return { ...type, geoBits, name: geoBits % 5 === 0 ? `GEOHASH(${geoBits / 5}c)` : `GEOHASH(${geoBits}b)` };
  }
  if (tag === ColumnTag.ARRAY) {
    if (((code >>> 8) & 0x3f) !== ColumnTag.DOUBLE) return undefined;
    const dimensions = ((code >>> 14) & 0x1f) + 1;
    return { ...type, dimensions, name: `DOUBLE${'[]'.repeat(dimensions)}` };
  }
  if (tag >= ColumnTag.DECIMAL8) {
    const precision = (code >>> 8) & 0xff;
    const scale = (code >>> 18) & 0xff;
    const isStoredSo =
      precision >= 1 && DECIMAL_DIGITS.findIndex((most) => precision <= most) === tag - ColumnTag.DECIMAL8;
    if (!isStoredSo || scale > precision) return undefined;
    return { ...type, precision, scale, name: `DECIMAL(${precision},${scale})` };
  }
  return type;
}
