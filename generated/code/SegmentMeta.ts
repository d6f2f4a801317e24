// Made by generator/main.ts from formats/segment_meta.ksy with kaitai-struct-compiler 0.11.0; do not edit.
// @ts-nocheck
import * as ColumnSlot_ from './ColumnSlot.js';
import { KaitaiStream } from '../../src/kaitai/stream.js';

/**
 * The columns of a WAL segment. As `sequencer_meta`, without the read order. Zero filled behind `len_valid` until the
 * segment is closed. `len_valid` is not checked here, so that the slots of a torn file can still be read: the reader
 * compares it with the bytes that the slots took.
 * @see {@link https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/wal/WalWriterMetadata.java|Source}
 */

export const SegmentMeta = (function() {
  function SegmentMeta(_io, _parent, _root) {
    this._io = _io;
    this._parent = _parent;
    this._root = _root || this;
    this._debug = _io.spans ? {} : undefined;

  }
  SegmentMeta.prototype._read = function() {
    if (this._debug !== undefined) return this._readPlaced();
    this.lenValid = this._io.readS4le();
    this.version = this._io.readS4le();
    this.structureVersion = this._io.readS8le();
    this.numSlots = this._io.readS4le();
    if (!(this.numSlots >= 0)) {
      var _err = new KaitaiStream.ValidationLessThanError(0, this.numSlots, this._io, "segment_meta/seq/3");
      throw _err;
    }
    if (!(this.numSlots <= Math.floor(((this._io.size - this._io.pos) - 9) / 8))) {
      var _err = new KaitaiStream.ValidationGreaterThanError(Math.floor(((this._io.size - this._io.pos) - 9) / 8), this.numSlots, this._io, "segment_meta/seq/3");
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
  }
  SegmentMeta.prototype._readPlaced = function() {
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
      var _err = new KaitaiStream.ValidationLessThanError(0, this.numSlots, this._io, "segment_meta/seq/3");
      this._debug.numSlots.validationError = _err;
      throw _err;
    }
    if (!(this.numSlots <= Math.floor(((this._io.size - this._io.pos) - 9) / 8))) {
      var _err = new KaitaiStream.ValidationGreaterThanError(Math.floor(((this._io.size - this._io.pos) - 9) / 8), this.numSlots, this._io, "segment_meta/seq/3");
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
  }

  /**
   * Bytes of the file that count; 0 with 0 slots is a torn first write.
   */

  /**
   * 0 in every release.
   */

  /**
   * Structure version when this file was written; changes that need no file change do not raise it.
   */

  /**
   * Column slots, those of deleted columns too.
   */

  /**
   * Slot of the designated timestamp, -1 for none.
   */

  /**
   * Not used.
   */

  return SegmentMeta;
})();
Object.assign(SegmentMeta, { byteSize: undefined, specPath: "segment_meta", fields: ["lenValid","version","structureVersion","numSlots","timestampIndex","tableId","suspended","slots"], numSeqFields: 8 });
