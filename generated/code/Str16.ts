// Made by generator/main.ts from formats/common/str16.ksy with kaitai-struct-compiler 0.11.0; do not edit.
// @ts-nocheck
import { KaitaiStream } from '../../src/kaitai/stream.js';

/**
 * Text as `MemoryA.putStr` writes it: the number of UTF-16 code units, then the units. -1 stands for null, 0 for the empty
 * string. There is neither a terminator nor padding. Unpaired surrogates are possible.
 * @see {@link https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/vm/Vm.java|Source}
 */

export const Str16 = (function() {
  function Str16(_io, _parent, _root) {
    this._io = _io;
    this._parent = _parent;
    this._root = _root || this;
    this._debug = _io.spans ? {} : undefined;

  }
  Str16.prototype._read = function() {
    if (this._debug !== undefined) return this._readPlaced();
    this.lenUnits = this._io.readS4le();
    if (!(this.lenUnits >= -1)) {
      var _err = new KaitaiStream.ValidationLessThanError(-1, this.lenUnits, this._io, "str16/seq/0");
      throw _err;
    }
    if (!(this.lenUnits <= Math.floor((this._io.size - this._io.pos) / 2))) {
      var _err = new KaitaiStream.ValidationGreaterThanError(Math.floor((this._io.size - this._io.pos) / 2), this.lenUnits, this._io, "str16/seq/0");
      throw _err;
    }
    if (this.lenUnits > 0) {
      this.value = KaitaiStream.bytesToStr(this._io.readBytes(this.lenUnits * 2), "UTF-16LE");
    }
  }
  Str16.prototype._readPlaced = function() {
    this._debug.lenUnits = { start: this._io.pos, ioOffset: this._io.byteOffset };
    this.lenUnits = this._io.readS4le();
    this._debug.lenUnits.end = this._io.pos;
    if (!(this.lenUnits >= -1)) {
      var _err = new KaitaiStream.ValidationLessThanError(-1, this.lenUnits, this._io, "str16/seq/0");
      this._debug.lenUnits.validationError = _err;
      throw _err;
    }
    if (!(this.lenUnits <= Math.floor((this._io.size - this._io.pos) / 2))) {
      var _err = new KaitaiStream.ValidationGreaterThanError(Math.floor((this._io.size - this._io.pos) / 2), this.lenUnits, this._io, "str16/seq/0");
      this._debug.lenUnits.validationError = _err;
      throw _err;
    }
    if (this.lenUnits > 0) {
      this._debug.value = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.value = KaitaiStream.bytesToStr(this._io.readBytes(this.lenUnits * 2), "UTF-16LE");
      this._debug.value.end = this._io.pos;
    }
  }

  /**
   * Number of UTF-16 code units, -1 for null.
   */

  /**
   * The text; absent for null and for the empty string.
   */

  return Str16;
})();
Object.assign(Str16, { byteSize: undefined, specPath: "str16", fields: ["lenUnits","value"], numSeqFields: 2 });
