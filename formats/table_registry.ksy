meta:
  id: table_registry
  title: QuestDB table name registry (tables.d.<n>)
  license: Apache-2.0
  ks-version: 0.11
  endian: le
  imports:
    - common/str16
doc: |
  A log of the tables of a database: the file with the highest number is current. A rename is a removal and an addition with
  the same folder. Grows by pages, zero filled.
doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/TableNameRegistryStore.java
seq:
  - id: ofs_end
    type: s8
    doc: Offset just past the last entry.
instances:
  entries:
    pos: 8
    type: entry
    repeat: until
    repeat-until: _io.pos >= ofs_end
    if: ofs_end > 8
types:
  entry:
    doc: A table that came or went.
    doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/GrowOnlyTableNameRegistryStore.java
    seq:
      - id: operation
        type: s4
        enum: operation
      - id: table_name
        type: str16
      - id: dir_name
        type: str16
      - id: table_id
        type: s4
      - id: table_type
        type: s4
        enum: table_type
      - id: reserved
        size: 64
        if: operation == operation::add
enums:
  operation:
    0: add
    -1: remove
  table_type:
    0: non_wal
    1: wal
    2: mat_view
    3: view
