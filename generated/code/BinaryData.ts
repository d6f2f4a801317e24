// Made by generator/main.ts from formats/binary_data.ksy with kaitai-struct-compiler 0.11.0; do not edit.
// @ts-nocheck
import * as BinaryValue_ from './BinaryValue.js';
import { KaitaiStream } from '../../src/kaitai/stream.js';

/**
 * The values of a BINARY column, packed. Bytes behind the last committed row are zero (which reads as empty values) or stale.
 * @see {@link https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/BinaryTypeDriver.java|Source}
 */

export const BinaryData = (function() {
  function BinaryData(_io, _parent, _root) {
    this._io = _io;
    this._parent = _parent;
    this._root = _root || this;
    this._debug = _io.spans ? {} : undefined;

  }
  BinaryData.prototype._read = function() {
  }
  Object.defineProperty(BinaryData.prototype, 'values', {
    get: function() {
      if (this._m_values !== undefined)
        return this._m_values;
      if (this._io.size >= 8) {
        var _pos = this._io.pos;
        this._io.seek(0);
        if (this._debug !== undefined) this._debug._m_values = { start: this._io.pos, ioOffset: this._io.byteOffset };
        if (this._debug !== undefined) this._debug._m_values.arr = [];
        this._m_values = [];
        var i = 0;
        do {
          if (this._debug !== undefined) this._debug._m_values.arr[this._m_values.length] = { start: this._io.pos, ioOffset: this._io.byteOffset };
          var _t__m_values = new BinaryValue_.BinaryValue(this._io, null, null);
          try {
            _t__m_values._read();
          } finally {
            var _ = _t__m_values;
            this._m_values.push(_);
          }
          if (this._debug !== undefined) this._debug._m_values.arr[this._m_values.length - 1].end = this._io.pos;
          i++;
        } while (!(this._io.size - this._io.pos < 8));
        if (this._debug !== undefined) this._debug._m_values.end = this._io.pos;
        this._io.seek(_pos);
      }
      return this._m_values;
    }
  });

  return BinaryData;
})();
Object.assign(BinaryData, { byteSize: 0, specPath: "binary_data", fields: ["values"], numSeqFields: 0 });
