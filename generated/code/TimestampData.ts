// Made by generator/main.ts from formats/timestamp_data.ksy with kaitai-struct-compiler 0.11.0; do not edit.
// @ts-nocheck
import { KaitaiStream } from '../../src/kaitai/stream.js';

/**
 * The designated timestamp of each row of a WAL segment with the number of the row.
 * @see {@link https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/wal/WalWriter.java|Source}
 */

export const TimestampData = (function() {
  function TimestampData(_io, _parent, _root) {
    this._io = _io;
    this._parent = _parent;
    this._root = _root || this;
    this._debug = _io.spans ? {} : undefined;

  }
  TimestampData.prototype._read = function() {
  }

  /**
   * One row.
   * @see {@link https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/wal/WalWriter.java|Source}
   */

  var Entry = TimestampData.Entry = (function() {
    function Entry(_io, _parent, _root) {
      this._io = _io;
      this._parent = _parent;
      this._root = _root;
      this._debug = _io.spans ? {} : undefined;

    }
    Entry.prototype._read = function() {
      if (this._debug !== undefined) return this._readPlaced();
      this.timestamp = this._io.readS8le();
      this.rowId = this._io.readS8le();
    }
    Entry.prototype._readPlaced = function() {
      this._debug.timestamp = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.timestamp = this._io.readS8le();
      this._debug.timestamp.end = this._io.pos;
      this._debug.rowId = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.rowId = this._io.readS8le();
      this._debug.rowId.end = this._io.pos;
    }

    /**
     * In the unit of the column's type, µs or ns.
     */

    /**
     * Number of the row in the segment, from 0.
     */

    return Entry;
  })();
  Object.defineProperty(TimestampData.prototype, 'entries', {
    get: function() {
      if (this._m_entries !== undefined)
        return this._m_entries;
      var _pos = this._io.pos;
      this._io.seek(0);
      if (this._debug !== undefined) this._debug._m_entries = { start: this._io.pos, ioOffset: this._io.byteOffset };
      if (this._debug !== undefined) this._debug._m_entries.arr = [];
      this._m_entries = [];
      for (var i = 0; i < Math.floor(this._io.size / 16); i++) {
        if (this._debug !== undefined) this._debug._m_entries.arr[i] = { start: this._io.pos, ioOffset: this._io.byteOffset };
        var _t__m_entries = new Entry(this._io, this, this._root);
        try {
          _t__m_entries._read();
        } finally {
          this._m_entries.push(_t__m_entries);
        }
        if (this._debug !== undefined) this._debug._m_entries.arr[i].end = this._io.pos;
      }
      if (this._debug !== undefined) this._debug._m_entries.end = this._io.pos;
      this._io.seek(_pos);
      return this._m_entries;
    }
  });

  return TimestampData;
})();
Object.assign(TimestampData, { byteSize: 0, specPath: "timestamp_data", fields: ["entries"], numSeqFields: 0 });
Object.assign(TimestampData.Entry, { byteSize: 16, specPath: "timestamp_data/types/entry", fields: ["timestamp","rowId"], numSeqFields: 2 });
