meta:
  id: string_data
  title: QuestDB STRING values (<column>.d)
  license: Apache-2.0
  ks-version: 0.11
  endian: le
  imports:
    - common/str16
doc: The values of a STRING column, packed. Bytes behind the last committed row are zero (which reads as empty texts) or stale.
doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/StringTypeDriver.java
instances:
  values:
    pos: 0
    type: str16
    repeat: until
    repeat-until: _io.size - _io.pos < 4
    if: _io.size >= 4
