meta:
  id: table_index
  title: QuestDB table ids (_tab_index.d)
  license: Apache-2.0
  ks-version: 0.11
  endian: le
doc: The last id that was given to a table of the database, and the id of the database itself.
doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/IDGenerator.java
seq:
  - id: max_table_id
    type: s8
  - id: instance_id
    size: 16
    doc: Random bytes.
