// Made by generator/main.ts from formats/txnlog_meta_index.ksy with kaitai-struct-compiler 0.11.0; do not edit.
// @ts-nocheck
import { KaitaiStream } from '../../src/kaitai/stream.js';

/**
 * Entry 0 is 0, entry k is the end offset of structural change k in `_txnlog.meta.d`: change k is at
 * [entry k - 1, entry k). Grows by pages, zero filled: an entry that is not above its predecessor ends the list.
 * @see {@link https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/wal/seq/TableTransactionLogFile.java|Source}
 */

export const TxnlogMetaIndex = (function() {
  function TxnlogMetaIndex(_io, _parent, _root) {
    this._io = _io;
    this._parent = _parent;
    this._root = _root || this;
    this._debug = _io.spans ? {} : undefined;

  }
  TxnlogMetaIndex.prototype._read = function() {
  }
  Object.defineProperty(TxnlogMetaIndex.prototype, 'entries', {
    get: function() {
      if (this._m_entries !== undefined)
        return this._m_entries;
      var _pos = this._io.pos;
      this._io.seek(0);
      if (this._debug !== undefined) this._debug._m_entries = { start: this._io.pos, ioOffset: this._io.byteOffset };
      if (this._debug !== undefined) this._debug._m_entries.arr = [];
      this._m_entries = [];
      for (var i = 0; i < Math.floor(this._io.size / 8); i++) {
        if (this._debug !== undefined) this._debug._m_entries.arr[i] = { start: this._io.pos, ioOffset: this._io.byteOffset };
        this._m_entries.push(this._io.readS8le());
        if (this._debug !== undefined) this._debug._m_entries.arr[i].end = this._io.pos;
      }
      if (this._debug !== undefined) this._debug._m_entries.end = this._io.pos;
      this._io.seek(_pos);
      return this._m_entries;
    }
  });

  return TxnlogMetaIndex;
})();
Object.assign(TxnlogMetaIndex, { byteSize: 0, specPath: "txnlog_meta_index", fields: ["entries"], numSeqFields: 0 });
