// Made by generator/main.ts from formats/common/bind_value.ksy with kaitai-struct-compiler 0.11.0; do not edit.
// @ts-nocheck
import * as ColumnType_ from './ColumnType.js';
import * as BinaryValue_ from './BinaryValue.js';
import * as Str16_ from './Str16.js';
import { KaitaiStream } from '../../src/kaitai/stream.js';

/**
 * The value of a bind variable of a SQL event. Numbers are null at the smallest value of their width, floats at NaN, IPv4 at 0.
 * No other type can be written.
 * @see {@link https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/wal/WalEventWriter.java|Source}
 */

export const BindValue = (function() {
  function BindValue(_io, _parent, _root) {
    this._io = _io;
    this._parent = _parent;
    this._root = _root || this;
    this._debug = _io.spans ? {} : undefined;

  }
  BindValue.prototype._read = function() {
    if (this._debug !== undefined) return this._readPlaced();
    this.type = new ColumnType_.ColumnType(this._io, null, null);
    this.type._read();
    var _ = this.type;
    if (!( (( ((_.tag >= 1) && (_.tag <= 11)) ) || ( ((_.tag >= 14) && (_.tag <= 19)) ) || ( ((_.tag >= 25) && (_.tag <= 33)) )) )) {
      var _err = new KaitaiStream.ValidationExprError(this.type, this._io, "bind_value/seq/0");
      throw _err;
    }
    switch (this.type.tag) {
    case ColumnType_.ColumnType.ColumnTag.ARRAY:
      this.value = new ArrayValue(this._io, this, this._root);
      this.value._read();
      break;
    case ColumnType_.ColumnType.ColumnTag.BINARY:
      this.value = new BinaryValue_.BinaryValue(this._io, null, null);
      this.value._read();
      break;
    case ColumnType_.ColumnType.ColumnTag.BOOLEAN:
      this.value = this._io.readU1();
      break;
    case ColumnType_.ColumnType.ColumnTag.BYTE:
      this.value = this._io.readS1();
      break;
    case ColumnType_.ColumnType.ColumnTag.CHAR:
      this.value = this._io.readU2le();
      break;
    case ColumnType_.ColumnType.ColumnTag.DATE:
      this.value = this._io.readS8le();
      break;
    case ColumnType_.ColumnType.ColumnTag.DECIMAL128:
      this.value = new Decimal128Value(this._io, this, this._root);
      this.value._read();
      break;
    case ColumnType_.ColumnType.ColumnTag.DECIMAL16:
      this.value = this._io.readS2le();
      break;
    case ColumnType_.ColumnType.ColumnTag.DECIMAL256:
      this.value = new Decimal256Value(this._io, this, this._root);
      this.value._read();
      break;
    case ColumnType_.ColumnType.ColumnTag.DECIMAL32:
      this.value = this._io.readS4le();
      break;
    case ColumnType_.ColumnType.ColumnTag.DECIMAL64:
      this.value = this._io.readS8le();
      break;
    case ColumnType_.ColumnType.ColumnTag.DECIMAL8:
      this.value = this._io.readS1();
      break;
    case ColumnType_.ColumnType.ColumnTag.DOUBLE:
      this.value = this._io.readF8le();
      break;
    case ColumnType_.ColumnType.ColumnTag.FLOAT:
      this.value = this._io.readF4le();
      break;
    case ColumnType_.ColumnType.ColumnTag.GEOBYTE:
      this.value = this._io.readS1();
      break;
    case ColumnType_.ColumnType.ColumnTag.GEOINT:
      this.value = this._io.readS4le();
      break;
    case ColumnType_.ColumnType.ColumnTag.GEOLONG:
      this.value = this._io.readS8le();
      break;
    case ColumnType_.ColumnType.ColumnTag.GEOSHORT:
      this.value = this._io.readS2le();
      break;
    case ColumnType_.ColumnType.ColumnTag.INT:
      this.value = this._io.readS4le();
      break;
    case ColumnType_.ColumnType.ColumnTag.IPV4:
      this.value = this._io.readS4le();
      break;
    case ColumnType_.ColumnType.ColumnTag.LONG:
      this.value = this._io.readS8le();
      break;
    case ColumnType_.ColumnType.ColumnTag.SHORT:
      this.value = this._io.readS2le();
      break;
    case ColumnType_.ColumnType.ColumnTag.STRING:
      this.value = new Str16_.Str16(this._io, null, null);
      this.value._read();
      break;
    case ColumnType_.ColumnType.ColumnTag.TIMESTAMP:
      this.value = this._io.readS8le();
      break;
    case ColumnType_.ColumnType.ColumnTag.UUID:
      this.value = new UuidValue(this._io, this, this._root);
      this.value._read();
      break;
    case ColumnType_.ColumnType.ColumnTag.VARCHAR:
      this.value = new VarcharPlain(this._io, this, this._root);
      this.value._read();
      break;
    }
  }
  BindValue.prototype._readPlaced = function() {
    this._debug.type = { start: this._io.pos, ioOffset: this._io.byteOffset };
    this.type = new ColumnType_.ColumnType(this._io, null, null);
    this.type._read();
    this._debug.type.end = this._io.pos;
    var _ = this.type;
    if (!( (( ((_.tag >= 1) && (_.tag <= 11)) ) || ( ((_.tag >= 14) && (_.tag <= 19)) ) || ( ((_.tag >= 25) && (_.tag <= 33)) )) )) {
      var _err = new KaitaiStream.ValidationExprError(this.type, this._io, "bind_value/seq/0");
      this._debug.type.validationError = _err;
      throw _err;
    }
    this._debug.value = { start: this._io.pos, ioOffset: this._io.byteOffset };
    switch (this.type.tag) {
    case ColumnType_.ColumnType.ColumnTag.ARRAY:
      this.value = new ArrayValue(this._io, this, this._root);
      this.value._read();
      break;
    case ColumnType_.ColumnType.ColumnTag.BINARY:
      this.value = new BinaryValue_.BinaryValue(this._io, null, null);
      this.value._read();
      break;
    case ColumnType_.ColumnType.ColumnTag.BOOLEAN:
      this.value = this._io.readU1();
      break;
    case ColumnType_.ColumnType.ColumnTag.BYTE:
      this.value = this._io.readS1();
      break;
    case ColumnType_.ColumnType.ColumnTag.CHAR:
      this.value = this._io.readU2le();
      break;
    case ColumnType_.ColumnType.ColumnTag.DATE:
      this.value = this._io.readS8le();
      break;
    case ColumnType_.ColumnType.ColumnTag.DECIMAL128:
      this.value = new Decimal128Value(this._io, this, this._root);
      this.value._read();
      break;
    case ColumnType_.ColumnType.ColumnTag.DECIMAL16:
      this.value = this._io.readS2le();
      break;
    case ColumnType_.ColumnType.ColumnTag.DECIMAL256:
      this.value = new Decimal256Value(this._io, this, this._root);
      this.value._read();
      break;
    case ColumnType_.ColumnType.ColumnTag.DECIMAL32:
      this.value = this._io.readS4le();
      break;
    case ColumnType_.ColumnType.ColumnTag.DECIMAL64:
      this.value = this._io.readS8le();
      break;
    case ColumnType_.ColumnType.ColumnTag.DECIMAL8:
      this.value = this._io.readS1();
      break;
    case ColumnType_.ColumnType.ColumnTag.DOUBLE:
      this.value = this._io.readF8le();
      break;
    case ColumnType_.ColumnType.ColumnTag.FLOAT:
      this.value = this._io.readF4le();
      break;
    case ColumnType_.ColumnType.ColumnTag.GEOBYTE:
      this.value = this._io.readS1();
      break;
    case ColumnType_.ColumnType.ColumnTag.GEOINT:
      this.value = this._io.readS4le();
      break;
    case ColumnType_.ColumnType.ColumnTag.GEOLONG:
      this.value = this._io.readS8le();
      break;
    case ColumnType_.ColumnType.ColumnTag.GEOSHORT:
      this.value = this._io.readS2le();
      break;
    case ColumnType_.ColumnType.ColumnTag.INT:
      this.value = this._io.readS4le();
      break;
    case ColumnType_.ColumnType.ColumnTag.IPV4:
      this.value = this._io.readS4le();
      break;
    case ColumnType_.ColumnType.ColumnTag.LONG:
      this.value = this._io.readS8le();
      break;
    case ColumnType_.ColumnType.ColumnTag.SHORT:
      this.value = this._io.readS2le();
      break;
    case ColumnType_.ColumnType.ColumnTag.STRING:
      this.value = new Str16_.Str16(this._io, null, null);
      this.value._read();
      break;
    case ColumnType_.ColumnType.ColumnTag.TIMESTAMP:
      this.value = this._io.readS8le();
      break;
    case ColumnType_.ColumnType.ColumnTag.UUID:
      this.value = new UuidValue(this._io, this, this._root);
      this.value._read();
      break;
    case ColumnType_.ColumnType.ColumnTag.VARCHAR:
      this.value = new VarcharPlain(this._io, this, this._root);
      this.value._read();
      break;
    }
    this._debug.value.end = this._io.pos;
  }

  /**
   * Type, shape and elements of an array.
   * @see {@link https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/arr/ArrayTypeDriver.java|Source}
   */

  var ArrayBody = BindValue.ArrayBody = (function() {
    function ArrayBody(_io, _parent, _root) {
      this._io = _io;
      this._parent = _parent;
      this._root = _root;
      this._debug = _io.spans ? {} : undefined;

    }
    ArrayBody.prototype._read = function() {
      if (this._debug !== undefined) return this._readPlaced();
      this.type = new ColumnType_.ColumnType(this._io, null, null);
      this.type._read();
      this.shape = [];
      for (var i = 0; i < this.numDims; i++) {
        this.shape.push(this._io.readS4le());
      }
      if (this._io.size - this._io.pos >= 8) {
        this.values = [];
        var i = 0;
        do {
          var _ = this._io.readF8le();
          this.values.push(_);
          i++;
        } while (!(this._io.size - this._io.pos < 8));
      }
      this.surplus = this._io.readBytesFull();
    }
    ArrayBody.prototype._readPlaced = function() {
      this._debug.type = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.type = new ColumnType_.ColumnType(this._io, null, null);
      this.type._read();
      this._debug.type.end = this._io.pos;
      this._debug.shape = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this._debug.shape.arr = [];
      this.shape = [];
      for (var i = 0; i < this.numDims; i++) {
        this._debug.shape.arr[i] = { start: this._io.pos, ioOffset: this._io.byteOffset };
        this.shape.push(this._io.readS4le());
        this._debug.shape.arr[i].end = this._io.pos;
      }
      this._debug.shape.end = this._io.pos;
      if (this._io.size - this._io.pos >= 8) {
        this._debug.values = { start: this._io.pos, ioOffset: this._io.byteOffset };
        this._debug.values.arr = [];
        this.values = [];
        var i = 0;
        do {
          this._debug.values.arr[this.values.length] = { start: this._io.pos, ioOffset: this._io.byteOffset };
          var _ = this._io.readF8le();
          this.values.push(_);
          this._debug.values.arr[this.values.length - 1].end = this._io.pos;
          i++;
        } while (!(this._io.size - this._io.pos < 8));
        this._debug.values.end = this._io.pos;
      }
      this._debug.surplus = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.surplus = this._io.readBytesFull();
      this._debug.surplus.end = this._io.pos;
    }
    Object.defineProperty(ArrayBody.prototype, 'numDims', {
      get: function() {
        if (this._m_numDims !== undefined)
          return this._m_numDims;
        if (this._debug !== undefined) this._debug._m_numDims = {  };
        this._m_numDims = (this.type.code >>> 14 & 31) + 1;
        return this._m_numDims;
      }
    });

    /**
     * Length of each dimension.
     */

    /**
     * Row-major.
     */

    return ArrayBody;
  })();

  /**
   * An array, or null.
   * @see {@link https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/arr/ArrayTypeDriver.java|Source}
   */

  var ArrayValue = BindValue.ArrayValue = (function() {
    function ArrayValue(_io, _parent, _root) {
      this._io = _io;
      this._parent = _parent;
      this._root = _root;
      this._debug = _io.spans ? {} : undefined;

    }
    ArrayValue.prototype._read = function() {
      if (this._debug !== undefined) return this._readPlaced();
      this.lenValue = this._io.readS8leAsNumber();
      if (!(this.lenValue <= this._io.size - this._io.pos)) {
        var _err = new KaitaiStream.ValidationGreaterThanError(this._io.size - this._io.pos, this.lenValue, this._io, "bind_value/types/array_value/seq/0");
        throw _err;
      }
      if (this.lenValue > 0) {
        this._raw_value = this._io.readBytes(this.lenValue);
        var _io__raw_value = this._io.substream(this._raw_value);
        this.value = new ArrayBody(_io__raw_value, this, this._root);
        this.value._read();
      }
    }
    ArrayValue.prototype._readPlaced = function() {
      this._debug.lenValue = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.lenValue = this._io.readS8leAsNumber();
      this._debug.lenValue.end = this._io.pos;
      if (!(this.lenValue <= this._io.size - this._io.pos)) {
        var _err = new KaitaiStream.ValidationGreaterThanError(this._io.size - this._io.pos, this.lenValue, this._io, "bind_value/types/array_value/seq/0");
        this._debug.lenValue.validationError = _err;
        throw _err;
      }
      if (this.lenValue > 0) {
        this._debug.value = { start: this._io.pos, ioOffset: this._io.byteOffset };
        this._raw_value = this._io.readBytes(this.lenValue);
        var _io__raw_value = this._io.substream(this._raw_value);
        this.value = new ArrayBody(_io__raw_value, this, this._root);
        this.value._read();
        this._debug.value.end = this._io.pos;
      }
    }

    /**
     * Bytes that follow; 0 or less is null.
     */

    return ArrayValue;
  })();

  /**
   * A decimal of up to 38 digits, unscaled, high half first.
   * @see {@link https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/std/Decimal128.java|Source}
   */

  var Decimal128Value = BindValue.Decimal128Value = (function() {
    function Decimal128Value(_io, _parent, _root) {
      this._io = _io;
      this._parent = _parent;
      this._root = _root;
      this._debug = _io.spans ? {} : undefined;

    }
    Decimal128Value.prototype._read = function() {
      if (this._debug !== undefined) return this._readPlaced();
      this.high = this._io.readS8le();
      this.low = this._io.readU8le();
    }
    Decimal128Value.prototype._readPlaced = function() {
      this._debug.high = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.high = this._io.readS8le();
      this._debug.high.end = this._io.pos;
      this._debug.low = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.low = this._io.readU8le();
      this._debug.low.end = this._io.pos;
    }

    return Decimal128Value;
  })();

  /**
   * A decimal of up to 76 digits, unscaled, most significant quarter first.
   * @see {@link https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/std/Decimal256.java|Source}
   */

  var Decimal256Value = BindValue.Decimal256Value = (function() {
    function Decimal256Value(_io, _parent, _root) {
      this._io = _io;
      this._parent = _parent;
      this._root = _root;
      this._debug = _io.spans ? {} : undefined;

    }
    Decimal256Value.prototype._read = function() {
      if (this._debug !== undefined) return this._readPlaced();
      this.hh = this._io.readS8le();
      this.hl = this._io.readU8le();
      this.lh = this._io.readU8le();
      this.ll = this._io.readU8le();
    }
    Decimal256Value.prototype._readPlaced = function() {
      this._debug.hh = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.hh = this._io.readS8le();
      this._debug.hh.end = this._io.pos;
      this._debug.hl = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.hl = this._io.readU8le();
      this._debug.hl.end = this._io.pos;
      this._debug.lh = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.lh = this._io.readU8le();
      this._debug.lh.end = this._io.pos;
      this._debug.ll = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.ll = this._io.readU8le();
      this._debug.ll.end = this._io.pos;
    }

    return Decimal256Value;
  })();

  /**
   * A UUID; its text is the high half, then the low one.
   * @see {@link https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/wal/WalEventWriter.java|Source}
   */

  var UuidValue = BindValue.UuidValue = (function() {
    function UuidValue(_io, _parent, _root) {
      this._io = _io;
      this._parent = _parent;
      this._root = _root;
      this._debug = _io.spans ? {} : undefined;

    }
    UuidValue.prototype._read = function() {
      if (this._debug !== undefined) return this._readPlaced();
      this.lo = this._io.readS8le();
      this.hi = this._io.readS8le();
    }
    UuidValue.prototype._readPlaced = function() {
      this._debug.lo = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.lo = this._io.readS8le();
      this._debug.lo.end = this._io.pos;
      this._debug.hi = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.hi = this._io.readS8le();
      this._debug.hi.end = this._io.pos;
    }

    return UuidValue;
  })();

  /**
   * UTF-8 text behind a header that holds its length. -1 is null; the smallest int32 is the empty string.
   * @see {@link https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/VarcharTypeDriver.java|Source}
   */

  var VarcharPlain = BindValue.VarcharPlain = (function() {
    function VarcharPlain(_io, _parent, _root) {
      this._io = _io;
      this._parent = _parent;
      this._root = _root;
      this._debug = _io.spans ? {} : undefined;

    }
    VarcharPlain.prototype._read = function() {
      if (this._debug !== undefined) return this._readPlaced();
      this.header = this._io.readS4le();
      var _ = this.header;
      if (!( ((_ == -1) || ((_ & 2147483647) <= this._io.size - this._io.pos)) )) {
        var _err = new KaitaiStream.ValidationExprError(this.header, this._io, "bind_value/types/varchar_plain/seq/0");
        throw _err;
      }
      if (this.header != -1) {
        this.value = KaitaiStream.bytesToStr(this._io.readBytes(this.header & 2147483647), "UTF-8");
      }
    }
    VarcharPlain.prototype._readPlaced = function() {
      this._debug.header = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.header = this._io.readS4le();
      this._debug.header.end = this._io.pos;
      var _ = this.header;
      if (!( ((_ == -1) || ((_ & 2147483647) <= this._io.size - this._io.pos)) )) {
        var _err = new KaitaiStream.ValidationExprError(this.header, this._io, "bind_value/types/varchar_plain/seq/0");
        this._debug.header.validationError = _err;
        throw _err;
      }
      if (this.header != -1) {
        this._debug.value = { start: this._io.pos, ioOffset: this._io.byteOffset };
        this.value = KaitaiStream.bytesToStr(this._io.readBytes(this.header & 2147483647), "UTF-8");
        this._debug.value.end = this._io.pos;
      }
    }

    /**
     * Bits 0 to 30, bytes of text; bit 31, all of it is ASCII.
     */

    return VarcharPlain;
  })();

  return BindValue;
})();
Object.assign(BindValue, { byteSize: undefined, specPath: "bind_value", fields: ["type","value"], numSeqFields: 2 });
Object.assign(BindValue.VarcharPlain, { byteSize: undefined, specPath: "bind_value/types/varchar_plain", fields: ["header","value"], numSeqFields: 2 });
Object.assign(BindValue.UuidValue, { byteSize: 16, specPath: "bind_value/types/uuid_value", fields: ["lo","hi"], numSeqFields: 2 });
Object.assign(BindValue.ArrayValue, { byteSize: undefined, specPath: "bind_value/types/array_value", fields: ["lenValue","value"], numSeqFields: 2 });
Object.assign(BindValue.ArrayBody, { byteSize: undefined, specPath: "bind_value/types/array_body", fields: ["type","shape","values","surplus","numDims"], numSeqFields: 4 });
Object.assign(BindValue.Decimal128Value, { byteSize: 16, specPath: "bind_value/types/decimal128_value", fields: ["high","low"], numSeqFields: 2 });
Object.assign(BindValue.Decimal256Value, { byteSize: 32, specPath: "bind_value/types/decimal256_value", fields: ["hh","hl","lh","ll"], numSeqFields: 4 });
