// Made by generator/main.ts from formats/common/column_slot.ksy with kaitai-struct-compiler 0.11.0; do not edit.
// @ts-nocheck
import * as ColumnType_ from './ColumnType.js';
import * as Str16_ from './Str16.js';
import { KaitaiStream } from '../../src/kaitai/stream.js';

/**
 * One column of a table, in writer order. Deleted columns keep their slot with a negated type, so the number of a slot never
 * changes; it is the column index that `_event` uses.
 * @see {@link https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/wal/WalWriterMetadata.java|Source}
 */

export const ColumnSlot = (function() {
  function ColumnSlot(_io, _parent, _root) {
    this._io = _io;
    this._parent = _parent;
    this._root = _root || this;
    this._debug = _io.spans ? {} : undefined;

  }
  ColumnSlot.prototype._read = function() {
    if (this._debug !== undefined) return this._readPlaced();
    this.type = new ColumnType_.ColumnType(this._io, null, null);
    this.type._read();
    this.name = new Str16_.Str16(this._io, null, null);
    this.name._read();
  }
  ColumnSlot.prototype._readPlaced = function() {
    this._debug.type = { start: this._io.pos, ioOffset: this._io.byteOffset };
    this.type = new ColumnType_.ColumnType(this._io, null, null);
    this.type._read();
    this._debug.type.end = this._io.pos;
    this._debug.name = { start: this._io.pos, ioOffset: this._io.byteOffset };
    this.name = new Str16_.Str16(this._io, null, null);
    this.name._read();
    this._debug.name.end = this._io.pos;
  }

  return ColumnSlot;
})();
Object.assign(ColumnSlot, { byteSize: undefined, specPath: "column_slot", fields: ["type","name"], numSeqFields: 2 });
