// Made by generator/main.ts from formats/event_index.ksy with kaitai-struct-compiler 0.11.0; do not edit.
// @ts-nocheck
import { KaitaiStream } from '../../src/kaitai/stream.js';

/**
 * Entry k is the offset of record k in `_event`, the entry behind the last record's is the offset of the end mark. A rolled back
 * record leaves an entry behind; while the segment is open the file may have a tail of zeros (9.0 and later).
 * @see {@link https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/wal/WalEventWriter.java|Source}
 */

export const EventIndex = (function() {
  function EventIndex(_io, _parent, _root) {
    this._io = _io;
    this._parent = _parent;
    this._root = _root || this;
    this._debug = _io.spans ? {} : undefined;

  }
  EventIndex.prototype._read = function() {
  }
  Object.defineProperty(EventIndex.prototype, 'entries', {
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

  return EventIndex;
})();
Object.assign(EventIndex, { byteSize: 0, specPath: "event_index", fields: ["entries"], numSeqFields: 0 });
