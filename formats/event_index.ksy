meta:
  id: event_index
  title: QuestDB WAL event index (wal<n>/<segment>/_event.i)
  license: Apache-2.0
  ks-version: 0.11
  endian: le
doc: |
  Entry k is the offset of record k in `_event`, the entry behind the last record's is the offset of the end mark. A rolled back
  record leaves an entry behind; while the segment is open the file may have a tail of zeros (9.0 and later).
doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/wal/WalEventWriter.java
instances:
  entries:
    pos: 0
    type: s8
    repeat: expr
    repeat-expr: _io.size / 8
