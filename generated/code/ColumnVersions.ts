// Made by generator/main.ts from formats/column_versions.ksy with kaitai-struct-compiler 0.11.0; do not edit.
// @ts-nocheck
import { KaitaiStream } from '../../src/kaitai/stream.js';

/**
 * Where columns begin and how their files are called, when that is not the default. Two areas are written in turn: an even
 * `version` makes area A current, an odd one area B.
 * @see {@link https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/ColumnVersionReader.java|Source}
 */

export const ColumnVersions = (function() {
  function ColumnVersions(_io, _parent, _root) {
    this._io = _io;
    this._parent = _parent;
    this._root = _root || this;
    this._debug = _io.spans ? {} : undefined;

  }
  ColumnVersions.prototype._read = function() {
    if (this._debug !== undefined) return this._readPlaced();
    this.version = this._io.readS8le();
    this.areaA = new Area(this._io, this, this._root);
    this.areaA._read();
    this.areaB = new Area(this._io, this, this._root);
    this.areaB._read();
  }
  ColumnVersions.prototype._readPlaced = function() {
    this._debug.version = { start: this._io.pos, ioOffset: this._io.byteOffset };
    this.version = this._io.readS8le();
    this._debug.version.end = this._io.pos;
    this._debug.areaA = { start: this._io.pos, ioOffset: this._io.byteOffset };
    this.areaA = new Area(this._io, this, this._root);
    this.areaA._read();
    this._debug.areaA.end = this._io.pos;
    this._debug.areaB = { start: this._io.pos, ioOffset: this._io.byteOffset };
    this.areaB = new Area(this._io, this, this._root);
    this.areaB._read();
    this._debug.areaB.end = this._io.pos;
  }

  /**
   * Where a list of entries is; all zero when the area was never written.
   * @see {@link https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/ColumnVersionReader.java|Source}
   */

  var Area = ColumnVersions.Area = (function() {
    function Area(_io, _parent, _root) {
      this._io = _io;
      this._parent = _parent;
      this._root = _root;
      this._debug = _io.spans ? {} : undefined;

    }
    Area.prototype._read = function() {
      if (this._debug !== undefined) return this._readPlaced();
      this.ofsEntries = this._io.readS8leAsNumber();
      this.lenEntries = this._io.readS8leAsNumber();
    }
    Area.prototype._readPlaced = function() {
      this._debug.ofsEntries = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.ofsEntries = this._io.readS8leAsNumber();
      this._debug.ofsEntries.end = this._io.pos;
      this._debug.lenEntries = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.lenEntries = this._io.readS8leAsNumber();
      this._debug.lenEntries.end = this._io.pos;
    }

    /**
     * False when the entries would not be in the file. Not an error here, since only one of the areas counts.
     */
    Object.defineProperty(Area.prototype, 'isInside', {
      get: function() {
        if (this._m_isInside !== undefined)
          return this._m_isInside;
        if (this._debug !== undefined) this._debug._m_isInside = {  };
        this._m_isInside =  ((this.ofsEntries >= 0) && (this.lenEntries >= 0) && (this.ofsEntries + this.lenEntries <= this._io.size)) ;
        return this._m_isInside;
      }
    });

    return Area;
  })();

  /**
   * One column, or one column in one partition; sorted by partition, then column.
   * @see {@link https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/ColumnVersionReader.java|Source}
   */

  var Entry = ColumnVersions.Entry = (function() {
    function Entry(_io, _parent, _root) {
      this._io = _io;
      this._parent = _parent;
      this._root = _root;
      this._debug = _io.spans ? {} : undefined;

    }
    Entry.prototype._read = function() {
      if (this._debug !== undefined) return this._readPlaced();
      this.partitionTimestamp = this._io.readS8le();
      this.columnIndex = this._io.readS8le();
      this.columnNameTxn = this._io.readS8le();
      this.columnTop = this._io.readS8le();
    }
    Entry.prototype._readPlaced = function() {
      this._debug.partitionTimestamp = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.partitionTimestamp = this._io.readS8le();
      this._debug.partitionTimestamp.end = this._io.pos;
      this._debug.columnIndex = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.columnIndex = this._io.readS8le();
      this._debug.columnIndex.end = this._io.pos;
      this._debug.columnNameTxn = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.columnNameTxn = this._io.readS8le();
      this._debug.columnNameTxn.end = this._io.pos;
      this._debug.columnTop = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.columnTop = this._io.readS8le();
      this._debug.columnTop.end = this._io.pos;
    }

    /**
     * Start of the partition, in the unit of the designated timestamp. The smallest int64: the column wherever there is no entry of
     * its own. The smallest but one: the symbol table of the column.
     */

    /**
     * Column slot.
     */

    /**
     * Suffix of the names of the column's files, -1 for none.
     */

    /**
     * Rows of the partition before the column's first one; with the smallest int64 as partition the start of the
     * partition in which the column was added.
     */

    return Entry;
  })();
  Object.defineProperty(ColumnVersions.prototype, 'entriesA', {
    get: function() {
      if (this._m_entriesA !== undefined)
        return this._m_entriesA;
      if (this.areaA.isInside) {
        var _pos = this._io.pos;
        this._io.seek(this.areaA.ofsEntries);
        if (this._debug !== undefined) this._debug._m_entriesA = { start: this._io.pos, ioOffset: this._io.byteOffset };
        if (this._debug !== undefined) this._debug._m_entriesA.arr = [];
        this._m_entriesA = [];
        for (var i = 0; i < Math.floor(this.areaA.lenEntries / 32); i++) {
          if (this._debug !== undefined) this._debug._m_entriesA.arr[i] = { start: this._io.pos, ioOffset: this._io.byteOffset };
          var _t__m_entriesA = new Entry(this._io, this, this._root);
          try {
            _t__m_entriesA._read();
          } finally {
            this._m_entriesA.push(_t__m_entriesA);
          }
          if (this._debug !== undefined) this._debug._m_entriesA.arr[i].end = this._io.pos;
        }
        if (this._debug !== undefined) this._debug._m_entriesA.end = this._io.pos;
        this._io.seek(_pos);
      }
      return this._m_entriesA;
    }
  });
  Object.defineProperty(ColumnVersions.prototype, 'entriesB', {
    get: function() {
      if (this._m_entriesB !== undefined)
        return this._m_entriesB;
      if (this.areaB.isInside) {
        var _pos = this._io.pos;
        this._io.seek(this.areaB.ofsEntries);
        if (this._debug !== undefined) this._debug._m_entriesB = { start: this._io.pos, ioOffset: this._io.byteOffset };
        if (this._debug !== undefined) this._debug._m_entriesB.arr = [];
        this._m_entriesB = [];
        for (var i = 0; i < Math.floor(this.areaB.lenEntries / 32); i++) {
          if (this._debug !== undefined) this._debug._m_entriesB.arr[i] = { start: this._io.pos, ioOffset: this._io.byteOffset };
          var _t__m_entriesB = new Entry(this._io, this, this._root);
          try {
            _t__m_entriesB._read();
          } finally {
            this._m_entriesB.push(_t__m_entriesB);
          }
          if (this._debug !== undefined) this._debug._m_entriesB.arr[i].end = this._io.pos;
        }
        if (this._debug !== undefined) this._debug._m_entriesB.end = this._io.pos;
        this._io.seek(_pos);
      }
      return this._m_entriesB;
    }
  });

  /**
   * Equal to `column_version` of `_txn`.
   */

  return ColumnVersions;
})();
Object.assign(ColumnVersions, { byteSize: 40, specPath: "column_versions", fields: ["version","areaA","areaB","entriesA","entriesB"], numSeqFields: 3 });
Object.assign(ColumnVersions.Area, { byteSize: 16, specPath: "column_versions/types/area", fields: ["ofsEntries","lenEntries","isInside"], numSeqFields: 2 });
Object.assign(ColumnVersions.Entry, { byteSize: 32, specPath: "column_versions/types/entry", fields: ["partitionTimestamp","columnIndex","columnNameTxn","columnTop"], numSeqFields: 4 });
