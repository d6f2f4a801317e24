// Made by generator/main.ts from formats/symbol_chars.ksy with kaitai-struct-compiler 0.11.0; do not edit.
// @ts-nocheck
import * as Str16_ from './Str16.js';
import { KaitaiStream } from '../../src/kaitai/stream.js';

/**
 * The texts of a symbol table, packed, in the order of their keys. Bytes behind the last symbol that the reader knows of may
 * belong to other writers or be zero (which reads as empty texts).
 * @see {@link https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/SymbolMapWriter.java|Source}
 */

export const SymbolChars = (function() {
  function SymbolChars(_io, _parent, _root) {
    this._io = _io;
    this._parent = _parent;
    this._root = _root || this;
    this._debug = _io.spans ? {} : undefined;

  }
  SymbolChars.prototype._read = function() {
  }
  Object.defineProperty(SymbolChars.prototype, 'symbols', {
    get: function() {
      if (this._m_symbols !== undefined)
        return this._m_symbols;
      if (this._io.size >= 4) {
        var _pos = this._io.pos;
        this._io.seek(0);
        if (this._debug !== undefined) this._debug._m_symbols = { start: this._io.pos, ioOffset: this._io.byteOffset };
        if (this._debug !== undefined) this._debug._m_symbols.arr = [];
        this._m_symbols = [];
        var i = 0;
        do {
          if (this._debug !== undefined) this._debug._m_symbols.arr[this._m_symbols.length] = { start: this._io.pos, ioOffset: this._io.byteOffset };
          var _t__m_symbols = new Str16_.Str16(this._io, null, null);
          try {
            _t__m_symbols._read();
          } finally {
            var _ = _t__m_symbols;
            this._m_symbols.push(_);
          }
          if (this._debug !== undefined) this._debug._m_symbols.arr[this._m_symbols.length - 1].end = this._io.pos;
          i++;
        } while (!(this._io.size - this._io.pos < 4));
        if (this._debug !== undefined) this._debug._m_symbols.end = this._io.pos;
        this._io.seek(_pos);
      }
      return this._m_symbols;
    }
  });

  return SymbolChars;
})();
Object.assign(SymbolChars, { byteSize: 0, specPath: "symbol_chars", fields: ["symbols"], numSeqFields: 0 });
