/**
 * A small writer of binary layouts, independent of the specifications: codecs that make random values, write their bytes, and
 * say what a parser has to show for them.
 */
import fc from 'fast-check';
import type { Plain } from './tree.js';

/** Fields that a parser has to show. */
export type Fields = { readonly [field: string]: Plain };

/** Bytes being written, little endian. */
export class Out {
  private readonly bytes: number[] = [];

  get length(): number {
    return this.bytes.length;
  }

  /** `value` in `size` bytes, two's complement. */
  int(value: bigint, size: number): void {
    for (let at = 0; at < size; at++) this.bytes.push(Number((value >> BigInt(8 * at)) & 0xffn));
  }

  float(value: number, size: 4 | 8): void {
    const view = new DataView(new ArrayBuffer(size));
    if (size === 4) view.setFloat32(0, value, true);
    else view.setFloat64(0, value, true);
    this.raw(new Uint8Array(view.buffer));
  }

  raw(bytes: Iterable<number>): void {
    for (const byte of bytes) this.bytes.push(byte);
  }

  done(): Uint8Array {
    return Uint8Array.from(this.bytes);
  }
}

/** Random values of a layout and their bytes. */
export interface Codec<T> {
  readonly any: fc.Arbitrary<T>;
  /** Writes `value`; returns what a parser has to show for it. */
  write(out: Out, value: T): Plain;
}

/** One or more fields of a struct. */
export interface Step<T> {
  readonly any: fc.Arbitrary<T>;
  write(out: Out, value: T): Fields;
}

/** An integer of up to 4 bytes. */
export function integer(size: 1 | 2 | 4, signed: boolean): Codec<number> {
  const range = 2 ** (8 * size);
  return {
    any: signed ? fc.integer({ min: -range / 2, max: range / 2 - 1 }) : fc.integer({ min: 0, max: range - 1 }),
    write: (out, value) => {
      out.int(BigInt(value), size);
      return value;
    },
  };
}

export const u1: Codec<number> = integer(1, false);
export const s1: Codec<number> = integer(1, true);
export const s2: Codec<number> = integer(2, true);
export const u2: Codec<number> = integer(2, false);
export const s4: Codec<number> = integer(4, true);

/** Any int64, the extremes and the neighbourhood of 2^53 and of 0 often. */
export const s8: Codec<bigint> = {
  any: fc.oneof(
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    fc.constantFrom(-(2n ** 63n), 2n ** 63n - 1n, -1n, 0n, 2n ** 53n + 1n, -(2n ** 53n) - 1n, -(2n ** 32n), 2n ** 32n),
  ),
  write: (out, value) => {
    out.int(value, 8);
    return value;
  },
};

export const u8: Codec<bigint> = {
  any: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  write: (out, value) => {
    out.int(value, 8);
    return value;
  },
};

export const f4: Codec<number> = {
  any: fc.float(),
  write: (out, value) => {
    out.float(value, 4);
    return value;
  },
};

export const f8: Codec<number> = {
  any: fc.double(),
  write: (out, value) => {
    out.float(value, 8);
    return value;
  },
};

/** Any UTF-16 code units, unpaired surrogates and byte order marks too; null. */
export const str16: Codec<string | null> = {
  any: fc.option(
    fc
      .array(fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.constantFrom(0xd800, 0xdc00, 0xfeff, 0x41)), {
        maxLength: 12,
      })
      .map((units) => String.fromCharCode(...units)),
  ),
  write: (out, value) => {
    if (value === null) {
      out.int(-1n, 4);
      return { lenUnits: -1 };
    }
    out.int(BigInt(value.length), 4);
    for (let at = 0; at < value.length; at++) out.int(BigInt(value.charCodeAt(at)), 2);
    return value === '' ? { lenUnits: 0 } : { lenUnits: value.length, value };
  },
};

/** `length` bytes, any number of them up to 40 if not given. */
export function bytes(length?: number): Codec<Uint8Array> {
  return {
    any: fc.uint8Array(
      length === undefined ? { maxLength: 40, size: 'max' } : { minLength: length, maxLength: length, size: 'max' },
    ),
    write: (out, value) => {
      out.raw(value);
      return Buffer.from(value).toString('hex');
    },
  };
}

/** Always `value`. */
export function constant<T>(codec: Codec<T>, value: T): Codec<T> {
  return { any: fc.constant(value), write: (out, each) => codec.write(out, each) };
}

/** Values of `codec` that pass `test`. */
export function where<T>(codec: Codec<T>, test: (value: T) => boolean): Codec<T> {
  return { any: codec.any.filter(test), write: (out, each) => codec.write(out, each) };
}

/** Exactly `count` values. */
export function times<T>(codec: Codec<T>, count: number): Codec<readonly T[]> {
  return {
    any: fc.array(codec.any, { minLength: count, maxLength: count }),
    write: (out, values) => values.map((value) => codec.write(out, value)),
  };
}

export function field<T>(name: string, codec: Codec<T>): Step<T> {
  return { any: codec.any, write: (out, value) => ({ [name]: codec.write(out, value) }) };
}

/** A 4-byte count, then that many elements. */
export function counted<T>(countName: string, name: string, codec: Codec<T>, maxLength = 5): Step<readonly T[]> {
  return {
    any: fc.array(codec.any, { maxLength }),
    write: (out, values) => {
      out.int(BigInt(values.length), 4);
      return { [countName]: values.length, [name]: values.map((value) => codec.write(out, value)) };
    },
  };
}

/** Steps that are there or not. */
export function optional<T>(step: Step<T>): Step<T | null> {
  return { any: fc.option(step.any), write: (out, value) => (value === null ? {} : step.write(out, value)) };
}

/** Several steps as one. */
export function steps(...parts: readonly Step<unknown>[]): Step<readonly unknown[]> {
  return {
    any: fc.tuple(...parts.map((part) => part.any)),
    write: (out, values) => Object.assign({}, ...parts.map((part, at) => part.write(out, values[at]))),
  };
}

/** A structure of the given fields. */
export function struct(...parts: readonly Step<unknown>[]): Codec<readonly unknown[]> {
  return steps(...parts);
}

/** One of several layouts. */
export function either<T>(...codecs: readonly Codec<T>[]): Codec<readonly [number, T]> {
  return {
    any: fc.oneof(...codecs.map((codec, at) => codec.any.map((value): readonly [number, T] => [at, value]))),
    write: (out, [at, value]) => (codecs[at] as Codec<T>).write(out, value),
  };
}

/** Runs `write` on its own bytes; returns them and what it returned. */
export function apart<T>(write: (out: Out) => T): readonly [bytes: Uint8Array, shown: T] {
  const out = new Out();
  const shown = write(out);
  return [out.done(), shown];
}

/** A structure behind its length in 4 bytes, which counts the bytes of `own` too. */
export function framed<H, T>(
  head: Step<H>,
  body: Codec<T>,
  names: { length: string; body: string },
  own: number,
): Codec<readonly [H, T]> {
  return {
    any: fc.tuple(head.any, body.any),
    write: (out, [headValue, value]) => {
      const [content, shown] = apart((inner) => body.write(inner, value));
      out.int(BigInt(content.length + own), 4);
      const headShown = head.write(out, headValue);
      out.raw(content);
      return { [names.length]: content.length + own, ...headShown, [names.body]: shown };
    },
  };
}

/** A column type, with its flags. */
export const columnType: Codec<number> = {
  any: s4.any,
  write: (out, code) => {
    out.int(BigInt(code), 4);
    return { code };
  },
};

/** `codec` written by itself: its bytes and what a parser has to show. */
export function written<T>(
  codec: Codec<T>,
  value: T,
): readonly [bytes: Uint8Array, shown: ReturnType<Codec<T>['write']>] {
  return apart((out: Out) => codec.write(out, value));
}
