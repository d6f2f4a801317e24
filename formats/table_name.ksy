meta:
  id: table_name
  title: QuestDB table name (_name)
  license: Apache-2.0
  ks-version: 0.11
  endian: le
  imports:
    - common/str16
doc: The name of the table whose folder this is. The server rejects a file of any other size.
doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/TableUtils.java
seq:
  - id: name
    type: str16
  - id: zero
    type: u1
