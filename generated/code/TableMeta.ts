// Made by generator/main.ts from formats/table_meta.ksy with kaitai-struct-compiler 0.11.0; do not edit.
// @ts-nocheck
import * as Str16_ from './Str16.js';
import * as ColumnType_ from './ColumnType.js';
import { KaitaiStream } from '../../src/kaitai/stream.js';

/**
 * The columns and settings of a table. In `<table>/_meta` those after the last applied structural change, in `txn_seq/_meta.0`
 * (since 7.2.1) those at the beginning.
 * @see {@link https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/TableUtils.java|Source}
 */

export const TableMeta = (function() {
  TableMeta.PartitionBy = Object.freeze({
    DAY: 0,
    MONTH: 1,
    YEAR: 2,
    NONE: 3,
    HOUR: 4,
    WEEK: 5,
    NOT_APPLICABLE: 6,

    0: "DAY",
    1: "MONTH",
    2: "YEAR",
    3: "NONE",
    4: "HOUR",
    5: "WEEK",
    6: "NOT_APPLICABLE",
  });

  function TableMeta(_io, _parent, _root) {
    this._io = _io;
    this._parent = _parent;
    this._root = _root || this;
    this._debug = _io.spans ? {} : undefined;

  }
  TableMeta.prototype._read = function() {
    if (this._debug !== undefined) return this._readPlaced();
    this.numSlots = this._io.readS4le();
    if (!(this.numSlots >= 0)) {
      var _err = new KaitaiStream.ValidationLessThanError(0, this.numSlots, this._io, "table_meta/seq/0");
      throw _err;
    }
    if (!(this.numSlots <= Math.floor((this._io.size - 128) / 36))) {
      var _err = new KaitaiStream.ValidationGreaterThanError(Math.floor((this._io.size - 128) / 36), this.numSlots, this._io, "table_meta/seq/0");
      throw _err;
    }
    this.partitionBy = this._io.readS4le();
    this.timestampIndex = this._io.readS4le();
    this.version = this._io.readS4le();
    this.tableId = this._io.readS4le();
    this.maxUncommittedRows = this._io.readS4le();
    this.o3MaxLagUs = this._io.readS8le();
    this.metadataVersion = this._io.readS8le();
    this.isWal = this._io.readU1();
    this.minorChecksum = this._io.readU2le();
    this.minorVersion = this._io.readU2le();
    this.ttlHoursOrMonths = this._io.readS4le();
    this.reserved = this._io.readBytes(79);
    this.slots = [];
    for (var i = 0; i < this.numSlots; i++) {
      var _t_slots = new Slot(this._io, this, this._root);
      try {
        _t_slots._read();
      } finally {
        this.slots.push(_t_slots);
      }
    }
    this.names = [];
    for (var i = 0; i < this.numSlots; i++) {
      var _t_names = new Str16_.Str16(this._io, null, null);
      try {
        _t_names._read();
      } finally {
        this.names.push(_t_names);
      }
    }
  }
  TableMeta.prototype._readPlaced = function() {
    this._debug.numSlots = { start: this._io.pos, ioOffset: this._io.byteOffset };
    this.numSlots = this._io.readS4le();
    this._debug.numSlots.end = this._io.pos;
    if (!(this.numSlots >= 0)) {
      var _err = new KaitaiStream.ValidationLessThanError(0, this.numSlots, this._io, "table_meta/seq/0");
      this._debug.numSlots.validationError = _err;
      throw _err;
    }
    if (!(this.numSlots <= Math.floor((this._io.size - 128) / 36))) {
      var _err = new KaitaiStream.ValidationGreaterThanError(Math.floor((this._io.size - 128) / 36), this.numSlots, this._io, "table_meta/seq/0");
      this._debug.numSlots.validationError = _err;
      throw _err;
    }
    this._debug.partitionBy = { start: this._io.pos, ioOffset: this._io.byteOffset, enumName: "TableMeta.PartitionBy" };
    this.partitionBy = this._io.readS4le();
    this._debug.partitionBy.end = this._io.pos;
    this._debug.timestampIndex = { start: this._io.pos, ioOffset: this._io.byteOffset };
    this.timestampIndex = this._io.readS4le();
    this._debug.timestampIndex.end = this._io.pos;
    this._debug.version = { start: this._io.pos, ioOffset: this._io.byteOffset };
    this.version = this._io.readS4le();
    this._debug.version.end = this._io.pos;
    this._debug.tableId = { start: this._io.pos, ioOffset: this._io.byteOffset };
    this.tableId = this._io.readS4le();
    this._debug.tableId.end = this._io.pos;
    this._debug.maxUncommittedRows = { start: this._io.pos, ioOffset: this._io.byteOffset };
    this.maxUncommittedRows = this._io.readS4le();
    this._debug.maxUncommittedRows.end = this._io.pos;
    this._debug.o3MaxLagUs = { start: this._io.pos, ioOffset: this._io.byteOffset };
    this.o3MaxLagUs = this._io.readS8le();
    this._debug.o3MaxLagUs.end = this._io.pos;
    this._debug.metadataVersion = { start: this._io.pos, ioOffset: this._io.byteOffset };
    this.metadataVersion = this._io.readS8le();
    this._debug.metadataVersion.end = this._io.pos;
    this._debug.isWal = { start: this._io.pos, ioOffset: this._io.byteOffset };
    this.isWal = this._io.readU1();
    this._debug.isWal.end = this._io.pos;
    this._debug.minorChecksum = { start: this._io.pos, ioOffset: this._io.byteOffset };
    this.minorChecksum = this._io.readU2le();
    this._debug.minorChecksum.end = this._io.pos;
    this._debug.minorVersion = { start: this._io.pos, ioOffset: this._io.byteOffset };
    this.minorVersion = this._io.readU2le();
    this._debug.minorVersion.end = this._io.pos;
    this._debug.ttlHoursOrMonths = { start: this._io.pos, ioOffset: this._io.byteOffset };
    this.ttlHoursOrMonths = this._io.readS4le();
    this._debug.ttlHoursOrMonths.end = this._io.pos;
    this._debug.reserved = { start: this._io.pos, ioOffset: this._io.byteOffset };
    this.reserved = this._io.readBytes(79);
    this._debug.reserved.end = this._io.pos;
    this._debug.slots = { start: this._io.pos, ioOffset: this._io.byteOffset };
    this._debug.slots.arr = [];
    this.slots = [];
    for (var i = 0; i < this.numSlots; i++) {
      this._debug.slots.arr[i] = { start: this._io.pos, ioOffset: this._io.byteOffset };
      var _t_slots = new Slot(this._io, this, this._root);
      try {
        _t_slots._read();
      } finally {
        this.slots.push(_t_slots);
      }
      this._debug.slots.arr[i].end = this._io.pos;
    }
    this._debug.slots.end = this._io.pos;
    this._debug.names = { start: this._io.pos, ioOffset: this._io.byteOffset };
    this._debug.names.arr = [];
    this.names = [];
    for (var i = 0; i < this.numSlots; i++) {
      this._debug.names.arr[i] = { start: this._io.pos, ioOffset: this._io.byteOffset };
      var _t_names = new Str16_.Str16(this._io, null, null);
      try {
        _t_names._read();
      } finally {
        this.names.push(_t_names);
      }
      this._debug.names.arr[i].end = this._io.pos;
    }
    this._debug.names.end = this._io.pos;
  }

  /**
   * One column, in writer order.
   * @see {@link https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/TableUtils.java|Source}
   */

  var Slot = TableMeta.Slot = (function() {
    function Slot(_io, _parent, _root) {
      this._io = _io;
      this._parent = _parent;
      this._root = _root;
      this._debug = _io.spans ? {} : undefined;

    }
    Slot.prototype._read = function() {
      if (this._debug !== undefined) return this._readPlaced();
      this.type = new ColumnType_.ColumnType(this._io, null, null);
      this.type._read();
      this.flags = this._io.readS8le();
      this.indexBlockCapacity = this._io.readS4le();
      this.symbolCapacity = this._io.readS4le();
      this.parquetEncoding = this._io.readS4le();
      this.replacedSlotPlusOne = this._io.readS4le();
      this.reserved = this._io.readS4le();
    }
    Slot.prototype._readPlaced = function() {
      this._debug.type = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.type = new ColumnType_.ColumnType(this._io, null, null);
      this.type._read();
      this._debug.type.end = this._io.pos;
      this._debug.flags = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.flags = this._io.readS8le();
      this._debug.flags.end = this._io.pos;
      this._debug.indexBlockCapacity = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.indexBlockCapacity = this._io.readS4le();
      this._debug.indexBlockCapacity.end = this._io.pos;
      this._debug.symbolCapacity = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.symbolCapacity = this._io.readS4le();
      this._debug.symbolCapacity.end = this._io.pos;
      this._debug.parquetEncoding = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.parquetEncoding = this._io.readS4le();
      this._debug.parquetEncoding.end = this._io.pos;
      this._debug.replacedSlotPlusOne = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.replacedSlotPlusOne = this._io.readS4le();
      this._debug.replacedSlotPlusOne.end = this._io.pos;
      this._debug.reserved = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.reserved = this._io.readS4le();
      this._debug.reserved.end = this._io.pos;
    }

    /**
     * 1 indexed, 2 sequential (up to 8.1, unused), 4 symbols cached, 8 deduplication key.
     */

    /**
     * Not reliable up to 8.2.0.
     */

    /**
     * Since 9.3.
     */

    /**
     * The slot, counted from 1, whose place this column takes when columns are listed; 0 for none.
     */

    return Slot;
  })();

  /**
   * Column slots, those of deleted columns too.
   */

  /**
   * Slot of the designated timestamp, -1 for none.
   */

  /**
   * 426 in every release.
   */

  /**
   * Counts every ALTER, also those that are not structural.
   */

  /**
   * Low and high half, XORed, of 13 * metadata_version + 37 * num_slots; -1337 in place of 0. The minor version and the TTL count only
   * when it is right.
   */

  /**
   * Since 9.0.
   */

  /**
   * Since 9.0. Above 0 hours, below 0 months, 0 for none.
   */

  return TableMeta;
})();
Object.assign(TableMeta, { byteSize: undefined, specPath: "table_meta", fields: ["numSlots","partitionBy","timestampIndex","version","tableId","maxUncommittedRows","o3MaxLagUs","metadataVersion","isWal","minorChecksum","minorVersion","ttlHoursOrMonths","reserved","slots","names"], numSeqFields: 15 });
Object.assign(TableMeta.Slot, { byteSize: 32, specPath: "table_meta/types/slot", fields: ["type","flags","indexBlockCapacity","symbolCapacity","parquetEncoding","replacedSlotPlusOne","reserved"], numSeqFields: 7 });
