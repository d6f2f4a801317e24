// Made by generator/main.ts from formats/array_aux.ksy with kaitai-struct-compiler 0.11.0; do not edit.
// @ts-nocheck
import { KaitaiStream } from '../../src/kaitai/stream.js';

/**
 * One entry for each row of an ARRAY column.
 * @see {@link https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/arr/ArrayTypeDriver.java|Source}
 */

export const ArrayAux = (function() {
  function ArrayAux(_io, _parent, _root) {
    this._io = _io;
    this._parent = _parent;
    this._root = _root || this;
    this._debug = _io.spans ? {} : undefined;

  }
  ArrayAux.prototype._read = function() {
  }

  /**
   * Where the array of a row is in the `.d` file.
   * @see {@link https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/arr/ArrayTypeDriver.java|Source}
   */

  var Entry = ArrayAux.Entry = (function() {
    function Entry(_io, _parent, _root) {
      this._io = _io;
      this._parent = _parent;
      this._root = _root;
      this._debug = _io.spans ? {} : undefined;

    }
    Entry.prototype._read = function() {
      if (this._debug !== undefined) return this._readPlaced();
      this.ofsLow = this._io.readU4le();
      this.ofsHigh = this._io.readU2le();
      this.reserved1 = this._io.readU2le();
      this.lenValue = this._io.readS4le();
      this.reserved2 = this._io.readS4le();
    }
    Entry.prototype._readPlaced = function() {
      this._debug.ofsLow = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.ofsLow = this._io.readU4le();
      this._debug.ofsLow.end = this._io.pos;
      this._debug.ofsHigh = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.ofsHigh = this._io.readU2le();
      this._debug.ofsHigh.end = this._io.pos;
      this._debug.reserved1 = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.reserved1 = this._io.readU2le();
      this._debug.reserved1.end = this._io.pos;
      this._debug.lenValue = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.lenValue = this._io.readS4le();
      this._debug.lenValue.end = this._io.pos;
      this._debug.reserved2 = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.reserved2 = this._io.readS4le();
      this._debug.reserved2.end = this._io.pos;
    }

    /**
     * Where the array starts; of a null, where the file ended then.
     */
    Object.defineProperty(Entry.prototype, 'ofsValue', {
      get: function() {
        if (this._m_ofsValue !== undefined)
          return this._m_ofsValue;
        if (this._debug !== undefined) this._debug._m_ofsValue = {  };
        this._m_ofsValue = this.ofsLow + this.ofsHigh * 4294967296;
        return this._m_ofsValue;
      }
    });

    /**
     * Bytes of the array with its shape; 0 is null. Not checked here.
     */

    return Entry;
  })();
  Object.defineProperty(ArrayAux.prototype, 'entries', {
    get: function() {
      if (this._m_entries !== undefined)
        return this._m_entries;
      var _pos = this._io.pos;
      this._io.seek(0);
      if (this._debug !== undefined) this._debug._m_entries = { start: this._io.pos, ioOffset: this._io.byteOffset };
      if (this._debug !== undefined) this._debug._m_entries.arr = [];
      this._m_entries = [];
      for (var i = 0; i < Math.floor(this._io.size / 16); i++) {
        if (this._debug !== undefined) this._debug._m_entries.arr[i] = { start: this._io.pos, ioOffset: this._io.byteOffset };
        var _t__m_entries = new Entry(this._io, this, this._root);
        try {
          _t__m_entries._read();
        } finally {
          this._m_entries.push(_t__m_entries);
        }
        if (this._debug !== undefined) this._debug._m_entries.arr[i].end = this._io.pos;
      }
      if (this._debug !== undefined) this._debug._m_entries.end = this._io.pos;
      this._io.seek(_pos);
      return this._m_entries;
    }
  });

  return ArrayAux;
})();
Object.assign(ArrayAux, { byteSize: 0, specPath: "array_aux", fields: ["entries"], numSeqFields: 0 });
Object.assign(ArrayAux.Entry, { byteSize: 16, specPath: "array_aux/types/entry", fields: ["ofsLow","ofsHigh","reserved1","lenValue","reserved2","ofsValue"], numSeqFields: 5 });
