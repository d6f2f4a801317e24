// Made by generator/main.ts from formats/common/binary_value.ksy with kaitai-struct-compiler 0.11.0; do not edit.
// @ts-nocheck
import { KaitaiStream } from '../../src/kaitai/stream.js';

/**
 * Bytes as `MemoryA.putBin` writes them.
 * @see {@link https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/vm/api/MemoryA.java|Source}
 */

export const BinaryValue = (function() {
  function BinaryValue(_io, _parent, _root) {
    this._io = _io;
    this._parent = _parent;
    this._root = _root || this;
    this._debug = _io.spans ? {} : undefined;

  }
  BinaryValue.prototype._read = function() {
    if (this._debug !== undefined) return this._readPlaced();
    this.lenValue = this._io.readS8leAsNumber();
    if (!(this.lenValue >= -1)) {
      var _err = new KaitaiStream.ValidationLessThanError(-1, this.lenValue, this._io, "binary_value/seq/0");
      throw _err;
    }
    if (!(this.lenValue <= this._io.size - this._io.pos)) {
      var _err = new KaitaiStream.ValidationGreaterThanError(this._io.size - this._io.pos, this.lenValue, this._io, "binary_value/seq/0");
      throw _err;
    }
    if (this.lenValue > 0) {
      this.value = this._io.readBytes(this.lenValue);
    }
  }
  BinaryValue.prototype._readPlaced = function() {
    this._debug.lenValue = { start: this._io.pos, ioOffset: this._io.byteOffset };
    this.lenValue = this._io.readS8leAsNumber();
    this._debug.lenValue.end = this._io.pos;
    if (!(this.lenValue >= -1)) {
      var _err = new KaitaiStream.ValidationLessThanError(-1, this.lenValue, this._io, "binary_value/seq/0");
      this._debug.lenValue.validationError = _err;
      throw _err;
    }
    if (!(this.lenValue <= this._io.size - this._io.pos)) {
      var _err = new KaitaiStream.ValidationGreaterThanError(this._io.size - this._io.pos, this.lenValue, this._io, "binary_value/seq/0");
      this._debug.lenValue.validationError = _err;
      throw _err;
    }
    if (this.lenValue > 0) {
      this._debug.value = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.value = this._io.readBytes(this.lenValue);
      this._debug.value.end = this._io.pos;
    }
  }

  /**
   * Number of bytes, -1 for null.
   */

  /**
   * The bytes; absent for null and for no bytes.
   */

  return BinaryValue;
})();
Object.assign(BinaryValue, { byteSize: undefined, specPath: "binary_value", fields: ["lenValue","value"], numSeqFields: 2 });
