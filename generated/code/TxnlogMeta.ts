// Made by generator/main.ts from formats/txnlog_meta.ksy with kaitai-struct-compiler 0.11.0; do not edit.
// @ts-nocheck
import * as Str16_ from './Str16.js';
import { KaitaiStream } from '../../src/kaitai/stream.js';

/**
 * The structural changes of a table (ALTER TABLE that changes columns, RENAME TABLE, DEDUP), one after the other; change k
 * makes structure version k. Zero filled behind the last one.
 * @see {@link https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/griffin/engine/ops/AlterOperation.java|Source}
 */

export const TxnlogMeta = (function() {
  TxnlogMeta.AlterCommand = Object.freeze({
    ADD_COLUMN: 1,
    DROP_PARTITION: 2,
    ATTACH_PARTITION: 3,
    ADD_INDEX: 4,
    DROP_INDEX: 5,
    ADD_SYMBOL_CACHE: 6,
    REMOVE_SYMBOL_CACHE: 7,
    DROP_COLUMN: 8,
    RENAME_COLUMN: 9,
    SET_PARAM_MAX_UNCOMMITTED_ROWS: 10,
    SET_PARAM_COMMIT_LAG: 11,
    DETACH_PARTITION: 12,
    SQUASH_PARTITIONS: 13,
    RENAME_TABLE: 14,
    SET_DEDUP_ENABLE: 15,
    SET_DEDUP_DISABLE: 16,
    CHANGE_COLUMN_TYPE: 17,

    1: "ADD_COLUMN",
    2: "DROP_PARTITION",
    3: "ATTACH_PARTITION",
    4: "ADD_INDEX",
    5: "DROP_INDEX",
    6: "ADD_SYMBOL_CACHE",
    7: "REMOVE_SYMBOL_CACHE",
    8: "DROP_COLUMN",
    9: "RENAME_COLUMN",
    10: "SET_PARAM_MAX_UNCOMMITTED_ROWS",
    11: "SET_PARAM_COMMIT_LAG",
    12: "DETACH_PARTITION",
    13: "SQUASH_PARTITIONS",
    14: "RENAME_TABLE",
    15: "SET_DEDUP_ENABLE",
    16: "SET_DEDUP_DISABLE",
    17: "CHANGE_COLUMN_TYPE",
  });

  function TxnlogMeta(_io, _parent, _root) {
    this._io = _io;
    this._parent = _parent;
    this._root = _root || this;
    this._debug = _io.spans ? {} : undefined;

  }
  TxnlogMeta.prototype._read = function() {
  }

  /**
   * One structural change.
   * @see {@link https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/griffin/engine/ops/AlterOperation.java|Source}
   */

  var Change = TxnlogMeta.Change = (function() {
    function Change(_io, _parent, _root) {
      this._io = _io;
      this._parent = _parent;
      this._root = _root;
      this._debug = _io.spans ? {} : undefined;

    }
    Change.prototype._read = function() {
      if (this._debug !== undefined) return this._readPlaced();
      this.lenChange = this._io.readS4le();
      if (!(this.lenChange >= 0)) {
        var _err = new KaitaiStream.ValidationLessThanError(0, this.lenChange, this._io, "txnlog_meta/types/change/seq/0");
        throw _err;
      }
      if (!(this.lenChange <= this._io.size - this._io.pos)) {
        var _err = new KaitaiStream.ValidationGreaterThanError(this._io.size - this._io.pos, this.lenChange, this._io, "txnlog_meta/types/change/seq/0");
        throw _err;
      }
      if (this.lenChange > 0) {
        this._raw_body = this._io.readBytes(this.lenChange);
        var _io__raw_body = this._io.substream(this._raw_body);
        this.body = new ChangeBody(_io__raw_body, this, this._root);
        this.body._read();
      }
    }
    Change.prototype._readPlaced = function() {
      this._debug.lenChange = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.lenChange = this._io.readS4le();
      this._debug.lenChange.end = this._io.pos;
      if (!(this.lenChange >= 0)) {
        var _err = new KaitaiStream.ValidationLessThanError(0, this.lenChange, this._io, "txnlog_meta/types/change/seq/0");
        this._debug.lenChange.validationError = _err;
        throw _err;
      }
      if (!(this.lenChange <= this._io.size - this._io.pos)) {
        var _err = new KaitaiStream.ValidationGreaterThanError(this._io.size - this._io.pos, this.lenChange, this._io, "txnlog_meta/types/change/seq/0");
        this._debug.lenChange.validationError = _err;
        throw _err;
      }
      if (this.lenChange > 0) {
        this._debug.body = { start: this._io.pos, ioOffset: this._io.byteOffset };
        this._raw_body = this._io.readBytes(this.lenChange);
        var _io__raw_body = this._io.substream(this._raw_body);
        this.body = new ChangeBody(_io__raw_body, this, this._root);
        this.body._read();
        this._debug.body.end = this._io.pos;
      }
    }

    /**
     * Bytes that follow; 0 while the change is being written.
     */

    return Change;
  })();

  /**
   * What is changed. The meaning of `longs` and `strings` depends on the command.
   * @see {@link https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/griffin/engine/ops/AlterOperation.java|Source}
   */

  var ChangeBody = TxnlogMeta.ChangeBody = (function() {
    function ChangeBody(_io, _parent, _root) {
      this._io = _io;
      this._parent = _parent;
      this._root = _root;
      this._debug = _io.spans ? {} : undefined;

    }
    ChangeBody.prototype._read = function() {
      if (this._debug !== undefined) return this._readPlaced();
      this.command = this._io.readS2le();
      this.tableNamePosition = this._io.readS4le();
      this.numLongs = this._io.readS4le();
      if (!(this.numLongs >= 0)) {
        var _err = new KaitaiStream.ValidationLessThanError(0, this.numLongs, this._io, "txnlog_meta/types/change_body/seq/2");
        throw _err;
      }
      if (!(this.numLongs <= Math.floor((this._io.size - this._io.pos) / 8))) {
        var _err = new KaitaiStream.ValidationGreaterThanError(Math.floor((this._io.size - this._io.pos) / 8), this.numLongs, this._io, "txnlog_meta/types/change_body/seq/2");
        throw _err;
      }
      this.longs = [];
      for (var i = 0; i < this.numLongs; i++) {
        this.longs.push(this._io.readS8le());
      }
      this.numStrings = this._io.readS4le();
      if (!(this.numStrings >= 0)) {
        var _err = new KaitaiStream.ValidationLessThanError(0, this.numStrings, this._io, "txnlog_meta/types/change_body/seq/4");
        throw _err;
      }
      if (!(this.numStrings <= Math.floor((this._io.size - this._io.pos) / 4))) {
        var _err = new KaitaiStream.ValidationGreaterThanError(Math.floor((this._io.size - this._io.pos) / 4), this.numStrings, this._io, "txnlog_meta/types/change_body/seq/4");
        throw _err;
      }
      this.strings = [];
      for (var i = 0; i < this.numStrings; i++) {
        var _t_strings = new Str16_.Str16(this._io, null, null);
        try {
          _t_strings._read();
        } finally {
          this.strings.push(_t_strings);
        }
      }
      this.surplus = this._io.readBytesFull();
    }
    ChangeBody.prototype._readPlaced = function() {
      this._debug.command = { start: this._io.pos, ioOffset: this._io.byteOffset, enumName: "TxnlogMeta.AlterCommand" };
      this.command = this._io.readS2le();
      this._debug.command.end = this._io.pos;
      this._debug.tableNamePosition = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.tableNamePosition = this._io.readS4le();
      this._debug.tableNamePosition.end = this._io.pos;
      this._debug.numLongs = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.numLongs = this._io.readS4le();
      this._debug.numLongs.end = this._io.pos;
      if (!(this.numLongs >= 0)) {
        var _err = new KaitaiStream.ValidationLessThanError(0, this.numLongs, this._io, "txnlog_meta/types/change_body/seq/2");
        this._debug.numLongs.validationError = _err;
        throw _err;
      }
      if (!(this.numLongs <= Math.floor((this._io.size - this._io.pos) / 8))) {
        var _err = new KaitaiStream.ValidationGreaterThanError(Math.floor((this._io.size - this._io.pos) / 8), this.numLongs, this._io, "txnlog_meta/types/change_body/seq/2");
        this._debug.numLongs.validationError = _err;
        throw _err;
      }
      this._debug.longs = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this._debug.longs.arr = [];
      this.longs = [];
      for (var i = 0; i < this.numLongs; i++) {
        this._debug.longs.arr[i] = { start: this._io.pos, ioOffset: this._io.byteOffset };
        this.longs.push(this._io.readS8le());
        this._debug.longs.arr[i].end = this._io.pos;
      }
      this._debug.longs.end = this._io.pos;
      this._debug.numStrings = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.numStrings = this._io.readS4le();
      this._debug.numStrings.end = this._io.pos;
      if (!(this.numStrings >= 0)) {
        var _err = new KaitaiStream.ValidationLessThanError(0, this.numStrings, this._io, "txnlog_meta/types/change_body/seq/4");
        this._debug.numStrings.validationError = _err;
        throw _err;
      }
      if (!(this.numStrings <= Math.floor((this._io.size - this._io.pos) / 4))) {
        var _err = new KaitaiStream.ValidationGreaterThanError(Math.floor((this._io.size - this._io.pos) / 4), this.numStrings, this._io, "txnlog_meta/types/change_body/seq/4");
        this._debug.numStrings.validationError = _err;
        throw _err;
      }
      this._debug.strings = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this._debug.strings.arr = [];
      this.strings = [];
      for (var i = 0; i < this.numStrings; i++) {
        this._debug.strings.arr[i] = { start: this._io.pos, ioOffset: this._io.byteOffset };
        var _t_strings = new Str16_.Str16(this._io, null, null);
        try {
          _t_strings._read();
        } finally {
          this.strings.push(_t_strings);
        }
        this._debug.strings.arr[i].end = this._io.pos;
      }
      this._debug.strings.end = this._io.pos;
      this._debug.surplus = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.surplus = this._io.readBytesFull();
      this._debug.surplus.end = this._io.pos;
    }

    /**
     * Where the table's name was in the SQL text.
     */

    /**
     * ADD_COLUMN and CHANGE_COLUMN_TYPE, six for each column: type, symbol capacity, cache (1 or -1), flags (bit 0 indexed; up to
     * 7.2.x 1 or -1), index block capacity, position of the name. SET_DEDUP_ENABLE: the slots of the keys.
     */

    /**
     * Column names; for the RENAME commands pairs of old and new name.
     */

    /**
     * Bytes of a newer release.
     */

    return ChangeBody;
  })();

  /**
   * The changes, then one with length 0 when the file goes on.
   */
  Object.defineProperty(TxnlogMeta.prototype, 'changes', {
    get: function() {
      if (this._m_changes !== undefined)
        return this._m_changes;
      if (this._io.size >= 4) {
        var _pos = this._io.pos;
        this._io.seek(0);
        if (this._debug !== undefined) this._debug._m_changes = { start: this._io.pos, ioOffset: this._io.byteOffset };
        if (this._debug !== undefined) this._debug._m_changes.arr = [];
        this._m_changes = [];
        var i = 0;
        do {
          if (this._debug !== undefined) this._debug._m_changes.arr[this._m_changes.length] = { start: this._io.pos, ioOffset: this._io.byteOffset };
          var _t__m_changes = new Change(this._io, this, this._root);
          try {
            _t__m_changes._read();
          } finally {
            var _ = _t__m_changes;
            this._m_changes.push(_);
          }
          if (this._debug !== undefined) this._debug._m_changes.arr[this._m_changes.length - 1].end = this._io.pos;
          i++;
        } while (!( ((_.lenChange == 0) || (this._io.size - this._io.pos < 4)) ));
        if (this._debug !== undefined) this._debug._m_changes.end = this._io.pos;
        this._io.seek(_pos);
      }
      return this._m_changes;
    }
  });

  return TxnlogMeta;
})();
Object.assign(TxnlogMeta, { byteSize: 0, specPath: "txnlog_meta", fields: ["changes"], numSeqFields: 0 });
Object.assign(TxnlogMeta.Change, { byteSize: undefined, specPath: "txnlog_meta/types/change", fields: ["lenChange","body"], numSeqFields: 2 });
Object.assign(TxnlogMeta.ChangeBody, { byteSize: undefined, specPath: "txnlog_meta/types/change_body", fields: ["command","tableNamePosition","numLongs","longs","numStrings","strings","surplus"], numSeqFields: 7 });
