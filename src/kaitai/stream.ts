/**
 * The stream that generated parsers read from: kaitai-struct's, made exact and strict. The stock one reads 64-bit integers
 * wrongly (half of the negative ones, all above 2^53), clamps seeks and wraps lengths.
 */

import kaitaiStruct from 'kaitai-struct/KaitaiStream.js';

/** The members of kaitai-struct's stream that we build on. */
interface BaseStream {
  pos: number;
  readonly size: number;
  /** Of the stream's first byte in its ArrayBuffer. */
  readonly byteOffset: number;
  readonly dataView: DataView;
  isEof(): boolean;
}

// The package is CommonJS and exports the class itself; its .d.ts declares a default export. The gap is crossed here only.
const Base = kaitaiStruct as unknown as new (bytes: Uint8Array) => BaseStream;

/** How often a stream may be asked at one position whether it has ended before a loop must be suspected. */
const MAX_STANDSTILL = 1000;
/** Code units that are turned into text in one go. */
const TEXT_CHUNK_UNITS = 4096;

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** Bytes that do not fit their specification. The only kind of error that generated parsers throw on bad input. */
export class KaitaiError extends Error {
  constructor(
    readonly expected: string,
    readonly actual: string,
    /** Of the stream that was being read; `undefined` if not known. */
    readonly io: KaitaiStream | undefined,
    /** Place in the specification, `event/types/record/seq/0`; `undefined` when the input ended or a value is too large. */
    readonly specPath: string | undefined,
  ) {
    super(`expected ${expected}, found ${actual}`);
    this.name = 'KaitaiError';
  }
}

/** A reader of the generated parsers over `bytes`, which it never copies. */
export class KaitaiStream extends Base {
  private standstillPos = -1;
  private standstill = 0;

  constructor(
    bytes: Uint8Array,
    /** Whether parsers keep the place of each field. */
    readonly spans = false,
    /** `byteOffset` of the outermost stream. */
    readonly origin: number = bytes.byteOffset,
  ) {
    super(bytes);
  }

  /** A stream over bytes of this one; called by generated code. */
  substream(bytes: Uint8Array): KaitaiStream {
    return new KaitaiStream(bytes, this.spans, this.origin);
  }

  ensureBytesLeft(length: number): void {
    if (!(length >= 0 && this.pos + length <= this.size)) {
      throw new KaitaiError(`${length} bytes`, `${this.size - this.pos} bytes`, this, undefined);
    }
  }

  seek(pos: number): void {
    if (!(Number.isSafeInteger(pos) && pos >= 0 && pos <= this.size)) {
      throw new KaitaiError(`an offset up to ${this.size}`, String(pos), this, undefined);
    }
    this.pos = pos;
  }

  readBytes(length: number): Uint8Array {
    this.ensureBytesLeft(length);
    const view = this.dataView;
    const bytes = new Uint8Array(view.buffer, view.byteOffset + this.pos, length);
    this.pos += length;
    return bytes;
  }

  readBytesFull(): Uint8Array {
    return this.readBytes(this.size - this.pos);
  }

  readS8le(): bigint {
    this.ensureBytesLeft(8);
    const value = this.dataView.getBigInt64(this.pos, true);
    this.pos += 8;
    return value;
  }

  readU8le(): bigint {
    this.ensureBytesLeft(8);
    const value = this.dataView.getBigUint64(this.pos, true);
    this.pos += 8;
    return value;
  }

  /** An 8-byte length, count or offset. */
  readS8leAsNumber(): number {
    const value = this.readS8le();
    const number = Number(value);
    if (!Number.isSafeInteger(number))
      throw new KaitaiError('a length, count or offset', String(value), this, undefined);
    return number;
  }

  /** True at the end. Loops ask this before each element, so elements without bytes are an error, not an endless loop. */
  override isEof(): boolean {
    if (this.pos !== this.standstillPos) {
      this.standstillPos = this.pos;
      this.standstill = 0;
    } else if (++this.standstill > MAX_STANDSTILL) {
      throw new KaitaiError('elements with at least one byte', 'elements without bytes', this, undefined);
    }
    return super.isEof();
  }

  /** Text of `bytes`; in UTF-16 a lone surrogate stays what it is. */
  static bytesToStr(bytes: Uint8Array, encoding: string): string {
    if (encoding === 'UTF-8') return utf8.decode(bytes);
    if (encoding === 'UTF-16LE') return utf16(bytes);
    throw new Error(`encoding ${encoding} is not used by any specification`);
  }

  static ValidationNotEqualError = class extends KaitaiError {
    constructor(expected: unknown, actual: unknown, io?: KaitaiStream, specPath?: string) {
      super(String(expected), String(actual), io, specPath);
    }
  };
  static ValidationLessThanError = class extends KaitaiError {
    constructor(min: unknown, actual: unknown, io?: KaitaiStream, specPath?: string) {
      super(`at least ${String(min)}`, String(actual), io, specPath);
    }
  };
  static ValidationGreaterThanError = class extends KaitaiError {
    constructor(max: unknown, actual: unknown, io?: KaitaiStream, specPath?: string) {
      super(`at most ${String(max)}`, String(actual), io, specPath);
    }
  };
  static ValidationExprError = class extends KaitaiError {
    constructor(actual: unknown, io?: KaitaiStream, specPath?: string) {
      super('a valid value', describe(actual), io, specPath);
    }
  };
}

function utf16(bytes: Uint8Array): string {
  let text = '';
  const units: number[] = [];
  const last = bytes.length - 1;
  for (let at = 0; at < last; at += 2) {
    units.push((bytes[at] as number) | ((bytes[at + 1] as number) << 8));
    if (units.length === TEXT_CHUNK_UNITS) {
      text += String.fromCharCode(...units);
      units.length = 0;
    }
  }
  return text + String.fromCharCode(...units);
}

/** A short text for a value of any kind: a number as itself, a node by its first field. */
function describe(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  return 'code' in value ? String(value.code) : 'another value';
}
