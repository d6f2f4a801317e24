// Made by generator/main.ts from formats/common/bind_value.ksy with kaitai-struct-compiler 0.11.0; do not edit.
import type { GeneratedType, KaitaiNode } from '../src/kaitai/types.js';
import { BindValue as code } from './code/BindValue.js';
import type { BinaryValue } from './BinaryValue.js';
import type { ColumnType } from './ColumnType.js';
import type { Str16 } from './Str16.js';

/**
 * The value of a bind variable of a SQL event. Numbers are null at the smallest value of their width, floats at NaN, IPv4 at 0.
 * No other type can be written.
 */
export interface BindValue extends KaitaiNode {
  readonly type: ColumnType;
  readonly value: number | bigint | Str16 | BindValue.VarcharPlain | BinaryValue | BindValue.UuidValue | BindValue.ArrayValue | BindValue.Decimal128Value | BindValue.Decimal256Value | undefined;
}
export declare namespace BindValue {
  /** UTF-8 text behind a header that holds its length. -1 is null; the smallest int32 is the empty string. */
  export interface VarcharPlain extends KaitaiNode {
    /** Bits 0 to 30, bytes of text; bit 31, all of it is ASCII. */
    readonly header: number;
    readonly value: string | undefined;
  }
  /** A UUID; its text is the high half, then the low one. */
  export interface UuidValue extends KaitaiNode {
    readonly lo: bigint;
    readonly hi: bigint;
  }
  /** An array, or null. */
  export interface ArrayValue extends KaitaiNode {
    /** Bytes that follow; 0 or less is null. */
    readonly lenValue: number;
    readonly value: BindValue.ArrayBody | undefined;
  }
  /** Type, shape and elements of an array. */
  export interface ArrayBody extends KaitaiNode {
    readonly type: ColumnType;
    /** Length of each dimension. */
    readonly shape: readonly number[];
    /** Row-major. */
    readonly values: readonly number[] | undefined;
    readonly surplus: Uint8Array;
    readonly numDims: number;
  }
  /** A decimal of up to 38 digits, unscaled, high half first. */
  export interface Decimal128Value extends KaitaiNode {
    readonly high: bigint;
    readonly low: bigint;
  }
  /** A decimal of up to 76 digits, unscaled, most significant quarter first. */
  export interface Decimal256Value extends KaitaiNode {
    readonly hh: bigint;
    readonly hl: bigint;
    readonly lh: bigint;
    readonly ll: bigint;
  }
}

export const BindValue = code as unknown as GeneratedType<BindValue> & {
  readonly VarcharPlain: GeneratedType<BindValue.VarcharPlain>;
  readonly UuidValue: GeneratedType<BindValue.UuidValue>;
  readonly ArrayValue: GeneratedType<BindValue.ArrayValue>;
  readonly ArrayBody: GeneratedType<BindValue.ArrayBody>;
  readonly Decimal128Value: GeneratedType<BindValue.Decimal128Value>;
  readonly Decimal256Value: GeneratedType<BindValue.Decimal256Value>;
};
