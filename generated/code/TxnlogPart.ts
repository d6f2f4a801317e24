// Made by generator/main.ts from formats/txnlog_part.ksy with kaitai-struct-compiler 0.11.0; do not edit.
// @ts-nocheck
import * as Txnlog_ from './Txnlog.js';
import { KaitaiStream } from '../../src/kaitai/stream.js';

/**
 * A part file of a transaction log of format V2: nothing but records, `num_part_txns` (of `_txnlog`) of them, those that
 * are not written yet all zero. Part n holds transactions n * num_part_txns + 1 and following.
 * @see {@link https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/wal/seq/TableTransactionLogV2.java|Source}
 */

export const TxnlogPart = (function() {
  function TxnlogPart(_io, _parent, _root) {
    this._io = _io;
    this._parent = _parent;
    this._root = _root || this;
    this._debug = _io.spans ? {} : undefined;

  }
  TxnlogPart.prototype._read = function() {
  }
  Object.defineProperty(TxnlogPart.prototype, 'records', {
    get: function() {
      if (this._m_records !== undefined)
        return this._m_records;
      var _pos = this._io.pos;
      this._io.seek(0);
      if (this._debug !== undefined) this._debug._m_records = { start: this._io.pos, ioOffset: this._io.byteOffset };
      if (this._debug !== undefined) this._debug._m_records.arr = [];
      this._m_records = [];
      for (var i = 0; i < Math.floor(this._io.size / 60); i++) {
        if (this._debug !== undefined) this._debug._m_records.arr[i] = { start: this._io.pos, ioOffset: this._io.byteOffset };
        var _t__m_records = new Txnlog_.Txnlog.RecordV2(this._io, null, null);
        try {
          _t__m_records._read();
        } finally {
          this._m_records.push(_t__m_records);
        }
        if (this._debug !== undefined) this._debug._m_records.arr[i].end = this._io.pos;
      }
      if (this._debug !== undefined) this._debug._m_records.end = this._io.pos;
      this._io.seek(_pos);
      return this._m_records;
    }
  });

  return TxnlogPart;
})();
Object.assign(TxnlogPart, { byteSize: 0, specPath: "txnlog_part", fields: ["records"], numSeqFields: 0 });
