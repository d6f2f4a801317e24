meta:
  id: symbol_index_keys
  title: QuestDB symbol index, keys (<column>.k)
  license: Apache-2.0
  ks-version: 0.11
  endian: le
doc: |
  The hash index by which a server finds the key of a symbol's text; not needed to read symbols. The same layout serves the
  indexes of columns.
doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/BitmapIndexUtils.java
seq:
  - id: signature
    -orig-id: KEY_RESERVED_OFFSET_SIGNATURE
    type: u1
    valid: 0xfa
  - id: sequence
    -orig-id: KEY_RESERVED_OFFSET_SEQUENCE
    type: s8
  - id: len_values
    -orig-id: KEY_RESERVED_OFFSET_VALUE_MEM_SIZE
    type: s8
    valid:
      min: 0
    doc: Bytes in use in the `.v` file.
  - id: num_block_values
    -orig-id: KEY_RESERVED_OFFSET_BLOCK_VALUE_COUNT
    type: s4
    valid:
      min: 1
    doc: Values in a block of the `.v` file.
  - id: num_keys
    -orig-id: KEY_RESERVED_OFFSET_KEY_COUNT
    type: s4
    valid:
      min: 0
  - id: reserved1
    size: 4
  - id: sequence_check
    -orig-id: KEY_RESERVED_OFFSET_SEQUENCE_CHECK
    type: s8
    doc: Equal to `sequence` when the header was wholly written.
  - id: max_value
    -orig-id: KEY_RESERVED_OFFSET_MAX_VALUE
    type: s8
    doc: The largest value, -1 when there is none.
  - id: reserved2
    size: 19
instances:
  keys:
    pos: sizeof<symbol_index_keys>
    type: key
    repeat: expr
    repeat-expr: '(num_keys < num_places ? num_keys : num_places)'
  num_places:
    value: (_io.size - sizeof<symbol_index_keys>) / sizeof<key>
    doc: Keys that the file has room for.
types:
  key:
    doc: The values of one hash code.
    doc-ref: https://github.com/questdb/questdb/blob/9.3.4/core/src/main/java/io/questdb/cairo/BitmapIndexUtils.java
    seq:
      - id: value_count
        type: s8
      - id: ofs_first_block
        type: s8
      - id: ofs_last_block
        type: s8
      - id: count_check
        type: s8
        doc: Equal to `value_count` when the entry was wholly written.
