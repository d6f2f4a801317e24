meta:
  id: binary_value
  title: QuestDB length-prefixed bytes
  license: Apache-2.0
  ks-version: 0.11
  endian: le
doc: Bytes as `MemoryA.putBin` writes them.
doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/vm/api/MemoryA.java
seq:
  - id: len_value
    type: s8
    valid:
      min: -1
      max: _io.size - _io.pos
    doc: Number of bytes, -1 for null.
  - id: value
    size: len_value
    if: len_value > 0
    doc: The bytes; absent for null and for no bytes.
