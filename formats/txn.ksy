meta:
  id: txn
  title: QuestDB table transaction file (_txn)
  license: Apache-2.0
  ks-version: 0.11
  endian: le
doc: |
  The committed state of a table. Two areas are written in turn: an even `version` makes area A current, an odd one area B.
  The other area is the previous commit, unless a bigger record overlapped it.
doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/TxReader.java
seq:
  - id: version
    -orig-id: TX_BASE_OFFSET_VERSION_64
    type: s8
    doc: Equal to the `txn` of the current record.
  - id: area_a
    type: area
  - id: padding_a
    size: 12
  - id: area_b
    type: area
  - id: padding_b
    size: 20
instances:
  record_a:
    pos: area_a.ofs_record
    type: txn_record(area_a.len_symbols, area_a.len_partitions)
  record_b:
    pos: area_b.ofs_record
    type: txn_record(area_b.len_symbols, area_b.len_partitions)
types:
  area:
    doc: Where a record is and how long its parts are; all zero when the area was never written.
    doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/TableUtils.java
    seq:
      - id: ofs_record
        type: s4
      - id: len_symbols
        type: s4
        doc: Bytes of the symbol counts.
      - id: len_partitions
        type: s4
        doc: Bytes of the partition list.
  txn_record:
    doc: One committed state.
    doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/TxReader.java
    params:
      - id: len_symbols
        type: s4
        doc: Bytes of the symbol counts, as the header has it.
      - id: len_partitions
        type: s4
        doc: Bytes of the partition list, as the header has it.
    seq:
      - id: txn
        -orig-id: TX_OFFSET_TXN_64
        type: s8
      - id: transient_row_count
        -orig-id: TX_OFFSET_TRANSIENT_ROW_COUNT_64
        type: s8
        doc: Rows of the last partition.
      - id: fixed_row_count
        -orig-id: TX_OFFSET_FIXED_ROW_COUNT_64
        type: s8
        doc: Rows of all partitions but the last.
      - id: min_timestamp
        -orig-id: TX_OFFSET_MIN_TIMESTAMP_64
        type: s8
        doc: The largest int64 when the table is empty.
      - id: max_timestamp
        -orig-id: TX_OFFSET_MAX_TIMESTAMP_64
        type: s8
        doc: The smallest int64 when the table is empty.
      - id: structure_version
        -orig-id: TX_OFFSET_STRUCT_VERSION_64
        type: s8
        doc: |
          Low 32 bits: metadata version. High 32 bits: column structure version (0: the same as the low ones; 0x80000000: 0).
          7.0.1: a plain metadata version.
      - id: data_version
        -orig-id: TX_OFFSET_DATA_VERSION_64
        type: s8
      - id: partition_table_version
        -orig-id: TX_OFFSET_PARTITION_TABLE_VERSION_64
        type: s8
      - id: column_version
        -orig-id: TX_OFFSET_COLUMN_VERSION_64
        type: s8
        doc: Must be the version of `_cv`.
      - id: truncate_version
        -orig-id: TX_OFFSET_TRUNCATE_VERSION_64
        type: s8
      - id: seq_txn
        -orig-id: TX_OFFSET_SEQ_TXN_64
        type: s8
        doc: Last transaction of the sequencer that readers see.
      - id: lag_checksum
        -orig-id: TX_OFFSET_CHECKSUM_32
        type: s4
      - id: lag_txn_count
        -orig-id: TX_OFFSET_LAG_TXN_COUNT_32
        type: s4
        doc: Transactions behind `seq_txn` that lie in the lag; negative when their rows are not sorted.
      - id: lag_row_count
        -orig-id: TX_OFFSET_LAG_ROW_COUNT_32
        type: s4
      - id: lag_min_timestamp
        -orig-id: TX_OFFSET_LAG_MIN_TIMESTAMP_64
        type: s8
      - id: lag_max_timestamp
        -orig-id: TX_OFFSET_LAG_MAX_TIMESTAMP_64
        type: s8
      - id: reserved
        size: 12
      - id: num_symbols
        -orig-id: TX_OFFSET_MAP_WRITER_COUNT_32
        type: s4
        valid:
          expr: _ >= 0 and _ * 8 == len_symbols and _ * 8 <= _io.size - _io.pos
      - id: symbols
        type: symbol_count
        repeat: expr
        repeat-expr: num_symbols
        doc: One for each live symbol column, in slot order.
      - id: len_partition_section
        type: s4
        valid:
          expr: _ >= 0 and _ % 32 == 0 and _ == len_partitions and _ <= _io.size - _io.pos
      - id: partitions
        type: partition
        repeat: expr
        repeat-expr: len_partition_section / 32
  symbol_count:
    doc: Size of a symbol table; both counts are equal at rest.
    doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/TxWriter.java
    seq:
      - id: count
        type: s4
      - id: transient_count
        type: s4
  partition:
    doc: One partition of a partitioned table.
    doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/TxReader.java
    seq:
      - id: timestamp
        type: s8
        doc: Start of the partition, in the unit of the designated timestamp.
      - id: masked_size
        type: s8
        doc: |
          Bits 0 to 43: rows (stale for the last partition, see `transient_row_count`); 44 to 59 squash counter; 61 Parquet;
          62 read-only.
      - id: name_txn
        type: s8
        doc: Suffix of the folder's name, -1 for none.
      - id: parquet_file_size
        type: s8
        doc: Bytes of the Parquet file, -1 or 0 when there is none. Up to 7.4 a column version.
