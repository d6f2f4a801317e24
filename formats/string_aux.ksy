meta:
  id: string_aux
  title: QuestDB offsets of STRING and BINARY values (<column>.i)
  license: Apache-2.0
  ks-version: 0.11
  endian: le
doc: |
  Where the value of each row is in the `.d` file: that of row r is at [entry r, entry r + 1). One entry more than there are rows;
  the first is 0.
doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/StringTypeDriver.java
instances:
  entries:
    pos: 0
    type: s8
    repeat: expr
    repeat-expr: _io.size / 8
