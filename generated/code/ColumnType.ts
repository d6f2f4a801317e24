// Made by generator/main.ts from formats/common/column_type.ksy with kaitai-struct-compiler 0.11.0; do not edit.
// @ts-nocheck
import { KaitaiStream } from '../../src/kaitai/stream.js';

/**
 * The int32 that stands for a column's type. The low byte is the tag; the bits above it are used differently by each tag
 * (GEOHASH: precision in bits 8 to 15; ARRAY: element tag in 8 to 13 and dimensions - 1 in 14 to 18; DECIMAL: precision in 8 to 15
 * and scale in 18 to 25; TIMESTAMP: bit 18 for nanoseconds). A deleted column slot holds the negated code.
 * @see {@link https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/ColumnType.java|Source}
 */

export const ColumnType = (function() {
  ColumnType.ColumnTag = Object.freeze({
    BOOLEAN: 1,
    BYTE: 2,
    SHORT: 3,
    CHAR: 4,
    INT: 5,
    LONG: 6,
    DATE: 7,
    TIMESTAMP: 8,
    FLOAT: 9,
    DOUBLE: 10,
    STRING: 11,
    SYMBOL: 12,
    LONG256: 13,
    GEOBYTE: 14,
    GEOSHORT: 15,
    GEOINT: 16,
    GEOLONG: 17,
    BINARY: 18,
    UUID: 19,
    LONG128: 24,
    IPV4: 25,
    VARCHAR: 26,
    ARRAY: 27,
    DECIMAL8: 28,
    DECIMAL16: 29,
    DECIMAL32: 30,
    DECIMAL64: 31,
    DECIMAL128: 32,
    DECIMAL256: 33,

    1: "BOOLEAN",
    2: "BYTE",
    3: "SHORT",
    4: "CHAR",
    5: "INT",
    6: "LONG",
    7: "DATE",
    8: "TIMESTAMP",
    9: "FLOAT",
    10: "DOUBLE",
    11: "STRING",
    12: "SYMBOL",
    13: "LONG256",
    14: "GEOBYTE",
    15: "GEOSHORT",
    16: "GEOINT",
    17: "GEOLONG",
    18: "BINARY",
    19: "UUID",
    24: "LONG128",
    25: "IPV4",
    26: "VARCHAR",
    27: "ARRAY",
    28: "DECIMAL8",
    29: "DECIMAL16",
    30: "DECIMAL32",
    31: "DECIMAL64",
    32: "DECIMAL128",
    33: "DECIMAL256",
  });

  function ColumnType(_io, _parent, _root) {
    this._io = _io;
    this._parent = _parent;
    this._root = _root || this;
    this._debug = _io.spans ? {} : undefined;

  }
  ColumnType.prototype._read = function() {
    if (this._debug !== undefined) return this._readPlaced();
    this.code = this._io.readS4le();
  }
  ColumnType.prototype._readPlaced = function() {
    this._debug.code = { start: this._io.pos, ioOffset: this._io.byteOffset };
    this.code = this._io.readS4le();
    this._debug.code.end = this._io.pos;
  }

  /**
   * True for the slot of a dropped or re-typed column.
   */
  Object.defineProperty(ColumnType.prototype, 'isDeleted', {
    get: function() {
      if (this._m_isDeleted !== undefined)
        return this._m_isDeleted;
      if (this._debug !== undefined) this._debug._m_isDeleted = {  };
      this._m_isDeleted = this.code < 0;
      return this._m_isDeleted;
    }
  });

  /**
   * What kind of values the column holds.
   */
  Object.defineProperty(ColumnType.prototype, 'tag', {
    get: function() {
      if (this._m_tag !== undefined)
        return this._m_tag;
      if (this._debug !== undefined) this._debug._m_tag = { enumName: "ColumnType.ColumnTag" };
      this._m_tag = (this.code < 0 ? -(this.code) : this.code) & 255;
      return this._m_tag;
    }
  });

  return ColumnType;
})();
Object.assign(ColumnType, { byteSize: 4, specPath: "column_type", fields: ["code","isDeleted","tag"], numSeqFields: 1 });
