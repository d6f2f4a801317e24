// Made by generator/main.ts from formats/symbol_index_values.ksy with kaitai-struct-compiler 0.11.0; do not edit.
// @ts-nocheck
import { KaitaiStream } from '../../src/kaitai/stream.js';

/**
 * The blocks of values that the keys of the `.k` file point to. In the index of a symbol table a value is an offset in `.o`.
 * @see {@link https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/BitmapIndexUtils.java|Source}
 */

export const SymbolIndexValues = (function() {
  function SymbolIndexValues(_io, _parent, _root, numBlockValues) {
    this._io = _io;
    this._parent = _parent;
    this._root = _root || this;
    this.numBlockValues = numBlockValues;
    this._debug = _io.spans ? {} : undefined;

  }
  SymbolIndexValues.prototype._read = function() {
  }

  /**
   * Values of one key, in a list of blocks.
   * @see {@link https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/BitmapIndexWriter.java|Source}
   */

  var Block = SymbolIndexValues.Block = (function() {
    function Block(_io, _parent, _root, numValues) {
      this._io = _io;
      this._parent = _parent;
      this._root = _root;
      this.numValues = numValues;
      this._debug = _io.spans ? {} : undefined;

    }
    Block.prototype._read = function() {
      if (this._debug !== undefined) return this._readPlaced();
      this.values = [];
      for (var i = 0; i < this.numValues; i++) {
        this.values.push(this._io.readS8le());
      }
      this.ofsPrevious = this._io.readS8leAsNumber();
      this.ofsNext = this._io.readS8leAsNumber();
    }
    Block.prototype._readPlaced = function() {
      this._debug.values = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this._debug.values.arr = [];
      this.values = [];
      for (var i = 0; i < this.numValues; i++) {
        this._debug.values.arr[i] = { start: this._io.pos, ioOffset: this._io.byteOffset };
        this.values.push(this._io.readS8le());
        this._debug.values.arr[i].end = this._io.pos;
      }
      this._debug.values.end = this._io.pos;
      this._debug.ofsPrevious = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.ofsPrevious = this._io.readS8leAsNumber();
      this._debug.ofsPrevious.end = this._io.pos;
      this._debug.ofsNext = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.ofsNext = this._io.readS8leAsNumber();
      this._debug.ofsNext.end = this._io.pos;
    }

    return Block;
  })();
  Object.defineProperty(SymbolIndexValues.prototype, 'blocks', {
    get: function() {
      if (this._m_blocks !== undefined)
        return this._m_blocks;
      if ( ((this.numBlockValues > 0) && (this._io.size >= (this.numBlockValues + 2) * 8)) ) {
        var _pos = this._io.pos;
        this._io.seek(0);
        if (this._debug !== undefined) this._debug._m_blocks = { start: this._io.pos, ioOffset: this._io.byteOffset };
        if (this._debug !== undefined) this._debug._m_blocks.arr = [];
        this._m_blocks = [];
        var i = 0;
        do {
          if (this._debug !== undefined) this._debug._m_blocks.arr[this._m_blocks.length] = { start: this._io.pos, ioOffset: this._io.byteOffset };
          var _t__m_blocks = new Block(this._io, this, this._root, this.numBlockValues);
          try {
            _t__m_blocks._read();
          } finally {
            var _ = _t__m_blocks;
            this._m_blocks.push(_);
          }
          if (this._debug !== undefined) this._debug._m_blocks.arr[this._m_blocks.length - 1].end = this._io.pos;
          i++;
        } while (!(this._io.size - this._io.pos < (this.numBlockValues + 2) * 8));
        if (this._debug !== undefined) this._debug._m_blocks.end = this._io.pos;
        this._io.seek(_pos);
      }
      return this._m_blocks;
    }
  });

  /**
   * Values in a block, from the header of the `.k` file.
   */

  return SymbolIndexValues;
})();
Object.assign(SymbolIndexValues, { byteSize: 0, specPath: "symbol_index_values", fields: ["blocks"], numSeqFields: 0 });
Object.assign(SymbolIndexValues.Block, { byteSize: undefined, specPath: "symbol_index_values/types/block", fields: ["values","ofsPrevious","ofsNext"], numSeqFields: 3 });
