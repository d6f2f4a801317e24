meta:
  id: timestamp_data
  title: QuestDB designated timestamp values (<column>.d in a WAL segment)
  license: Apache-2.0
  ks-version: 0.11
  endian: le
doc: The designated timestamp of each row of a WAL segment with the number of the row.
doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/wal/WalWriter.java
instances:
  entries:
    pos: 0
    type: entry
    repeat: expr
    repeat-expr: _io.size / sizeof<entry>
types:
  entry:
    doc: One row.
    doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/wal/WalWriter.java
    seq:
      - id: timestamp
        type: s8
        doc: In the unit of the column's type, µs or ns.
      - id: row_id
        type: s8
        doc: Number of the row in the segment, from 0.
