meta:
  id: array_aux
  title: QuestDB ARRAY entries (<column>.i)
  license: Apache-2.0
  ks-version: 0.11
  endian: le
doc: One entry for each row of an ARRAY column.
doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/arr/ArrayTypeDriver.java
instances:
  entries:
    pos: 0
    type: entry
    repeat: expr
    repeat-expr: _io.size / sizeof<entry>
types:
  entry:
    doc: Where the array of a row is in the `.d` file.
    doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/arr/ArrayTypeDriver.java
    seq:
      - id: ofs_low
        type: u4
      - id: ofs_high
        type: u2
      - id: reserved1
        type: u2
      - id: len_value
        type: s4
        doc: Bytes of the array with its shape; 0 is null. Not checked here.
      - id: reserved2
        type: s4
    instances:
      ofs_value:
        value: ofs_low + ofs_high * 4294967296
        doc: Where the array starts; of a null, where the file ended then.
