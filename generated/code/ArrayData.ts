// Made by generator/main.ts from formats/array_data.ksy with kaitai-struct-compiler 0.11.0; do not edit.
// @ts-nocheck
import { KaitaiStream } from '../../src/kaitai/stream.js';

/**
 * One value of an ARRAY column: the bytes that an entry of the `.i` file points to. Values start at multiples of 8. An empty array has a
 * dimension of 0 and no values.
 * @see {@link https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/arr/ArrayTypeDriver.java|Source}
 */

export const ArrayData = (function() {
  function ArrayData(_io, _parent, _root, numDims) {
    this._io = _io;
    this._parent = _parent;
    this._root = _root || this;
    this.numDims = numDims;
    this._debug = _io.spans ? {} : undefined;

  }
  ArrayData.prototype._read = function() {
    if (this._debug !== undefined) return this._readPlaced();
    this.dims = [];
    for (var i = 0; i < this.numDims; i++) {
      this.dims.push(this._io.readS4le());
    }
    this.padding = this._io.readBytes(KaitaiStream.mod(this.numDims, 2) * 4);
    if (this._io.size - this._io.pos >= 8) {
      this.values = [];
      var i = 0;
      do {
        var _ = this._io.readF8le();
        this.values.push(_);
        i++;
      } while (!(this._io.size - this._io.pos < 8));
    }
    this.surplus = this._io.readBytesFull();
  }
  ArrayData.prototype._readPlaced = function() {
    this._debug.dims = { start: this._io.pos, ioOffset: this._io.byteOffset };
    this._debug.dims.arr = [];
    this.dims = [];
    for (var i = 0; i < this.numDims; i++) {
      this._debug.dims.arr[i] = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.dims.push(this._io.readS4le());
      this._debug.dims.arr[i].end = this._io.pos;
    }
    this._debug.dims.end = this._io.pos;
    this._debug.padding = { start: this._io.pos, ioOffset: this._io.byteOffset };
    this.padding = this._io.readBytes(KaitaiStream.mod(this.numDims, 2) * 4);
    this._debug.padding.end = this._io.pos;
    if (this._io.size - this._io.pos >= 8) {
      this._debug.values = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this._debug.values.arr = [];
      this.values = [];
      var i = 0;
      do {
        this._debug.values.arr[this.values.length] = { start: this._io.pos, ioOffset: this._io.byteOffset };
        var _ = this._io.readF8le();
        this.values.push(_);
        this._debug.values.arr[this.values.length - 1].end = this._io.pos;
        i++;
      } while (!(this._io.size - this._io.pos < 8));
      this._debug.values.end = this._io.pos;
    }
    this._debug.surplus = { start: this._io.pos, ioOffset: this._io.byteOffset };
    this.surplus = this._io.readBytesFull();
    this._debug.surplus.end = this._io.pos;
  }

  /**
   * Length of each dimension.
   */

  /**
   * Row-major; NaN is null.
   */

  /**
   * Number of dimensions, from the column's type.
   */

  return ArrayData;
})();
Object.assign(ArrayData, { byteSize: undefined, specPath: "array_data", fields: ["dims","padding","values","surplus"], numSeqFields: 4 });
