meta:
  id: column_slot
  title: QuestDB column slot of a WAL metadata file
  license: Apache-2.0
  ks-version: 0.11
  endian: le
  imports:
    - column_type
    - str16
doc: |
  One column of a table, in writer order. Deleted columns keep their slot with a negated type, so the number of a slot never
  changes; it is the column index that `_event` uses.
doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/wal/WalWriterMetadata.java
seq:
  - id: type
    type: column_type
  - id: name
    type: str16
