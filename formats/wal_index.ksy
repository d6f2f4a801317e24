meta:
  id: wal_index
  title: QuestDB WAL ids (txn_seq/_wal_index.d)
  license: Apache-2.0
  ks-version: 0.11
  endian: le
doc: The last id that was given to a WAL of the table.
doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/IDGenerator.java
seq:
  - id: max_wal_id
    type: s8
