meta:
  id: column_type
  title: QuestDB column type
  license: Apache-2.0
  ks-version: 0.11
  endian: le
doc: |
  The int32 that stands for a column's type. The low byte is the tag; the bits above it are used differently by each tag
  (GEOHASH: precision in bits 8 to 15; ARRAY: element tag in 8 to 13 and dimensions - 1 in 14 to 18; DECIMAL: precision in 8 to 15
  and scale in 18 to 25; TIMESTAMP: bit 18 for nanoseconds). A deleted column slot holds the negated code.
doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/ColumnType.java
seq:
  - id: code
    type: s4
instances:
  is_deleted:
    value: code < 0
    doc: True for the slot of a dropped or re-typed column.
  tag:
    value: '(code < 0 ? -code : code) & 0xff'
    enum: column_tag
    doc: What kind of values the column holds.
enums:
  column_tag:
    1: boolean
    2: byte
    3: short
    4: char
    5: int
    6: long
    7: date
    8: timestamp
    9: float
    10: double
    11: string
    12: symbol
    13: long256
    14: geobyte
    15: geoshort
    16: geoint
    17: geolong
    18: binary
    19: uuid
    24: long128
    25: ipv4
    26: varchar
    27: array
    28: decimal8
    29: decimal16
    30: decimal32
    31: decimal64
    32: decimal128
    33: decimal256
