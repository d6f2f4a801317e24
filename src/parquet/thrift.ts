/**
 * Structs in Thrift's compact protocol (thrift-compact-protocol.md), written straight into memory: of small files the structs take
 * longer than the rows. Fields go in ascending order of their ids.
 */

const ThriftType = { TRUE: 1, FALSE: 2, I8: 3, I32: 5, I64: 6, BINARY: 8, LIST: 9, STRUCT: 12 } as const;

/** What a list can have. */
export const ElementType = { I32: ThriftType.I32, BINARY: ThriftType.BINARY, STRUCT: ThriftType.STRUCT } as const;

/** In a field's first byte the type, below the distance of its id from the one before; in a list's the elements' type, below their number. */
const TYPE_BITS = 4;
/** Above it the distance of an id or the number of elements does not stand with the type. */
const MAX_SHORT = 14;
/** Bytes of the longest number. */
const MAX_VARINT = 10;

const encoder = new TextEncoder();

export class ThriftWriter {
  private bytes = new Uint8Array(4096);
  private at = 0;
  /** The id of the field before, in the struct at hand. */
  private last = 0;
  private readonly outer: number[] = [];

  /** Begins anew; the first field stands behind field `after` of a larger struct. */
  begin(after = 0): this {
    this.at = 0;
    this.last = after;
    this.outer.length = 0;
    return this;
  }

  /** A copy of what was written since `begin`. */
  taken(): Uint8Array {
    return this.bytes.slice(0, this.at);
  }

  i8(id: number, value: number): void {
    this.field(id, ThriftType.I8);
    this.byte(value);
  }

  /** A value from 0. */
  i32(id: number, value: number): void {
    this.field(id, ThriftType.I32);
    this.number(value);
  }

  /** A value from 0 to `Number.MAX_SAFE_INTEGER / 2`. */
  i64(id: number, value: number): void {
    this.field(id, ThriftType.I64);
    this.number(value);
  }

  bool(id: number, value: boolean): void {
    this.field(id, value ? ThriftType.TRUE : ThriftType.FALSE);
  }

  /** Binary, or text in UTF-8. */
  binary(id: number, value: string | Uint8Array): void {
    this.field(id, ThriftType.BINARY);
    this.binaryElement(value);
  }

  /** A struct's fields follow, then `end`. */
  struct(id: number): void {
    this.field(id, ThriftType.STRUCT);
    this.structElement();
  }

  end(): void {
    this.byte(0);
    this.last = this.outer.pop() ?? 0;
  }

  emptyStruct(id: number): void {
    this.struct(id);
    this.end();
  }

  /** `count` elements follow. */
  list(id: number, type: (typeof ElementType)[keyof typeof ElementType], count: number): void {
    this.field(id, ThriftType.LIST);
    if (count <= MAX_SHORT) {
      this.byte((count << TYPE_BITS) | type);
    } else {
      this.byte(((MAX_SHORT + 1) << TYPE_BITS) | type);
      this.varint(count);
    }
  }

  i32Element(value: number): void {
    this.number(value);
  }

  binaryElement(value: string | Uint8Array): void {
    const bytes = typeof value === 'string' ? encoder.encode(value) : value;
    this.varint(bytes.byteLength);
    this.reserve(bytes.byteLength);
    this.bytes.set(bytes, this.at);
    this.at += bytes.byteLength;
  }

  /** As `struct`. */
  structElement(): void {
    this.outer.push(this.last);
    this.last = 0;
  }

  private field(id: number, type: number): void {
    const distance = id - this.last;
    if (distance <= 0 || distance > MAX_SHORT) throw new RangeError(`field ${id} after field ${this.last}`);
    this.byte((distance << TYPE_BITS) | type);
    this.last = id;
  }

  /** Numbers that may be negative are twice their value, for those from 0. */
  private number(value: number): void {
    if (value < 0) throw new RangeError(`${value} is below 0`);
    this.varint(value * 2);
  }

  private varint(value: number): void {
    if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is no safe integer`);
    this.reserve(MAX_VARINT);
    let rest = value;
    while (rest > 0x7f) {
      this.bytes[this.at++] = (rest & 0x7f) | 0x80;
      rest = rest > 0x7fffffff ? Math.floor(rest / 128) : rest >>> 7;
    }
    this.bytes[this.at++] = rest;
  }

  private byte(value: number): void {
    this.reserve(1);
    this.bytes[this.at++] = value;
  }

  private reserve(length: number): void {
    if (this.at + length <= this.bytes.byteLength) return;
    const larger = new Uint8Array(2 * this.bytes.byteLength + length);
    larger.set(this.bytes);
    this.bytes = larger;
  }
}
