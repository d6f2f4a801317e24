// Made by generator/main.ts from formats/txn.ksy with kaitai-struct-compiler 0.11.0; do not edit.
// @ts-nocheck
import { KaitaiStream } from '../../src/kaitai/stream.js';

/**
 * The committed state of a table. Two areas are written in turn: an even `version` makes area A current, an odd one area B.
 * The other area is the previous commit, unless a bigger record overlapped it.
 * @see {@link https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/TxReader.java|Source}
 */

export const Txn = (function() {
  function Txn(_io, _parent, _root) {
    this._io = _io;
    this._parent = _parent;
    this._root = _root || this;
    this._debug = _io.spans ? {} : undefined;

  }
  Txn.prototype._read = function() {
    if (this._debug !== undefined) return this._readPlaced();
    this.version = this._io.readS8le();
    this.areaA = new Area(this._io, this, this._root);
    this.areaA._read();
    this.paddingA = this._io.readBytes(12);
    this.areaB = new Area(this._io, this, this._root);
    this.areaB._read();
    this.paddingB = this._io.readBytes(20);
  }
  Txn.prototype._readPlaced = function() {
    this._debug.version = { start: this._io.pos, ioOffset: this._io.byteOffset };
    this.version = this._io.readS8le();
    this._debug.version.end = this._io.pos;
    this._debug.areaA = { start: this._io.pos, ioOffset: this._io.byteOffset };
    this.areaA = new Area(this._io, this, this._root);
    this.areaA._read();
    this._debug.areaA.end = this._io.pos;
    this._debug.paddingA = { start: this._io.pos, ioOffset: this._io.byteOffset };
    this.paddingA = this._io.readBytes(12);
    this._debug.paddingA.end = this._io.pos;
    this._debug.areaB = { start: this._io.pos, ioOffset: this._io.byteOffset };
    this.areaB = new Area(this._io, this, this._root);
    this.areaB._read();
    this._debug.areaB.end = this._io.pos;
    this._debug.paddingB = { start: this._io.pos, ioOffset: this._io.byteOffset };
    this.paddingB = this._io.readBytes(20);
    this._debug.paddingB.end = this._io.pos;
  }

  /**
   * Where a record is and how long its parts are; all zero when the area was never written.
   * @see {@link https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/TableUtils.java|Source}
   */

  var Area = Txn.Area = (function() {
    function Area(_io, _parent, _root) {
      this._io = _io;
      this._parent = _parent;
      this._root = _root;
      this._debug = _io.spans ? {} : undefined;

    }
    Area.prototype._read = function() {
      if (this._debug !== undefined) return this._readPlaced();
      this.ofsRecord = this._io.readS4le();
      this.lenSymbols = this._io.readS4le();
      this.lenPartitions = this._io.readS4le();
    }
    Area.prototype._readPlaced = function() {
      this._debug.ofsRecord = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.ofsRecord = this._io.readS4le();
      this._debug.ofsRecord.end = this._io.pos;
      this._debug.lenSymbols = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.lenSymbols = this._io.readS4le();
      this._debug.lenSymbols.end = this._io.pos;
      this._debug.lenPartitions = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.lenPartitions = this._io.readS4le();
      this._debug.lenPartitions.end = this._io.pos;
    }

    /**
     * Bytes of the symbol counts.
     */

    /**
     * Bytes of the partition list.
     */

    return Area;
  })();

  /**
   * One partition of a partitioned table.
   * @see {@link https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/TxReader.java|Source}
   */

  var Partition = Txn.Partition = (function() {
    function Partition(_io, _parent, _root) {
      this._io = _io;
      this._parent = _parent;
      this._root = _root;
      this._debug = _io.spans ? {} : undefined;

    }
    Partition.prototype._read = function() {
      if (this._debug !== undefined) return this._readPlaced();
      this.timestamp = this._io.readS8le();
      this.maskedSize = this._io.readS8le();
      this.nameTxn = this._io.readS8le();
      this.parquetFileSize = this._io.readS8le();
    }
    Partition.prototype._readPlaced = function() {
      this._debug.timestamp = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.timestamp = this._io.readS8le();
      this._debug.timestamp.end = this._io.pos;
      this._debug.maskedSize = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.maskedSize = this._io.readS8le();
      this._debug.maskedSize.end = this._io.pos;
      this._debug.nameTxn = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.nameTxn = this._io.readS8le();
      this._debug.nameTxn.end = this._io.pos;
      this._debug.parquetFileSize = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.parquetFileSize = this._io.readS8le();
      this._debug.parquetFileSize.end = this._io.pos;
    }

    /**
     * Start of the partition, in the unit of the designated timestamp.
     */

    /**
     * Bits 0 to 43: rows (stale for the last partition, see `transient_row_count`); 44 to 59 squash counter; 61 Parquet;
     * 62 read-only.
     */

    /**
     * Suffix of the folder's name, -1 for none.
     */

    /**
     * Bytes of the Parquet file, -1 or 0 when there is none. Up to 7.4 a column version.
     */

    return Partition;
  })();

  /**
   * Size of a symbol table; both counts are equal at rest.
   * @see {@link https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/TxWriter.java|Source}
   */

  var SymbolCount = Txn.SymbolCount = (function() {
    function SymbolCount(_io, _parent, _root) {
      this._io = _io;
      this._parent = _parent;
      this._root = _root;
      this._debug = _io.spans ? {} : undefined;

    }
    SymbolCount.prototype._read = function() {
      if (this._debug !== undefined) return this._readPlaced();
      this.count = this._io.readS4le();
      this.transientCount = this._io.readS4le();
    }
    SymbolCount.prototype._readPlaced = function() {
      this._debug.count = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.count = this._io.readS4le();
      this._debug.count.end = this._io.pos;
      this._debug.transientCount = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.transientCount = this._io.readS4le();
      this._debug.transientCount.end = this._io.pos;
    }

    return SymbolCount;
  })();

  /**
   * One committed state.
   * @see {@link https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/TxReader.java|Source}
   */

  var TxnRecord = Txn.TxnRecord = (function() {
    function TxnRecord(_io, _parent, _root, lenSymbols, lenPartitions) {
      this._io = _io;
      this._parent = _parent;
      this._root = _root;
      this.lenSymbols = lenSymbols;
      this.lenPartitions = lenPartitions;
      this._debug = _io.spans ? {} : undefined;

    }
    TxnRecord.prototype._read = function() {
      if (this._debug !== undefined) return this._readPlaced();
      this.txn = this._io.readS8le();
      this.transientRowCount = this._io.readS8le();
      this.fixedRowCount = this._io.readS8le();
      this.minTimestamp = this._io.readS8le();
      this.maxTimestamp = this._io.readS8le();
      this.structureVersion = this._io.readS8le();
      this.dataVersion = this._io.readS8le();
      this.partitionTableVersion = this._io.readS8le();
      this.columnVersion = this._io.readS8le();
      this.truncateVersion = this._io.readS8le();
      this.seqTxn = this._io.readS8le();
      this.lagChecksum = this._io.readS4le();
      this.lagTxnCount = this._io.readS4le();
      this.lagRowCount = this._io.readS4le();
      this.lagMinTimestamp = this._io.readS8le();
      this.lagMaxTimestamp = this._io.readS8le();
      this.reserved = this._io.readBytes(12);
      this.numSymbols = this._io.readS4le();
      var _ = this.numSymbols;
      if (!( ((_ >= 0) && (_ * 8 == this.lenSymbols) && (_ * 8 <= this._io.size - this._io.pos)) )) {
        var _err = new KaitaiStream.ValidationExprError(this.numSymbols, this._io, "txn/types/txn_record/seq/17");
        throw _err;
      }
      this.symbols = [];
      for (var i = 0; i < this.numSymbols; i++) {
        var _t_symbols = new SymbolCount(this._io, this, this._root);
        try {
          _t_symbols._read();
        } finally {
          this.symbols.push(_t_symbols);
        }
      }
      this.lenPartitionSection = this._io.readS4le();
      var _ = this.lenPartitionSection;
      if (!( ((_ >= 0) && (KaitaiStream.mod(_, 32) == 0) && (_ == this.lenPartitions) && (_ <= this._io.size - this._io.pos)) )) {
        var _err = new KaitaiStream.ValidationExprError(this.lenPartitionSection, this._io, "txn/types/txn_record/seq/19");
        throw _err;
      }
      this.partitions = [];
      for (var i = 0; i < Math.floor(this.lenPartitionSection / 32); i++) {
        var _t_partitions = new Partition(this._io, this, this._root);
        try {
          _t_partitions._read();
        } finally {
          this.partitions.push(_t_partitions);
        }
      }
    }
    TxnRecord.prototype._readPlaced = function() {
      this._debug.txn = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.txn = this._io.readS8le();
      this._debug.txn.end = this._io.pos;
      this._debug.transientRowCount = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.transientRowCount = this._io.readS8le();
      this._debug.transientRowCount.end = this._io.pos;
      this._debug.fixedRowCount = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.fixedRowCount = this._io.readS8le();
      this._debug.fixedRowCount.end = this._io.pos;
      this._debug.minTimestamp = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.minTimestamp = this._io.readS8le();
      this._debug.minTimestamp.end = this._io.pos;
      this._debug.maxTimestamp = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.maxTimestamp = this._io.readS8le();
      this._debug.maxTimestamp.end = this._io.pos;
      this._debug.structureVersion = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.structureVersion = this._io.readS8le();
      this._debug.structureVersion.end = this._io.pos;
      this._debug.dataVersion = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.dataVersion = this._io.readS8le();
      this._debug.dataVersion.end = this._io.pos;
      this._debug.partitionTableVersion = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.partitionTableVersion = this._io.readS8le();
      this._debug.partitionTableVersion.end = this._io.pos;
      this._debug.columnVersion = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.columnVersion = this._io.readS8le();
      this._debug.columnVersion.end = this._io.pos;
      this._debug.truncateVersion = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.truncateVersion = this._io.readS8le();
      this._debug.truncateVersion.end = this._io.pos;
      this._debug.seqTxn = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.seqTxn = this._io.readS8le();
      this._debug.seqTxn.end = this._io.pos;
      this._debug.lagChecksum = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.lagChecksum = this._io.readS4le();
      this._debug.lagChecksum.end = this._io.pos;
      this._debug.lagTxnCount = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.lagTxnCount = this._io.readS4le();
      this._debug.lagTxnCount.end = this._io.pos;
      this._debug.lagRowCount = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.lagRowCount = this._io.readS4le();
      this._debug.lagRowCount.end = this._io.pos;
      this._debug.lagMinTimestamp = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.lagMinTimestamp = this._io.readS8le();
      this._debug.lagMinTimestamp.end = this._io.pos;
      this._debug.lagMaxTimestamp = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.lagMaxTimestamp = this._io.readS8le();
      this._debug.lagMaxTimestamp.end = this._io.pos;
      this._debug.reserved = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.reserved = this._io.readBytes(12);
      this._debug.reserved.end = this._io.pos;
      this._debug.numSymbols = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.numSymbols = this._io.readS4le();
      this._debug.numSymbols.end = this._io.pos;
      var _ = this.numSymbols;
      if (!( ((_ >= 0) && (_ * 8 == this.lenSymbols) && (_ * 8 <= this._io.size - this._io.pos)) )) {
        var _err = new KaitaiStream.ValidationExprError(this.numSymbols, this._io, "txn/types/txn_record/seq/17");
        this._debug.numSymbols.validationError = _err;
        throw _err;
      }
      this._debug.symbols = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this._debug.symbols.arr = [];
      this.symbols = [];
      for (var i = 0; i < this.numSymbols; i++) {
        this._debug.symbols.arr[i] = { start: this._io.pos, ioOffset: this._io.byteOffset };
        var _t_symbols = new SymbolCount(this._io, this, this._root);
        try {
          _t_symbols._read();
        } finally {
          this.symbols.push(_t_symbols);
        }
        this._debug.symbols.arr[i].end = this._io.pos;
      }
      this._debug.symbols.end = this._io.pos;
      this._debug.lenPartitionSection = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this.lenPartitionSection = this._io.readS4le();
      this._debug.lenPartitionSection.end = this._io.pos;
      var _ = this.lenPartitionSection;
      if (!( ((_ >= 0) && (KaitaiStream.mod(_, 32) == 0) && (_ == this.lenPartitions) && (_ <= this._io.size - this._io.pos)) )) {
        var _err = new KaitaiStream.ValidationExprError(this.lenPartitionSection, this._io, "txn/types/txn_record/seq/19");
        this._debug.lenPartitionSection.validationError = _err;
        throw _err;
      }
      this._debug.partitions = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this._debug.partitions.arr = [];
      this.partitions = [];
      for (var i = 0; i < Math.floor(this.lenPartitionSection / 32); i++) {
        this._debug.partitions.arr[i] = { start: this._io.pos, ioOffset: this._io.byteOffset };
        var _t_partitions = new Partition(this._io, this, this._root);
        try {
          _t_partitions._read();
        } finally {
          this.partitions.push(_t_partitions);
        }
        this._debug.partitions.arr[i].end = this._io.pos;
      }
      this._debug.partitions.end = this._io.pos;
    }

    /**
     * Rows of the last partition.
     */

    /**
     * Rows of all partitions but the last.
     */

    /**
     * The largest int64 when the table is empty.
     */

    /**
     * The smallest int64 when the table is empty.
     */

    /**
     * Low 32 bits: metadata version. High 32 bits: column structure version (0: the same as the low ones; 0x80000000: 0).
     * 7.0.1: a plain metadata version.
     */

    /**
     * Must be the version of `_cv`.
     */

    /**
     * Last transaction of the sequencer that readers see.
     */

    /**
     * Transactions behind `seq_txn` that lie in the lag; negative when their rows are not sorted.
     */

    /**
     * One for each live symbol column, in slot order.
     */

    /**
     * Bytes of the symbol counts, as the header has it.
     */

    /**
     * Bytes of the partition list, as the header has it.
     */

    return TxnRecord;
  })();
  Object.defineProperty(Txn.prototype, 'recordA', {
    get: function() {
      if (this._m_recordA !== undefined)
        return this._m_recordA;
      var _pos = this._io.pos;
      this._io.seek(this.areaA.ofsRecord);
      if (this._debug !== undefined) this._debug._m_recordA = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this._m_recordA = new TxnRecord(this._io, this, this._root, this.areaA.lenSymbols, this.areaA.lenPartitions);
      this._m_recordA._read();
      if (this._debug !== undefined) this._debug._m_recordA.end = this._io.pos;
      this._io.seek(_pos);
      return this._m_recordA;
    }
  });
  Object.defineProperty(Txn.prototype, 'recordB', {
    get: function() {
      if (this._m_recordB !== undefined)
        return this._m_recordB;
      var _pos = this._io.pos;
      this._io.seek(this.areaB.ofsRecord);
      if (this._debug !== undefined) this._debug._m_recordB = { start: this._io.pos, ioOffset: this._io.byteOffset };
      this._m_recordB = new TxnRecord(this._io, this, this._root, this.areaB.lenSymbols, this.areaB.lenPartitions);
      this._m_recordB._read();
      if (this._debug !== undefined) this._debug._m_recordB.end = this._io.pos;
      this._io.seek(_pos);
      return this._m_recordB;
    }
  });

  /**
   * Equal to the `txn` of the current record.
   */

  return Txn;
})();
Object.assign(Txn, { byteSize: 64, specPath: "txn", fields: ["version","areaA","paddingA","areaB","paddingB","recordA","recordB"], numSeqFields: 5 });
Object.assign(Txn.Area, { byteSize: 12, specPath: "txn/types/area", fields: ["ofsRecord","lenSymbols","lenPartitions"], numSeqFields: 3 });
Object.assign(Txn.TxnRecord, { byteSize: undefined, specPath: "txn/types/txn_record", fields: ["txn","transientRowCount","fixedRowCount","minTimestamp","maxTimestamp","structureVersion","dataVersion","partitionTableVersion","columnVersion","truncateVersion","seqTxn","lagChecksum","lagTxnCount","lagRowCount","lagMinTimestamp","lagMaxTimestamp","reserved","numSymbols","symbols","lenPartitionSection","partitions"], numSeqFields: 21 });
Object.assign(Txn.SymbolCount, { byteSize: 8, specPath: "txn/types/symbol_count", fields: ["count","transientCount"], numSeqFields: 2 });
Object.assign(Txn.Partition, { byteSize: 32, specPath: "txn/types/partition", fields: ["timestamp","maskedSize","nameTxn","parquetFileSize"], numSeqFields: 4 });
