// Made by generator/main.ts from formats/table_name.ksy with kaitai-struct-compiler 0.11.0; do not edit.
// @ts-nocheck
import * as Str16_ from './Str16.js';
import { KaitaiStream } from '../../src/kaitai/stream.js';

/**
 * The name of the table whose folder this is. The server rejects a file of any other size.
 * @see {@link https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/TableUtils.java|Source}
 */

export const TableName = (function() {
  function TableName(_io, _parent, _root) {
    this._io = _io;
    this._parent = _parent;
    this._root = _root || this;
    this._debug = _io.spans ? {} : undefined;

  }
  TableName.prototype._read = function() {
    if (this._debug !== undefined) return this._readPlaced();
    this.name = new Str16_.Str16(this._io, null, null);
    this.name._read();
    this.zero = this._io.readU1();
  }
  TableName.prototype._readPlaced = function() {
    this._debug.name = { start: this._io.pos, ioOffset: this._io.byteOffset };
    this.name = new Str16_.Str16(this._io, null, null);
    this.name._read();
    this._debug.name.end = this._io.pos;
    this._debug.zero = { start: this._io.pos, ioOffset: this._io.byteOffset };
    this.zero = this._io.readU1();
    this._debug.zero.end = this._io.pos;
  }

  return TableName;
})();
Object.assign(TableName, { byteSize: undefined, specPath: "table_name", fields: ["name","zero"], numSeqFields: 2 });
