// Made by generator/main.ts from formats/varchar_aux.ksy with kaitai-struct-compiler 0.11.0; do not edit.
// @ts-nocheck
import { KaitaiStream } from '../../src/kaitai/stream.js';

/**
 * One entry for each row of a VARCHAR column; short values are wholly in it. An entry of zeros was never written.
 * @see {@link https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/VarcharTypeDriver.java|Source}
 */

export const VarcharAux = (function() {
  function VarcharAux(_io, _parent, _root) {
    this._io = _io;
    this._parent = _parent;
    this._root = _root || this;
    this._debug = _io.spans ? {} : undefined;

  }
  VarcharAux.prototype._read = function() {
  }

  /**
   * A value of up to 9 bytes, or the place of a longer one in the `.d` file.
   * @see {@link https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/VarcharTypeDriver.java|Source}
   */

  var Entry = VarcharAux.Entry = (function() {
    function Entry(_io, _parent, _root) {
      this._io = _io;
      this._parent = _parent;
      this._root = _root;
      this._debug = _io.spans ? {} : undefined;

    }
    Entry.prototype._read = function() {
      if (this._debug !== undefined) return this._readPlaced();
      this.head = this._io.readU1();
      this.inlined = this._io.readBytes(9);
      this.ofsLow = this._io.readU2le();
      this.ofsHigh = this._io.readU4le();
    }
    Entry.prototype._readPlaced = function() {
      this._debug.head = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.head = this._io.readU1();
      this._debug.head.end = this._io.pos;
      this._debug.inlined = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.inlined = this._io.readBytes(9);
      this._debug.inlined.end = this._io.pos;
      this._debug.ofsLow = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.ofsLow = this._io.readU2le();
      this._debug.ofsLow.end = this._io.pos;
      this._debug.ofsHigh = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.ofsHigh = this._io.readU4le();
      this._debug.ofsHigh.end = this._io.pos;
    }

    /**
     * True promises that all bytes are ASCII; false promises nothing.
     */
    Object.defineProperty(Entry.prototype, 'isAscii', {
      get: function() {
        if (this._m_isAscii !== undefined)
          return this._m_isAscii;
        if (this._debug !== undefined) this._debug._m_isAscii = {  };
        this._m_isAscii = (this.head & 2) != 0;
        return this._m_isAscii;
      }
    });
    Object.defineProperty(Entry.prototype, 'isInlined', {
      get: function() {
        if (this._m_isInlined !== undefined)
          return this._m_isInlined;
        if (this._debug !== undefined) this._debug._m_isInlined = {  };
        this._m_isInlined = (this.head & 1) != 0;
        return this._m_isInlined;
      }
    });
    Object.defineProperty(Entry.prototype, 'isNull', {
      get: function() {
        if (this._m_isNull !== undefined)
          return this._m_isNull;
        if (this._debug !== undefined) this._debug._m_isNull = {  };
        this._m_isNull = (this.head & 4) != 0;
        return this._m_isNull;
      }
    });

    /**
     * Bytes of the text.
     */
    Object.defineProperty(Entry.prototype, 'lenValue', {
      get: function() {
        if (this._m_lenValue !== undefined)
          return this._m_lenValue;
        if (this._debug !== undefined) this._debug._m_lenValue = {  };
        this._m_lenValue = (this.isNull ? 0 : (this.head >>> 4) + (this.isInlined ? 0 : (this.inlined[0] * 16 + this.inlined[1] * 4096) + this.inlined[2] * 1048576));
        return this._m_lenValue;
      }
    });

    /**
     * Where the text is in the `.d` file; of a null or inlined value, where the file ended then.
     */
    Object.defineProperty(Entry.prototype, 'ofsValue', {
      get: function() {
        if (this._m_ofsValue !== undefined)
          return this._m_ofsValue;
        if (this._debug !== undefined) this._debug._m_ofsValue = {  };
        this._m_ofsValue = this.ofsLow + this.ofsHigh * 65536;
        return this._m_ofsValue;
      }
    });

    /**
     * Bit 0 inlined, bit 1 all ASCII (may be unset for ASCII too), bit 2 null; above them the lowest 4 bits of the length.
     */

    /**
     * Inlined: the text, zero padded. Else the higher 24 bits of the length (3 bytes) and the first 6 bytes of the text.
     */

    return Entry;
  })();
  Object.defineProperty(VarcharAux.prototype, 'entries', {
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

  return VarcharAux;
})();
Object.assign(VarcharAux, { byteSize: 0, specPath: "varchar_aux", fields: ["entries"], numSeqFields: 0 });
Object.assign(VarcharAux.Entry, { byteSize: 16, specPath: "varchar_aux/types/entry", fields: ["head","inlined","ofsLow","ofsHigh","isInlined","isAscii","isNull","lenValue","ofsValue"], numSeqFields: 4 });
