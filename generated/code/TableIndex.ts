// Made by generator/main.ts from formats/table_index.ksy with kaitai-struct-compiler 0.11.0; do not edit.
// @ts-nocheck
import { KaitaiStream } from '../../src/kaitai/stream.js';

/**
 * The last id that was given to a table of the database, and the id of the database itself.
 * @see {@link https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/IDGenerator.java|Source}
 */

export const TableIndex = (function() {
  function TableIndex(_io, _parent, _root) {
    this._io = _io;
    this._parent = _parent;
    this._root = _root || this;
    this._debug = _io.spans ? {} : undefined;

  }
  TableIndex.prototype._read = function() {
    if (this._debug !== undefined) return this._readPlaced();
    this.maxTableId = this._io.readS8le();
    this.instanceId = this._io.readBytes(16);
  }
  TableIndex.prototype._readPlaced = function() {
    this._debug.maxTableId = { start: this._io.pos, ioOffset: this._io.byteOffset };
    this.maxTableId = this._io.readS8le();
    this._debug.maxTableId.end = this._io.pos;
    this._debug.instanceId = { start: this._io.pos, ioOffset: this._io.byteOffset };
    this.instanceId = this._io.readBytes(16);
    this._debug.instanceId.end = this._io.pos;
  }

  /**
   * Random bytes.
   */

  return TableIndex;
})();
Object.assign(TableIndex, { byteSize: 24, specPath: "table_index", fields: ["maxTableId","instanceId"], numSeqFields: 2 });
