// Made by generator/main.ts from formats/table_registry.ksy with kaitai-struct-compiler 0.11.0; do not edit.
// @ts-nocheck
import * as Str16_ from './Str16.js';
import { KaitaiStream } from '../../src/kaitai/stream.js';

/**
 * A log of the tables of a database: the file with the highest number is current. A rename is a removal and an addition with
 * the same folder. Grows by pages, zero filled.
 * @see {@link https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/TableNameRegistryStore.java|Source}
 */

export const TableRegistry = (function() {
  TableRegistry.Operation = Object.freeze({
    REMOVE: -1,
    ADD: 0,

    "-1": "REMOVE",
    0: "ADD",
  });

  TableRegistry.TableType = Object.freeze({
    NON_WAL: 0,
    WAL: 1,
    MAT_VIEW: 2,
    VIEW: 3,

    0: "NON_WAL",
    1: "WAL",
    2: "MAT_VIEW",
    3: "VIEW",
  });

  function TableRegistry(_io, _parent, _root) {
    this._io = _io;
    this._parent = _parent;
    this._root = _root || this;
    this._debug = _io.spans ? {} : undefined;

  }
  TableRegistry.prototype._read = function() {
    if (this._debug !== undefined) return this._readPlaced();
    this.ofsEnd = this._io.readS8leAsNumber();
  }
  TableRegistry.prototype._readPlaced = function() {
    this._debug.ofsEnd = { start: this._io.pos, ioOffset: this._io.byteOffset };
    this.ofsEnd = this._io.readS8leAsNumber();
    this._debug.ofsEnd.end = this._io.pos;
  }

  /**
   * A table that came or went.
   * @see {@link https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/GrowOnlyTableNameRegistryStore.java|Source}
   */

  var Entry = TableRegistry.Entry = (function() {
    function Entry(_io, _parent, _root) {
      this._io = _io;
      this._parent = _parent;
      this._root = _root;
      this._debug = _io.spans ? {} : undefined;

    }
    Entry.prototype._read = function() {
      if (this._debug !== undefined) return this._readPlaced();
      this.operation = this._io.readS4le();
      this.tableName = new Str16_.Str16(this._io, null, null);
      this.tableName._read();
      this.dirName = new Str16_.Str16(this._io, null, null);
      this.dirName._read();
      this.tableId = this._io.readS4le();
      this.tableType = this._io.readS4le();
      if (this.operation == TableRegistry.Operation.ADD) {
        this.reserved = this._io.readBytes(64);
      }
    }
    Entry.prototype._readPlaced = function() {
      this._debug.operation = { start: this._io.pos, ioOffset: this._io.byteOffset, enumName: "TableRegistry.Operation" };
      this.operation = this._io.readS4le();
      this._debug.operation.end = this._io.pos;
      this._debug.tableName = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.tableName = new Str16_.Str16(this._io, null, null);
      this.tableName._read();
      this._debug.tableName.end = this._io.pos;
      this._debug.dirName = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.dirName = new Str16_.Str16(this._io, null, null);
      this.dirName._read();
      this._debug.dirName.end = this._io.pos;
      this._debug.tableId = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.tableId = this._io.readS4le();
      this._debug.tableId.end = this._io.pos;
      this._debug.tableType = { start: this._io.pos, ioOffset: this._io.byteOffset, enumName: "TableRegistry.TableType" };
      this.tableType = this._io.readS4le();
      this._debug.tableType.end = this._io.pos;
      if (this.operation == TableRegistry.Operation.ADD) {
        this._debug.reserved = { start: this._io.pos, ioOffset: this._io.byteOffset };
        this.reserved = this._io.readBytes(64);
        this._debug.reserved.end = this._io.pos;
      }
    }

    return Entry;
  })();
  Object.defineProperty(TableRegistry.prototype, 'entries', {
    get: function() {
      if (this._m_entries !== undefined)
        return this._m_entries;
      if (this.ofsEnd > 8) {
        var _pos = this._io.pos;
        this._io.seek(8);
        if (this._debug !== undefined) this._debug._m_entries = { start: this._io.pos, ioOffset: this._io.byteOffset };
        if (this._debug !== undefined) this._debug._m_entries.arr = [];
        this._m_entries = [];
        var i = 0;
        do {
          if (this._debug !== undefined) this._debug._m_entries.arr[this._m_entries.length] = { start: this._io.pos, ioOffset: this._io.byteOffset };
          var _t__m_entries = new Entry(this._io, this, this._root);
          try {
            _t__m_entries._read();
          } finally {
            var _ = _t__m_entries;
            this._m_entries.push(_);
          }
          if (this._debug !== undefined) this._debug._m_entries.arr[this._m_entries.length - 1].end = this._io.pos;
          i++;
        } while (!(this._io.pos >= this.ofsEnd));
        if (this._debug !== undefined) this._debug._m_entries.end = this._io.pos;
        this._io.seek(_pos);
      }
      return this._m_entries;
    }
  });

  /**
   * Offset just past the last entry.
   */

  return TableRegistry;
})();
Object.assign(TableRegistry, { byteSize: 8, specPath: "table_registry", fields: ["ofsEnd","entries"], numSeqFields: 1 });
Object.assign(TableRegistry.Entry, { byteSize: undefined, specPath: "table_registry/types/entry", fields: ["operation","tableName","dirName","tableId","tableType","reserved"], numSeqFields: 6 });
