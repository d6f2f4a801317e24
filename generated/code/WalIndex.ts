// Made by generator/main.ts from formats/wal_index.ksy with kaitai-struct-compiler 0.11.0; do not edit.
// @ts-nocheck
import { KaitaiStream } from '../../src/kaitai/stream.js';

/**
 * The last id that was given to a WAL of the table.
 * @see {@link https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/IDGenerator.java|Source}
 */

export const WalIndex = (function() {
  function WalIndex(_io, _parent, _root) {
    this._io = _io;
    this._parent = _parent;
    this._root = _root || this;
    this._debug = _io.spans ? {} : undefined;

  }
  WalIndex.prototype._read = function() {
    if (this._debug !== undefined) return this._readPlaced();
    this.maxWalId = this._io.readS8le();
  }
  WalIndex.prototype._readPlaced = function() {
    this._debug.maxWalId = { start: this._io.pos, ioOffset: this._io.byteOffset };
    this.maxWalId = this._io.readS8le();
    this._debug.maxWalId.end = this._io.pos;
  }

  return WalIndex;
})();
Object.assign(WalIndex, { byteSize: 8, specPath: "wal_index", fields: ["maxWalId"], numSeqFields: 1 });
