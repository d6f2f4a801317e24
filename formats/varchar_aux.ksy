meta:
  id: varchar_aux
  title: QuestDB VARCHAR entries (<column>.i)
  license: Apache-2.0
  ks-version: 0.11
  endian: le
doc: One entry for each row of a VARCHAR column; short values are wholly in it. An entry of zeros was never written.
doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/VarcharTypeDriver.java
instances:
  entries:
    pos: 0
    type: entry
    repeat: expr
    repeat-expr: _io.size / sizeof<entry>
types:
  entry:
    doc: A value of up to 9 bytes, or the place of a longer one in the `.d` file.
    doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/VarcharTypeDriver.java
    seq:
      - id: head
        type: u1
        doc: Bit 0 inlined, bit 1 all ASCII (may be unset for ASCII too), bit 2 null; above them the lowest 4 bits of the length.
      - id: inlined
        size: 9
        doc: |
          Inlined: the text, zero padded. Else the higher 24 bits of the length (3 bytes) and the first 6 bytes of the text.
      - id: ofs_low
        type: u2
      - id: ofs_high
        type: u4
    instances:
      is_inlined:
        value: (head & 1) != 0
      is_ascii:
        value: (head & 2) != 0
        doc: True promises that all bytes are ASCII; false promises nothing.
      is_null:
        value: (head & 4) != 0
      len_value:
        value: |
          is_null ? 0 : (head >> 4) + (is_inlined ? 0 : inlined[0] * 16 + inlined[1] * 4096 + inlined[2] * 1048576)
        doc: Bytes of the text.
      ofs_value:
        value: ofs_low + ofs_high * 65536
        doc: Where the text is in the `.d` file; of a null or inlined value, where the file ended then.
