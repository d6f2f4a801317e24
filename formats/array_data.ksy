meta:
  id: array_data
  title: QuestDB ARRAY value (in <column>.d)
  license: Apache-2.0
  ks-version: 0.11
  endian: le
doc: |
  One value of an ARRAY column: the bytes that an entry of the `.i` file points to. Values start at multiples of 8. An empty array has a
  dimension of 0 and no values.
doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/arr/ArrayTypeDriver.java
params:
  - id: num_dims
    type: s4
    doc: Number of dimensions, from the column's type.
seq:
  - id: dims
    type: s4
    repeat: expr
    repeat-expr: num_dims
    doc: Length of each dimension.
  - id: padding
    size: (num_dims % 2) * 4
  - id: values
    type: f8
    repeat: until
    repeat-until: _io.size - _io.pos < 8
    if: _io.size - _io.pos >= 8
    doc: Row-major; NaN is null.
  - id: surplus
    size-eos: true
