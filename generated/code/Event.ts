// Made by generator/main.ts from formats/event.ksy with kaitai-struct-compiler 0.11.0; do not edit.
// @ts-nocheck
import * as Str16_ from './Str16.js';
import * as BindValue_ from './BindValue.js';
import { KaitaiStream } from '../../src/kaitai/stream.js';

/**
 * What a WAL writer did in a segment, one record for each transaction, then an end mark of -1. A record counts only when the
 * sequencer's log names it: rolled back and orphaned records look the same. Behind the end mark there may be zeros or the rest
 * of a rolled back record.
 * @see {@link https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/wal/WalEventWriter.java|Source}
 */

export const Event = (function() {
  Event.DedupMode = Object.freeze({
    DEFAULT: 0,
    NO_DEDUP: 1,
    UPSERT_NEW: 2,
    REPLACE_RANGE: 3,

    0: "DEFAULT",
    1: "NO_DEDUP",
    2: "UPSERT_NEW",
    3: "REPLACE_RANGE",
  });

  Event.EventType = Object.freeze({
    DATA: 0,
    SQL: 1,
    TRUNCATE: 2,
    MAT_VIEW_DATA: 3,
    MAT_VIEW_INVALIDATE: 4,
    VIEW_DEFINITION: 5,

    0: "DATA",
    1: "SQL",
    2: "TRUNCATE",
    3: "MAT_VIEW_DATA",
    4: "MAT_VIEW_INVALIDATE",
    5: "VIEW_DEFINITION",
  });

  function Event(_io, _parent, _root) {
    this._io = _io;
    this._parent = _parent;
    this._root = _root || this;
    this._debug = _io.spans ? {} : undefined;

  }
  Event.prototype._read = function() {
    if (this._debug !== undefined) return this._readPlaced();
    this.maxTxn = this._io.readS4le();
    this.format = this._io.readS4le();
  }
  Event.prototype._readPlaced = function() {
    this._debug.maxTxn = { start: this._io.pos, ioOffset: this._io.byteOffset };
    this.maxTxn = this._io.readS4le();
    this._debug.maxTxn.end = this._io.pos;
    this._debug.format = { start: this._io.pos, ioOffset: this._io.byteOffset };
    this.format = this._io.readS4le();
    this._debug.format.end = this._io.pos;
  }

  /**
   * Rows were added.
   * @see {@link https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/wal/WalEventCursor.java|DataInfo, MatViewDataInfo}
   */

  var DataBody = Event.DataBody = (function() {
    function DataBody(_io, _parent, _root, isMatView) {
      this._io = _io;
      this._parent = _parent;
      this._root = _root;
      this.isMatView = isMatView;
      this._debug = _io.spans ? {} : undefined;

    }
    DataBody.prototype._read = function() {
      if (this._debug !== undefined) return this._readPlaced();
      this.rowLo = this._io.readS8le();
      this.rowHi = this._io.readS8le();
      this.minTimestamp = this._io.readS8le();
      this.maxTimestamp = this._io.readS8le();
      this.outOfOrder = this._io.readU1();
      if (this.isMatView) {
        this.lastRefreshBaseTxn = this._io.readS8le();
      }
      if (this.isMatView) {
        this.lastRefreshTimestampUs = this._io.readS8le();
      }
      this.symbolDiffs = [];
      var i = 0;
      do {
        var _t_symbolDiffs = new SymbolDiff(this._io, this, this._root);
        try {
          _t_symbolDiffs._read();
        } finally {
          var _ = _t_symbolDiffs;
          this.symbolDiffs.push(_);
        }
        i++;
      } while (!(_.columnIndex == -1));
      if (this._io.size - this._io.pos == 25) {
        this.footer = new DataFooter(this._io, this, this._root);
        this.footer._read();
      }
      this.surplus = this._io.readBytesFull();
    }
    DataBody.prototype._readPlaced = function() {
      this._debug.rowLo = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.rowLo = this._io.readS8le();
      this._debug.rowLo.end = this._io.pos;
      this._debug.rowHi = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.rowHi = this._io.readS8le();
      this._debug.rowHi.end = this._io.pos;
      this._debug.minTimestamp = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.minTimestamp = this._io.readS8le();
      this._debug.minTimestamp.end = this._io.pos;
      this._debug.maxTimestamp = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.maxTimestamp = this._io.readS8le();
      this._debug.maxTimestamp.end = this._io.pos;
      this._debug.outOfOrder = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.outOfOrder = this._io.readU1();
      this._debug.outOfOrder.end = this._io.pos;
      if (this.isMatView) {
        this._debug.lastRefreshBaseTxn = { start: this._io.pos, ioOffset: this._io.byteOffset };
        this.lastRefreshBaseTxn = this._io.readS8le();
        this._debug.lastRefreshBaseTxn.end = this._io.pos;
      }
      if (this.isMatView) {
        this._debug.lastRefreshTimestampUs = { start: this._io.pos, ioOffset: this._io.byteOffset };
        this.lastRefreshTimestampUs = this._io.readS8le();
        this._debug.lastRefreshTimestampUs.end = this._io.pos;
      }
      this._debug.symbolDiffs = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this._debug.symbolDiffs.arr = [];
      this.symbolDiffs = [];
      var i = 0;
      do {
        this._debug.symbolDiffs.arr[this.symbolDiffs.length] = { start: this._io.pos, ioOffset: this._io.byteOffset };
        var _t_symbolDiffs = new SymbolDiff(this._io, this, this._root);
        try {
          _t_symbolDiffs._read();
        } finally {
          var _ = _t_symbolDiffs;
          this.symbolDiffs.push(_);
        }
        this._debug.symbolDiffs.arr[this.symbolDiffs.length - 1].end = this._io.pos;
        i++;
      } while (!(_.columnIndex == -1));
      this._debug.symbolDiffs.end = this._io.pos;
      if (this._io.size - this._io.pos == 25) {
        this._debug.footer = { start: this._io.pos, ioOffset: this._io.byteOffset };
        this.footer = new DataFooter(this._io, this, this._root);
        this.footer._read();
        this._debug.footer.end = this._io.pos;
      }
      this._debug.surplus = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.surplus = this._io.readBytesFull();
      this._debug.surplus.end = this._io.pos;
    }

    /**
     * First row of the transaction in the segment's column files.
     */

    /**
     * One past its last row.
     */

    /**
     * Lowest designated timestamp, in the unit of that column; the largest int64 when there are no rows.
     */

    /**
     * Highest designated timestamp; -1 when there are no rows.
     */

    /**
     * 1 when the rows are not sorted by time.
     */

    /**
     * New symbols of this transaction, by column; the last one is the end mark.
     */

    /**
     * Since 9.0, only when there is something to say.
     */

    /**
     * Bytes of a newer release.
     */

    /**
     * True for the record type mat_view_data, which has two fields more.
     */

    return DataBody;
  })();

  /**
   * How the rows go into the table, where that isn't the default.
   * @see {@link https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/wal/WalEventWriter.java|Source}
   */

  var DataFooter = Event.DataFooter = (function() {
    function DataFooter(_io, _parent, _root) {
      this._io = _io;
      this._parent = _parent;
      this._root = _root;
      this._debug = _io.spans ? {} : undefined;

    }
    DataFooter.prototype._read = function() {
      if (this._debug !== undefined) return this._readPlaced();
      this.extra = this._io.readS8le();
      this.replaceRangeLo = this._io.readS8le();
      this.replaceRangeHi = this._io.readS8le();
      this.dedupMode = this._io.readS1();
    }
    DataFooter.prototype._readPlaced = function() {
      this._debug.extra = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.extra = this._io.readS8le();
      this._debug.extra.end = this._io.pos;
      this._debug.replaceRangeLo = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.replaceRangeLo = this._io.readS8le();
      this._debug.replaceRangeLo.end = this._io.pos;
      this._debug.replaceRangeHi = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.replaceRangeHi = this._io.readS8le();
      this._debug.replaceRangeHi.end = this._io.pos;
      this._debug.dedupMode = { start: this._io.pos, ioOffset: this._io.byteOffset, enumName: "Event.DedupMode" };
      this.dedupMode = this._io.readS1();
      this._debug.dedupMode.end = this._io.pos;
    }

    /**
     * Materialised view, last period's end; else the smallest int64 (null).
     */

    /**
     * Inclusive.
     */

    /**
     * Exclusive.
     */

    return DataFooter;
  })();

  /**
   * The state of a materialised view was reset; despite the name also harmless resets (`invalid` is 0).
   * @see {@link https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/wal/WalEventCursor.java|MatViewInvalidationInfo}
   */

  var MatViewInvalidateBody = Event.MatViewInvalidateBody = (function() {
    function MatViewInvalidateBody(_io, _parent, _root) {
      this._io = _io;
      this._parent = _parent;
      this._root = _root;
      this._debug = _io.spans ? {} : undefined;

    }
    MatViewInvalidateBody.prototype._read = function() {
      if (this._debug !== undefined) return this._readPlaced();
      this.lastRefreshBaseTxn = this._io.readS8le();
      this.lastRefreshTimestampUs = this._io.readS8le();
      this.invalid = this._io.readU1();
      this.reason = new Str16_.Str16(this._io, null, null);
      this.reason._read();
      if (this._io.size - this._io.pos >= 8) {
        this.lastPeriodHi = this._io.readS8le();
      }
      if (this._io.size - this._io.pos >= 12) {
        this.refreshIntervals = new RefreshIntervals(this._io, this, this._root);
        this.refreshIntervals._read();
      }
      this.surplus = this._io.readBytesFull();
    }
    MatViewInvalidateBody.prototype._readPlaced = function() {
      this._debug.lastRefreshBaseTxn = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.lastRefreshBaseTxn = this._io.readS8le();
      this._debug.lastRefreshBaseTxn.end = this._io.pos;
      this._debug.lastRefreshTimestampUs = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.lastRefreshTimestampUs = this._io.readS8le();
      this._debug.lastRefreshTimestampUs.end = this._io.pos;
      this._debug.invalid = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.invalid = this._io.readU1();
      this._debug.invalid.end = this._io.pos;
      this._debug.reason = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.reason = new Str16_.Str16(this._io, null, null);
      this.reason._read();
      this._debug.reason.end = this._io.pos;
      if (this._io.size - this._io.pos >= 8) {
        this._debug.lastPeriodHi = { start: this._io.pos, ioOffset: this._io.byteOffset };
        this.lastPeriodHi = this._io.readS8le();
        this._debug.lastPeriodHi.end = this._io.pos;
      }
      if (this._io.size - this._io.pos >= 12) {
        this._debug.refreshIntervals = { start: this._io.pos, ioOffset: this._io.byteOffset };
        this.refreshIntervals = new RefreshIntervals(this._io, this, this._root);
        this.refreshIntervals._read();
        this._debug.refreshIntervals.end = this._io.pos;
      }
      this._debug.surplus = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.surplus = this._io.readBytesFull();
      this._debug.surplus.end = this._io.pos;
    }

    /**
     * Absent in early formats.
     */

    /**
     * Absent in early formats.
     */

    /**
     * Bytes of a newer release.
     */

    return MatViewInvalidateBody;
  })();

  /**
   * The value of a named bind variable.
   * @see {@link https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/wal/WalEventWriter.java|Source}
   */

  var NamedBindValue = Event.NamedBindValue = (function() {
    function NamedBindValue(_io, _parent, _root) {
      this._io = _io;
      this._parent = _parent;
      this._root = _root;
      this._debug = _io.spans ? {} : undefined;

    }
    NamedBindValue.prototype._read = function() {
      if (this._debug !== undefined) return this._readPlaced();
      this.name = new Str16_.Str16(this._io, null, null);
      this.name._read();
      this.value = new BindValue_.BindValue(this._io, null, null);
      this.value._read();
    }
    NamedBindValue.prototype._readPlaced = function() {
      this._debug.name = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.name = new Str16_.Str16(this._io, null, null);
      this.name._read();
      this._debug.name.end = this._io.pos;
      this._debug.value = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.value = new BindValue_.BindValue(this._io, null, null);
      this.value._read();
      this._debug.value.end = this._io.pos;
    }

    /**
     * Without the colon.
     */

    return NamedBindValue;
  })();

  /**
   * One transaction of the segment, or the end mark.
   * @see {@link https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/wal/WalEventCursor.java|Source}
   */

  var Record = Event.Record = (function() {
    function Record(_io, _parent, _root) {
      this._io = _io;
      this._parent = _parent;
      this._root = _root;
      this._debug = _io.spans ? {} : undefined;

    }
    Record.prototype._read = function() {
      if (this._debug !== undefined) return this._readPlaced();
      this.lenRecord = this._io.readS4le();
      var _ = this.lenRecord;
      if (!( ((_ == -1) || ( ((_ >= 13) && (_ - 4 <= this._io.size - this._io.pos)) )) )) {
        var _err = new KaitaiStream.ValidationExprError(this.lenRecord, this._io, "event/types/record/seq/0");
        throw _err;
      }
      if (this.lenRecord != -1) {
        this.txn = this._io.readS8le();
      }
      if (this.lenRecord != -1) {
        this.type = this._io.readU1();
      }
      if (this.lenRecord != -1) {
        switch (this.type) {
        case Event.EventType.DATA:
          this._raw_body = this._io.readBytes(this.lenRecord - 13);
          var _io__raw_body = this._io.substream(this._raw_body);
          this.body = new DataBody(_io__raw_body, this, this._root, false);
          this.body._read();
          break;
        case Event.EventType.MAT_VIEW_DATA:
          this._raw_body = this._io.readBytes(this.lenRecord - 13);
          var _io__raw_body = this._io.substream(this._raw_body);
          this.body = new DataBody(_io__raw_body, this, this._root, true);
          this.body._read();
          break;
        case Event.EventType.MAT_VIEW_INVALIDATE:
          this._raw_body = this._io.readBytes(this.lenRecord - 13);
          var _io__raw_body = this._io.substream(this._raw_body);
          this.body = new MatViewInvalidateBody(_io__raw_body, this, this._root);
          this.body._read();
          break;
        case Event.EventType.SQL:
          this._raw_body = this._io.readBytes(this.lenRecord - 13);
          var _io__raw_body = this._io.substream(this._raw_body);
          this.body = new SqlBody(_io__raw_body, this, this._root);
          this.body._read();
          break;
        case Event.EventType.TRUNCATE:
          this._raw_body = this._io.readBytes(this.lenRecord - 13);
          var _io__raw_body = this._io.substream(this._raw_body);
          this.body = new TruncateBody(_io__raw_body, this, this._root);
          this.body._read();
          break;
        case Event.EventType.VIEW_DEFINITION:
          this._raw_body = this._io.readBytes(this.lenRecord - 13);
          var _io__raw_body = this._io.substream(this._raw_body);
          this.body = new ViewDefinitionBody(_io__raw_body, this, this._root);
          this.body._read();
          break;
        default:
          this.body = this._io.readBytes(this.lenRecord - 13);
          break;
        }
      }
    }
    Record.prototype._readPlaced = function() {
      this._debug.lenRecord = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.lenRecord = this._io.readS4le();
      this._debug.lenRecord.end = this._io.pos;
      var _ = this.lenRecord;
      if (!( ((_ == -1) || ( ((_ >= 13) && (_ - 4 <= this._io.size - this._io.pos)) )) )) {
        var _err = new KaitaiStream.ValidationExprError(this.lenRecord, this._io, "event/types/record/seq/0");
        this._debug.lenRecord.validationError = _err;
        throw _err;
      }
      if (this.lenRecord != -1) {
        this._debug.txn = { start: this._io.pos, ioOffset: this._io.byteOffset };
        this.txn = this._io.readS8le();
        this._debug.txn.end = this._io.pos;
      }
      if (this.lenRecord != -1) {
        this._debug.type = { start: this._io.pos, ioOffset: this._io.byteOffset, enumName: "Event.EventType" };
        this.type = this._io.readU1();
        this._debug.type.end = this._io.pos;
      }
      if (this.lenRecord != -1) {
        this._debug.body = { start: this._io.pos, ioOffset: this._io.byteOffset };
        switch (this.type) {
        case Event.EventType.DATA:
          this._raw_body = this._io.readBytes(this.lenRecord - 13);
          var _io__raw_body = this._io.substream(this._raw_body);
          this.body = new DataBody(_io__raw_body, this, this._root, false);
          this.body._read();
          break;
        case Event.EventType.MAT_VIEW_DATA:
          this._raw_body = this._io.readBytes(this.lenRecord - 13);
          var _io__raw_body = this._io.substream(this._raw_body);
          this.body = new DataBody(_io__raw_body, this, this._root, true);
          this.body._read();
          break;
        case Event.EventType.MAT_VIEW_INVALIDATE:
          this._raw_body = this._io.readBytes(this.lenRecord - 13);
          var _io__raw_body = this._io.substream(this._raw_body);
          this.body = new MatViewInvalidateBody(_io__raw_body, this, this._root);
          this.body._read();
          break;
        case Event.EventType.SQL:
          this._raw_body = this._io.readBytes(this.lenRecord - 13);
          var _io__raw_body = this._io.substream(this._raw_body);
          this.body = new SqlBody(_io__raw_body, this, this._root);
          this.body._read();
          break;
        case Event.EventType.TRUNCATE:
          this._raw_body = this._io.readBytes(this.lenRecord - 13);
          var _io__raw_body = this._io.substream(this._raw_body);
          this.body = new TruncateBody(_io__raw_body, this, this._root);
          this.body._read();
          break;
        case Event.EventType.VIEW_DEFINITION:
          this._raw_body = this._io.readBytes(this.lenRecord - 13);
          var _io__raw_body = this._io.substream(this._raw_body);
          this.body = new ViewDefinitionBody(_io__raw_body, this, this._root);
          this.body._read();
          break;
        default:
          this.body = this._io.readBytes(this.lenRecord - 13);
          break;
        }
        this._debug.body.end = this._io.pos;
      }
    }

    /**
     * Bytes of the record with this field; -1 is the end mark.
     */

    /**
     * Number of the record in the segment, from 0.
     */

    /**
     * Raw bytes when the type is not known.
     */

    return Record;
  })();

  /**
   * The first 13 bytes of a record other than the end mark, unchecked: to learn how long a record is before all of it is read, and to
   * look for records in a damaged file.
   * @see {@link https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/wal/WalEventCursor.java|Source}
   */

  var RecordHead = Event.RecordHead = (function() {
    function RecordHead(_io, _parent, _root) {
      this._io = _io;
      this._parent = _parent;
      this._root = _root;
      this._debug = _io.spans ? {} : undefined;

    }
    RecordHead.prototype._read = function() {
      if (this._debug !== undefined) return this._readPlaced();
      this.lenRecord = this._io.readS4le();
      this.txn = this._io.readS8le();
      this.type = this._io.readU1();
    }
    RecordHead.prototype._readPlaced = function() {
      this._debug.lenRecord = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.lenRecord = this._io.readS4le();
      this._debug.lenRecord.end = this._io.pos;
      this._debug.txn = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.txn = this._io.readS8le();
      this._debug.txn.end = this._io.pos;
      this._debug.type = { start: this._io.pos, ioOffset: this._io.byteOffset, enumName: "Event.EventType" };
      this.type = this._io.readU1();
      this._debug.type.end = this._io.pos;
    }

    return RecordHead;
  })();

  /**
   * Time ranges that wait for a refresh.
   * @see {@link https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/wal/WalEventWriter.java|Source}
   */

  var RefreshIntervals = Event.RefreshIntervals = (function() {
    function RefreshIntervals(_io, _parent, _root) {
      this._io = _io;
      this._parent = _parent;
      this._root = _root;
      this._debug = _io.spans ? {} : undefined;

    }
    RefreshIntervals.prototype._read = function() {
      if (this._debug !== undefined) return this._readPlaced();
      this.baseTxn = this._io.readS8le();
      this.numIntervals = this._io.readS4le();
      if (!(this.numIntervals >= -1)) {
        var _err = new KaitaiStream.ValidationLessThanError(-1, this.numIntervals, this._io, "event/types/refresh_intervals/seq/1");
        throw _err;
      }
      if (!(this.numIntervals <= Math.floor((this._io.size - this._io.pos) / 8))) {
        var _err = new KaitaiStream.ValidationGreaterThanError(Math.floor((this._io.size - this._io.pos) / 8), this.numIntervals, this._io, "event/types/refresh_intervals/seq/1");
        throw _err;
      }
      if (this.numIntervals > 0) {
        this.intervals = [];
        for (var i = 0; i < this.numIntervals; i++) {
          this.intervals.push(this._io.readS8le());
        }
      }
    }
    RefreshIntervals.prototype._readPlaced = function() {
      this._debug.baseTxn = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.baseTxn = this._io.readS8le();
      this._debug.baseTxn.end = this._io.pos;
      this._debug.numIntervals = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.numIntervals = this._io.readS4le();
      this._debug.numIntervals.end = this._io.pos;
      if (!(this.numIntervals >= -1)) {
        var _err = new KaitaiStream.ValidationLessThanError(-1, this.numIntervals, this._io, "event/types/refresh_intervals/seq/1");
        this._debug.numIntervals.validationError = _err;
        throw _err;
      }
      if (!(this.numIntervals <= Math.floor((this._io.size - this._io.pos) / 8))) {
        var _err = new KaitaiStream.ValidationGreaterThanError(Math.floor((this._io.size - this._io.pos) / 8), this.numIntervals, this._io, "event/types/refresh_intervals/seq/1");
        this._debug.numIntervals.validationError = _err;
        throw _err;
      }
      if (this.numIntervals > 0) {
        this._debug.intervals = { start: this._io.pos, ioOffset: this._io.byteOffset };
        this._debug.intervals.arr = [];
        this.intervals = [];
        for (var i = 0; i < this.numIntervals; i++) {
          this._debug.intervals.arr[i] = { start: this._io.pos, ioOffset: this._io.byteOffset };
          this.intervals.push(this._io.readS8le());
          this._debug.intervals.arr[i].end = this._io.pos;
        }
        this._debug.intervals.end = this._io.pos;
      }
    }

    /**
     * Number of values, two for each range; -1 for no list.
     */

    /**
     * Start and end of each range in turn.
     */

    return RefreshIntervals;
  })();

  /**
   * A statement that changes data or the table, to be executed when it is applied.
   * @see {@link https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/wal/WalEventCursor.java|SqlInfo}
   */

  var SqlBody = Event.SqlBody = (function() {
    function SqlBody(_io, _parent, _root) {
      this._io = _io;
      this._parent = _parent;
      this._root = _root;
      this._debug = _io.spans ? {} : undefined;

    }
    SqlBody.prototype._read = function() {
      if (this._debug !== undefined) return this._readPlaced();
      this.commandType = this._io.readS4le();
      this.sql = new Str16_.Str16(this._io, null, null);
      this.sql._read();
      this.seed0 = this._io.readS8le();
      this.seed1 = this._io.readS8le();
      this.numIndexed = this._io.readS4le();
      if (!(this.numIndexed >= 0)) {
        var _err = new KaitaiStream.ValidationLessThanError(0, this.numIndexed, this._io, "event/types/sql_body/seq/4");
        throw _err;
      }
      if (!(this.numIndexed <= Math.floor((this._io.size - this._io.pos) / 5))) {
        var _err = new KaitaiStream.ValidationGreaterThanError(Math.floor((this._io.size - this._io.pos) / 5), this.numIndexed, this._io, "event/types/sql_body/seq/4");
        throw _err;
      }
      this.indexed = [];
      for (var i = 0; i < this.numIndexed; i++) {
        var _t_indexed = new BindValue_.BindValue(this._io, null, null);
        try {
          _t_indexed._read();
        } finally {
          this.indexed.push(_t_indexed);
        }
      }
      this.numNamed = this._io.readS4le();
      if (!(this.numNamed >= 0)) {
        var _err = new KaitaiStream.ValidationLessThanError(0, this.numNamed, this._io, "event/types/sql_body/seq/6");
        throw _err;
      }
      if (!(this.numNamed <= Math.floor((this._io.size - this._io.pos) / 9))) {
        var _err = new KaitaiStream.ValidationGreaterThanError(Math.floor((this._io.size - this._io.pos) / 9), this.numNamed, this._io, "event/types/sql_body/seq/6");
        throw _err;
      }
      this.named = [];
      for (var i = 0; i < this.numNamed; i++) {
        var _t_named = new NamedBindValue(this._io, this, this._root);
        try {
          _t_named._read();
        } finally {
          this.named.push(_t_named);
        }
      }
      this.surplus = this._io.readBytesFull();
    }
    SqlBody.prototype._readPlaced = function() {
      this._debug.commandType = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.commandType = this._io.readS4le();
      this._debug.commandType.end = this._io.pos;
      this._debug.sql = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.sql = new Str16_.Str16(this._io, null, null);
      this.sql._read();
      this._debug.sql.end = this._io.pos;
      this._debug.seed0 = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.seed0 = this._io.readS8le();
      this._debug.seed0.end = this._io.pos;
      this._debug.seed1 = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.seed1 = this._io.readS8le();
      this._debug.seed1.end = this._io.pos;
      this._debug.numIndexed = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.numIndexed = this._io.readS4le();
      this._debug.numIndexed.end = this._io.pos;
      if (!(this.numIndexed >= 0)) {
        var _err = new KaitaiStream.ValidationLessThanError(0, this.numIndexed, this._io, "event/types/sql_body/seq/4");
        this._debug.numIndexed.validationError = _err;
        throw _err;
      }
      if (!(this.numIndexed <= Math.floor((this._io.size - this._io.pos) / 5))) {
        var _err = new KaitaiStream.ValidationGreaterThanError(Math.floor((this._io.size - this._io.pos) / 5), this.numIndexed, this._io, "event/types/sql_body/seq/4");
        this._debug.numIndexed.validationError = _err;
        throw _err;
      }
      this._debug.indexed = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this._debug.indexed.arr = [];
      this.indexed = [];
      for (var i = 0; i < this.numIndexed; i++) {
        this._debug.indexed.arr[i] = { start: this._io.pos, ioOffset: this._io.byteOffset };
        var _t_indexed = new BindValue_.BindValue(this._io, null, null);
        try {
          _t_indexed._read();
        } finally {
          this.indexed.push(_t_indexed);
        }
        this._debug.indexed.arr[i].end = this._io.pos;
      }
      this._debug.indexed.end = this._io.pos;
      this._debug.numNamed = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.numNamed = this._io.readS4le();
      this._debug.numNamed.end = this._io.pos;
      if (!(this.numNamed >= 0)) {
        var _err = new KaitaiStream.ValidationLessThanError(0, this.numNamed, this._io, "event/types/sql_body/seq/6");
        this._debug.numNamed.validationError = _err;
        throw _err;
      }
      if (!(this.numNamed <= Math.floor((this._io.size - this._io.pos) / 9))) {
        var _err = new KaitaiStream.ValidationGreaterThanError(Math.floor((this._io.size - this._io.pos) / 9), this.numNamed, this._io, "event/types/sql_body/seq/6");
        this._debug.numNamed.validationError = _err;
        throw _err;
      }
      this._debug.named = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this._debug.named.arr = [];
      this.named = [];
      for (var i = 0; i < this.numNamed; i++) {
        this._debug.named.arr[i] = { start: this._io.pos, ioOffset: this._io.byteOffset };
        var _t_named = new NamedBindValue(this._io, this, this._root);
        try {
          _t_named._read();
        } finally {
          this.named.push(_t_named);
        }
        this._debug.named.arr[i].end = this._io.pos;
      }
      this._debug.named.end = this._io.pos;
      this._debug.surplus = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.surplus = this._io.readBytesFull();
      this._debug.surplus.end = this._io.pos;
    }

    /**
     * 2 ALTER TABLE, 3 UPDATE.
     */

    /**
     * State of the random generator.
     */

    /**
     * The values of $1, $2 and so on.
     */

    /**
     * Bytes of a newer release.
     */

    return SqlBody;
  })();

  /**
   * The symbols of one column that the table did not know when the WAL writer was opened. Keys from `clean_count` on start again in
   * every transaction; keys below it are in the symbol files beside the segment.
   * @see {@link https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/wal/WalEventWriter.java|writeSymbolMapDiffs}
   */

  var SymbolDiff = Event.SymbolDiff = (function() {
    function SymbolDiff(_io, _parent, _root) {
      this._io = _io;
      this._parent = _parent;
      this._root = _root;
      this._debug = _io.spans ? {} : undefined;

    }
    SymbolDiff.prototype._read = function() {
      if (this._debug !== undefined) return this._readPlaced();
      this.columnIndex = this._io.readS4le();
      if (!(this.columnIndex >= -1)) {
        var _err = new KaitaiStream.ValidationLessThanError(-1, this.columnIndex, this._io, "event/types/symbol_diff/seq/0");
        throw _err;
      }
      if (this.columnIndex != -1) {
        this.nullFlag = this._io.readU1();
      }
      if (this.columnIndex != -1) {
        this.cleanCount = this._io.readS4le();
        if (!(this.cleanCount >= 0)) {
          var _err = new KaitaiStream.ValidationLessThanError(0, this.cleanCount, this._io, "event/types/symbol_diff/seq/2");
          throw _err;
        }
      }
      if (this.columnIndex != -1) {
        this.numEntries = this._io.readS4le();
        if (!(this.numEntries >= 0)) {
          var _err = new KaitaiStream.ValidationLessThanError(0, this.numEntries, this._io, "event/types/symbol_diff/seq/3");
          throw _err;
        }
        if (!(this.numEntries <= Math.floor(((this._io.size - this._io.pos) - 4) / 8))) {
          var _err = new KaitaiStream.ValidationGreaterThanError(Math.floor(((this._io.size - this._io.pos) - 4) / 8), this.numEntries, this._io, "event/types/symbol_diff/seq/3");
          throw _err;
        }
      }
      if (this.columnIndex != -1) {
        this.entries = [];
        for (var i = 0; i < this.numEntries; i++) {
          var _t_entries = new SymbolEntry(this._io, this, this._root);
          try {
            _t_entries._read();
          } finally {
            this.entries.push(_t_entries);
          }
        }
      }
      if (this.columnIndex != -1) {
        this.terminator = this._io.readS4le();
        if (!(this.terminator == -1)) {
          var _err = new KaitaiStream.ValidationNotEqualError(-1, this.terminator, this._io, "event/types/symbol_diff/seq/5");
          throw _err;
        }
      }
    }
    SymbolDiff.prototype._readPlaced = function() {
      this._debug.columnIndex = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.columnIndex = this._io.readS4le();
      this._debug.columnIndex.end = this._io.pos;
      if (!(this.columnIndex >= -1)) {
        var _err = new KaitaiStream.ValidationLessThanError(-1, this.columnIndex, this._io, "event/types/symbol_diff/seq/0");
        this._debug.columnIndex.validationError = _err;
        throw _err;
      }
      if (this.columnIndex != -1) {
        this._debug.nullFlag = { start: this._io.pos, ioOffset: this._io.byteOffset };
        this.nullFlag = this._io.readU1();
        this._debug.nullFlag.end = this._io.pos;
      }
      if (this.columnIndex != -1) {
        this._debug.cleanCount = { start: this._io.pos, ioOffset: this._io.byteOffset };
        this.cleanCount = this._io.readS4le();
        this._debug.cleanCount.end = this._io.pos;
        if (!(this.cleanCount >= 0)) {
          var _err = new KaitaiStream.ValidationLessThanError(0, this.cleanCount, this._io, "event/types/symbol_diff/seq/2");
          this._debug.cleanCount.validationError = _err;
          throw _err;
        }
      }
      if (this.columnIndex != -1) {
        this._debug.numEntries = { start: this._io.pos, ioOffset: this._io.byteOffset };
        this.numEntries = this._io.readS4le();
        this._debug.numEntries.end = this._io.pos;
        if (!(this.numEntries >= 0)) {
          var _err = new KaitaiStream.ValidationLessThanError(0, this.numEntries, this._io, "event/types/symbol_diff/seq/3");
          this._debug.numEntries.validationError = _err;
          throw _err;
        }
        if (!(this.numEntries <= Math.floor(((this._io.size - this._io.pos) - 4) / 8))) {
          var _err = new KaitaiStream.ValidationGreaterThanError(Math.floor(((this._io.size - this._io.pos) - 4) / 8), this.numEntries, this._io, "event/types/symbol_diff/seq/3");
          this._debug.numEntries.validationError = _err;
          throw _err;
        }
      }
      if (this.columnIndex != -1) {
        this._debug.entries = { start: this._io.pos, ioOffset: this._io.byteOffset };
        this._debug.entries.arr = [];
        this.entries = [];
        for (var i = 0; i < this.numEntries; i++) {
          this._debug.entries.arr[i] = { start: this._io.pos, ioOffset: this._io.byteOffset };
          var _t_entries = new SymbolEntry(this._io, this, this._root);
          try {
            _t_entries._read();
          } finally {
            this.entries.push(_t_entries);
          }
          this._debug.entries.arr[i].end = this._io.pos;
        }
        this._debug.entries.end = this._io.pos;
      }
      if (this.columnIndex != -1) {
        this._debug.terminator = { start: this._io.pos, ioOffset: this._io.byteOffset };
        this.terminator = this._io.readS4le();
        this._debug.terminator.end = this._io.pos;
        if (!(this.terminator == -1)) {
          var _err = new KaitaiStream.ValidationNotEqualError(-1, this.terminator, this._io, "event/types/symbol_diff/seq/5");
          this._debug.terminator.validationError = _err;
          throw _err;
        }
      }
    }

    /**
     * Column slot, -1 for the end mark.
     */

    /**
     * 1 when the transaction, or the table before it, has NULL in the column.
     */

    /**
     * Number of symbols that are in the symbol files.
     */

    /**
     * In no particular order.
     */

    return SymbolDiff;
  })();

  /**
   * A key and its text.
   * @see {@link https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/wal/SymbolMapDiffEntry.java|Source}
   */

  var SymbolEntry = Event.SymbolEntry = (function() {
    function SymbolEntry(_io, _parent, _root) {
      this._io = _io;
      this._parent = _parent;
      this._root = _root;
      this._debug = _io.spans ? {} : undefined;

    }
    SymbolEntry.prototype._read = function() {
      if (this._debug !== undefined) return this._readPlaced();
      this.key = this._io.readS4le();
      this.symbol = new Str16_.Str16(this._io, null, null);
      this.symbol._read();
    }
    SymbolEntry.prototype._readPlaced = function() {
      this._debug.key = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.key = this._io.readS4le();
      this._debug.key.end = this._io.pos;
      this._debug.symbol = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.symbol = new Str16_.Str16(this._io, null, null);
      this.symbol._read();
      this._debug.symbol.end = this._io.pos;
    }

    return SymbolEntry;
  })();

  /**
   * All rows of the table were removed.
   * @see {@link https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/wal/WalEventWriter.java|Source}
   */

  var TruncateBody = Event.TruncateBody = (function() {
    function TruncateBody(_io, _parent, _root) {
      this._io = _io;
      this._parent = _parent;
      this._root = _root;
      this._debug = _io.spans ? {} : undefined;

    }
    TruncateBody.prototype._read = function() {
      if (this._debug !== undefined) return this._readPlaced();
      this.surplus = this._io.readBytesFull();
    }
    TruncateBody.prototype._readPlaced = function() {
      this._debug.surplus = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.surplus = this._io.readBytesFull();
      this._debug.surplus.end = this._io.pos;
    }

    /**
     * Bytes of a newer release.
     */

    return TruncateBody;
  })();

  /**
   * A view was altered or replaced.
   * @see {@link https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/wal/WalEventCursor.java|ViewDefinitionInfo}
   */

  var ViewDefinitionBody = Event.ViewDefinitionBody = (function() {
    function ViewDefinitionBody(_io, _parent, _root) {
      this._io = _io;
      this._parent = _parent;
      this._root = _root;
      this._debug = _io.spans ? {} : undefined;

    }
    ViewDefinitionBody.prototype._read = function() {
      if (this._debug !== undefined) return this._readPlaced();
      this.sql = new Str16_.Str16(this._io, null, null);
      this.sql._read();
      this.numTables = this._io.readS4le();
      if (!(this.numTables >= 0)) {
        var _err = new KaitaiStream.ValidationLessThanError(0, this.numTables, this._io, "event/types/view_definition_body/seq/1");
        throw _err;
      }
      if (!(this.numTables <= Math.floor((this._io.size - this._io.pos) / 8))) {
        var _err = new KaitaiStream.ValidationGreaterThanError(Math.floor((this._io.size - this._io.pos) / 8), this.numTables, this._io, "event/types/view_definition_body/seq/1");
        throw _err;
      }
      this.tables = [];
      for (var i = 0; i < this.numTables; i++) {
        var _t_tables = new ViewTable(this._io, this, this._root);
        try {
          _t_tables._read();
        } finally {
          this.tables.push(_t_tables);
        }
      }
      this.surplus = this._io.readBytesFull();
    }
    ViewDefinitionBody.prototype._readPlaced = function() {
      this._debug.sql = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.sql = new Str16_.Str16(this._io, null, null);
      this.sql._read();
      this._debug.sql.end = this._io.pos;
      this._debug.numTables = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.numTables = this._io.readS4le();
      this._debug.numTables.end = this._io.pos;
      if (!(this.numTables >= 0)) {
        var _err = new KaitaiStream.ValidationLessThanError(0, this.numTables, this._io, "event/types/view_definition_body/seq/1");
        this._debug.numTables.validationError = _err;
        throw _err;
      }
      if (!(this.numTables <= Math.floor((this._io.size - this._io.pos) / 8))) {
        var _err = new KaitaiStream.ValidationGreaterThanError(Math.floor((this._io.size - this._io.pos) / 8), this.numTables, this._io, "event/types/view_definition_body/seq/1");
        this._debug.numTables.validationError = _err;
        throw _err;
      }
      this._debug.tables = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this._debug.tables.arr = [];
      this.tables = [];
      for (var i = 0; i < this.numTables; i++) {
        this._debug.tables.arr[i] = { start: this._io.pos, ioOffset: this._io.byteOffset };
        var _t_tables = new ViewTable(this._io, this, this._root);
        try {
          _t_tables._read();
        } finally {
          this.tables.push(_t_tables);
        }
        this._debug.tables.arr[i].end = this._io.pos;
      }
      this._debug.tables.end = this._io.pos;
      this._debug.surplus = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.surplus = this._io.readBytesFull();
      this._debug.surplus.end = this._io.pos;
    }

    /**
     * Bytes of a newer release.
     */

    return ViewDefinitionBody;
  })();

  /**
   * A table and those of its columns that a view reads.
   * @see {@link https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/wal/WalEventWriter.java|Source}
   */

  var ViewTable = Event.ViewTable = (function() {
    function ViewTable(_io, _parent, _root) {
      this._io = _io;
      this._parent = _parent;
      this._root = _root;
      this._debug = _io.spans ? {} : undefined;

    }
    ViewTable.prototype._read = function() {
      if (this._debug !== undefined) return this._readPlaced();
      this.name = new Str16_.Str16(this._io, null, null);
      this.name._read();
      this.numColumns = this._io.readS4le();
      if (!(this.numColumns >= 0)) {
        var _err = new KaitaiStream.ValidationLessThanError(0, this.numColumns, this._io, "event/types/view_table/seq/1");
        throw _err;
      }
      if (!(this.numColumns <= Math.floor((this._io.size - this._io.pos) / 4))) {
        var _err = new KaitaiStream.ValidationGreaterThanError(Math.floor((this._io.size - this._io.pos) / 4), this.numColumns, this._io, "event/types/view_table/seq/1");
        throw _err;
      }
      this.columns = [];
      for (var i = 0; i < this.numColumns; i++) {
        var _t_columns = new Str16_.Str16(this._io, null, null);
        try {
          _t_columns._read();
        } finally {
          this.columns.push(_t_columns);
        }
      }
    }
    ViewTable.prototype._readPlaced = function() {
      this._debug.name = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.name = new Str16_.Str16(this._io, null, null);
      this.name._read();
      this._debug.name.end = this._io.pos;
      this._debug.numColumns = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.numColumns = this._io.readS4le();
      this._debug.numColumns.end = this._io.pos;
      if (!(this.numColumns >= 0)) {
        var _err = new KaitaiStream.ValidationLessThanError(0, this.numColumns, this._io, "event/types/view_table/seq/1");
        this._debug.numColumns.validationError = _err;
        throw _err;
      }
      if (!(this.numColumns <= Math.floor((this._io.size - this._io.pos) / 4))) {
        var _err = new KaitaiStream.ValidationGreaterThanError(Math.floor((this._io.size - this._io.pos) / 4), this.numColumns, this._io, "event/types/view_table/seq/1");
        this._debug.numColumns.validationError = _err;
        throw _err;
      }
      this._debug.columns = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this._debug.columns.arr = [];
      this.columns = [];
      for (var i = 0; i < this.numColumns; i++) {
        this._debug.columns.arr[i] = { start: this._io.pos, ioOffset: this._io.byteOffset };
        var _t_columns = new Str16_.Str16(this._io, null, null);
        try {
          _t_columns._read();
        } finally {
          this.columns.push(_t_columns);
        }
        this._debug.columns.arr[i].end = this._io.pos;
      }
      this._debug.columns.end = this._io.pos;
    }

    return ViewTable;
  })();

  /**
   * Reserved for additions that older readers can ignore; 0 in every release.
   */
  Object.defineProperty(Event.prototype, 'formatHigh', {
    get: function() {
      if (this._m_formatHigh !== undefined)
        return this._m_formatHigh;
      if (this._debug !== undefined) this._debug._m_formatHigh = {  };
      this._m_formatHigh = this.format >>> 16 & 65535;
      return this._m_formatHigh;
    }
  });

  /**
   * 0, or 1 when a record of a materialised view was written in this segment.
   */
  Object.defineProperty(Event.prototype, 'formatLow', {
    get: function() {
      if (this._m_formatLow !== undefined)
        return this._m_formatLow;
      if (this._debug !== undefined) this._debug._m_formatLow = {  };
      this._m_formatLow = this.format & 65535;
      return this._m_formatLow;
    }
  });

  /**
   * The records; the last one is the end mark, when there is one.
   */
  Object.defineProperty(Event.prototype, 'records', {
    get: function() {
      if (this._m_records !== undefined)
        return this._m_records;
      if (this._io.size - 8 >= 4) {
        var _pos = this._io.pos;
        this._io.seek(8);
        if (this._debug !== undefined) this._debug._m_records = { start: this._io.pos, ioOffset: this._io.byteOffset };
        if (this._debug !== undefined) this._debug._m_records.arr = [];
        this._m_records = [];
        var i = 0;
        do {
          if (this._debug !== undefined) this._debug._m_records.arr[this._m_records.length] = { start: this._io.pos, ioOffset: this._io.byteOffset };
          var _t__m_records = new Record(this._io, this, this._root);
          try {
            _t__m_records._read();
          } finally {
            var _ = _t__m_records;
            this._m_records.push(_);
          }
          if (this._debug !== undefined) this._debug._m_records.arr[this._m_records.length - 1].end = this._io.pos;
          i++;
        } while (!( ((_.lenRecord == -1) || (this._io.size - this._io.pos < 4)) ));
        if (this._debug !== undefined) this._debug._m_records.end = this._io.pos;
        this._io.seek(_pos);
      }
      return this._m_records;
    }
  });

  /**
   * Number of the last record; 0 also when there is none, -1 after record 0 was rolled back.
   */

  return Event;
})();
Object.assign(Event, { byteSize: 8, specPath: "event", fields: ["maxTxn","format","formatLow","formatHigh","records"], numSeqFields: 2 });
Object.assign(Event.RecordHead, { byteSize: 13, specPath: "event/types/record_head", fields: ["lenRecord","txn","type"], numSeqFields: 3 });
Object.assign(Event.Record, { byteSize: undefined, specPath: "event/types/record", fields: ["lenRecord","txn","type","body"], numSeqFields: 4 });
Object.assign(Event.DataBody, { byteSize: undefined, specPath: "event/types/data_body", fields: ["rowLo","rowHi","minTimestamp","maxTimestamp","outOfOrder","lastRefreshBaseTxn","lastRefreshTimestampUs","symbolDiffs","footer","surplus"], numSeqFields: 10 });
Object.assign(Event.SymbolDiff, { byteSize: undefined, specPath: "event/types/symbol_diff", fields: ["columnIndex","nullFlag","cleanCount","numEntries","entries","terminator"], numSeqFields: 6 });
Object.assign(Event.SymbolEntry, { byteSize: undefined, specPath: "event/types/symbol_entry", fields: ["key","symbol"], numSeqFields: 2 });
Object.assign(Event.DataFooter, { byteSize: 25, specPath: "event/types/data_footer", fields: ["extra","replaceRangeLo","replaceRangeHi","dedupMode"], numSeqFields: 4 });
Object.assign(Event.SqlBody, { byteSize: undefined, specPath: "event/types/sql_body", fields: ["commandType","sql","seed0","seed1","numIndexed","indexed","numNamed","named","surplus"], numSeqFields: 9 });
Object.assign(Event.NamedBindValue, { byteSize: undefined, specPath: "event/types/named_bind_value", fields: ["name","value"], numSeqFields: 2 });
Object.assign(Event.TruncateBody, { byteSize: undefined, specPath: "event/types/truncate_body", fields: ["surplus"], numSeqFields: 1 });
Object.assign(Event.MatViewInvalidateBody, { byteSize: undefined, specPath: "event/types/mat_view_invalidate_body", fields: ["lastRefreshBaseTxn","lastRefreshTimestampUs","invalid","reason","lastPeriodHi","refreshIntervals","surplus"], numSeqFields: 7 });
Object.assign(Event.RefreshIntervals, { byteSize: undefined, specPath: "event/types/refresh_intervals", fields: ["baseTxn","numIntervals","intervals"], numSeqFields: 3 });
Object.assign(Event.ViewDefinitionBody, { byteSize: undefined, specPath: "event/types/view_definition_body", fields: ["sql","numTables","tables","surplus"], numSeqFields: 4 });
Object.assign(Event.ViewTable, { byteSize: undefined, specPath: "event/types/view_table", fields: ["name","numColumns","columns"], numSeqFields: 3 });
