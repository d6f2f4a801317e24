// Made by generator/main.ts from formats/checkpoint_txn.ksy with kaitai-struct-compiler 0.11.0; do not edit.
// @ts-nocheck
import { KaitaiStream } from '../../src/kaitai/stream.js';

/**
 * The transaction of the sequencer at which a checkpoint took its copy of the table. The file is called `_txn` but is not a `txn`.
 * @see {@link https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/DatabaseCheckpointAgent.java|Source}
 */

export const CheckpointTxn = (function() {
  function CheckpointTxn(_io, _parent, _root) {
    this._io = _io;
    this._parent = _parent;
    this._root = _root || this;
    this._debug = _io.spans ? {} : undefined;

  }
  CheckpointTxn.prototype._read = function() {
    if (this._debug !== undefined) return this._readPlaced();
    this.seqTxn = this._io.readS8le();
  }
  CheckpointTxn.prototype._readPlaced = function() {
    this._debug.seqTxn = { start: this._io.pos, ioOffset: this._io.byteOffset };
    this.seqTxn = this._io.readS8le();
    this._debug.seqTxn.end = this._io.pos;
  }

  return CheckpointTxn;
})();
Object.assign(CheckpointTxn, { byteSize: 8, specPath: "checkpoint_txn", fields: ["seqTxn"], numSeqFields: 1 });
