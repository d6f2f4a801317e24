meta:
  id: str16
  title: QuestDB length-prefixed UTF-16 string
  license: Apache-2.0
  ks-version: 0.11
  endian: le
doc: |
  Text as `MemoryA.putStr` writes it: the number of UTF-16 code units, then the units. -1 stands for null, 0 for the empty
  string. There is neither a terminator nor padding. Unpaired surrogates are possible.
doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/vm/Vm.java
seq:
  - id: len_units
    type: s4
    valid:
      min: -1
      max: (_io.size - _io.pos) / 2
    doc: Number of UTF-16 code units, -1 for null.
  - id: value
    type: str
    encoding: UTF-16LE
    size: len_units * 2
    if: len_units > 0
    doc: The text; absent for null and for the empty string.
