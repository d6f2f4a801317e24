// Made by generator/main.ts from formats/sequencer_meta.ksy with kaitai-struct-compiler 0.11.0; do not edit.
// @ts-nocheck
import * as ColumnSlot_ from './ColumnSlot.js';
import { KaitaiStream } from '../../src/kaitai/stream.js';

/**
 * The columns of a WAL table as the sequencer knows them: the structure after the last structural change. Rewritten in place;
 * bytes past `len_valid` are zero or stale. `len_valid` is not checked here, so that the slots of a torn file can
 * still be read: the reader compares it with the bytes that the slots took.
 * @see {@link https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/wal/seq/SequencerMetadata.java|Source}
 */

export const SequencerMeta = (function() {
  function SequencerMeta(_io, _parent, _root) {
    this._io = _io;
    this._parent = _parent;
    this._root = _root || this;
    this._debug = _io.spans ? {} : undefined;

  }
  SequencerMeta.prototype._read = function() {
    if (this._debug !== undefined) return this._readPlaced();
    this.lenValid = this._io.readS4le();
    this.version = this._io.readS4le();
    this.structureVersion = this._io.readS8le();
    this.numSlots = this._io.readS4le();
    if (!(this.numSlots >= 0)) {
      var _err = new KaitaiStream.ValidationLessThanError(0, this.numSlots, this._io, "sequencer_meta/seq/3");
      throw _err;
    }
    if (!(this.numSlots <= Math.floor(((this._io.size - this._io.pos) - 9) / 8))) {
      var _err = new KaitaiStream.ValidationGreaterThanError(Math.floor(((this._io.size - this._io.pos) - 9) / 8), this.numSlots, this._io, "sequencer_meta/seq/3");
      throw _err;
    }
    this.timestampIndex = this._io.readS4le();
    this.tableId = this._io.readS4le();
    this.suspended = this._io.readU1();
    this.slots = [];
    for (var i = 0; i < this.numSlots; i++) {
      var _t_slots = new ColumnSlot_.ColumnSlot(this._io, null, null);
      try {
        _t_slots._read();
      } finally {
        this.slots.push(_t_slots);
      }
    }
    if (this.lenValid - this._io.pos >= 12) {
      this.readOrder = new ReadOrder(this._io, this, this._root);
      this.readOrder._read();
    }
  }
  SequencerMeta.prototype._readPlaced = function() {
    this._debug.lenValid = { start: this._io.pos, ioOffset: this._io.byteOffset };
    this.lenValid = this._io.readS4le();
    this._debug.lenValid.end = this._io.pos;
    this._debug.version = { start: this._io.pos, ioOffset: this._io.byteOffset };
    this.version = this._io.readS4le();
    this._debug.version.end = this._io.pos;
    this._debug.structureVersion = { start: this._io.pos, ioOffset: this._io.byteOffset };
    this.structureVersion = this._io.readS8le();
    this._debug.structureVersion.end = this._io.pos;
    this._debug.numSlots = { start: this._io.pos, ioOffset: this._io.byteOffset };
    this.numSlots = this._io.readS4le();
    this._debug.numSlots.end = this._io.pos;
    if (!(this.numSlots >= 0)) {
      var _err = new KaitaiStream.ValidationLessThanError(0, this.numSlots, this._io, "sequencer_meta/seq/3");
      this._debug.numSlots.validationError = _err;
      throw _err;
    }
    if (!(this.numSlots <= Math.floor(((this._io.size - this._io.pos) - 9) / 8))) {
      var _err = new KaitaiStream.ValidationGreaterThanError(Math.floor(((this._io.size - this._io.pos) - 9) / 8), this.numSlots, this._io, "sequencer_meta/seq/3");
      this._debug.numSlots.validationError = _err;
      throw _err;
    }
    this._debug.timestampIndex = { start: this._io.pos, ioOffset: this._io.byteOffset };
    this.timestampIndex = this._io.readS4le();
    this._debug.timestampIndex.end = this._io.pos;
    this._debug.tableId = { start: this._io.pos, ioOffset: this._io.byteOffset };
    this.tableId = this._io.readS4le();
    this._debug.tableId.end = this._io.pos;
    this._debug.suspended = { start: this._io.pos, ioOffset: this._io.byteOffset };
    this.suspended = this._io.readU1();
    this._debug.suspended.end = this._io.pos;
    this._debug.slots = { start: this._io.pos, ioOffset: this._io.byteOffset };
    this._debug.slots.arr = [];
    this.slots = [];
    for (var i = 0; i < this.numSlots; i++) {
      this._debug.slots.arr[i] = { start: this._io.pos, ioOffset: this._io.byteOffset };
      var _t_slots = new ColumnSlot_.ColumnSlot(this._io, null, null);
      try {
        _t_slots._read();
      } finally {
        this.slots.push(_t_slots);
      }
      this._debug.slots.arr[i].end = this._io.pos;
    }
    this._debug.slots.end = this._io.pos;
    if (this.lenValid - this._io.pos >= 12) {
      this._debug.readOrder = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.readOrder = new ReadOrder(this._io, this, this._root);
      this.readOrder._read();
      this._debug.readOrder.end = this._io.pos;
    }
  }

  /**
   * The order in which columns are listed. The server ignores it when the checksum is wrong.
   * @see {@link https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/wal/seq/SequencerMetadata.java|Source}
   */

  var ReadOrder = SequencerMeta.ReadOrder = (function() {
    function ReadOrder(_io, _parent, _root) {
      this._io = _io;
      this._parent = _parent;
      this._root = _root;
      this._debug = _io.spans ? {} : undefined;

    }
    ReadOrder.prototype._read = function() {
      if (this._debug !== undefined) return this._readPlaced();
      this.checksum = this._io.readS8le();
      this.numEntries = this._io.readS4le();
      if (!(this.numEntries >= 0)) {
        var _err = new KaitaiStream.ValidationLessThanError(0, this.numEntries, this._io, "sequencer_meta/types/read_order/seq/1");
        throw _err;
      }
      if (!(this.numEntries <= Math.floor((this._io.size - this._io.pos) / 4))) {
        var _err = new KaitaiStream.ValidationGreaterThanError(Math.floor((this._io.size - this._io.pos) / 4), this.numEntries, this._io, "sequencer_meta/types/read_order/seq/1");
        throw _err;
      }
      this.entries = [];
      for (var i = 0; i < this.numEntries; i++) {
        this.entries.push(this._io.readS4le());
      }
    }
    ReadOrder.prototype._readPlaced = function() {
      this._debug.checksum = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.checksum = this._io.readS8le();
      this._debug.checksum.end = this._io.pos;
      this._debug.numEntries = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.numEntries = this._io.readS4le();
      this._debug.numEntries.end = this._io.pos;
      if (!(this.numEntries >= 0)) {
        var _err = new KaitaiStream.ValidationLessThanError(0, this.numEntries, this._io, "sequencer_meta/types/read_order/seq/1");
        this._debug.numEntries.validationError = _err;
        throw _err;
      }
      if (!(this.numEntries <= Math.floor((this._io.size - this._io.pos) / 4))) {
        var _err = new KaitaiStream.ValidationGreaterThanError(Math.floor((this._io.size - this._io.pos) / 4), this.numEntries, this._io, "sequencer_meta/types/read_order/seq/1");
        this._debug.numEntries.validationError = _err;
        throw _err;
      }
      this._debug.entries = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this._debug.entries.arr = [];
      this.entries = [];
      for (var i = 0; i < this.numEntries; i++) {
        this._debug.entries.arr[i] = { start: this._io.pos, ioOffset: this._io.byteOffset };
        this.entries.push(this._io.readS4le());
        this._debug.entries.arr[i].end = this._io.pos;
      }
      this._debug.entries.end = this._io.pos;
    }

    /**
     * c = number of slots; for each slot c = 31 c + type, c = 31 c + Java hash of the name; wrapping.
     */

    /**
     * For each slot the number of the slot whose place it takes, its own normally.
     */

    return ReadOrder;
  })();

  /**
   * Bytes of the file that count; 0 while the file is being rewritten.
   */

  /**
   * 0 in every release.
   */

  /**
   * Number of structural changes; -2 after DROP TABLE.
   */

  /**
   * Column slots, those of deleted columns too.
   */

  /**
   * Slot of the designated timestamp, -1 for none.
   */

  /**
   * Up to 8.2.0 1 when the table is suspended; later always 0.
   */

  /**
   * Since 8.1.
   */

  return SequencerMeta;
})();
Object.assign(SequencerMeta, { byteSize: undefined, specPath: "sequencer_meta", fields: ["lenValid","version","structureVersion","numSlots","timestampIndex","tableId","suspended","slots","readOrder"], numSeqFields: 9 });
Object.assign(SequencerMeta.ReadOrder, { byteSize: undefined, specPath: "sequencer_meta/types/read_order", fields: ["checksum","numEntries","entries"], numSeqFields: 3 });
