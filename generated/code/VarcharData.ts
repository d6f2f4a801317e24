// Made by generator/main.ts from formats/varchar_data.ksy with kaitai-struct-compiler 0.11.0; do not edit.
// @ts-nocheck
import { KaitaiStream } from '../../src/kaitai/stream.js';

/**
 * The texts of more than 9 bytes of a VARCHAR column, UTF-8, without lengths and terminators: only the entries of the `.i` file
 * tell where one begins.
 * @see {@link https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/VarcharTypeDriver.java|Source}
 */

export const VarcharData = (function() {
  function VarcharData(_io, _parent, _root) {
    this._io = _io;
    this._parent = _parent;
    this._root = _root || this;
    this._debug = _io.spans ? {} : undefined;

  }
  VarcharData.prototype._read = function() {
    if (this._debug !== undefined) return this._readPlaced();
    this.texts = this._io.readBytesFull();
  }
  VarcharData.prototype._readPlaced = function() {
    this._debug.texts = { start: this._io.pos, ioOffset: this._io.byteOffset };
    this.texts = this._io.readBytesFull();
    this._debug.texts.end = this._io.pos;
  }

  return VarcharData;
})();
Object.assign(VarcharData, { byteSize: undefined, specPath: "varchar_data", fields: ["texts"], numSeqFields: 1 });
