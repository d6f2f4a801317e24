// Made by generator/main.ts from formats/txnlog.ksy with kaitai-struct-compiler 0.11.0; do not edit.
// @ts-nocheck
import { KaitaiStream } from '../../src/kaitai/stream.js';

/**
 * The list of a WAL table's committed transactions. Format 0 (V1) keeps the records in this file, behind the header; format 1
 * (V2, since 7.4.0) keeps them in `txn_seq/_txn_parts/<n>` and this file is the header alone. The file of V1 grows by
 * pages: bytes behind record `max_txn` were never committed.
 * @see {@link https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/wal/seq/TableTransactionLogFile.java|Source}
 */

export const Txnlog = (function() {
  function Txnlog(_io, _parent, _root) {
    this._io = _io;
    this._parent = _parent;
    this._root = _root || this;
    this._debug = _io.spans ? {} : undefined;

  }
  Txnlog.prototype._read = function() {
    if (this._debug !== undefined) return this._readPlaced();
    this.format = this._io.readS4le();
    this.maxTxn = this._io.readS8le();
    this.createTimestampUs = this._io.readS8le();
    this.numPartTxns = this._io.readS4le();
    this.reserved = this._io.readBytes(52);
  }
  Txnlog.prototype._readPlaced = function() {
    this._debug.format = { start: this._io.pos, ioOffset: this._io.byteOffset };
    this.format = this._io.readS4le();
    this._debug.format.end = this._io.pos;
    this._debug.maxTxn = { start: this._io.pos, ioOffset: this._io.byteOffset };
    this.maxTxn = this._io.readS8le();
    this._debug.maxTxn.end = this._io.pos;
    this._debug.createTimestampUs = { start: this._io.pos, ioOffset: this._io.byteOffset };
    this.createTimestampUs = this._io.readS8le();
    this._debug.createTimestampUs.end = this._io.pos;
    this._debug.numPartTxns = { start: this._io.pos, ioOffset: this._io.byteOffset };
    this.numPartTxns = this._io.readS4le();
    this._debug.numPartTxns.end = this._io.pos;
    this._debug.reserved = { start: this._io.pos, ioOffset: this._io.byteOffset };
    this.reserved = this._io.readBytes(52);
    this._debug.reserved.end = this._io.pos;
  }

  /**
   * One transaction. `wal_id` above 0: the event `segment_txn` of `wal<wal_id>/<segment_id>/_event`; -1: a structural
   * change (segment_id and segment_txn are -1, structure_version is the new version); -2: DROP TABLE.
   * @see {@link https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/wal/seq/TableTransactionLogV1.java|Source}
   */

  var RecordV1 = Txnlog.RecordV1 = (function() {
    function RecordV1(_io, _parent, _root) {
      this._io = _io;
      this._parent = _parent;
      this._root = _root;
      this._debug = _io.spans ? {} : undefined;

    }
    RecordV1.prototype._read = function() {
      if (this._debug !== undefined) return this._readPlaced();
      this.structureVersion = this._io.readS8le();
      this.walId = this._io.readS4le();
      this.segmentId = this._io.readS4le();
      this.segmentTxn = this._io.readS4le();
      this.commitTimestampUs = this._io.readS8le();
    }
    RecordV1.prototype._readPlaced = function() {
      this._debug.structureVersion = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.structureVersion = this._io.readS8le();
      this._debug.structureVersion.end = this._io.pos;
      this._debug.walId = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.walId = this._io.readS4le();
      this._debug.walId.end = this._io.pos;
      this._debug.segmentId = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.segmentId = this._io.readS4le();
      this._debug.segmentId.end = this._io.pos;
      this._debug.segmentTxn = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.segmentTxn = this._io.readS4le();
      this._debug.segmentTxn.end = this._io.pos;
      this._debug.commitTimestampUs = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.commitTimestampUs = this._io.readS8le();
      this._debug.commitTimestampUs.end = this._io.pos;
    }

    /**
     * The structure version in force, for a structural change the version that it makes.
     */

    /**
     * Number of the record in the segment's `_event`.
     */

    /**
     * Commit time, µs UTC also in nanosecond tables.
     */

    return RecordV1;
  })();

  /**
   * One transaction of format V2; starts like a record of V1.
   * @see {@link https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/wal/seq/TableTransactionLogV2.java|Source}
   */

  var RecordV2 = Txnlog.RecordV2 = (function() {
    function RecordV2(_io, _parent, _root) {
      this._io = _io;
      this._parent = _parent;
      this._root = _root;
      this._debug = _io.spans ? {} : undefined;

    }
    RecordV2.prototype._read = function() {
      if (this._debug !== undefined) return this._readPlaced();
      this.structureVersion = this._io.readS8le();
      this.walId = this._io.readS4le();
      this.segmentId = this._io.readS4le();
      this.segmentTxn = this._io.readS4le();
      this.commitTimestampUs = this._io.readS8le();
      this.minTimestamp = this._io.readS8le();
      this.maxTimestamp = this._io.readS8le();
      this.rowCount = this._io.readS8le();
      this.reserved = this._io.readS8le();
    }
    RecordV2.prototype._readPlaced = function() {
      this._debug.structureVersion = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.structureVersion = this._io.readS8le();
      this._debug.structureVersion.end = this._io.pos;
      this._debug.walId = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.walId = this._io.readS4le();
      this._debug.walId.end = this._io.pos;
      this._debug.segmentId = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.segmentId = this._io.readS4le();
      this._debug.segmentId.end = this._io.pos;
      this._debug.segmentTxn = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.segmentTxn = this._io.readS4le();
      this._debug.segmentTxn.end = this._io.pos;
      this._debug.commitTimestampUs = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.commitTimestampUs = this._io.readS8le();
      this._debug.commitTimestampUs.end = this._io.pos;
      this._debug.minTimestamp = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.minTimestamp = this._io.readS8le();
      this._debug.minTimestamp.end = this._io.pos;
      this._debug.maxTimestamp = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.maxTimestamp = this._io.readS8le();
      this._debug.maxTimestamp.end = this._io.pos;
      this._debug.rowCount = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.rowCount = this._io.readS8le();
      this._debug.rowCount.end = this._io.pos;
      this._debug.reserved = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.reserved = this._io.readS8le();
      this._debug.reserved.end = this._io.pos;
    }

    /**
     * The structure version in force, for a structural change the version that it makes.
     */

    /**
     * Number of the record in the segment's `_event`.
     */

    /**
     * Commit time, µs UTC also in nanosecond tables.
     */

    /**
     * Lowest designated timestamp, in the unit of that column. The largest int64 where there are no rows; for a
     * structural change the command code.
     */

    /**
     * Highest designated timestamp. -1 where there are no rows, 0 for structural changes and DROP TABLE.
     */

    return RecordV2;
  })();

  /**
   * All places for a record of V1 in the file, those past `max_txn` too. Record k (from 0) is transaction k + 1.
   */
  Object.defineProperty(Txnlog.prototype, 'recordsV1', {
    get: function() {
      if (this._m_recordsV1 !== undefined)
        return this._m_recordsV1;
      if (this.format == 0) {
        var _pos = this._io.pos;
        this._io.seek(76);
        if (this._debug !== undefined) this._debug._m_recordsV1 = { start: this._io.pos, ioOffset: this._io.byteOffset };
        if (this._debug !== undefined) this._debug._m_recordsV1.arr = [];
        this._m_recordsV1 = [];
        for (var i = 0; i < Math.floor((this._io.size - 76) / 28); i++) {
          if (this._debug !== undefined) this._debug._m_recordsV1.arr[i] = { start: this._io.pos, ioOffset: this._io.byteOffset };
          var _t__m_recordsV1 = new RecordV1(this._io, this, this._root);
          try {
            _t__m_recordsV1._read();
          } finally {
            this._m_recordsV1.push(_t__m_recordsV1);
          }
          if (this._debug !== undefined) this._debug._m_recordsV1.arr[i].end = this._io.pos;
        }
        if (this._debug !== undefined) this._debug._m_recordsV1.end = this._io.pos;
        this._io.seek(_pos);
      }
      return this._m_recordsV1;
    }
  });

  /**
   * 0 for V1, 1 for V2.
   */

  /**
   * Number of committed transactions, which is the number of the last one.
   */

  /**
   * When the table was created, µs UTC; 0 before 7.3.10.
   */

  /**
   * V2, transactions per part file. V1, 0.
   */

  return Txnlog;
})();
Object.assign(Txnlog, { byteSize: 76, specPath: "txnlog", fields: ["format","maxTxn","createTimestampUs","numPartTxns","reserved","recordsV1"], numSeqFields: 5 });
Object.assign(Txnlog.RecordV1, { byteSize: 28, specPath: "txnlog/types/record_v1", fields: ["structureVersion","walId","segmentId","segmentTxn","commitTimestampUs"], numSeqFields: 5 });
Object.assign(Txnlog.RecordV2, { byteSize: 60, specPath: "txnlog/types/record_v2", fields: ["structureVersion","walId","segmentId","segmentTxn","commitTimestampUs","minTimestamp","maxTimestamp","rowCount","reserved"], numSeqFields: 9 });
