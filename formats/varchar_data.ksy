meta:
  id: varchar_data
  title: QuestDB VARCHAR texts (<column>.d)
  license: Apache-2.0
  ks-version: 0.11
  endian: le
doc: |
  The texts of more than 9 bytes of a VARCHAR column, UTF-8, without lengths and terminators: only the entries of the `.i` file
  tell where one begins.
doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/VarcharTypeDriver.java
seq:
  - id: texts
    size-eos: true
