// Made by generator/main.ts from formats/symbol_index_keys.ksy with kaitai-struct-compiler 0.11.0; do not edit.
// @ts-nocheck
import { KaitaiStream } from '../../src/kaitai/stream.js';

/**
 * The hash index by which a server finds the key of a symbol's text; not needed to read symbols. The same layout serves the
 * indexes of columns.
 * @see {@link https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/BitmapIndexUtils.java|Source}
 */

export const SymbolIndexKeys = (function() {
  function SymbolIndexKeys(_io, _parent, _root) {
    this._io = _io;
    this._parent = _parent;
    this._root = _root || this;
    this._debug = _io.spans ? {} : undefined;

  }
  SymbolIndexKeys.prototype._read = function() {
    if (this._debug !== undefined) return this._readPlaced();
    this.signature = this._io.readU1();
    if (!(this.signature == 250)) {
      var _err = new KaitaiStream.ValidationNotEqualError(250, this.signature, this._io, "symbol_index_keys/seq/0");
      throw _err;
    }
    this.sequence = this._io.readS8le();
    this.lenValues = this._io.readS8leAsNumber();
    if (!(this.lenValues >= 0)) {
      var _err = new KaitaiStream.ValidationLessThanError(0, this.lenValues, this._io, "symbol_index_keys/seq/2");
      throw _err;
    }
    this.numBlockValues = this._io.readS4le();
    if (!(this.numBlockValues >= 1)) {
      var _err = new KaitaiStream.ValidationLessThanError(1, this.numBlockValues, this._io, "symbol_index_keys/seq/3");
      throw _err;
    }
    this.numKeys = this._io.readS4le();
    if (!(this.numKeys >= 0)) {
      var _err = new KaitaiStream.ValidationLessThanError(0, this.numKeys, this._io, "symbol_index_keys/seq/4");
      throw _err;
    }
    this.reserved1 = this._io.readBytes(4);
    this.sequenceCheck = this._io.readS8le();
    this.maxValue = this._io.readS8le();
    this.reserved2 = this._io.readBytes(19);
  }
  SymbolIndexKeys.prototype._readPlaced = function() {
    this._debug.signature = { start: this._io.pos, ioOffset: this._io.byteOffset };
    this.signature = this._io.readU1();
    this._debug.signature.end = this._io.pos;
    if (!(this.signature == 250)) {
      var _err = new KaitaiStream.ValidationNotEqualError(250, this.signature, this._io, "symbol_index_keys/seq/0");
      this._debug.signature.validationError = _err;
      throw _err;
    }
    this._debug.sequence = { start: this._io.pos, ioOffset: this._io.byteOffset };
    this.sequence = this._io.readS8le();
    this._debug.sequence.end = this._io.pos;
    this._debug.lenValues = { start: this._io.pos, ioOffset: this._io.byteOffset };
    this.lenValues = this._io.readS8leAsNumber();
    this._debug.lenValues.end = this._io.pos;
    if (!(this.lenValues >= 0)) {
      var _err = new KaitaiStream.ValidationLessThanError(0, this.lenValues, this._io, "symbol_index_keys/seq/2");
      this._debug.lenValues.validationError = _err;
      throw _err;
    }
    this._debug.numBlockValues = { start: this._io.pos, ioOffset: this._io.byteOffset };
    this.numBlockValues = this._io.readS4le();
    this._debug.numBlockValues.end = this._io.pos;
    if (!(this.numBlockValues >= 1)) {
      var _err = new KaitaiStream.ValidationLessThanError(1, this.numBlockValues, this._io, "symbol_index_keys/seq/3");
      this._debug.numBlockValues.validationError = _err;
      throw _err;
    }
    this._debug.numKeys = { start: this._io.pos, ioOffset: this._io.byteOffset };
    this.numKeys = this._io.readS4le();
    this._debug.numKeys.end = this._io.pos;
    if (!(this.numKeys >= 0)) {
      var _err = new KaitaiStream.ValidationLessThanError(0, this.numKeys, this._io, "symbol_index_keys/seq/4");
      this._debug.numKeys.validationError = _err;
      throw _err;
    }
    this._debug.reserved1 = { start: this._io.pos, ioOffset: this._io.byteOffset };
    this.reserved1 = this._io.readBytes(4);
    this._debug.reserved1.end = this._io.pos;
    this._debug.sequenceCheck = { start: this._io.pos, ioOffset: this._io.byteOffset };
    this.sequenceCheck = this._io.readS8le();
    this._debug.sequenceCheck.end = this._io.pos;
    this._debug.maxValue = { start: this._io.pos, ioOffset: this._io.byteOffset };
    this.maxValue = this._io.readS8le();
    this._debug.maxValue.end = this._io.pos;
    this._debug.reserved2 = { start: this._io.pos, ioOffset: this._io.byteOffset };
    this.reserved2 = this._io.readBytes(19);
    this._debug.reserved2.end = this._io.pos;
  }

  /**
   * The values of one hash code.
   * @see {@link https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/BitmapIndexUtils.java|Source}
   */

  var Key = SymbolIndexKeys.Key = (function() {
    function Key(_io, _parent, _root) {
      this._io = _io;
      this._parent = _parent;
      this._root = _root;
      this._debug = _io.spans ? {} : undefined;

    }
    Key.prototype._read = function() {
      if (this._debug !== undefined) return this._readPlaced();
      this.valueCount = this._io.readS8le();
      this.ofsFirstBlock = this._io.readS8leAsNumber();
      this.ofsLastBlock = this._io.readS8leAsNumber();
      this.countCheck = this._io.readS8le();
    }
    Key.prototype._readPlaced = function() {
      this._debug.valueCount = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.valueCount = this._io.readS8le();
      this._debug.valueCount.end = this._io.pos;
      this._debug.ofsFirstBlock = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.ofsFirstBlock = this._io.readS8leAsNumber();
      this._debug.ofsFirstBlock.end = this._io.pos;
      this._debug.ofsLastBlock = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.ofsLastBlock = this._io.readS8leAsNumber();
      this._debug.ofsLastBlock.end = this._io.pos;
      this._debug.countCheck = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.countCheck = this._io.readS8le();
      this._debug.countCheck.end = this._io.pos;
    }

    /**
     * Equal to `value_count` when the entry was wholly written.
     */

    return Key;
  })();
  Object.defineProperty(SymbolIndexKeys.prototype, 'keys', {
    get: function() {
      if (this._m_keys !== undefined)
        return this._m_keys;
      var _pos = this._io.pos;
      this._io.seek(64);
      if (this._debug !== undefined) this._debug._m_keys = { start: this._io.pos, ioOffset: this._io.byteOffset };
      if (this._debug !== undefined) this._debug._m_keys.arr = [];
      this._m_keys = [];
      for (var i = 0; i < (this.numKeys < this.numPlaces ? this.numKeys : this.numPlaces); i++) {
        if (this._debug !== undefined) this._debug._m_keys.arr[i] = { start: this._io.pos, ioOffset: this._io.byteOffset };
        var _t__m_keys = new Key(this._io, this, this._root);
        try {
          _t__m_keys._read();
        } finally {
          this._m_keys.push(_t__m_keys);
        }
        if (this._debug !== undefined) this._debug._m_keys.arr[i].end = this._io.pos;
      }
      if (this._debug !== undefined) this._debug._m_keys.end = this._io.pos;
      this._io.seek(_pos);
      return this._m_keys;
    }
  });

  /**
   * Keys that the file has room for.
   */
  Object.defineProperty(SymbolIndexKeys.prototype, 'numPlaces', {
    get: function() {
      if (this._m_numPlaces !== undefined)
        return this._m_numPlaces;
      if (this._debug !== undefined) this._debug._m_numPlaces = {  };
      this._m_numPlaces = Math.floor((this._io.size - 64) / 32);
      return this._m_numPlaces;
    }
  });

  /**
   * Bytes in use in the `.v` file.
   */

  /**
   * Values in a block of the `.v` file.
   */

  /**
   * Equal to `sequence` when the header was wholly written.
   */

  /**
   * The largest value, -1 when there is none.
   */

  return SymbolIndexKeys;
})();
Object.assign(SymbolIndexKeys, { byteSize: 64, specPath: "symbol_index_keys", fields: ["signature","sequence","lenValues","numBlockValues","numKeys","reserved1","sequenceCheck","maxValue","reserved2","keys","numPlaces"], numSeqFields: 9 });
Object.assign(SymbolIndexKeys.Key, { byteSize: 32, specPath: "symbol_index_keys/types/key", fields: ["valueCount","ofsFirstBlock","ofsLastBlock","countCheck"], numSeqFields: 4 });
