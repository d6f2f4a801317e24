// Made by generator/main.ts from formats/common/column_type.ksy with kaitai-struct-compiler 0.11.0; do not edit.
import type { EnumMap, GeneratedType, KaitaiNode } from '../src/kaitai/types.js';
import { ColumnType as code } from './code/ColumnType.js';

/**
 * The int32 that stands for a column's type. The low byte is the tag; the bits above it are used differently by each tag
 * (GEOHASH: precision in bits 8 to 15; ARRAY: element tag in 8 to 13 and dimensions - 1 in 14 to 18; DECIMAL: precision in 8 to 15
 * and scale in 18 to 25; TIMESTAMP: bit 18 for nanoseconds). A deleted column slot holds the negated code.
 */
export interface ColumnType extends KaitaiNode {
  readonly code: number;
  /** True for the slot of a dropped or re-typed column. */
  readonly isDeleted: boolean;
  /** What kind of values the column holds. */
  readonly tag: ColumnType.ColumnTag;
}
export declare namespace ColumnType {
  /** Other values are possible: newer releases, damage. */
  export type ColumnTag = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14 | 15 | 16 | 17 | 18 | 19 | 24 | 25 | 26 | 27 | 28 | 29 | 30 | 31 | 32 | 33 | (number & {});
}

export const ColumnType = code as unknown as GeneratedType<ColumnType> & {
  readonly ColumnTag: EnumMap<{ readonly BOOLEAN: 1; readonly BYTE: 2; readonly SHORT: 3; readonly CHAR: 4; readonly INT: 5; readonly LONG: 6; readonly DATE: 7; readonly TIMESTAMP: 8; readonly FLOAT: 9; readonly DOUBLE: 10; readonly STRING: 11; readonly SYMBOL: 12; readonly LONG256: 13; readonly GEOBYTE: 14; readonly GEOSHORT: 15; readonly GEOINT: 16; readonly GEOLONG: 17; readonly BINARY: 18; readonly UUID: 19; readonly LONG128: 24; readonly IPV4: 25; readonly VARCHAR: 26; readonly ARRAY: 27; readonly DECIMAL8: 28; readonly DECIMAL16: 29; readonly DECIMAL32: 30; readonly DECIMAL64: 31; readonly DECIMAL128: 32; readonly DECIMAL256: 33 }>;
};
