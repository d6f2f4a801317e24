meta:
  id: table_meta
  title: QuestDB table metadata (_meta, txn_seq/_meta.0)
  license: Apache-2.0
  ks-version: 0.11
  endian: le
  imports:
    - common/column_type
    - common/str16
doc: |
  The columns and settings of a table. In `<table>/_meta` those after the last applied structural change, in `txn_seq/_meta.0`
  (since 7.2.1) those at the beginning.
doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/TableUtils.java
seq:
  - id: num_slots
    -orig-id: META_OFFSET_COUNT
    type: s4
    valid:
      min: 0
      max: (_io.size - 128) / 36
    doc: Column slots, those of deleted columns too.
  - id: partition_by
    -orig-id: META_OFFSET_PARTITION_BY
    type: s4
    enum: partition_by
  - id: timestamp_index
    -orig-id: META_OFFSET_TIMESTAMP_INDEX
    type: s4
    doc: Slot of the designated timestamp, -1 for none.
  - id: version
    -orig-id: META_OFFSET_VERSION
    type: s4
    doc: 426 in every release.
  - id: table_id
    -orig-id: META_OFFSET_TABLE_ID
    type: s4
  - id: max_uncommitted_rows
    -orig-id: META_OFFSET_MAX_UNCOMMITTED_ROWS
    type: s4
  - id: o3_max_lag_us
    -orig-id: META_OFFSET_O3_MAX_LAG
    type: s8
  - id: metadata_version
    -orig-id: META_OFFSET_METADATA_VERSION
    type: s8
    doc: Counts every ALTER, also those that are not structural.
  - id: is_wal
    -orig-id: META_OFFSET_WAL_ENABLED
    type: u1
  - id: minor_checksum
    -orig-id: META_OFFSET_META_FORMAT_MINOR_VERSION
    type: u2
    doc: |
      Low and high half, XORed, of 13 * metadata_version + 37 * num_slots; -1337 in place of 0. The minor version and the TTL count only
      when it is right.
  - id: minor_version
    type: u2
    doc: Since 9.0.
  - id: ttl_hours_or_months
    -orig-id: META_OFFSET_TTL_HOURS_OR_MONTHS
    type: s4
    doc: Since 9.0. Above 0 hours, below 0 months, 0 for none.
  - id: reserved
    size: 79
  - id: slots
    type: slot
    repeat: expr
    repeat-expr: num_slots
  - id: names
    type: str16
    repeat: expr
    repeat-expr: num_slots
types:
  slot:
    doc: One column, in writer order.
    doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/TableUtils.java
    seq:
      - id: type
        type: column_type
      - id: flags
        type: s8
        doc: 1 indexed, 2 sequential (up to 8.1, unused), 4 symbols cached, 8 deduplication key.
      - id: index_block_capacity
        type: s4
      - id: symbol_capacity
        type: s4
        doc: Not reliable up to 8.2.0.
      - id: parquet_encoding
        type: s4
        doc: Since 9.3.
      - id: replaced_slot_plus_one
        type: s4
        doc: The slot, counted from 1, whose place this column takes when columns are listed; 0 for none.
      - id: reserved
        type: s4
enums:
  partition_by:
    0: day
    1: month
    2: year
    3: none
    4: hour
    5: week
    6: not_applicable
