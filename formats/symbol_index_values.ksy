meta:
  id: symbol_index_values
  title: QuestDB symbol index, values (<column>.v)
  license: Apache-2.0
  ks-version: 0.11
  endian: le
doc: The blocks of values that the keys of the `.k` file point to. In the index of a symbol table a value is an offset in `.o`.
doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/BitmapIndexUtils.java
params:
  - id: num_block_values
    type: s4
    doc: Values in a block, from the header of the `.k` file.
instances:
  blocks:
    pos: 0
    type: block(num_block_values)
    repeat: until
    repeat-until: _io.size - _io.pos < (num_block_values + 2) * 8
    if: num_block_values > 0 and _io.size >= (num_block_values + 2) * 8
types:
  block:
    doc: Values of one key, in a list of blocks.
    doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/BitmapIndexWriter.java
    params:
      - id: num_values
        type: s4
    seq:
      - id: values
        type: s8
        repeat: expr
        repeat-expr: num_values
      - id: ofs_previous
        type: s8
      - id: ofs_next
        type: s8
