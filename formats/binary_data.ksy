meta:
  id: binary_data
  title: QuestDB BINARY values (<column>.d)
  license: Apache-2.0
  ks-version: 0.11
  endian: le
  imports:
    - common/binary_value
doc: The values of a BINARY column, packed. Bytes behind the last committed row are zero (which reads as empty values) or stale.
doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/BinaryTypeDriver.java
instances:
  values:
    pos: 0
    type: binary_value
    repeat: until
    repeat-until: _io.size - _io.pos < 8
    if: _io.size >= 8
