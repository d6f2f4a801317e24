meta:
  id: txnlog_meta
  title: QuestDB structural changes (txn_seq/_txnlog.meta.d)
  license: Apache-2.0
  ks-version: 0.11
  endian: le
  imports:
    - common/str16
doc: |
  The structural changes of a table (ALTER TABLE that changes columns, RENAME TABLE, DEDUP), one after the other; change k
  makes structure version k. Zero filled behind the last one.
doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/griffin/engine/ops/AlterOperation.java
instances:
  changes:
    pos: 0
    type: change
    repeat: until
    repeat-until: _.len_change == 0 or _io.size - _io.pos < 4
    if: _io.size >= 4
    doc: The changes, then one with length 0 when the file goes on.
types:
  change:
    doc: One structural change.
    doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/griffin/engine/ops/AlterOperation.java
    seq:
      - id: len_change
        type: s4
        valid:
          min: 0
          max: _io.size - _io.pos
        doc: Bytes that follow; 0 while the change is being written.
      - id: body
        type: change_body
        size: len_change
        if: len_change > 0
  change_body:
    doc: What is changed. The meaning of `longs` and `strings` depends on the command.
    doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/griffin/engine/ops/AlterOperation.java
    seq:
      - id: command
        type: s2
        enum: alter_command
      - id: table_name_position
        type: s4
        doc: Where the table's name was in the SQL text.
      - id: num_longs
        type: s4
        valid:
          min: 0
          max: (_io.size - _io.pos) / 8
      - id: longs
        type: s8
        repeat: expr
        repeat-expr: num_longs
        doc: |
          ADD_COLUMN and CHANGE_COLUMN_TYPE, six for each column: type, symbol capacity, cache (1 or -1), flags (bit 0 indexed; up to
          7.2.x 1 or -1), index block capacity, position of the name. SET_DEDUP_ENABLE: the slots of the keys.
      - id: num_strings
        type: s4
        valid:
          min: 0
          max: (_io.size - _io.pos) / 4
      - id: strings
        type: str16
        repeat: expr
        repeat-expr: num_strings
        doc: Column names; for the RENAME commands pairs of old and new name.
      - id: surplus
        size-eos: true
        doc: Bytes of a newer release.
enums:
  alter_command:
    1: add_column
    2: drop_partition
    3: attach_partition
    4: add_index
    5: drop_index
    6: add_symbol_cache
    7: remove_symbol_cache
    8: drop_column
    9: rename_column
    10: set_param_max_uncommitted_rows
    11: set_param_commit_lag
    12: detach_partition
    13: squash_partitions
    14: rename_table
    15: set_dedup_enable
    16: set_dedup_disable
    17: change_column_type
