// Made by generator/main.ts from formats/symbol_offsets.ksy with kaitai-struct-compiler 0.11.0; do not edit.
// @ts-nocheck
import { KaitaiStream } from '../../src/kaitai/stream.js';

/**
 * Where each symbol of a symbol table starts in its `.c` file. The file doesn't tell how many symbols there are: a WAL
 * reader knows it from the `clean_count` of the event, a table reader from `_txn`.
 * @see {@link https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/SymbolMapWriter.java|Source}
 */

export const SymbolOffsets = (function() {
  function SymbolOffsets(_io, _parent, _root) {
    this._io = _io;
    this._parent = _parent;
    this._root = _root || this;
    this._debug = _io.spans ? {} : undefined;

  }
  SymbolOffsets.prototype._read = function() {
    if (this._debug !== undefined) return this._readPlaced();
    this.symbolCapacity = this._io.readS4le();
    this.cached = this._io.readU1();
    this.reserved1 = this._io.readBytes(3);
    this.nullFlag = this._io.readU1();
    this.reserved2 = this._io.readBytes(55);
  }
  SymbolOffsets.prototype._readPlaced = function() {
    this._debug.symbolCapacity = { start: this._io.pos, ioOffset: this._io.byteOffset };
    this.symbolCapacity = this._io.readS4le();
    this._debug.symbolCapacity.end = this._io.pos;
    this._debug.cached = { start: this._io.pos, ioOffset: this._io.byteOffset };
    this.cached = this._io.readU1();
    this._debug.cached.end = this._io.pos;
    this._debug.reserved1 = { start: this._io.pos, ioOffset: this._io.byteOffset };
    this.reserved1 = this._io.readBytes(3);
    this._debug.reserved1.end = this._io.pos;
    this._debug.nullFlag = { start: this._io.pos, ioOffset: this._io.byteOffset };
    this.nullFlag = this._io.readU1();
    this._debug.nullFlag.end = this._io.pos;
    this._debug.reserved2 = { start: this._io.pos, ioOffset: this._io.byteOffset };
    this.reserved2 = this._io.readBytes(55);
    this._debug.reserved2.end = this._io.pos;
  }

  /**
   * Entry k is the start of symbol k in the `.c` file and the end of symbol k - 1.
   */
  Object.defineProperty(SymbolOffsets.prototype, 'entries', {
    get: function() {
      if (this._m_entries !== undefined)
        return this._m_entries;
      var _pos = this._io.pos;
      this._io.seek(64);
      if (this._debug !== undefined) this._debug._m_entries = { start: this._io.pos, ioOffset: this._io.byteOffset };
      if (this._debug !== undefined) this._debug._m_entries.arr = [];
      this._m_entries = [];
      for (var i = 0; i < Math.floor((this._io.size - 64) / 8); i++) {
        if (this._debug !== undefined) this._debug._m_entries.arr[i] = { start: this._io.pos, ioOffset: this._io.byteOffset };
        this._m_entries.push(this._io.readS8le());
        if (this._debug !== undefined) this._debug._m_entries.arr[i].end = this._io.pos;
      }
      if (this._debug !== undefined) this._debug._m_entries.end = this._io.pos;
      this._io.seek(_pos);
      return this._m_entries;
    }
  });

  /**
   * 1 when the server caches the symbols.
   */

  /**
   * 1 when the column contains NULL.
   */

  return SymbolOffsets;
})();
Object.assign(SymbolOffsets, { byteSize: 64, specPath: "symbol_offsets", fields: ["symbolCapacity","cached","reserved1","nullFlag","reserved2","entries"], numSeqFields: 5 });
