meta:
  id: event
  title: QuestDB WAL events (wal<n>/<segment>/_event)
  license: Apache-2.0
  ks-version: 0.11
  endian: le
  imports:
    - common/str16
    - common/bind_value
doc: |
  What a WAL writer did in a segment, one record for each transaction, then an end mark of -1. A record counts only when the
  sequencer's log names it: rolled back and orphaned records look the same. Behind the end mark there may be zeros or the rest
  of a rolled back record.
doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/wal/WalEventWriter.java
seq:
  - id: max_txn
    -orig-id: WALE_MAX_TXN_OFFSET_32
    type: s4
    doc: Number of the last record; 0 also when there is none, -1 after record 0 was rolled back.
  - id: format
    -orig-id: WAL_FORMAT_OFFSET_32
    type: s4
instances:
  format_low:
    value: format & 0xffff
    doc: 0, or 1 when a record of a materialised view was written in this segment.
  format_high:
    value: (format >> 16) & 0xffff
    doc: Reserved for additions that older readers can ignore; 0 in every release.
  records:
    pos: sizeof<event>
    type: record
    repeat: until
    repeat-until: _.len_record == -1 or _io.size - _io.pos < 4
    if: _io.size - sizeof<event> >= 4
    doc: The records; the last one is the end mark, when there is one.
types:
  record_head:
    doc: |
      The first 13 bytes of a record other than the end mark, unchecked: to learn how long a record is before all of it is read, and to
      look for records in a damaged file.
    doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/wal/WalEventCursor.java
    seq:
      - id: len_record
        type: s4
      - id: txn
        type: s8
      - id: type
        type: u1
        enum: event_type
  record:
    doc: One transaction of the segment, or the end mark.
    doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/wal/WalEventCursor.java
    seq:
      - id: len_record
        type: s4
        valid:
          expr: _ == -1 or (_ >= 13 and _ - 4 <= _io.size - _io.pos)
        doc: Bytes of the record with this field; -1 is the end mark.
      - id: txn
        type: s8
        if: len_record != -1
        doc: Number of the record in the segment, from 0.
      - id: type
        type: u1
        enum: event_type
        if: len_record != -1
      - id: body
        size: len_record - 13
        if: len_record != -1
        type:
          switch-on: type
          cases:
            'event_type::data': data_body(false)
            'event_type::sql': sql_body
            'event_type::truncate': truncate_body
            'event_type::mat_view_data': data_body(true)
            'event_type::mat_view_invalidate': mat_view_invalidate_body
            'event_type::view_definition': view_definition_body
        doc: Raw bytes when the type is not known.
  data_body:
    doc: Rows were added.
    doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/wal/WalEventCursor.java DataInfo, MatViewDataInfo
    params:
      - id: is_mat_view
        type: bool
        doc: True for the record type mat_view_data, which has two fields more.
    seq:
      - id: row_lo
        -orig-id: startRowID
        type: s8
        doc: First row of the transaction in the segment's column files.
      - id: row_hi
        -orig-id: endRowID
        type: s8
        doc: One past its last row.
      - id: min_timestamp
        type: s8
        doc: Lowest designated timestamp, in the unit of that column; the largest int64 when there are no rows.
      - id: max_timestamp
        type: s8
        doc: Highest designated timestamp; -1 when there are no rows.
      - id: out_of_order
        type: u1
        doc: 1 when the rows are not sorted by time.
      - id: last_refresh_base_txn
        type: s8
        if: is_mat_view
      - id: last_refresh_timestamp_us
        type: s8
        if: is_mat_view
      - id: symbol_diffs
        type: symbol_diff
        repeat: until
        repeat-until: _.column_index == -1
        doc: New symbols of this transaction, by column; the last one is the end mark.
      - id: footer
        type: data_footer
        if: _io.size - _io.pos == 25
        doc: Since 9.0, only when there is something to say.
      - id: surplus
        size-eos: true
        doc: Bytes of a newer release.
  symbol_diff:
    doc: |
      The symbols of one column that the table did not know when the WAL writer was opened. Keys from `clean_count` on start again in
      every transaction; keys below it are in the symbol files beside the segment.
    doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/wal/WalEventWriter.java writeSymbolMapDiffs
    seq:
      - id: column_index
        type: s4
        valid:
          min: -1
        doc: Column slot, -1 for the end mark.
      - id: null_flag
        type: u1
        if: column_index != -1
        doc: 1 when the transaction, or the table before it, has NULL in the column.
      - id: clean_count
        -orig-id: cleanTableSymbolCount
        type: s4
        valid:
          min: 0
        if: column_index != -1
        doc: Number of symbols that are in the symbol files.
      - id: num_entries
        type: s4
        valid:
          min: 0
          max: (_io.size - _io.pos - 4) / 8
        if: column_index != -1
      - id: entries
        type: symbol_entry
        repeat: expr
        repeat-expr: num_entries
        if: column_index != -1
        doc: In no particular order.
      - id: terminator
        -orig-id: SYMBOL_MAP_END_OF_SYMBOL_ENTRIES
        type: s4
        valid: -1
        if: column_index != -1
  symbol_entry:
    doc: A key and its text.
    doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/wal/SymbolMapDiffEntry.java
    seq:
      - id: key
        type: s4
      - id: symbol
        type: str16
  data_footer:
    doc: How the rows go into the table, where that isn't the default.
    doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/wal/WalEventWriter.java
    seq:
      - id: extra
        type: s8
        doc: Materialised view, last period's end; else the smallest int64 (null).
      - id: replace_range_lo
        type: s8
        doc: Inclusive.
      - id: replace_range_hi
        type: s8
        doc: Exclusive.
      - id: dedup_mode
        type: s1
        enum: dedup_mode
  sql_body:
    doc: A statement that changes data or the table, to be executed when it is applied.
    doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/wal/WalEventCursor.java SqlInfo
    seq:
      - id: command_type
        -orig-id: cmdType
        type: s4
        doc: 2 ALTER TABLE, 3 UPDATE.
      - id: sql
        type: str16
      - id: seed0
        -orig-id: rndSeed0
        type: s8
        doc: State of the random generator.
      - id: seed1
        -orig-id: rndSeed1
        type: s8
      - id: num_indexed
        type: s4
        valid:
          min: 0
          max: (_io.size - _io.pos) / 5
      - id: indexed
        type: bind_value
        repeat: expr
        repeat-expr: num_indexed
        doc: The values of $1, $2 and so on.
      - id: num_named
        type: s4
        valid:
          min: 0
          max: (_io.size - _io.pos) / 9
      - id: named
        type: named_bind_value
        repeat: expr
        repeat-expr: num_named
      - id: surplus
        size-eos: true
        doc: Bytes of a newer release.
  named_bind_value:
    doc: The value of a named bind variable.
    doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/wal/WalEventWriter.java
    seq:
      - id: name
        type: str16
        doc: Without the colon.
      - id: value
        type: bind_value
  truncate_body:
    doc: All rows of the table were removed.
    doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/wal/WalEventWriter.java
    seq:
      - id: surplus
        size-eos: true
        doc: Bytes of a newer release.
  mat_view_invalidate_body:
    doc: The state of a materialised view was reset; despite the name also harmless resets (`invalid` is 0).
    doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/wal/WalEventCursor.java MatViewInvalidationInfo
    seq:
      - id: last_refresh_base_txn
        type: s8
      - id: last_refresh_timestamp_us
        type: s8
      - id: invalid
        type: u1
      - id: reason
        -orig-id: invalidationReason
        type: str16
      - id: last_period_hi
        type: s8
        if: _io.size - _io.pos >= 8
        doc: Absent in early formats.
      - id: refresh_intervals
        type: refresh_intervals
        if: _io.size - _io.pos >= 12
        doc: Absent in early formats.
      - id: surplus
        size-eos: true
        doc: Bytes of a newer release.
  refresh_intervals:
    doc: Time ranges that wait for a refresh.
    doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/wal/WalEventWriter.java
    seq:
      - id: base_txn
        -orig-id: refreshIntervalsBaseTxn
        type: s8
      - id: num_intervals
        type: s4
        valid:
          min: -1
          max: (_io.size - _io.pos) / 8
        doc: Number of values, two for each range; -1 for no list.
      - id: intervals
        type: s8
        repeat: expr
        repeat-expr: num_intervals
        if: num_intervals > 0
        doc: Start and end of each range in turn.
  view_definition_body:
    doc: A view was altered or replaced.
    doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/wal/WalEventCursor.java ViewDefinitionInfo
    seq:
      - id: sql
        type: str16
      - id: num_tables
        type: s4
        valid:
          min: 0
          max: (_io.size - _io.pos) / 8
      - id: tables
        type: view_table
        repeat: expr
        repeat-expr: num_tables
      - id: surplus
        size-eos: true
        doc: Bytes of a newer release.
  view_table:
    doc: A table and those of its columns that a view reads.
    doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/wal/WalEventWriter.java
    seq:
      - id: name
        type: str16
      - id: num_columns
        type: s4
        valid:
          min: 0
          max: (_io.size - _io.pos) / 4
      - id: columns
        type: str16
        repeat: expr
        repeat-expr: num_columns
enums:
  event_type:
    0: data
    1: sql
    2: truncate
    3: mat_view_data
    4: mat_view_invalidate
    5: view_definition
  dedup_mode:
    0: default
    1: no_dedup
    2: upsert_new
    3: replace_range
