meta:
  id: symbol_chars
  title: QuestDB symbol texts (<column>.c)
  license: Apache-2.0
  ks-version: 0.11
  endian: le
  imports:
    - common/str16
doc: |
  The texts of a symbol table, packed, in the order of their keys. Bytes behind the last symbol that the reader knows of may
  belong to other writers or be zero (which reads as empty texts).
doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/SymbolMapWriter.java
instances:
  symbols:
    pos: 0
    type: str16
    repeat: until
    repeat-until: _io.size - _io.pos < 4
    if: _io.size >= 4
