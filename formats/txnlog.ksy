meta:
  id: txnlog
  title: QuestDB sequencer transaction log (txn_seq/_txnlog)
  license: Apache-2.0
  ks-version: 0.11
  endian: le
doc: |
  The list of a WAL table's committed transactions. Format 0 (V1) keeps the records in this file, behind the header; format 1
  (V2, since 7.4.0) keeps them in `txn_seq/_txn_parts/<n>` and this file is the header alone. The file of V1 grows by
  pages: bytes behind record `max_txn` were never committed.
doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/wal/seq/TableTransactionLogFile.java
seq:
  - id: format
    -orig-id: HEADER formatVersion
    type: s4
    doc: 0 for V1, 1 for V2.
  - id: max_txn
    -orig-id: MAX_TXN_OFFSET_64
    type: s8
    doc: Number of committed transactions, which is the number of the last one.
  - id: create_timestamp_us
    -orig-id: TABLE_CREATE_TIMESTAMP_OFFSET_64
    type: s8
    doc: When the table was created, µs UTC; 0 before 7.3.10.
  - id: num_part_txns
    -orig-id: SEQ_TXN_PART_SIZE_OFFSET_32
    type: s4
    doc: V2, transactions per part file. V1, 0.
  - id: reserved
    size: 52
instances:
  records_v1:
    pos: sizeof<txnlog>
    type: record_v1
    repeat: expr
    repeat-expr: (_io.size - sizeof<txnlog>) / sizeof<record_v1>
    if: format == 0
    doc: All places for a record of V1 in the file, those past `max_txn` too. Record k (from 0) is transaction k + 1.
types:
  record_v1:
    doc: |
      One transaction. `wal_id` above 0: the event `segment_txn` of `wal<wal_id>/<segment_id>/_event`; -1: a structural
      change (segment_id and segment_txn are -1, structure_version is the new version); -2: DROP TABLE.
    doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/wal/seq/TableTransactionLogV1.java
    seq:
      - id: structure_version
        type: s8
        doc: The structure version in force, for a structural change the version that it makes.
      - id: wal_id
        type: s4
      - id: segment_id
        type: s4
      - id: segment_txn
        type: s4
        doc: Number of the record in the segment's `_event`.
      - id: commit_timestamp_us
        type: s8
        doc: Commit time, µs UTC also in nanosecond tables.
  record_v2:
    doc: One transaction of format V2; starts like a record of V1.
    doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/wal/seq/TableTransactionLogV2.java
    seq:
      - id: structure_version
        type: s8
        doc: The structure version in force, for a structural change the version that it makes.
      - id: wal_id
        type: s4
      - id: segment_id
        type: s4
      - id: segment_txn
        type: s4
        doc: Number of the record in the segment's `_event`.
      - id: commit_timestamp_us
        type: s8
        doc: Commit time, µs UTC also in nanosecond tables.
      - id: min_timestamp
        type: s8
        doc: |
          Lowest designated timestamp, in the unit of that column. The largest int64 where there are no rows; for a
          structural change the command code.
      - id: max_timestamp
        type: s8
        doc: Highest designated timestamp. -1 where there are no rows, 0 for structural changes and DROP TABLE.
      - id: row_count
        type: s8
      - id: reserved
        type: s8
